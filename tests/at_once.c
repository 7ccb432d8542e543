/*
 * at_once.c - keys that come faster than frames: whatever changes what a view shows, the next key meets a view that knows
 * it. Keys with a frame after each lead to the same screen as the same keys in one read, or while the terminal stands.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/play.h"

#define LONG(word)                                                                                                     \
	word "\\n\\n" word " 1\\n\\n" word " 2\\n\\n```\\ncode 1\\n```\\n\\n" word                                     \
	     " 3\\n\\n```\\ncode 2\\n```\\n\\n" word " 4\\n\\n" word " 5"

/* Three replies to the last prompt, of which the shortest was the last one shown. */
static const char history[] =
        "conversation 6m Other\nuser Else\nreply Where\n"
        "conversation 5m Branches\n"
        "user One\nthought Let me think\nreply " LONG(
                "Uno") "\n"
                       "user Two\nreply " LONG("Dos") "\n"
                                                      "user Three\nreply " LONG("Tres") "\n"
                                                                                        "below 5\nreply Tri\n"
                                                                                        "below 5\nreply " LONG(
                                                                                                "Drei") "\n"
                                                                                                        "open\n";

static const char server[] = PLAY_CHAT "stream\ntoken \"Again\"\nfinish stop\ndone\nthen\njson 500 {}\nthen\nstream\n"
                                       "token \"Once more\"\nfinish stop\ndone\nlast\n";

#define BEGIN "until \"Drei 5\"\nuntil \"ready\"\n"
#define SPLIT "key / s p l i t Space 1 Enter Tab PgUp\nwheel up 3 3\n"
#define END   "until \"─\"\nsize 60x16\n"

enum {
	STEP = 5,
};

enum mode {
	APART,   /* a frame after each key */
	AT_ONCE, /* one read has them all */
	STUCK,   /* they come one by one, but the terminal takes no frame until the last one */
	MODES,
};

static void
put_keys(struct buf *script, const char *keys, enum mode mode)
{
	if (mode == STUCK)
		buf_puts(script, "stuck\n");
	if (mode == AT_ONCE)
		buf_puts(script, "key");
	for (size_t n; *(keys += strspn(keys, " ")); keys += n) {
		n = strcspn(keys, " ");
		buf_printf(script, mode == AT_ONCE ? " %.*s" : "key %.*s\n", (int)n, keys);
	}
	if (mode == AT_ONCE)
		buf_puts(script, "\n");
	if (mode == STUCK)
		buf_puts(script, "reads\n");
}

static void
keep_frame(void *arg, const struct grid *grid)
{
	char **last = arg;

	free(*last);
	*last = grid_text(grid);
}

struct scene {
	const char *size;   /* columns and rows while keys are pressed */
	const char *before; /* keys, each with its frame, before that */
};

/* Runs it; what the screen shows at last. */
static char *
play_script(const char *script)
{
	struct buf why = {0};
	char *last = NULL;
	struct play play = {.server = server,
	        .script = script,
	        .history = history,
	        .rows = 16,
	        .cols = 60,
	        .frame = keep_frame,
	        .arg = &last};
	bool held = play_run(&play, &why, NULL);

	HARNESS_CHECK(held, "%s: %s", script, buf_text(&why));
	buf_release(&why);
	return last;
}

static char *
screen_after(const struct scene *scene, const char *keys, enum mode mode)
{
	struct buf script = {0};
	char *last;

	buf_puts(&script, BEGIN);
	put_keys(&script, scene->before, APART);
	buf_printf(&script, "size %s\n", scene->size);
	put_keys(&script, keys, mode);
	buf_puts(&script, "size 60x16\n");
	last = play_script(buf_text(&script));
	buf_release(&script);
	return last;
}

static void
check(const struct scene *scene, const char *keys)
{
	char *want = screen_after(scene, keys, APART);

	for (int mode = AT_ONCE; mode < MODES; mode++) {
		char *have = screen_after(scene, keys, (enum mode)mode);

		HARNESS_CHECK(strcmp(have, want) == 0, "%s (in mode %d)", keys, mode);
		HARNESS_EQUAL(have, want);
		free(have);
	}
	free(want);
}

/* ---- actions that change the path ---- */

