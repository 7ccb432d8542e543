/*
 * keymap.c - names of keys both ways, `bind` lines, and which binding wins.
 */
#include "tui/keymap.h"

#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
do_nothing(struct app *app)
{
	(void)app;
}

static const struct action actions[] = {
        {"line-start", "to the start", do_nothing},
        {"editor", "in the editor", do_nothing},
        {"copy", "copy", do_nothing},
};

static void
names_keys_both_ways(void)
{
	static const struct {
		const char *in, *printed, *said;
	} rows[] = {
	        {"a", "a", "a"},
	        {"A", "A", "A"},
	        {"ö", "ö", "ö"},
	        {"-", "-", "-"},
	        {"C--", "C--", "Ctrl+-"},
	        {"C", "C", "C"},
	        {"C-x", "C-x", "Ctrl+X"},
	        {"C-X", "C-x", "Ctrl+X"},
	        {"C-_", "C-_", "Ctrl+_"},
	        {"M-b", "M-b", "Alt+B"},
	        {"M-B", "M-B", "Alt+Shift+B"},
	        {"M-/", "M-/", "Alt+/"},
	        {"M-C-x", "C-M-x", "Ctrl+Alt+X"},
	        {"S-Enter", "S-Enter", "Shift+Enter"},
	        {"S-Tab", "S-Tab", "Shift+Tab"},
	        {"esc", "Esc", "Esc"},
	        {"PGUP", "PgUp", "PgUp"},
	        {"M-PgDn", "M-PgDn", "Alt+PgDn"},
	        {"Space", "Space", "Space"},
	        {"C-Space", "C-Space", "Ctrl+Space"},
	        {"F1", "F1", "F1"},
	        {"f24", "F24", "F24"},
	        {"F", "F", "F"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct key key = {0, 0}, again = {0, 0};
		char printed[KEY_TEXT_MAX] = "", said[KEY_TEXT_MAX] = "";
		struct err err;

		HARNESS_CHECK(key_parse(rows[i].in, &key, &err), "%s", rows[i].in);
		key_print(key, printed);
		key_say(key, said);
		HARNESS_EQUAL(printed, rows[i].printed);
		HARNESS_EQUAL(said, rows[i].said);
		HARNESS_CHECK(key_parse(printed, &again, &err) && key_same(key, again), "%s", printed);
	}
}

static void
refuses_what_is_no_key(void)
{
	static const char *const rows[] = {
	        "", "C-", "M-", "ab", "F0", "F25", "F1x", "Entr", "C-Q-x", "\xff", "\x01", "X-a"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct key key = {'?', 0};
		struct err err;

		HARNESS_CHECK(!key_parse(rows[i], &key, &err), "%s", rows[i]);
		HARNESS_CHECK(key.code == '?' && err.code == ERR_CONFIG, "%s", rows[i]);
	}
}

static void
says_which_line_is_wrong(void)
{
	static const struct {
		const char *in, *want; /* "": nothing is wrong */
	} rows[] = {
	        {"", ""},
	        {"# a remark\n\n  \t\nbind composer C-a line-start", ""},
	        {"bind composer C-x C-e editor\r\n", ""},
	        {"unbind composer C-a\n", ""},
	        {"bind composer C-a line-start\nbnd", "keys:2: \"bnd\" is neither bind nor unbind"},
	        {"bind composer C-a", "keys:1: write bind CONTEXT KEY [KEY] ACTION"},
	        {"bind composer C-a C-b C-c copy", "keys:1: write bind CONTEXT KEY [KEY] ACTION"},
	        {"unbind composer", "keys:1: write unbind CONTEXT KEY [KEY]"},
	        {"bind compser C-a copy", "keys:1: no context \"compser\": write composer, transcript, help, "
	                                  "browser, find, found, line or anywhere"},
	        {"bind composer C-a line-strat", "keys:1: no action \"line-strat\": did you mean line-start?"},
	        {"bind composer C-a fly", "keys:1: no action \"fly\": F1 lists them"},
	        {"bind composer Ctrl copy", "keys:1: \"Ctrl\" is no key: write a, C-x, M-Enter, S-Tab, PgUp or F1"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct keymap map;
		struct err err = {0};

		keymap_init(&map, actions, ARRAY_LEN(actions));
		HARNESS_CHECK(keymap_read(&map, rows[i].in, "keys", &err) == !*rows[i].want, "%s", rows[i].in);
		HARNESS_EQUAL(err.text, rows[i].want);
		keymap_release(&map);
	}
}

static const char bindings[] = "bind composer C-a line-start\n"
                               "bind composer C-x C-e editor\n"
                               "bind transcript y copy\n"
                               "bind anywhere C-g editor\n"
                               "bind transcript C-g copy\n";

/* What keys of a context do, with blanks between them: an action's name, "…" for a beginning, "" for nothing. */
static const char *
lookup(const struct keymap *map, enum key_context context, const char *first, const char *second)
{
	const struct action *action = NULL;
	struct key keys[KEYMAP_KEYS_MAX];
	struct err err;

	CU_ASSERT_FATAL(key_parse(first, &keys[0], &err));
	CU_ASSERT_FATAL(!second || key_parse(second, &keys[1], &err));
	switch (keymap_find(map, context, keys, second ? 2 : 1, &action)) {
	case KEYMAP_ACTION:
		return action->name;
	case KEYMAP_BEGINNING:
		return "…";
	case KEYMAP_NOTHING:
		break;
	}
	return "";
}

static void
finds_what_keys_do(void)
{
	static const struct {
		enum key_context context;
		const char *first, *second, *want;
	} rows[] = {
	        {CONTEXT_COMPOSER, "C-a", NULL, "line-start"},
	        {CONTEXT_TRANSCRIPT, "C-a", NULL, ""},
	        {CONTEXT_COMPOSER, "y", NULL, ""},
	        {CONTEXT_TRANSCRIPT, "y", NULL, "copy"},
	        {CONTEXT_TRANSCRIPT, "M-y", NULL, ""},
	        {CONTEXT_COMPOSER, "C-x", NULL, "…"},
	        {CONTEXT_COMPOSER, "C-x", "C-e", "editor"},
	        {CONTEXT_COMPOSER, "C-x", "C-f", ""},
	        {CONTEXT_COMPOSER, "C-a", "C-e", ""},
	        {CONTEXT_COMPOSER, "C-g", NULL, "editor"},
	        {CONTEXT_TRANSCRIPT, "C-g", NULL, "copy"},
	};
	struct keymap map;
	struct err err;

	keymap_init(&map, actions, ARRAY_LEN(actions));
	CU_ASSERT_FATAL(keymap_read(&map, bindings, "keys", &err));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_EQUAL(lookup(&map, rows[i].context, rows[i].first, rows[i].second), rows[i].want);
	keymap_release(&map);
}

/* The keys of a line hold where one is written, unless they do something else there. */
static void
shares_the_keys_of_a_line(void)
{
	static const struct {
		enum key_context context;
		const char *key, *want;
	} rows[] = {
	        {CONTEXT_COMPOSER, "C-a", "line-start"},
	        {CONTEXT_BROWSER, "C-a", "copy"},
	        {CONTEXT_FIND, "C-a", "line-start"},
	        {CONTEXT_FOUND, "C-a", ""},
	        {CONTEXT_TRANSCRIPT, "C-a", ""},
	        {CONTEXT_HELP, "C-a", ""},
	        {CONTEXT_FIND, "C-g", "line-start"},
	        {CONTEXT_FOUND, "C-g", "editor"},
	};
	struct keymap map;
	struct buf keys = {0};
	struct err err;

	keymap_init(&map, actions, ARRAY_LEN(actions));
	CU_ASSERT_FATAL(keymap_read(&map,
	        "bind line C-a line-start\nbind browser C-a copy\nbind anywhere C-g editor\nbind line C-g line-start\n",
	        "keys", &err));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_EQUAL(lookup(&map, rows[i].context, rows[i].key, NULL), rows[i].want);
	CU_ASSERT(keymap_say_action(&map, CONTEXT_BROWSER, "line-start", &keys));
	HARNESS_EQUAL(buf_text(&keys), "Ctrl+G");
	CU_ASSERT_FALSE(keymap_say_action(&map, CONTEXT_FOUND, "line-start", &keys));
	buf_release(&keys);
	keymap_release(&map);
}

static void
lets_a_later_line_win(void)
{
	struct keymap map;
	struct err err;

	keymap_init(&map, actions, ARRAY_LEN(actions));
	CU_ASSERT_FATAL(keymap_read(&map, bindings, "keys", &err));
	CU_ASSERT(keymap_read(
	        &map, "bind composer C-a copy\nunbind transcript C-g\nunbind composer C-x C-e\n", "keys", &err));
	HARNESS_EQUAL(lookup(&map, CONTEXT_COMPOSER, "C-a", NULL), "copy");
	HARNESS_EQUAL(lookup(&map, CONTEXT_TRANSCRIPT, "C-g", NULL), "editor");
	HARNESS_EQUAL(lookup(&map, CONTEXT_COMPOSER, "C-x", NULL), "");
	CU_ASSERT(map.n == 3);
	keymap_release(&map);
}

static void
prints_what_it_reads(void)
{
	struct keymap map;
	struct buf printed = {0};
	struct err err;

	keymap_init(&map, actions, ARRAY_LEN(actions));
	CU_ASSERT_FATAL(keymap_read(&map, bindings, "keys", &err));
	for (size_t i = 0; i < map.n; i++) {
		keymap_print(&map.bindings[i], &printed);
		buf_putc(&printed, '\n');
	}
	HARNESS_EQUAL(buf_text(&printed), bindings);
	buf_clear(&printed);
	keymap_say_keys(&map.bindings[1], &printed);
	HARNESS_EQUAL(buf_text(&printed), "Ctrl+X Ctrl+E");
	buf_release(&printed);
	keymap_release(&map);
}

/* The first binding that nothing hides. */
static void
says_which_key_does_something(void)
{
	static const struct {
		enum key_context context;
		const char *action, *want; /* "": none */
	} rows[] = {
	        {CONTEXT_COMPOSER, "line-start", "Ctrl+A"},
	        {CONTEXT_TRANSCRIPT, "line-start", ""},
	        {CONTEXT_COMPOSER, "editor", "Ctrl+X Ctrl+E"},
	        {CONTEXT_HELP, "editor", "Ctrl+G"},
	        {CONTEXT_TRANSCRIPT, "editor", ""},
	        {CONTEXT_TRANSCRIPT, "copy", "y"},
	        {CONTEXT_COMPOSER, "copy", ""},
	};
	struct keymap map;
	struct err err;

	keymap_init(&map, actions, ARRAY_LEN(actions));
	CU_ASSERT_FATAL(keymap_read(&map, bindings, "keys", &err));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf keys = {0};

		CU_ASSERT(keymap_say_action(&map, rows[i].context, rows[i].action, &keys) == (*rows[i].want != '\0'));
		HARNESS_EQUAL(buf_text(&keys), rows[i].want);
		buf_release(&keys);
	}
	keymap_release(&map);
}

CU_TestInfo keymap_tests[] = {
        {"names keys both ways", names_keys_both_ways},
        {"refuses what is no key", refuses_what_is_no_key},
        {"says which line is wrong", says_which_line_is_wrong},
        {"finds what keys do", finds_what_keys_do},
        {"shares the keys of a line", shares_the_keys_of_a_line},
        {"lets a later line win", lets_a_later_line_win},
        {"prints what it reads", prints_what_it_reads},
        {"says which key does something", says_which_key_does_something},
        CU_TEST_INFO_NULL,
};
