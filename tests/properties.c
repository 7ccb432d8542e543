/*
 * properties.c - what must hold of the full screen however much comes and however its terminal behaves: the real loop,
 * as in the screen tests, with scripts and replies made here.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "screen/actions.h"
#include "tests/harness.h"
#include "tests/hostile.h"
#include "tests/play.h"

#define SETTLED "until \"ready\"\ngone \"writing\"\ngone \"waiting\"\n"
#define END     "finish stop\ndone\nlast\n"

/* Runs it and says why when something did not hold. */
static void
play(struct play p)
{
	struct buf why = {0};
	bool held;

	if (p.rows == 0) {
		p.rows = 24;
		p.cols = 80;
	}
	held = play_run(&p, &why, NULL);
	HARNESS_CHECK(held, "%s", buf_text(&why));
	buf_release(&why);
}

/* The same sequence in every run. */
static unsigned
next_random(unsigned *state, unsigned below)
{
	*state = *state * 1103515245u + 12345u;
	return (*state >> 16) % below;
}

/* ---- scrolled up ---- */

static void
count_frame(void *arg, UNUSED const struct grid *grid)
{
	++*(int *)arg;
}

static void
ten_thousand_tokens_move_nothing(void)
{
	struct buf script = {0};
	int frames = 0;

	buf_puts(&script, "until \" ready\"\ntype \"Go\\n\"\nuntil \"a full screen\"\nkey PgUp PgUp\n"
	                  "until \"End to follow\"\nstill 1 20\n");
	for (int i = 0; i < 20; i++)
		buf_puts(&script, "server go\ntype \"x\"\n");
	buf_puts(&script, "answered 3\ngone \"writing\"\nuntil \" new lines, End to follow\"\nstill none\nkey End\n"
	                  "until \"the end\"\n");
	play((struct play){
	        .server = PLAY_CHAT
	        "stream\nrole\nrepeat 15\ntoken \"one two three\\n日本語 four\\n\"\nend\ntoken \"a full screen\\n\"\n"
	        "repeat 20\nwait\nrepeat 500\ntoken \"word 日本 \"\nend\ntoken \"\\n\"\nend\n"
	        "token \"the end\"\n" END,
	        .script = buf_text(&script),
	        .frame = count_frame,
	        .arg = &frames});
	HARNESS_CHECK(frames > 20, "%d frames", frames);
	buf_release(&script);
}

/* ---- sizes ---- */

static void
keep_frame(void *arg, const struct grid *grid)
{
	char **last = arg;

	free(*last);
	*last = grid_text(grid);
}

/* What the screen shows at last: after a long reply, `keys`, and these resizes. */
static char *
screen_after(const char *keys, const char *sizes)
{
	char *script = mem_printf("until \" ready\"\ntype \"Go\\n\"\nuntil \"the end\"\n" SETTLED "%s%s"
	                          "size 80x24\n",
	        keys, sizes);
	char *last = NULL;

	play((struct play){.server = PLAY_CHAT
	                   "stream\nrole\nrepeat 150\ntoken \"The quick brown fox jumps over the lazy dog, and "
	                   "日本語 e\xcc\x81 👩‍🚀 too. Once more: the quick brown fox.\\n\\n\"\nend\n"
	                   "token \"the end\"\n" END,
	        .script = script,
	        .frame = keep_frame,
	        .arg = &last});
	free(script);
	return last;
}

static void
put_sizes(struct buf *out, int n)
{
	unsigned random = 7;

	for (int i = 0; i < n; i++) {
		unsigned cols = 1 + next_random(&random, 200), rows = 1 + next_random(&random, 60);

		buf_printf(out, "size %ux%u\n", cols, rows);
	}
}

static void
resizes_leave_the_content_as_it_is(void)
{
	static const char *const keys[] = {
	        "", "key PgUp\nkey PgUp\nkey PgUp\nkey PgUp\nkey PgUp\n", "key M-Home\nkey PgDn\n"};
	struct buf sizes = {0};

	put_sizes(&sizes, 200 / (int)harness_stride());
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		char *before = screen_after(keys[i], ""), *after = screen_after(keys[i], buf_text(&sizes));

		HARNESS_EQUAL(after, before);
		free(before);
		free(after);
	}
	buf_release(&sizes);
}

