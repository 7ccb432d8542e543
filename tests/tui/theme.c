/*
 * theme.c - looks: no colours where there are none, the terminal's own for text, and what the environment tells.
 */
#include "tui/theme.h"

#include <stddef.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static const enum theme themes[] = {THEME_AUTO, THEME_DARK, THEME_LIGHT};
static const int depths[] = {0, 8, 16, 88, 256, 32767};

/* Every look of every role: theme, colours, role. */
#define EACH_LOOK(t, d, s)                                                                                             \
	for (size_t t = 0; t < ARRAY_LEN(themes); t++)                                                                 \
		for (size_t d = 0; d < ARRAY_LEN(depths); d++)                                                         \
			for (int s = 0; s < STYLE_COUNT; s++)

static bool
same_look(struct theme_style a, struct theme_style b)
{
	return a.foreground == b.foreground && a.background == b.background && a.attributes == b.attributes;
}

static void
uses_the_colours_that_there_are(void)
{
	EACH_LOOK(t, d, s)
	{
		struct theme_style look = theme_style(themes[t], depths[d], (enum style)s);

		CU_ASSERT(look.foreground >= -1 && look.background >= -1);
		CU_ASSERT(look.foreground < depths[d] && look.background < depths[d]);
	}
}

static void
writes_text_in_the_terminals_own(void)
{
	for (size_t t = 0; t < ARRAY_LEN(themes); t++)
		for (size_t d = 0; d < ARRAY_LEN(depths); d++)
			CU_ASSERT(same_look(
			        theme_style(themes[t], depths[d], STYLE_TEXT), (struct theme_style){-1, -1, 0}));
}

/* On an unknown background: red and magenta at the most, and never a background of ours. */
static void
reads_on_any_background(void)
{
	for (size_t d = 0; d < ARRAY_LEN(depths); d++)
		for (int s = 0; s < STYLE_COUNT; s++) {
			struct theme_style look = theme_style(THEME_AUTO, depths[d], (enum style)s);

			CU_ASSERT(look.background == -1);
			CU_ASSERT(look.foreground == -1 || look.foreground == 1 || look.foreground == 5);
		}
}

/* A background of ours has a foreground of ours. */
static void
never_mixes_its_own_with_the_terminals(void)
{
	EACH_LOOK(t, d, s)
	{
		struct theme_style look = theme_style(themes[t], depths[d], (enum style)s);

		CU_ASSERT(look.background == -1 || look.foreground >= 0);
	}
}

/* With colours or without. What else there is in Markdown has signs of its own. */
static void
tells_markdown_apart(void)
{
	static const enum style roles[] = {
	        STYLE_TEXT, STYLE_EMPHASIS, STYLE_STRONG, STYLE_STRONG_EMPHASIS, STYLE_HEADING, STYLE_CODE, STYLE_LINK};

	for (size_t t = 0; t < ARRAY_LEN(themes); t++)
		for (size_t d = 0; d < ARRAY_LEN(depths); d++)
			for (size_t i = 0; i < ARRAY_LEN(roles); i++)
				for (size_t k = 0; k < i; k++)
					HARNESS_CHECK(!same_look(theme_style(themes[t], depths[d], roles[i]),
					                      theme_style(themes[t], depths[d], roles[k])),
					        "roles %d and %d of theme %zu with %d colours", roles[i], roles[k], t,
					        depths[d]);
}

static void
guesses_from_the_environment(void)
{
	static const struct {
		const char *text;
		enum theme want;
	} rows[] = {
	        {NULL, THEME_AUTO},
	        {"", THEME_AUTO},
	        {"15;0", THEME_DARK},
	        {"7;8", THEME_DARK},
	        {"0;15", THEME_LIGHT},
	        {"0;7", THEME_LIGHT},
	        {"0;default;15", THEME_LIGHT},
	        {"15;default", THEME_AUTO},
	        {"15;", THEME_AUTO},
	        {"15", THEME_AUTO},
	        {"15;16", THEME_AUTO},
	        {"15;-1", THEME_AUTO},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(theme_guess(rows[i].text) == rows[i].want, "%s", rows[i].text ? rows[i].text : "unset");
}

CU_TestInfo theme_tests[] = {
        {"uses the colours that there are", uses_the_colours_that_there_are},
        {"writes text in the terminal's own", writes_text_in_the_terminals_own},
        {"reads on any background", reads_on_any_background},
        {"never mixes its own with the terminal's", never_mixes_its_own_with_the_terminals},
        {"tells Markdown apart", tells_markdown_apart},
        {"guesses from the environment", guesses_from_the_environment},
        CU_TEST_INFO_NULL,
};
