/*
 * math.c - formulas as models write them, from the files of tests/math: lines of source, then the rows expected at 76 columns,
 * each after a tab.
 */
#include "text/math.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/text/tests.h"
#include "text/cluster.h"
#include "text/math_symbols.h"

static const char *const topics[] = {"algebra", "algorithms", "calculus", "chemistry", "finance", "geometry",
        "linear-algebra", "logic", "machine-learning", "number-theory", "physics", "sloppy", "statistics", "units"};

/* ---- the files ---- */

struct pair {
	struct buf source, rows;
};

static void
add_line(struct buf *text, const char *line, size_t n)
{
	if (text->len > 0)
		buf_putc(text, '\n');
	buf_put(text, line, n);
}

/* The next pair of a file, up to an empty line. False: there is none. */
static bool
read_pair(const char **at, struct pair *pair)
{
	buf_clear(&pair->source);
	buf_clear(&pair->rows);
	for (; **at && **at != '\n'; *at += strcspn(*at, "\n") + 1) {
		size_t n = strcspn(*at, "\n");

		if (**at == '\t')
			add_line(&pair->rows, *at + 1, n - 1);
		else
			add_line(&pair->source, *at, n);
	}
	*at += **at == '\n';
	return pair->source.len > 0;
}

static size_t
for_each_pair(const char *topic, void (*check)(const struct pair *))
{
	char *name = mem_printf("math/%s", topic), *path = harness_path(name), *file = harness_read(path, &(size_t){0});
	const char *at = file;
	struct pair pair = {0};
	size_t count = 0;

	for (; read_pair(&at, &pair); count++)
		check(&pair);
	buf_release(&pair.source);
	buf_release(&pair.rows);
	free(file);
	free(path);
	free(name);
	return count;
}

static size_t
for_each_topic(void (*check)(const struct pair *))
{
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LEN(topics); i++)
		count += for_each_pair(topics[i], check);
	return count;
}

/* ---- what models write ---- */

static void
lay_out(const struct pair *pair, int cols, struct buf *out)
{
	bool ok;

	buf_clear(out);
	ok = math_put(buf_text(&pair->source), pair->source.len, cols, out);
	HARNESS_CHECK(ok, "%s at %d columns", buf_text(&pair->source), cols);
}

static void
check_rows(const struct pair *pair)
{
	struct buf have = {0};

	lay_out(pair, 76, &have);
	HARNESS_EQUAL(buf_text(&have), buf_text(&pair->rows));
	buf_release(&have);
}

static void
lays_out_what_models_write(void)
{
	CU_ASSERT(for_each_topic(check_rows) > 300);
}

static void
check_one_row(const struct pair *pair)
{
	struct buf have = {0};

	lay_out(pair, 0, &have);
	HARNESS_CHECK(!strchr(buf_text(&have), '\n'), "%s", buf_text(&have));
	buf_release(&have);
}

static void
takes_one_row_without_columns(void)
{
	for_each_topic(check_one_row);
}

static int
widest(const char *rows)
{
	int most = 0;

	for (const char *at = rows; *at; at += strcspn(at, "\n"), at += *at == '\n') {
		int cols = cluster_width(at, strcspn(at, "\n"));

		most = cols > most ? cols : most;
	}
	return most;
}

/* Rows that do not fit are lines, which can be wrapped: those that stand there with one column. */
static void
check_narrow(const struct pair *pair)
{
	struct buf have = {0}, lines = {0};

	lay_out(pair, 24, &have);
	lay_out(pair, 1, &lines);
	if (widest(buf_text(&have)) > 24)
		HARNESS_EQUAL(buf_text(&have), buf_text(&lines));
	buf_release(&have);
	buf_release(&lines);
}

static void
fits_narrow_columns(void)
{
	for_each_topic(check_narrow);
}

