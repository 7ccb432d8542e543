/*
 * casts.c - each line is an event in JSON; its bytes go to a terminal that libvterm reads, through cat(1).
 */
#ifndef _GNU_SOURCE /* a test may use what this system has */
#define _GNU_SOURCE
#endif
#include "tests/screen/casts.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

/* Its end is an event of its own, which has no bytes. */
static bool
has_end(const char *cast)
{
	static const char end[] = ", \"o\", \"\"]\n";
	size_t n = strlen(cast);

	return n >= strlen(end) && strcmp(cast + n - strlen(end), end) == 0;
}

char *
casts_read(const char *path, double *seconds)
{
	size_t n;
	char *text = harness_read(path, &n), *next = strchr(text, '\n') + 1;
	struct buf bytes = {0};
	double last = 0;

	CU_ASSERT(has_end(next));
	while (*next) {
		char *line = strsep(&next, "\n");
		cJSON *event = cJSON_Parse(line);
		const cJSON *when = cJSON_GetArrayItem(event, 0);

		CU_ASSERT(cJSON_GetArraySize(event) == 3 && when->valuedouble >= last);
		HARNESS_EQUAL(cJSON_GetStringValue(cJSON_GetArrayItem(event, 1)), "o");
		buf_puts(&bytes, cJSON_GetStringValue(cJSON_GetArrayItem(event, 2)));
		last = when->valuedouble;
		cJSON_Delete(event);
	}
	if (seconds)
		*seconds = last;
	free(text);
	return buf_take(&bytes);
}

char *
casts_show(const char *bytes, int rows, int cols, const char *last)
{
	struct pty *p = pty_new_program("/bin/cat", (const char *[]){NULL}, rows, cols, "xterm-256color");
	char *text;

	/* A terminal takes so much before it is read. */
	for (size_t n = strlen(bytes), at = 0, now; at < n; at += now) {
		char *piece;

		now = n - at < 1024 ? n - at : 1024;
		piece = mem_strndup(bytes + at, now);
		pty_scribble(p, piece);
		pty_pump(p, 10);
		free(piece);
	}
	pty_kill(p);
	steps_expect(p, last);
	text = pty_text(p);
	pty_free(p);
	return text;
}

void
casts_cut_last_row(char *screen)
{
	screen[strlen(screen) - 1] = '\0';
	*strrchr(screen, '\n') = '\0';
}
