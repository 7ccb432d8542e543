/*
 * composer.c - editing by clusters, and what is drawn.
 */
#include "tui/composer.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static void
up(struct composer *c)
{
	composer_up(c);
}

static void
down(struct composer *c)
{
	composer_down(c);
}

/* Edits by letters: those of the control keys, capitals for Alt; < left, > right, ^ up, v down, 0 home, $ end. */
static void
edit(struct composer *c, const char *letters)
{
	static const struct {
		char letter;
		void (*run)(struct composer *);
	} edits[] = {
	        {'B', composer_word_left},
	        {'F', composer_word_right},
	        {'t', composer_transpose},
	        {'U', composer_upcase},
	        {'L', composer_downcase},
	        {'C', composer_capitalize},
	        {'X', composer_kill_word_left},
	        {'D', composer_kill_word_right},
	        {'y', composer_yank},
	        {'Y', composer_yank_pop},
	        {'_', composer_undo},
	        {'-', composer_redo},
	        {'!', composer_clear},
	        {'<', composer_left},
	        {'>', composer_right},
	        {'^', up},
	        {'v', down},
	        {'0', composer_home},
	        {'$', composer_end},
	        {'x', composer_backspace},
	        {'d', composer_delete},
	        {'u', composer_kill_to_home},
	        {'k', composer_kill_to_end},
	        {'w', composer_kill_space_word},
	};

	for (; *letters; letters++)
		for (size_t i = 0; i < ARRAY_LEN(edits); i++)
			if (edits[i].letter == *letters)
				edits[i].run(c);
}