enum {
	STORM_TOKENS = 1500,
	STORM_SIZES = 300,
};

/* Numbers 1000 and up, in order and none missing. */
static void
check_numbers(const char *text)
{
	for (int i = 0; i < STORM_TOKENS; i++) {
		char number[16];
		const char *at;

		snprintf(number, sizeof(number), "%d", 1000 + i);
		at = strstr(text, number);
		HARNESS_CHECK(at != NULL, "%s is missing", number);
		if (!at)
			return;
		text = at + strlen(number);
	}
}

static void
a_storm_of_resizes_loses_nothing(void)
{
	struct buf server = {0}, script = {0};
	char *last = NULL;

	buf_puts(&server, PLAY_CHAT "stream\nrole\n");
	for (int i = 0; i < STORM_TOKENS; i++)
		buf_printf(&server, "token \"%d \"\n%s", 1000 + i, i % 5 == 0 ? "delay 1\n" : "");
	buf_puts(&server, "token \"the end\"\n" END);
	buf_puts(&script, "until \" ready\"\ntype \"Go\\n\"\nuntil \"1000\"\n");
	put_sizes(&script, STORM_SIZES);
	buf_puts(&script, "answered 3\nsize 200x60\nuntil \"the end\"\n" SETTLED);
	play((struct play){
	        .server = buf_text(&server), .script = buf_text(&script), .frame = keep_frame, .arg = &last});
	check_numbers(last);
	free(last);
	buf_release(&server);
	buf_release(&script);
}

/* ---- a terminal that takes nothing ---- */

/* ---- panes ---- */

enum {
	PANE_LINES = 250,
};

/* Something that is done to panes, or in one. */
static void
put_pane_line(struct buf *out, unsigned *random)
{
	static const char *const keys[] = {"M-w v", "M-w s", "M-s", "M-w c", "M-z", "M-w o", "M-w =", "M-Left",
	        "M-Right", "M-Up", "M-Down", "M-w w", "M-w S-Left", "M-w S-Down", "M-w r", "M-S-Left", "M-S-Right",
	        "M-S-Up", "M-S-Down", "M-1", "M-2", "M-3", "M-4", "M-a", "C-n", "F2", "F2 Down Enter", "PgUp", "PgDn",
	        "M-Home", "M-End", "Tab", "Esc", "F4", "M-t", "Up", "C-u"};
	unsigned row = 1 + next_random(random, 30), col = 1 + next_random(random, 100);
	unsigned to_row = 1 + next_random(random, 30), to_col = 1 + next_random(random, 100);

	switch (next_random(random, 8)) {
	case 0:
		buf_puts(out, "server go\n");
		break;
	case 1:
		buf_puts(out, "key Esc\nkey C-u\ntype \"Go\\n\"\n");
		break;
	case 2:
		buf_printf(out, "size %ux%u\n", to_col + 20, to_row + 4);
		break;
	case 3:
		buf_printf(out, "%s %u %u\n", next_random(random, 2) ? "click" : "wheel up", row, col);
		break;
	case 4:
		buf_printf(out, "drag %u %u %u %u\n", row, col, to_row, to_col);
		break;
	default:
		buf_printf(out, "key %s\n", keys[next_random(random, ARRAY_LEN(keys))]);
	}
}

/* Each frame is what it would be on a new grid (tests/play.c looks), and a conversation goes on after all that. */
static void
whatever_is_done_to_panes_they_hold(void)
{
	for (unsigned seed = 1; seed <= 3; seed++) {
		struct buf script = {0};
		unsigned random = seed;

		buf_puts(&script, "size 100x30\nuntil \" ready\"\ntype \"Go\\n\"\nuntil \"begins\"\n");
		for (int i = 0; i < PANE_LINES; i++)
			put_pane_line(&script, &random);
		buf_puts(&script, "size 100x30\nkey Esc\nkey Esc\nkey M-w o\nkey C-n\nkey C-u\ntype \"Go\\n\"\n");
		for (int i = 0; i < 100; i++)
			buf_puts(&script, "server go\n");
		buf_puts(&script, "key M-End\nuntil \"the end\"\n");
		play((struct play){.server = PLAY_CHAT "stream\nrole\ntoken \"it begins\\n\"\nrepeat 6\nwait\nrepeat "
		                                       "20\ntoken \"word 日本 and **more** "
		                                       "of it. \"\nend\ntoken \"\\n\\n\"\nend\ntoken \"the end\"\n" END,
		        .script = buf_text(&script)});
		buf_release(&script);
	}
}

