/*
 * steps.c - starting the server, looking, and leaving.
 */
#include "tests/screen/steps.h"

#include <stdlib.h>
#include <string.h>

#include "tests/harness.h"

enum {
	WORDS_MAX = 200,
};

struct standin *
steps_serve(const char *script)
{
	struct err err;
	struct standin *s = standin_new(script, ".", NULL, &err);

	if (!s)
		HARNESS_EQUAL(err.text, "a stand-in that starts");
	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	return s;
}

char *
steps_request(struct standin *s, const char *beginning, size_t n)
{
	char *request;

	for (size_t i = 0; (request = standin_request(s, i, NULL)) != NULL; i++) {
		if (strncmp(request, beginning, strlen(beginning)) == 0 && n-- == 0)
			return request;
		free(request);
	}
	return NULL;
}

size_t
steps_count_requests(struct standin *s, const char *beginning)
{
	size_t n = 0;

	for (char *request; (request = steps_request(s, beginning, n)) != NULL; n++)
		free(request);
	return n;
}

void
steps_expect(struct pty *p, const char *text)
{
	bool there = pty_wait(p, text);

	if (!there) {
		char *screen = pty_text(p);

		HARNESS_EQUAL(screen, text);
		free(screen);
	}
	CU_ASSERT_FATAL(there);
}

/* What the program sent last. */
static const char *
last_words(const struct pty *p)
{
	const struct buf *sent = pty_bytes(p);

	return buf_text(sent) + (sent->len > WORDS_MAX ? sent->len - WORDS_MAX : 0);
}

void
steps_quit(struct pty *p)
{
	int status;

	pty_keys(p, "\x11");
	status = pty_wait_end(p);
	if (status != 0)
		HARNESS_EQUAL(last_words(p), "an end with status 0");
	CU_ASSERT(status == 0);
	CU_ASSERT(pty_is_restored(p));
	pty_free(p);
}
