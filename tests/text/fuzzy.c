/*
 * fuzzy.c - what is found, where, and what is found better.
 */
#include "text/fuzzy.h"

#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

/* The text with what was found in brackets; "": it was not. */
static void
show(const char *text, const char *pattern, struct buf *out)
{
	struct fuzzy f;
	size_t at = 0;

	buf_clear(out);
	if (!fuzzy_match(text, strlen(text), pattern, &f))
		return;
	for (size_t i = 0; i < f.n; i++) {
		buf_put(out, text + at, f.marks[i].start - at);
		buf_printf(out, "[%.*s]", (int)(f.marks[i].end - f.marks[i].start), text + f.marks[i].start);
		at = f.marks[i].end;
	}
	buf_puts(out, text + at);
}

static void
finds_letters_in_their_order(void)
{
	static const struct {
		const char *text, *pattern, *want; /* "": nothing */
	} rows[] = {
	        {"quit", "", "quit"},
	        {"quit", "  ", "quit"},
	        {"quit", "q", "[q]uit"},
	        {"quit", "quit", "[quit]"},
	        {"quit", "QUIT", "[quit]"},
	        {"quit", "quits", ""},
	        {"quit", "tq", ""},
	        {"", "q", ""},
	        {"new-conversation", "nc", "[n]ew-[c]onversation"},
	        {"new-conversation", "newcon", "[new]-[con]versation"},
	        /* The beginning of a word is worth more than the first place. */
	        {"acopy copy", "copy", "acopy [copy]"},
	        {"browser-page-down", "pd", "browser-[p]age-[d]own"},
	        {"half-page-down", "page", "half-[page]-down"},
	        {"toTheEnd", "te", "[t]oThe[E]nd"},
	        /* The nearer of two that are worth the same. */
	        {"xaxxaxb", "ab", "xaxx[a]x[b]"},
	        /* Words in any order. */
	        {"the next message", "mess next", "the [next] [mess]age"},
	        {"the next message", "next nothing", ""},
	        {"the next message", "ne xt", "the [next] message"},
	        {"Über Öfen", "öf", "Über [Öf]en"},
	        {"日本語", "本", "日[本]語"},
	        {"a\xff b", "b", "a\xff [b]"},
	};
	struct buf have = {0};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		show(rows[i].text, rows[i].pattern, &have);
		HARNESS_EQUAL(buf_text(&have), rows[i].want);
	}
	buf_release(&have);
}

static void
likes_some_better(void)
{
	static const struct {
		const char *pattern, *better, *worse;
	} rows[] = {
	        {"copy", "copy", "the copy"},
	        {"copy", "copy", "c-o-p-y"},
	        {"cop", "cop", "c_o_p"},
	        {"wl", "word-left", "awl"},
	        {"ed", "edit", "unneeded"},
	        {"re", "retry", "browser-delete"},
	        {"N", "N", "n"},
	        {"red", "Red letters", "redraw it"},
	        {"pd", "page-down", "help-down"},
	        {"abc", "ab c", "a b  c"},
	        /* A gap costs more the longer it is. */
	        {"ab", "axbx", "axxbx"},
	        {"ab", "axxbx", "axxxbx"},
	        {"ab", "ab", "a-b"},
	        /* Of capitals in a row only the first begins a word. */
	        {"b", "aBx", "ABx"},
	        {"b", "éBx", "ÉBx"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct fuzzy a, b;

		CU_ASSERT(fuzzy_match(rows[i].better, strlen(rows[i].better), rows[i].pattern, &a));
		CU_ASSERT(fuzzy_match(rows[i].worse, strlen(rows[i].worse), rows[i].pattern, &b));
		HARNESS_CHECK(a.score > b.score, "%s: %s %d, %s %d", rows[i].pattern, rows[i].better, a.score,
		        rows[i].worse, b.score);
	}
}

static void
knows_its_bounds(void)
{
	char text[3 * FUZZY_TEXT_MAX], pattern[2 * FUZZY_WORD_MAX];
	struct fuzzy f;

	memset(text, 'a', sizeof(text));
	memset(pattern, 'a', sizeof(pattern));
	text[sizeof(text) - 1] = 'b';
	pattern[FUZZY_WORD_MAX] = '\0';
	CU_ASSERT(fuzzy_match(text, sizeof(text), pattern, &f) && f.n == 1);
	CU_ASSERT(f.marks[0].end - f.marks[0].start == FUZZY_WORD_MAX);
	CU_ASSERT_FALSE(fuzzy_match(text, sizeof(text), "b", &f));
	pattern[FUZZY_WORD_MAX] = 'a';
	pattern[FUZZY_WORD_MAX + 1] = '\0';
	CU_ASSERT_FALSE(fuzzy_match(text, sizeof(text), pattern, &f));
	/* More marks than there is room for. */
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = i % 2 ? ' ' : 'a';
	memset(pattern, 'a', sizeof(pattern));
	for (size_t i = 1; i < sizeof(pattern); i += 2)
		pattern[i] = ' ';
	pattern[sizeof(pattern) - 1] = '\0';
	CU_ASSERT(fuzzy_match(text, sizeof(text), pattern, &f) && f.n <= FUZZY_MARKS_MAX);
}

CU_TestInfo fuzzy_tests[] = {
        {"finds letters in their order", finds_letters_in_their_order},
        {"likes some better", likes_some_better},
        {"knows its bounds", knows_its_bounds},
        CU_TEST_INFO_NULL,
};