static void
a_stuck_terminal_keeps_nothing_waiting(void)
{
	play((struct play){.server = PLAY_CHAT
	                   "stream\nrole\nrepeat 30000\ntoken \"more \"\nend\ntoken \"\\nthe end\"\n" END
	                   "then\nstream\nrole\ntoken \"And on.\"\n" END,
	        .script = "until \" ready\"\ntype \"Go\\n\"\nuntil \"more\"\nstuck\nanswered 3\n"
	                  "type \"typed meanwhile\\n\"\nsent \"typed meanwhile\"\nanswered 4\nsize 60x20\n"
	                  "type \"and more\"\nreads\nuntil \"And on.\"\nrow -2 \"> and more\"\n" SETTLED});
}

/* ---- the filter ---- */

static void
find_hostile(void *arg, const struct grid *grid)
{
	uint32_t *found = arg;

	for (int i = 0; i < grid->rows * grid->cols && *found == 0; i++)
		*found = hostile_find(grid->cells[i].text, strlen(grid->cells[i].text));
}

static void
the_search_finds_what_is_hostile(void)
{
	static const char *const rows[] = {
	        "a\x1b", "\x7f", "\xc2\x9b", "\xe2\x80\xae", "\xef\xbb\xbf", "\xff", "日\x01"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(hostile_find(rows[i], strlen(rows[i])) != 0, "row %zu", i);
	CU_ASSERT(hostile_find("a日é👩\xe2\x80\x8d🚀❤️", strlen("a日é👩\xe2\x80\x8d🚀❤️")) == 0);
}

/* Every cell of every frame, while all this comes through every way there is. */
static void
nothing_hostile_reaches_a_cell(void)
{
	struct buf server = {0}, script = {0};
	uint32_t found = 0;

	buf_puts(&server, PLAY_CHAT "stream\n");
	hostile_json(&server, "event {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"", "\"}}]}\n");
	hostile_json(&server, "event {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"reply ", " so far\"}}]}\n");
	buf_puts(&server, "wait\n");
	hostile_json(&server, "event {\"error\":{\"code\":500,\"message\":\"error ", "\"}}\n");
	buf_puts(&server, "last\nthen\n");
	hostile_json(&server, "json 500 {\"error\":{\"code\":500,\"message\":\"again ", "\"}}\n");
	buf_puts(&script, "until \"ready\"\n");
	hostile_quoted(&script, "paste \"prompt ", "\"\n");
	buf_puts(&script, "until \"prompt\"\nkey Enter\nuntil \"so far\"\nkey M-t\nserver go\nuntil \"! error\"\n"
	                  "key M-t\ntype \"Go\\n\"\nuntil \"! again\"\nkey Esc\nuntil \"ready\"\n"
	                  "size 30x40\nkey M-Home\n");
	play((struct play){.server = buf_text(&server),
	        .script = buf_text(&script),
	        .rows = 60,
	        .cols = 200,
	        .frame = find_hostile,
	        .arg = &found});
	HARNESS_CHECK(found == 0, "U+%04X in a cell", (unsigned)found);
	buf_release(&server);
	buf_release(&script);
}

static void
no_hostile_model_name_reaches_a_cell(void)
{
	for (int part = 0; part < HOSTILE_PARTS; part++) {
		struct buf server = {0};
		uint32_t found = 0;

		buf_puts(&server, "on GET /health\njson 200 {}\non GET /props\n");
		hostile_json_part(&server, "json 200 {\"model_alias\":\"tiny", " model\"}\n", part);
		play((struct play){.server = buf_text(&server),
		        .script = "until \"ready · tiny\"\nuntil \" model\"\n",
		        .rows = 5,
		        .cols = 250,
		        .frame = find_hostile,
		        .arg = &found});
		HARNESS_CHECK(found == 0, "U+%04X in a cell", (unsigned)found);
		buf_release(&server);
	}
}

/* ---- any keys ---- */

/* What would end flynn, start a program or write a file has no key here. */
static const char harmless[] = "models: {local: {endpoint: '{endpoint}'}}\n"
                               "keys:\n"
                               "  composer: {C-g: none, Ctrl+X Ctrl+E: none}\n"
                               "  line: {C-d: none}\n"
                               "  anywhere: {C-z: none}\n"
                               "  transcript: {o: none}\n"
                               "  palette: {Enter: none, Tab: none}\n"
                               "  tree: {F9: tree-find}\n";

static const char branches[] = "conversation 5m Branches\nuser One\nreply Uno\nuser Two\nreply Dos\nbelow 1\nreply Un\n"
                               "below 2\nuser Three\ndying Tres\nbelow 0\nuser Another\nreply Otro\nopen\n"
                               "conversation 6m Other\nuser Else\nreply Where\n";

static bool
is_harmless(const struct binding *b)
{
	static const char *const others[] = {"C-q", "C-c", "q", "/"};
	char key[KEY_TEXT_MAX];

	key_print(b->keys[0], key);
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (strcmp(key, others[i]) == 0)
			return false;
	return true;
}

static void
put_any_key(const struct keymap *map, unsigned *state, struct buf *script)
{
	const struct binding *b;
	char key[KEY_TEXT_MAX];

	do
		b = &map->bindings[next_random(state, (unsigned)map->n)];
	while (!is_harmless(b));
	buf_puts(script, "key");
	for (size_t i = 0; i < b->n_keys; i++) {
		key_print(b->keys[i], key);
		buf_printf(script, " %s", key);
	}
	buf_puts(script, "\n");
}

/* Whatever is pressed wherever, in every order: each frame is what it would be if redrawn (tests/play.c looks). */
static void
any_keys_leave_a_screen_that_is_right(void)
{
	struct keymap map;
	struct err err;

	CU_ASSERT_FATAL(actions_keymap(&map, NULL, &err));
	for (unsigned seed = 1; seed <= 4; seed++) {
		unsigned state = seed;
		struct buf script = {0};

		buf_puts(&script, "until \"Otro\"\n");
		for (int i = 0; i < 250; i++) {
			if (next_random(&state, 12) == 0)
				buf_printf(&script, "size %ux%u\n", 18 + next_random(&state, 110),
				        4 + next_random(&state, 36));
			if (next_random(&state, 8) == 0)
				buf_puts(&script, seed % 2 ? "key C-p\n" : "key Esc\nkey Tab\nkey t\n");
			put_any_key(&map, &state, &script);
		}
		play((struct play){.server = PLAY_CHAT "stream\ntoken \"some words and more\"\n" END,
		        .script = buf_text(&script),
		        .config = harmless,
		        .history = branches});
		buf_release(&script);
	}
	keymap_release(&map);
}

static CU_TestInfo property_tests[] = {
        {"ten thousand tokens move nothing", ten_thousand_tokens_move_nothing},
        {"resizes leave the content as it is", resizes_leave_the_content_as_it_is},
        {"a storm of resizes loses nothing", a_storm_of_resizes_loses_nothing},
        {"whatever is done to panes, they hold", whatever_is_done_to_panes_they_hold},
        {"a stuck terminal keeps nothing waiting", a_stuck_terminal_keeps_nothing_waiting},
        {"the search finds what is hostile", the_search_finds_what_is_hostile},
        {"nothing hostile reaches a cell", nothing_hostile_reaches_a_cell},
        {"no hostile model name reaches a cell", no_hostile_model_name_reaches_a_cell},
        {"any keys leave a screen that is right", any_keys_leave_a_screen_that_is_right},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"properties", NULL, NULL, NULL, NULL, property_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	play_init();
	return harness_main(suites);
}
