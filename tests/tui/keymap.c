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
        {"line-start", "to the start", .run = do_nothing},
        {"editor", "in the editor", .run = do_nothing},
        {"copy", "copy", .run = do_nothing},
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
	        {"Ctrl+X", "C-x", "Ctrl+X"},
	        {"ctrl+x", "C-x", "Ctrl+X"},
	        {"Alt+B", "M-b", "Alt+B"},
	        {"Alt+b", "M-b", "Alt+B"},
	        {"Alt+Shift+B", "M-B", "Alt+Shift+B"},
	        {"M-S-b", "M-B", "Alt+Shift+B"},
	        {"S-b", "B", "B"},
	        {"Ctrl+Alt+PgUp", "C-M-PgUp", "Ctrl+Alt+PgUp"},
	        {"Shift+Enter", "S-Enter", "Shift+Enter"},
	        {"Ctrl++", "C-+", "Ctrl++"},
	        {"C-S-Left", "C-S-Left", "Ctrl+Shift+Left"},
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
	        "", "C-", "M-", "ab", "F0", "F25", "F1x", "Entr", "C-Q-x", "\xff", "\x01", "X-a", "Ctrl+", "Ctrl", "Strg+x"};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct key key = {'?', 0};
		struct err err;

		HARNESS_CHECK(!key_parse(rows[i], &key, &err), "%s", rows[i]);
		HARNESS_CHECK(key.code == '?' && err.code == ERR_CONFIG, "%s", rows[i]);
	}
}

static void
knows_what_a_terminal_can_tell_apart(void)
{
	static const struct {
		const char *in, *want; /* "": it can */
	} rows[] = {
	        {"C-a", ""},
	        {"C-j", ""},
	        {"M-i", ""},
	        {"S-Tab", ""},
	        {"C-Enter", ""},
	        {"C-Space", ""},
	        {"C-i", "a terminal sends the same for Ctrl+I and Tab: write Tab if you mean that"},
	        {"C-M-i", "a terminal sends the same for Ctrl+Alt+I and Alt+Tab: write M-Tab if you mean that"},
	        {"C-m", "a terminal sends the same for Ctrl+M and Enter: write Enter if you mean that"},
	        {"C-[", "a terminal sends the same for Ctrl+[ and Esc: write Esc if you mean that"},
	        {"C-h", "a terminal sends the same for Ctrl+H and Backspace: write Backspace if you mean that"},
	        {"C-@", "a terminal sends the same for Ctrl+@ and Ctrl+Space: write C-Space if you mean that"},
	        {"C-/", "a terminal sends the same for Ctrl+/ and Ctrl+_: write C-_ if you mean that"},
	        {"C-S-a", "a terminal sends the same for Ctrl+Shift+A and Ctrl+A: write C-a if you mean that"},
	        {"S-Space", "a terminal sends the same for Shift+Space and Space: write Space if you mean that"},
	        {"S-1", "with Shift this key is another character: write that one"},
	        {"M-[", "a terminal begins other keys with what it sends for Alt+[: take another key"},
	        {"M-O", "a terminal begins other keys with what it sends for Alt+Shift+O: take another key"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct key key = {0, 0};
		struct err err = {0};

		CU_ASSERT(key_parse(rows[i].in, &key, &err));
		HARNESS_CHECK(key_is_told_apart(key, &err) == !*rows[i].want, "%s", rows[i].in);
		HARNESS_EQUAL(err.text, rows[i].want);
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
	        {"bind compser C-a copy", "keys:1: no context \"compser\": did you mean composer?"},
	        {"bind composer C-a line-strat", "keys:1: no action \"line-strat\": did you mean line-start?"},
	        {"bind composer C-a fly", "keys:1: no action \"fly\": `flynn keys` lists them"},
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

static void
lists_the_contexts(void)
{
	struct keymap map;
	struct err err = {0};

	keymap_init(&map, actions, ARRAY_LEN(actions));
	CU_ASSERT(!keymap_read(&map, "bind elsewhere C-a copy", "keys", &err));
	HARNESS_CHECK(strstr(err.text, "keys:1: no context \"elsewhere\": write composer, transcript, ") != NULL, "%s", err.text);
	HARNESS_CHECK(strstr(err.text, ", palette, line or anywhere") != NULL, "%s", err.text);
	keymap_release(&map);
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
	case KEYMAP_UNBOUND:
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
	HARNESS_EQUAL(lookup(&map, CONTEXT_TRANSCRIPT, "C-g", NULL), "");
	HARNESS_EQUAL(lookup(&map, CONTEXT_COMPOSER, "C-g", NULL), "editor");
	HARNESS_EQUAL(lookup(&map, CONTEXT_COMPOSER, "C-x", NULL), "");
	HARNESS_EQUAL(lookup(&map, CONTEXT_COMPOSER, "C-x", "C-e"), "");
	CU_ASSERT(map.n == 5);
	CU_ASSERT(keymap_read(&map, "bind transcript C-g editor\n", "keys", &err) && map.n == 5);
	HARNESS_EQUAL(lookup(&map, CONTEXT_TRANSCRIPT, "C-g", NULL), "editor");
	keymap_release(&map);
}

/* A key cannot both do something and begin something. */
static void
lets_a_later_line_win_over_its_beginnings(void)
{
	struct keymap map;
	struct err err;

	keymap_init(&map, actions, ARRAY_LEN(actions));
	CU_ASSERT_FATAL(keymap_read(&map, "bind composer C-x C-e editor\nbind composer C-x C-a copy\n"
	                                  "bind composer C-x line-start\n",
	        "keys", &err));
	HARNESS_EQUAL(lookup(&map, CONTEXT_COMPOSER, "C-x", NULL), "line-start");
	CU_ASSERT(map.n == 1);
	CU_ASSERT(keymap_read(&map, "bind composer C-x C-e editor\n", "keys", &err));
	HARNESS_EQUAL(lookup(&map, CONTEXT_COMPOSER, "C-x", NULL), "…");
	HARNESS_EQUAL(lookup(&map, CONTEXT_COMPOSER, "C-x", "C-e"), "editor");
	CU_ASSERT(map.n == 1);
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
	CU_ASSERT(keymap_read(&map, "unbind transcript y\n", "keys", &err));
	keymap_print(&map.bindings[2], &printed);
	HARNESS_EQUAL(buf_text(&printed), "unbind transcript y");
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
        {"knows what a terminal can tell apart", knows_what_a_terminal_can_tell_apart},
        {"says which line is wrong", says_which_line_is_wrong},
        {"lists the contexts", lists_the_contexts},
        {"finds what keys do", finds_what_keys_do},
        {"shares the keys of a line", shares_the_keys_of_a_line},
        {"lets a later line win", lets_a_later_line_win},
        {"lets a later line win over its beginnings", lets_a_later_line_win_over_its_beginnings},
        {"prints what it reads", prints_what_it_reads},
        {"says which key does something", says_which_key_does_something},
        CU_TEST_INFO_NULL,
};
