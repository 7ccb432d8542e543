/*
 * first_frame.c - what has not happened yet when the first frame is drawn: libcurl is not loaded, no thread runs that could open
 * the history or ask the server. All of it happens later. The play must be the first in its process: what was loaded stays.
 */
#include "config.h"

#include <dirent.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/play.h"

enum { LIBCURL, THREADS, HISTORY, READY, WATCHED };

static const char *const watched[WATCHED] = {
        "libcurl is loaded", "threads run", "the conversation is there", "the server is ready"};

struct seen {
	size_t frames, threads; /* threads: before flynn begins */
	bool first[WATCHED], ever[WATCHED];
};

/* 0 where the system does not tell. */
static size_t
count_threads(void)
{
	DIR *tasks = opendir("/proc/self/task");
	size_t n = 0;

	while (tasks && readdir(tasks))
		n++;
	if (tasks)
		closedir(tasks);
	return n;
}

static bool
libcurl_is_loaded(void)
{
	void *handle = dlopen(LIBCURL_SONAME, RTLD_NOW | RTLD_NOLOAD);

	if (handle)
		dlclose(handle);
	return handle != NULL;
}

static void
look(void *arg, const struct grid *grid)
{
	struct seen *seen = arg;
	char *text = grid_text(grid);
	const bool now[WATCHED] = {[LIBCURL] = libcurl_is_loaded(),
	        [THREADS] = count_threads() != seen->threads,
	        [HISTORY] = strstr(text, "Restored") != NULL,
	        [READY] = strstr(text, " ready") != NULL};

	for (size_t i = 0; i < WATCHED; i++) {
		if (seen->frames == 0)
			seen->first[i] = now[i];
		seen->ever[i] |= now[i];
	}
	seen->frames++;
	free(text);
}

/* The stand-in has its threads by now. */
static struct term *
begin(void *arg, UNUSED struct app *app, const struct term_script_host *host, struct err *err)
{
	struct seen *seen = arg;

	seen->threads = count_threads();
	return term_script_new("until \"Restored\"\nuntil \" ready\"\n", 8, 60, host, err);
}

static void
waits_for_nothing(void)
{
	struct seen seen = {0};
	struct play play = {.server = PLAY_HEALTH,
	        .history = "conversation 5m Before\nuser Hello\nreply Restored\nopen\n",
	        .rows = 8,
	        .cols = 60,
	        .terminal = begin,
	        .frame = look,
	        .arg = &seen};
	struct buf why = {0};

	HARNESS_CHECK(play_run(&play, &why, NULL), "%s", buf_text(&why));
	CU_ASSERT(seen.frames > 1);
	for (size_t i = 0; i < WATCHED; i++) {
		HARNESS_CHECK(!seen.first[i], "%s with the first frame", watched[i]);
		HARNESS_CHECK(seen.ever[i] || (i == THREADS && seen.threads == 0), "never: %s", watched[i]);
	}
	buf_release(&why);
}

int
main(void)
{
	static CU_TestInfo tests[] = {
	        {"waits for nothing", waits_for_nothing},
	        CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
	        {"the first frame", NULL, NULL, NULL, NULL, tests},
	        CU_SUITE_INFO_NULL,
	};

	play_init();
	return harness_main(suites);
}