/* How often each letter and digit of ASCII is there, raised, lowered and in other alphabets, too. */
static void
count_letters(const struct buf *text, int counts[128])
{
	utf8proc_uint8_t *plain = utf8proc_NFKD((const utf8proc_uint8_t *)buf_text(text));

	memset(counts, 0, 128 * sizeof(*counts));
	for (const utf8proc_uint8_t *at = plain; *at; at++)
		if ((*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'))
			counts[*at]++;
	free(plain);
}

static void
check_letters(const struct pair *pair)
{
	static const int columns[] = {0, 24};
	int want[128], counts[128];
	struct buf have = {0};

	if (strstr(buf_text(&pair->source), "\\binom"))
		return; /* in one row it has a word more: choose */
	count_letters(&pair->rows, want);
	for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
		lay_out(pair, columns[i], &have);
		count_letters(&have, counts);
		HARNESS_CHECK(memcmp(want, counts, sizeof(want)) == 0, "%s is not\n%s", buf_text(&have),
		        buf_text(&pair->rows));
	}
	buf_release(&have);
}

static void
has_the_same_letters_in_every_form(void)
{
	for_each_topic(check_letters);
}

static void
check_raw(const struct pair *pair)
{
	struct buf have = {0};

	HARNESS_CHECK(!math_put(buf_text(&pair->source), pair->source.len, 76, &have) && have.len == 0, "%s is %s",
	        buf_text(&pair->source), buf_text(&have));
	buf_release(&have);
}

static void
leaves_what_it_does_not_know(void)
{
	CU_ASSERT(for_each_pair("raw", check_raw) > 15);
}

/* ---- the table ---- */

static void
finds_every_command(void)
{
	size_t n;
	const struct math_symbol *symbols = math_symbols(&n);

	for (size_t i = 0; i < n; i++) {
		HARNESS_CHECK(i == 0 || strcmp(symbols[i - 1].name, symbols[i].name) < 0, "%s", symbols[i].name);
		CU_ASSERT_PTR_EQUAL(math_find_symbol(symbols[i].name, strlen(symbols[i].name)), &symbols[i]);
	}
	CU_ASSERT_PTR_NULL(math_find_symbol("alp", 3));
	CU_ASSERT_PTR_NULL(math_find_symbol("", 0));
}

/* ---- hostile input ---- */

static void
repeat(const char *head, const char *part, const char *tail, struct buf *out)
{
	buf_clear(out);
	buf_puts(out, head);
	while (out->len + strlen(part) + strlen(tail) <= MATH_MAX)
		buf_puts(out, part);
	buf_puts(out, tail);
}

/* As long as a formula may be. What comes out of it matters less than that something does. */
static void
bounds_depth_and_size(void)
{
	static const struct {
		const char *head, *part, *tail;
		bool ok;
	} rows[] = {
	        {"$$", "{", "$$", false},
	        {"$$", "\\frac", "$$", false},
	        {"$$", "\\frac1", "$$", false},
	        {"$$", "\\hat", "$$", false},
	        {"$$", "\\hat ", "x$$", false},
	        {"$$", "\\not", "$$", false},
	        {"$$", "\\text{", "$$", false},
	        {"$$", "\\sqrt[", "$$", false},
	        {"$$", "\\left(", "$$", false},
	        {"$$\\left(", "\\middle|", "\\right)$$", false},
	        {"$$", "\\begin{matrix}", "$$", false},
	        {"$$", "\\substack{", "$$", false},
	        {"$$", "\\bf ", "x$$", false},
	        {"$$", "a_{", "$$", false},
	        {"$$", "a^{b_", "$$", false},
	        {"$$\\ce{", "->[", "}$$", false},
	        {"$$\\begin{matrix}", "a&", "\\end{matrix}$$", false},
	        {"$$\\begin{matrix}", "a\\\\", "\\end{matrix}$$", false},
	        {"$$", "a\\\\", "$$", true},
	        {"$$", "\\frac ab", "$$", true},
	        {"$$", "\\frac12", "$$", true},
	        {"$$", "\\boxed{a}", "$$", true},
	        {"$$", "\\sum_a^b", "$$", true},
	        {"$$", "x", "$$", true},
	        {"$$", "x'", "$$", true},
	        {"$$", "(", "$$", true},
	        {"$$", ")", "$$", true},
	        {"$$", "x^2", "$$", true},
	        {"$$\\text{", "word ", "}$$", true},
	        {"$$\\mathbf{", "w", "}$$", true},
	        {"$$\\overline{", "w", "}$$", true},
	        {"$$\\ce{", "H2O ", "}$$", true},
	};
	struct buf text = {0}, have = {0};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		repeat(rows[i].head, rows[i].part, rows[i].tail, &text);
		for (int cols = 0; cols < 5000; cols += 4999) {
			buf_clear(&have);
			HARNESS_CHECK(
			        math_put(buf_text(&text), text.len, cols, &have) == rows[i].ok, "%s", rows[i].part);
		}
	}
	buf_puts(&text, "x");
	CU_ASSERT_FALSE(math_put(buf_text(&text), text.len, 0, &have));
	buf_release(&text);
	buf_release(&have);
}

