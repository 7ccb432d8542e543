/*
 * main.c - flynn-picture: a picture's bytes on standard input, its cells on standard output (text/picture.h). A file may be made to
 * harm whoever decodes it, so this is a program of its own, which can do nothing but compute before it looks at the first byte.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/descriptors.h"
#include "base/whole.h"
#include "picture/decode.h"

enum {
	MEMORY_MAX = 1024 * 1024 * 1024, /* bytes of addresses */
	CPU_SECONDS = 10,
	READ_AT_ONCE = 64 * 1024,
	WRONG_USE = 2,
};

/* A sanitizer's own memory is most of the address space. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SHADOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SHADOW 1
#endif
#endif

#ifdef HAS_SHADOW
enum { LIMITS_MEMORY = 0 };
#else
enum { LIMITS_MEMORY = 1 };
#endif

static bool
set_limit(int resource, rlim_t most)
{
	const struct rlimit limit = {most, most};

	return setrlimit(resource, &limit) == 0;
}

/* Memory, time, and nothing opened, written to a disk or started. */
static bool
give_up_rights(void)
{
	return (!LIMITS_MEMORY || set_limit(RLIMIT_AS, MEMORY_MAX)) && set_limit(RLIMIT_CPU, CPU_SECONDS) &&
	       set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_FSIZE, 0) && set_limit(RLIMIT_NOFILE, 0);
}

static bool
read_number(const char *word, int least, int most, int *number)
{
	char *end;
	long n = strtol(word, &end, 10);

	*number = (int)n;
	return *word >= '0' && *word <= '9' && *end == '\0' && n >= least && n <= most;
}

static bool
read_arguments(int argc, char **argv, struct picture_want *want)
{
	*want = (struct picture_want){.light = argc == 6 && strcmp(argv[5], "light") == 0};
	return (argc == 5 || want->light) && read_number(argv[1], 1, PICTURE_COLS_MAX, &want->cols) &&
	       read_number(argv[2], 1, PICTURE_ROWS_MAX, &want->rows) &&
	       read_number(argv[3], 0, PICTURE_COLOURS_MAX, &want->colours);
}

static bool
read_input(struct buf *to, struct err *err)
{
	static char bytes[READ_AT_ONCE];
	ssize_t n;

	while ((n = read(STDIN_FILENO, bytes, sizeof(bytes))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			buf_put(to, bytes, (size_t)n);
	return n == 0 || err_set(err, ERR_SYSTEM, "its bytes cannot be read: %s", strerror(errno));
}

static bool
run(const char *type, const struct picture_want *want, struct err *err)
{
	struct decoder *decoder = decoder_new(type, err);
	struct buf input = {0}, output = {0};
	struct picture *p = NULL;
	bool ok = decoder != NULL;

	ok = ok && (give_up_rights() || err_set(err, ERR_SYSTEM, "no limits can be set: %s", strerror(errno)));
	ok = ok && read_input(&input, err) &&
	     (p = decoder_run(decoder, buf_text(&input), input.len, want, err)) != NULL;
	if (ok)
		picture_put(p, &output);
	ok = ok && (whole_write(STDOUT_FILENO, buf_text(&output), output.len) ||
	                   err_set(err, ERR_OUTPUT, "its cells cannot be written: %s", strerror(errno)));
	picture_free(p);
	buf_release(&input);
	buf_release(&output);
	if (decoder)
		decoder_free(decoder);
	return ok;
}

int
main(int argc, char **argv)
{
	struct picture_want want;
	struct err err;

	descriptors_close_from(STDERR_FILENO + 1);
	signal(SIGPIPE, SIG_DFL);
	if (!read_arguments(argc, argv, &want)) {
		fprintf(stderr, "usage: flynn-picture COLUMNS ROWS COLOURS TYPE [light] <FILE\n");
		return WRONG_USE;
	}
	if (run(argv[4], &want, &err))
		_exit(EXIT_SUCCESS); /* what else runs at an end may want to open files: a sanitizer's search for leaks */
	fprintf(stderr, "%s\n", err.text);
	_exit(EXIT_FAILURE);
}
