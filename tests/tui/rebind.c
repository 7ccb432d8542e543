/*
 * rebind.c - the user's lines over others: which hold, and what is said of the rest.
 */
#include "tui/rebind.h"

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
do_nothing(struct app *app)
{
	(void)app;
}

static const struct action actions[] = {
        {"send", "send", .run = do_nothing},
        {"newline", "break the line", .run = do_nothing},
        {"quit", "quit", .run = do_nothing},
};

static const char defaults[] = "bind composer Enter send\n"
                               "bind composer C-j newline\n"
                               "bind composer C-x C-e newline\n"
                               "bind anywhere C-q quit\n"
                               "bind help Esc quit\n";

static void
init(struct keymap *map)
{
	struct err err;

	keymap_init(map, actions, ARRAY_LEN(actions));
	CU_ASSERT_FATAL(keymap_read(map, defaults, "keys", &err));
}

static void
says_what_may_not_be(void)
{
	static const struct {
		const char *in, *want; /* "": it may be */
	} rows[] = {
	        {"bind composer C-s send", ""},
	        {"bind composer M-Enter send", ""},
	        {"bind composer C-x C-c newline", ""},
	        {"bind transcript s send", ""},
	        {"bind transcript Enter send", ""},
	        {"unbind composer C-j", ""},
	        {"unbind anywhere F5", ""},
	        {"bind composer Enter send", ""},
	        {"bind anywhere C-q quit", ""},
	        {"bind composer C-q quit", ""},
	        {"bind help Esc quit", ""},
	        {"bind composer Enter newline", "Enter always sends: take another key"},
	        {"unbind composer Enter", "Enter always sends: take another key"},
	        {"bind composer Enter C-a newline", "Enter always sends: take another key"},
	        {"bind composer C-q send", "Ctrl+Q always quits: take another key"},
	        {"unbind anywhere C-q", "Ctrl+Q always quits: take another key"},
	        {"bind help Esc send", "Esc always stops, closes and goes back: take another key"},
	        {"unbind browser C-c", "Ctrl+C always stops, clears and quits: take another key"},
	        {"bind composer C-i send", "a terminal sends the same for Ctrl+I and Tab: write Tab if you mean that"},
	        {"bind composer C-x C-m send",
	                "a terminal sends the same for Ctrl+M and Enter: write Enter if you mean that"},
	        {"bind composer s send", "s is written where text is: take a key with Ctrl or Alt"},
	        {"bind anywhere Space send", "Space is written where text is: take a key with Ctrl or Alt"},
	        {"bind line ö send", "ö is written where text is: take a key with Ctrl or Alt"},
	        {"bind composer C-s sned", "no action \"sned\": did you mean send?"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct keymap map;
		struct err err = {0};

		init(&map);
		HARNESS_CHECK(rebind(&map, rows[i].in, 7, &err) == !*rows[i].want, "%s", rows[i].in);
		HARNESS_EQUAL(err.text, rows[i].want);
		keymap_release(&map);
	}
}

static void
says_what_stands_there_twice(void)
{
	static const struct {
		const char *first, *second, *want;
	} rows[] = {
	        {"bind composer C-s send", "bind line C-s send", ""},
	        {"bind composer C-s send", "bind composer Ctrl+S newline",
	                "Ctrl+S stands in line 1 already: remove one of them"},
	        {"unbind composer C-s", "bind composer C-s newline",
	                "Ctrl+S stands in line 1 already: remove one of them"},
	        {"bind composer C-x C-s send", "bind composer C-x C-x newline", ""},
	        {"bind composer C-x C-s send", "bind composer C-x newline",
	                "this and Ctrl+X Ctrl+S in line 1 begin with the same key: change one of them"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct keymap map;
		struct err err = {0};

		init(&map);
		CU_ASSERT(rebind(&map, rows[i].first, 1, &err));
		HARNESS_CHECK(rebind(&map, rows[i].second, 2, &err) == !*rows[i].want, "%s", rows[i].second);
		HARNESS_EQUAL(err.text, rows[i].want);
		keymap_release(&map);
	}
}

static void
is_told_first(void)
{
	struct keymap map;
	struct buf keys = {0};
	struct err err;

	init(&map);
	CU_ASSERT(rebind(&map, "bind composer F5 send", 3, &err));
	CU_ASSERT(keymap_say_action(&map, CONTEXT_COMPOSER, "send", &keys));
	HARNESS_EQUAL(buf_text(&keys), "F5");
	buf_clear(&keys);
	CU_ASSERT(rebind(&map, "unbind composer C-j", 4, &err));
	CU_ASSERT(keymap_say_action(&map, CONTEXT_COMPOSER, "newline", &keys));
	HARNESS_EQUAL(buf_text(&keys), "Ctrl+X Ctrl+E");
	CU_ASSERT(rebind(&map, "unbind composer C-x", 5, &err));
	CU_ASSERT_FALSE(keymap_say_action(&map, CONTEXT_COMPOSER, "newline", &keys));
	buf_release(&keys);
	keymap_release(&map);
}

CU_TestInfo rebind_tests[] = {
        {"says what may not be", says_what_may_not_be},
        {"says what stands there twice", says_what_stands_there_twice},
        {"is told first", is_told_first},
        CU_TEST_INFO_NULL,
};
