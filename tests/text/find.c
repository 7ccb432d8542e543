/*
 * find.c - words found in texts. That they are those of the search index, tests/store/index.c shows.
 */
#include "text/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/text/tests.h"

/* The text with each hit in brackets. */
static void
mark(const struct find *find, const char *text, struct buf *to)
{
	size_t n = strlen(text), at = 0;
	struct find_range range;

	while (find_next(find, text, n, at, &range)) {
		buf_put(to, text + at, range.start - at);
		buf_printf(to, "[%.*s]", (int)range.len, text + range.start);
		at = range.start + range.len;
	}
	buf_puts(to, text + at);
}

/* Phrases stand between bars; a star at the end of one: its last word may be the beginning of one. */
static void
add_phrases(struct find *find, const char *phrases)
{
	while (*phrases) {
		size_t n = strcspn(phrases, "|");
		bool star = n > 0 && phrases[n - 1] == '*';

		find_add(find, phrases, n - star, star);
		phrases += n + (phrases[n] == '|');
	}
}

static void
marks_what_is_found(void)
{
	static const struct {
		const char *phrases, *text, *want;
	} rows[] = {
	        {"", "nothing looked for", "nothing looked for"},
	        {"", "no word... at all", "no word... at all"},
	        {" \t", "no word", "no word"},
	        {"word", "A word, Words, WORD; sword word", "A [word], Words, [WORD]; sword [word]"},
	        {"wo*", "A word, Words, two", "A [word], [Words], two"},
	        {"cafe", "Café, CAFE\xcc\x81, cafés", "[Café], [CAFE\xcc\x81], cafés"},
	        {"Über",
	                "über Uber u\xcc\x88"
	                "ber",
	                "[über] [Uber] [u\xcc\x88"
	                "ber]"},
	        {"привет", "ПРИВЕТ, мир", "[ПРИВЕТ], мир"},
	        {"ΣΊΣΥΦΟΣ", "σίσυφοσ", "[σίσυφοσ]"},
	        {"new york", "In New\n  York, new-york; new the york", "In [New\n  York], [new-york]; new the york"},
	        {"new yo*", "new york new", "[new york] new"},
	        {"foo-bar", "foo bar foo_bar foo--bar foo-bar foo‑bar foobar",
	                "foo bar foo_bar foo--bar [foo-bar] [foo‑bar] foobar"},
	        {"foo bar", "foo bar foo_bar foobar", "[foo bar] [foo_bar] foobar"},
	        {"a|b c|b", "a b c b", "[a] [b c] [b]"},
	        {"a a", "a a a", "[a a] a"},
	        {"世界", "你好世界。世 界世", "你好[世界]。[世 界]世"},
	        {"好", "你好abc好", "你[好]abc[好]"},
	        {"abc好", "你好abc好", "你好[abc好]"},
	        {"한국", "대한민국 한국어", "대한민국 [한국]어"},
	        {"สวัส", "สวัสดี", "[สวัส]ดี"},
	        {"हिन्दी", "यह हिन्दी है", "यह [हिन्दी] है"},
	        {"x", "\xffx\xe4\xb8 x", "\xff[x]\xe4\xb8 [x]"},
	        {"3.14", "3.14 or 3,14 or 314", "[3.14] or 3,14 or 314"},
	        {"C++", "C, c++, C++11, C+++; abc++ C ++", "C, [c++], [C++]11, [C++]+; abc++ C ++"},
	        {"C++*", "C++ con++ C", "[C++] con++ C"},
	        {"C#", "C C# c#; F# C #", "C [C#] [c#]; F# C #"},
	        {".NET", "net .net ASP.NET . net", "net [.net] ASP[.NET] . net"},
	        {"->", "a->b - > -> <-->", "a[->]b - > [->] <-[->]"},
	        {"🚀", "🚀a🚀 🚀🚀", "[🚀]a[🚀] [🚀][🚀]"},
	        {"❤", "❤️ ❤", "[❤️] [❤]"},
	        {"❤️", "❤️ ❤", "[❤️] [❤]"},
	        {"€", "5 € 5€", "5 [€] 5[€]"},
	        {"(", "f(x) ((", "f[(]x) [(][(]"},
	        {"f(x)", "f(x) f (x) f(x, y) f x", "[f(x)] f (x) f(x, y) f x"},
	        {"f( x*", "f(x) f( x f((y, xy) f(, xy)", "[f(x]) [f( x] f((y, xy) [f(, xy])"},
	        {"a -> b", "a -> b a->b a - b a --> b a b->", "[a -> b] [a->b] a - b [a --> b] a b->"},
	        {"don't", "don't don’t dont don t", "[don't] [don’t] dont don t"},
	        {"\"", "say “so” \"", "say [“]so[”] [\"]"},
	        {"::|a", "a::b", "[a][::]b"},
	        {"a|.a", "b .a", "b [.a]"},
	        {"「大", "これは「大事」大", "これは[「大]事」大"},
	        {"- (", "a -- ( - (b -(", "a [-- (] [- (]b [-(]"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct find find = {0};
		struct buf marked = {0};

		add_phrases(&find, rows[i].phrases);
		mark(&find, rows[i].text, &marked);
		HARNESS_EQUAL(buf_text(&marked), rows[i].want);
		buf_release(&marked);
		find_release(&find);
	}
}

static void
finds_long_words(void)
{
	struct find find = {0};
	struct find_range range;
	char text[300], other[300];

	memset(text, 'x', sizeof(text));
	memset(other, 'x', sizeof(other));
	other[40] = 'y';
	CU_ASSERT(find_add(&find, text, sizeof(text), false));
	CU_ASSERT(find_next(&find, text, sizeof(text), 0, &range) && range.start == 0 && range.len == sizeof(text));
	CU_ASSERT_FALSE(find_next(&find, other, sizeof(other), 0, &range));
	CU_ASSERT_FALSE(find_next(&find, text, 20, 0, &range));
	find_release(&find);
}

/* Nor do capitals and accents count in one. */
static void
folds_long_words(void)
{
	static const char *const letters[] = {"x", "X", "\xc3\x84", "\xc3\xa4", "A"};
	static const bool same[ARRAY_LEN(letters)][ARRAY_LEN(letters)] = {{true, true, false, false, false},
	        {true, true, false, false, false}, {false, false, true, true, true}, {false, false, true, true, true},
	        {false, false, true, true, true}};

	for (size_t i = 0; i < ARRAY_LEN(letters) * ARRAY_LEN(letters); i++) {
		size_t a = i / ARRAY_LEN(letters), b = i % ARRAY_LEN(letters);
		struct find find = {0};
		struct find_range range;
		struct buf wanted = {0}, text = {0};

		for (int n = 0; n < 64; n++) {
			buf_puts(&wanted, letters[a]);
			buf_puts(&text, letters[b]);
		}
		CU_ASSERT(find_add(&find, wanted.data, wanted.len, false));
		HARNESS_CHECK(find_next(&find, text.data, text.len, 0, &range) == same[a][b], "%s, %s", letters[a],
		        letters[b]);
		find_release(&find);
		buf_release(&wanted);
		buf_release(&text);
	}
}

/* However long a word is, it is no other. */
static void
tells_long_words_apart(void)
{
	enum { COMPARED = 64 }; /* bytes at first */
	static const struct {
		size_t wanted, length, other; /* of a word of x; the text's, and where that has another letter */
		bool want, prefix;
	} rows[] = {
	        {COMPARED, COMPARED, COMPARED, true, false},
	        {COMPARED, COMPARED + 1, COMPARED, false, false},
	        {COMPARED, COMPARED + 1, COMPARED, true, true},
	        {COMPARED + 1, COMPARED, COMPARED, false, false},
	        {COMPARED + 1, COMPARED, COMPARED, false, true},
	        {COMPARED + 1, COMPARED + 2, COMPARED + 1, true, true},
	        {COMPARED, COMPARED - 1, COMPARED, false, false},
	        {COMPARED, COMPARED, COMPARED - 1, false, false},
	        {COMPARED - 1, COMPARED, COMPARED, false, false},
	        {COMPARED - 1, COMPARED - 1, COMPARED, true, false},
	        {COMPARED + 9, COMPARED + 9, COMPARED + 9, true, false},
	        {COMPARED + 9, COMPARED + 9, COMPARED, false, false},
	        {COMPARED + 9, COMPARED + 9, COMPARED + 8, false, false},
	        {COMPARED + 9, COMPARED + 9, COMPARED - 1, false, false},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct find find = {0};
		char wanted[2 * COMPARED], text[2 * COMPARED];

		memset(wanted, 'x', sizeof(wanted));
		memset(text, 'x', sizeof(text));
		text[rows[i].other] = 'y';
		CU_ASSERT(find_add(&find, wanted, rows[i].wanted, rows[i].prefix));
		HARNESS_CHECK(find_has(&find, 0, text, rows[i].length) == rows[i].want, "row %zu", i);
		find_release(&find);
	}
}

/* Each hit with a look at the end of them all, this would take minutes. */
static void
finds_many_signs(void)
{
	enum { N = 1000000 };
	struct find find = {0};
	struct find_range range = {0};
	char *text = mem_alloc(N);
	size_t hits = 0;

	memset(text, '-', N);
	CU_ASSERT(find_add(&find, "--", 2, false) && find_add(&find, "- -", 3, false));
	while (find_next(&find, text, N, range.start + range.len, &range))
		hits++;
	CU_ASSERT(hits == N / 2);
	find_release(&find);
	free(text);
}

static void
tells_whether_all_is_there(void)
{
	static const struct {
		const char *phrases, *text;
		bool want;
	} rows[] = {
	        {"", "", true},
	        {"a", "", false},
	        {"a|b*", "Bcd, a", true},
	        {"a|b", "bcd, a", false},
	        {"a b|b c", "a b c", true},
	        {"->|a", "a->", true},
	        {"->|a", "a- >", false},
	        {"->", "", false},
	        {"c++|++", "c++", true},
	        {"'", "’", true},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct find find = {0};

		add_phrases(&find, rows[i].phrases);
		HARNESS_CHECK(find_all(&find, rows[i].text, strlen(rows[i].text)) == rows[i].want, "row %zu", i);
		find_release(&find);
	}
}

CU_TestInfo find_tests[] = {
        {"marks what is found", marks_what_is_found},
        {"finds long words", finds_long_words},
        {"folds long words", folds_long_words},
        {"tells long words apart", tells_long_words_apart},
        {"finds many signs", finds_many_signs},
        {"tells whether all is there", tells_whether_all_is_there},
        CU_TEST_INFO_NULL,
};
