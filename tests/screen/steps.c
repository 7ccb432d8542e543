/*
 * steps.c - starting the server, looking, and leaving.
 */
#include "tests/screen/steps.h"

#include <stdlib.h>

#include "tests/harness.h"

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

void
steps_quit(struct pty *p)
{
	pty_keys(p, "\x11");
	CU_ASSERT(pty_wait_end(p) == 0);
	CU_ASSERT(pty_is_restored(p));
	pty_free(p);
}