static void
edits_by_clusters(void)
{
	static const struct {
		const char *text, *edits, *want; /* "|" is the cursor */
	} rows[] = {
	        {"abc", "", "abc|"},
	        {"abc", "<<", "a|bc"},
	        {"abc", "<<<<>", "a|bc"},
	        {"abc", "<x", "a|c"},
	        {"abc", "0d", "|bc"},
	        {"abc", "0x", "|abc"},
	        {"abc", "d", "abc|"},
	        {"", "x<>d0$ukw^v", "|"},
	        {"e\xcc\x81x", "<<", "|e\xcc\x81x"},
	        {"e\xcc\x81", "x", "|"},
	        {"a\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", "x", "a\xf0\x9f\x91\xa9\xe2\x80\x8d|"},
        {"ﾊﾟﾋﾞ", "<<<", "ﾊ|ﾟﾋﾞ"},
        {"ﾊﾟ", "x", "ﾊ|"},
	        {"\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xab\xf0\x9f\x87\xb7", "x",
	                "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa|"},
	        {"世界", "<x", "|界"},
	        {"one two  ", "w", "one |"},
	        {"one two", "0w", "|one two"},
	        {"one two", "<u", "|o"},
	        {"one two", "0>k", "o|"},
	        {"one\ntwo", "0", "one\n|two"},
	        {"one\ntwo", "0x", "one|two"},
	        {"one\ntwo", "^", "one|\ntwo"},
	        {"one\ntwo", "^0k", "|\ntwo"},
	        {"one\ntwo", "^k", "one|two"},
	        {"one\ntwo", "u", "one\n|"},
	        {"longer\nab\nlonger", "^", "longer\nab|\nlonger"},
	        {"longer\nab\nlonger", "<<<^^", "lon|ger\nab\nlonger"},
	        {"one\ntwo", "^0vv", "one\n|two"},
	        {"one, two", "B", "one, |two"},
	        {"one, two", "BB", "|one, two"},
	        {"one, two", "0F", "one|, two"},
	        {"one, two", "0FF", "one, two|"},
	        {"e\xcc\x81t\xc3\xa9-x", "0F", "e\xcc\x81t\xc3\xa9|-x"},
	        {"-\xcc\x81", "B", "|-\xcc\x81"},
	        {"one, two", "X", "one, |"},
	        {"one, two", "BX", "|two"},
	        {"one, two", "0D", "|, two"},
	        {"one, two", "0DD", "|"},
	        {"one, two", "D", "one, two|"},
	        {"abc", "t", "acb|"},
	        {"abc", "<t", "acb|"},
	        {"abc", "<<t", "ba|c"},
	        {"abc", "0t", "|abc"},
	        {"a", "t", "a|"},
	        {"", "tUCLyYXDBF", "|"},
	        {"世e\xcc\x81", "t", "e\xcc\x81世|"},
	        {"a\nb", "t", "a\nb|"},
	        {"a\nbc", "t", "a\ncb|"},
	        {"ab\nc", "^t", "ba|\nc"},
	        {"one two", "0UU", "ONE TWO|"},
	        {"ONE Two", "0LL", "one two|"},
	        {"oNE tWO", "0CC", "One Two|"},
	        {"one", "0>C", "oNe|"},
	        {"\xc3\xa4rger", "0U", "\xc3\x84RGER|"},
	        {"one two", "wy", "one two|"},
	        {"one two", "ww0y", "one two|"},
	        {"one two", "ww0yy", "one twoone two|"},
	        {"one two", "B>k<<ky", "one t|"},
	        {"one two", "B>ku", "|"},
	        {"one two", "B>kuy", "one two|"},
	        {"one two", "w<>wyY", "two|"},
	        {"one two", "w<>wyYY", "one |"},
	        {"one two", "w<>wy<>Y", "one |"},
	        {"one two", "wY", "one |"},
	        {"one two", "wy_", "one |"},
	        {"one two", "w_", "one two|"},
	        {"one two", "w_-", "one |"},
	        {"one two", "!", "|"},
	        {"one two", "<!_", "one tw|o"},
	        {"one two", "<!__", "|"},
	        {"one two", "<!__--", "|"},
	        {"one two", "B!_X", "|two"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct composer c;

		composer_init(&c);
		CU_ASSERT(composer_insert(&c, rows[i].text, strlen(rows[i].text)));
		edit(&c, rows[i].edits);
		CU_ASSERT(composer_insert(&c, "|", 1));
		HARNESS_EQUAL(composer_text(&c), rows[i].want);
		composer_release(&c);
	}
}

static void
takes_what_it_can_hold(void)
{
	struct composer c;
	char *big = malloc(COMPOSER_TEXT_MAX);

	memset(big, 'x', COMPOSER_TEXT_MAX);
	composer_init(&c);
	CU_ASSERT(composer_insert(&c,
	        "a\xff"
	        "b",
	        3));
	HARNESS_EQUAL(composer_text(&c), "a\xef\xbf\xbd"
	                                 "b");
	CU_ASSERT(!composer_insert(&c, big, COMPOSER_TEXT_MAX));
	HARNESS_EQUAL(composer_text(&c), "a\xef\xbf\xbd"
	                                 "b");
	CU_ASSERT(!composer_is_blank(&c));
	composer_reset(&c);
	CU_ASSERT(composer_is_blank(&c) && composer_insert(&c, " \n\t ", 4) && composer_is_blank(&c));
	CU_ASSERT(composer_insert(&c, big, COMPOSER_TEXT_MAX - 4));
	composer_release(&c);
	free(big);
}

static void
draws_with_the_cursor_in_view(void)
{
	static const struct {
		int rows, cols;
		const char *text, *edits, *want;
		int row, col;
	} rows[] = {
	        {1, 10, "", "", ">\n", 0, 2},
	        {1, 10, "hello", "", "> hello\n", 0, 7},
	        {2, 10, "hello there", "", "> hello\n  there\n", 1, 7},
	        {1, 10, "hello there", "", "  there\n", 0, 7},
	        {1, 10, "hello there", "0", "> hello\n", 0, 2},
	        {2, 10, "one\n", "", "> one\n\n", 1, 2},
	        {1, 10, "12345678", "", "> 12345678\n", 0, 9},
	        {1, 10, "a\x1b[mb", "<", "> a^[[mb\n", 0, 7},
	        {1, 10, "世界", "<", "> 世界\n", 0, 4},
	        {2, 10, "1\n2\n3", "^^", "> 1\n  2\n", 0, 3},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct composer c;
		struct grid g;

		composer_init(&c);
		grid_init(&g, rows[i].rows, rows[i].cols);
		CU_ASSERT(composer_insert(&c, rows[i].text, strlen(rows[i].text)));
		edit(&c, rows[i].edits);
		composer_draw(&c, &g, (struct rect){0, 0, rows[i].rows, rows[i].cols});
		EXPECT_GRID(&g, rows[i].want);
		HARNESS_CHECK(g.cursor_row == rows[i].row && g.cursor_col == rows[i].col, "row %zu: cursor at %d,%d", i,
		        g.cursor_row, g.cursor_col);
		grid_release(&g);
		composer_release(&c);
	}
}

/* A paste of 100,000 lines that comes in pieces, each drawn: were each to lay out all of it, this would take minutes. */
static void
takes_long_pastes(void)
{
	struct composer c;
	struct grid g;
	int64_t start = clock_ms();

	composer_init(&c);
	grid_init(&g, 2, 20);
	for (int i = 0; i < 1000; i++) {
		struct buf piece = {0};

		for (int line = 0; line < 100; line++)
			buf_printf(&piece, "line %d\n", i * 100 + line);
		CU_ASSERT(composer_insert(&c, piece.data, piece.len));
		CU_ASSERT(composer_rows(&c, 20) == (200 < i * 100 + 101 ? 200 : i * 100 + 101));
		grid_clear(&g);
		composer_draw(&c, &g, (struct rect){0, 0, 2, 20});
		buf_release(&piece);
	}
	EXPECT_GRID(&g, "  line 99999\n\n");
	HARNESS_CHECK(clock_ms() - start < 10000, "%lld ms", (long long)(clock_ms() - start));
	grid_release(&g);
	composer_release(&c);
}

/* The same without a line feed: what is drawn is bounded all the same. */
static void
takes_long_lines(void)
{
	struct composer c;
	struct grid g;
	struct buf text = {0};
	int64_t start;

	for (int i = 0; i < 300000; i++)
		buf_puts(&text, i % 2 ? "word " : "世界");
	composer_init(&c);
	grid_init(&g, 4, 20);
	CU_ASSERT(composer_insert(&c, text.data, text.len));
	start = clock_ms();
	for (int i = 0; i < 200; i++) {
		CU_ASSERT(composer_rows(&c, 20) > 100);
		composer_draw(&c, &g, (struct rect){0, 0, 4, 20});
		composer_left(&c);
		CU_ASSERT(composer_type(&c, "x", 1));
	}
	HARNESS_CHECK(clock_ms() - start < 10000, "%lld ms", (long long)(clock_ms() - start));
	CU_ASSERT(g.cursor_row == 3);
	buf_release(&text);
	grid_release(&g);
	composer_release(&c);
}

static void
put_cursor(const struct composer *c, struct buf *out)
{
	buf_put(out, c->text.data, c->cursor);
	buf_putc(out, '|');
	buf_put(out, c->text.data + c->cursor, c->text.len - c->cursor);
}

/* The view is two columns wider than its text. */
static void
goes_by_the_rows_of_the_view(void)
{
	static const struct {
		const char *text, *edits, *want;
	} rows[] = {
	        {"one two three four five", "^", "one two thre|e four five"},
	        {"one two three four five", "^^", "one |two three four five"},
	        {"one two three four five", "^^^", "one |two three four five"},
	        {"one two three four five", "0v", "one two |three four five"},
	        {"one two three four five", "0vv", "one two three four |five"},
	        {"one two three four five", "0vvv", "one two three four |five"},
	        /* The column is kept across shorter rows, until another move. */
	        {"one two three four five", "0v>>>>>>>v^", "one two three f|our five"},
	        {"one two three four five", "0v>>>>>>>v<^", "one two thr|ee four five"},
	        /* A torn word has no place behind its row. */
	        {"abcdefghijKLMNOPQRSTuv", "^", "abcdefghijKL|MNOPQRSTuv"},
	        {"abcdefghijKLMNOPQRSTuv", "0>>>>>>>>>v", "abcdefghijKLMNOPQRS|Tuv"},
	        {"abcdefghijKLMNOPQRSTuv", "0>>>>>>>>>vv", "abcdefghijKLMNOPQRSTuv|"},
	        {"abcdefghijKLMNOPQRSTuv", "0>>>>>>>>>vv^", "abcdefghijKLMNOPQRS|Tuv"},
	        {"世界世界世界世", "^", "世界|世界世界世"},
	        {"a\nb", "^", "a|\nb"},
	        {"one two three\n\nx", "^^", "one two t|hree\n\nx"},
	        /* Drawn wider than it is: ^A, and a tab. */
	        {"\x01\x01\x01\x01\x01\x01", "^", "\x01|\x01\x01\x01\x01\x01"},
	        {"\tabc def", "^", "|\tabc def"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct composer c;
		struct buf have = {0};

		composer_init(&c);
		c.cols = 12;
		CU_ASSERT(composer_insert(&c, rows[i].text, strlen(rows[i].text)));
		edit(&c, rows[i].edits);
		put_cursor(&c, &have);
		HARNESS_EQUAL(buf_text(&have), rows[i].want);
		buf_release(&have);
		composer_release(&c);
	}
}

/* The text as it would be typed, after each of these. */
static void
tells_a_pasted_slash(void)
{
	struct composer c;
	char *typed;

#define EXPECT_TYPED(want)                                                                                             \
	do {                                                                                                           \
		typed = composer_typed(&c);                                                                            \
		HARNESS_EQUAL(typed, want);                                                                            \
		free(typed);                                                                                           \
	} while (0)
	composer_init(&c);
	CU_ASSERT(composer_insert(&c, "//", 2) && composer_insert(&c, " in pieces", 10));
	EXPECT_TYPED("/// in pieces");
	composer_kill_to_home(&c);
	EXPECT_TYPED("");
	composer_yank(&c);
	EXPECT_TYPED("/// in pieces");
	composer_clear(&c);
	composer_undo(&c);
	EXPECT_TYPED("/// in pieces");
	composer_clear(&c);
	CU_ASSERT(composer_type(&c, "/", 1) && composer_insert(&c, "etc", 3));
	EXPECT_TYPED("/etc");
	composer_home(&c);
	CU_ASSERT(composer_insert(&c, "/", 1));
	EXPECT_TYPED("///etc");
	CU_ASSERT(composer_replace(&c, "/one", 4));
	EXPECT_TYPED("/one");
	CU_ASSERT(composer_replace_pasted(&c, "/one", 4));
	EXPECT_TYPED("//one");
	composer_reset(&c);
	CU_ASSERT(composer_type(&c, "/one", 4));
	EXPECT_TYPED("/one");
	composer_reset(&c);
	CU_ASSERT(composer_insert(&c, "no slash", 8));
	EXPECT_TYPED("no slash");
#undef EXPECT_TYPED
	composer_release(&c);
}

CU_TestInfo composer_tests[] = {
        {"tells a pasted slash", tells_a_pasted_slash},
        {"edits by clusters", edits_by_clusters},
        {"takes what it can hold", takes_what_it_can_hold},
        {"draws with the cursor in view", draws_with_the_cursor_in_view},
        {"takes long pastes", takes_long_pastes},
        {"takes long lines", takes_long_lines},
        {"goes by the rows of the view", goes_by_the_rows_of_the_view},
        CU_TEST_INFO_NULL,
};
