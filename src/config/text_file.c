/*
 * text_file.c - a whole file, bounded.
 */
#include "config/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/newlines.h"
#include "base/regular.h"
#include "base/utf8.h"

bool
text_file_bytes(int fd, const char *path, struct buf *b, const char *too_large, struct err *err)
{
	char bytes[16384];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EISDIR)
			return err_set(err, ERR_CONFIG, "%s: this is a directory: name the file in it", path);
		if (n < 0)
			return err_set(err, ERR_CONFIG, "%s: cannot be read: %s", path, strerror(errno));
		if (!buf_append(b, bytes, (size_t)n))
			return err_set(err, ERR_CONFIG, "%s: larger than 1 MiB%s%s", path, *too_large ? ": " : "", too_large);
	}
	return true;
}

static bool
is_text(const struct buf *b)
{
	return utf8_span(buf_text(b), b->len) == b->len && !memchr(buf_text(b), '\0', b->len);
}

/* Editors end a file with a line end, which nobody means to send. */
static char *
take_text(const struct buf *bytes)
{
	struct buf text = {0};

	newlines_put_file(buf_text(bytes), bytes->len, &text);
	while (text.len > 0 && text.data[text.len - 1] == '\n')
		buf_truncate(&text, text.len - 1);
	return buf_take(&text);
}

char *
text_file_read(const char *path, struct err *err)
{
	int fd = regular_open(path, O_RDONLY, 0);
	char *text = NULL;
	struct buf b;

	if (fd < 0) {
		err_set(err, ERR_CONFIG, "%s: cannot be read: %s", path, regular_why(errno));
		return NULL;
	}
	buf_init(&b, TEXT_FILE_MAX);
	if (text_file_bytes(fd, path, &b, "", err)) {
		if (is_text(&b))
			text = take_text(&b);
		else
			err_set(err, ERR_CONFIG, "%s: this is no UTF-8 text", path);
	}
	buf_release(&b);
	close(fd);
	return text;
}
