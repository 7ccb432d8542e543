/*
 * prompt.c - reading a prompt without being deaf to signals meanwhile.
 */
#include "cmd/prompt.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/newlines.h"
#include "base/utf8.h"
#include "cmd/disk_limit.h"

/* 1: bytes may be read; 0: a signal came first. */
static bool
readable(int fd, int cancel_fd)
{
	struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = cancel_fd, .events = POLLIN}};

	while (poll(fds, 2, -1) < 0 && errno == EINTR)
		;
	return !fds[1].revents;
}

/* As read(2). */
static ssize_t
read_some(int fd, bool regular, char *bytes, size_t space)
{
	ssize_t n;

	if (regular)
		disk_limit_enter("standard input", 0);
	n = read(fd, bytes, space);
	if (regular)
		disk_limit_leave();
	return n;
}

static bool
read_all(int fd, int cancel_fd, struct buf *b, struct err *err)
{
	char bytes[64 * 1024];
	struct stat st;
	bool regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	ssize_t n;

	for (;;) {
		if (!readable(fd, cancel_fd))
			return err_set(err, ERR_CANCELLED, "stopped");
		n = read_some(fd, regular, bytes, sizeof(bytes));
		if (n == 0 || (n < 0 && errno == EBADF)) /* closed: there is no standard input */
			return true;
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return err_set(err, ERR_USAGE, "cannot read standard input: %s", strerror(errno));
		if (n > 0 && !buf_append(b, bytes, (size_t)n))
			return err_set(err, ERR_USAGE, "standard input is larger than %d MiB", PROMPT_MAX >> 20);
	}
}

static void
join_words(const struct options *o, struct buf *b)
{
	for (int i = 0; i < o->n_words; i++) {
		if (i > 0)
			buf_putc(b, ' ');
		newlines_put_file(o->words[i], strlen(o->words[i]), b);
	}
}

static bool
is_blank(const struct buf *b)
{
	const char *text = buf_text(b);

	return strspn(text, " \t\r\n") == b->len;
}

char *
prompt_read(const struct options *o, int cancel_fd, struct err *err)
{
	struct buf raw = {0}, input, text = {0};
	char *prompt = NULL;

	buf_init(&input, PROMPT_MAX);
	join_words(o, &raw);
	if (!isatty(STDIN_FILENO) && !read_all(STDIN_FILENO, cancel_fd, &input, err))
		goto out;
	if (raw.len > 0 && input.len > 0)
		buf_putc(&raw, '\n');
	newlines_put_file(buf_text(&input), input.len, &raw);
	if (is_blank(&raw) && o->files.n == 0) {
		err_set(err, ERR_USAGE, "the prompt is empty: flynn ask [OPTIONS] PROMPT…, or pipe it in");
		goto out;
	}
	if (utf8_append_mended(&text, buf_text(&raw), raw.len))
		prompt = buf_take(&text);
out:
	buf_release(&raw);
	buf_release(&input);
	buf_release(&text);
	return prompt;
}