static void
refuses_what_is_no_text(void)
{
	static const struct {
		const char *text;
		size_t n;
	} rows[] = {{"$\0$", 3}, {"$\\text{\0}$", 10}, {"$\x1b[1m$", 6}, {"$\\text{\x7f}$", 10}, {"$\xc2\x9b$", 4},
	        {"$\xff$", 3}, {"$\xe2\x82$", 4}, {"$\\text{\xf0\x9f}$", 11}, {"$\r$", 3}, {"$\xe2\x80\xae$", 5},
	        {"$", 1}, {"$$", 2}, {"$ $", 3}, {"$$$", 3}, {"$$$$", 4}, {"$$ $$", 5}, {"\\(", 2}, {"\\(\\)", 4},
	        {"\\(x\\]", 5}, {"\\[x\\)", 5}, {"$x$$", 4}, {"", 0}};
	struct buf have = {0};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(!math_put(rows[i].text, rows[i].n, 76, &have), "row %zu", i);
	buf_release(&have);
}

/* ncurses keeps five code points in a cell. */
static void
puts_no_more_marks_than_are_drawn(void)
{
	struct buf have = {0};

	CU_ASSERT_TRUE(math_put("$\\hat{\\hat{\\hat{\\hat x}}}$", 26, 76, &have));
	HARNESS_EQUAL(buf_text(&have), "x\u0302\u0302\u0302\u0302");
	CU_ASSERT_FALSE(math_put("$\\bar{\\hat{\\hat{\\hat{\\hat x}}}}$", 32, 76, &have));
	buf_release(&have);
}

/* An environment in a group has one row, where the group has: \\boxed in one row, and all of an alphabet. */
static void
keeps_equations_in_a_group_together(void)
{
	static const char *const sources[] = {"$$\\frak{\\begin{align}a\\\\b\\end{align}}$$",
	        "$$\\frac{\\begin{align}a\\\\b\\end{align}}{c}$$", "$$\\hat{\\begin{align}a\\\\b\\end{align}}$$",
	        "$$x^{\\begin{align}a\\\\b\\end{align}}$$", "$$\\text{$\\begin{align}a\\\\b\\end{align}$}$$"};
	static const char *const rows[] = {"𝔞; 𝔟", "(a; b)/c", "(a; b)\u0302", "x^(a; b)", "a; b"};
	struct buf have = {0};

	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		buf_clear(&have);
		CU_ASSERT_TRUE(math_put(sources[i], strlen(sources[i]), 1, &have));
		HARNESS_EQUAL(buf_text(&have), rows[i]);
	}
	buf_release(&have);
}

CU_TestInfo math_tests[] = {
        {"lays out what models write", lays_out_what_models_write},
        {"takes one row without columns", takes_one_row_without_columns},
        {"fits narrow columns", fits_narrow_columns},
        {"has the same letters in every form", has_the_same_letters_in_every_form},
        {"leaves what it does not know", leaves_what_it_does_not_know},
        {"finds every command", finds_every_command},
        {"bounds depth and size", bounds_depth_and_size},
        {"refuses what is no text", refuses_what_is_no_text},
        {"keeps equations in a group together", keeps_equations_in_a_group_together},
        {"puts no more marks than are drawn", puts_no_more_marks_than_are_drawn},
        CU_TEST_INFO_NULL,
};