/* The cursor's message with all below it is gone, or others are there. */
static const char *const actions[] = {
        "x",
        "k x",
        "g x",
        "g x Esc / u n d e l e t e Enter Tab",
        "[",
        "] ]",
        "k k x [",
        "Esc / d e l e t e Enter Tab",
        "Esc / d e l e t e Enter / d e l e t e Enter",
        "x Esc / u n d e l e t e Enter",
        "t x q",
        "t g x q",
        "t g j j x u q",
        "t k k Enter",
        "t k k Enter k",
        "t k k x Enter Esc",
        "Esc F4 D r e i Enter Esc Tab x F4 U n o Enter n",
};

/* What uses the view next. */
static const char *const uses[] = {"PgUp", "PgDn", "WheelUp", "WheelDown", "M-Home", "M-End PgUp", "Up", "Down k", "g",
        "G", "u", "{", "}", "Space", "-", "n", "y", "t", "Tab", "M-t PgUp", "M-v WheelUp"};

/* Every STEP-th pair of an action and a use: which ones differs from scene to scene. */
static void
check_pairs(const struct scene *scene, size_t first)
{
	for (size_t i = first; i < ARRAY_LEN(actions) * ARRAY_LEN(uses); i += STEP * harness_stride()) {
		char *keys = mem_printf("%s %s", actions[i / ARRAY_LEN(uses)], uses[i % ARRAY_LEN(uses)]);

		check(scene, keys);
		free(keys);
	}
}

static void
a_path_that_changes_is_known_to_the_next_key(void)
{
	check_pairs(&(struct scene){.size = "60x16", .before = "Tab"}, 0);
}

/* Too small for a frame with messages in it: the view stays as it was for long. */
static void
so_it_is_in_a_tiny_window(void)
{
	check_pairs(&(struct scene){.size = "3x5", .before = "Tab"}, 1);
}

static void
so_it_is_in_another_pane_of_the_same_conversation(void)
{
	static const char *const others[] = {"M-w w PgUp", "M-w w M-Home", "M-w w Tab k", "M-w w M-End WheelUp",
	        "M-w w Tab g x", "M-w w M-w c M-End", "M-w w / c o m p a r e Space H i Enter PgUp",
	        "M-w w M-t PgUp Tab }"};

	for (size_t i = 0; i < ARRAY_LEN(actions) * ARRAY_LEN(others); i += STEP * harness_stride()) {
		char *keys = mem_printf("%s %s", actions[i / ARRAY_LEN(others)], others[i % ARRAY_LEN(others)]);

		check(&(struct scene){.size = "60x16", .before = "/ s p l i t Space 1 Enter Tab PgUp"}, keys);
		free(keys);
	}
}

/* The wheel is over the pane without the focus. */
static void
the_wheel_over_another_pane_knows_it_too(void)
{
	for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
		char *lines = mem_printf("key %s\nwheel up 3 3\nwheel down 12 3\nwheel up 3 3\n", actions[i]);
		char *apart = mem_printf(BEGIN SPLIT "%s" END, lines);
		char *stuck = mem_printf(BEGIN SPLIT "stuck\n%sreads\n" END, lines);
		char *want = play_script(apart), *have = play_script(stuck);

		HARNESS_CHECK(strcmp(have, want) == 0, "%s", actions[i]);
		HARNESS_EQUAL(have, want);
		free(lines);
		free(apart);
		free(stuck);
		free(want);
		free(have);
	}
}

/* A reply comes, or a prompt goes back to the composer, between two keys. */
static void
what_a_server_does_meanwhile_is_known_too(void)
{
	static const char *const keys[] = {
	        "PgUp", "M-Home", "Tab k", "Tab g x", "F4 D r e i Enter n", "M-End PgUp", "Tab t x"};

	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		char *script = mem_printf(BEGIN "type \"Go\\n\"\nuntil \"Again\"\nkey PgUp Tab\nstuck\n"
		                                "key %s\nkey Esc Esc Esc M-r\nanswered 2\nkey %s\n"
		                                "key Esc Esc Esc M-r\nkey %s\nanswered 3\nkey %s\nreads\n" END,
		        keys[i], keys[i], keys[i], keys[i]);

		free(play_script(script));
		free(script);
	}
}

static CU_TestInfo at_once_tests[] = {
        {"a path that changes is known to the next key", a_path_that_changes_is_known_to_the_next_key},
        {"so it is in a tiny window", so_it_is_in_a_tiny_window},
        {"so it is in another pane of the same conversation", so_it_is_in_another_pane_of_the_same_conversation},
        {"the wheel over another pane knows it too", the_wheel_over_another_pane_knows_it_too},
        {"what a server does meanwhile is known too", what_a_server_does_meanwhile_is_known_too},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"at once", NULL, NULL, NULL, NULL, at_once_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	play_init();
	return harness_main(suites);
}
