/*
 * pieces.c - a long text looks the same in pieces as in one, however it came and whatever was let go of; and no call goes
 * through all of it. What a call costs is counted in bytes that were laid out.
 */
#include "text/pieces.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "syntax/grammars.h"
#include "tests/harness.h"
#include "tests/text/documents.h"
#include "tests/text/laid_out.h"
#include "tests/text/tests.h"
#include "tests/text/toy.h"
#include "text/clean.h"
#include "text/flow_inside.h"

enum {
	COLS = 60,
	SHOWN_PART = 8,   /* of a text is shown at the least */
	LONG = 96 * 1024, /* bytes of a text */
	RANDOM_TEXTS = 6,
	/* What one piece may cost: the line that made it too long is in it, and each byte may be one of a line's. */
	PIECE_MOST = PIECE_HARD + PIECE_LINE * 9,
};

/* What is repeated after a beginning, and how the pieces of it end. */
static const struct kind {
	const char *name, *begin, *again;
	enum flow_look look;
	bool joined; /* between blocks or lines: as in one */
} kinds[] = {
        {"prose", "", "Some *words* of `a` paragraph, which goes on for a while and is wrapped by flynn.\n\n",
                FLOW_MARKDOWN, true},
        {"list", "", "- an **item** of a list\n  1. and one in it\n\n", FLOW_MARKDOWN, true},
        {"task", "- [x] an item\n\n", "  and *more* of it\n\n", FLOW_MARKDOWN, true},
        {"quote", "", "> - quoted\n>   text\n>\n> ### and a heading\n", FLOW_MARKDOWN, true},
        {"code", "```\n", "\tfor (i = 0; i < n; i++) sum += a[i];\n\n", FLOW_MARKDOWN, true},
        {"toy", "```toy\n", "int if (a) /* b\nif */ else '''c'''\n", FLOW_MARKDOWN, true},
        {"quoted code", "> - ```toy\n", ">   if (a) return b; // c\n", FLOW_MARKDOWN, true},
        {"fences", "", "```toy\nint a;\n```\n\n", FLOW_MARKDOWN, true},
        {"indented", "", "    int a;\n\n", FLOW_MARKDOWN, true},
        {"html", "<pre>\n", "<b>x</b>\n", FLOW_MARKDOWN, true},
        {"definitions", "[a]: http://b\n\n", "See [a] and [c][a].\n\n", FLOW_MARKDOWN, true},
        {"rules", "", "***\n", FLOW_MARKDOWN, true},
        {"returns", "", "a line\r\n\r\nand \x01 more\r\n\r\n", FLOW_MARKDOWN, true},
        {"typed", "", "what *is* typed\n\n\n\tand more of it\n", FLOW_TYPED, true},
        {"empty lines", "", "\n", FLOW_TYPED, true},
        {"blank lines", "a", "\n \n", FLOW_MARKDOWN, true},
        {"x", "", "x\n", FLOW_MARKDOWN, false},
        {"lazy", "> ", "x *y*\n", FLOW_MARKDOWN, false},
        {"typed x", "", "x\n", FLOW_TYPED, true},
        {"paragraph", "", "words of a paragraph without an end ", FLOW_MARKDOWN, false},
        {"line", "", "0123456789", FLOW_MARKDOWN, false},
        {"wide", "# ", "\xe4\xbd\xa0\xe5\xa5\xbd", FLOW_MARKDOWN, false},
        {"clusters", "", "e\xcc\x81\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", FLOW_TYPED, false},
        {"code line", "> ```toy\n> ", "if (a) { b(); }", FLOW_MARKDOWN, false},
        {"spaced marks", "", "a \xcc\x81", FLOW_TYPED, false},
        {"ill-formed", "", "\xe4\xbd\xff\x80", FLOW_MARKDOWN, false},
        {"table", "|a|b|\n|-|-|\n", "|some cell|another *one*|\n", FLOW_MARKDOWN, false},
        {"growing table", "- |a|b|\n  |-|-:|\n", "  |c||\n", FLOW_MARKDOWN, false},
        {"upright", "|a|b|c|d|e|f|g|h|\n|-|-|-|-|-|-|-|-|\n",
                "|some cell|some cell|some cell|some cell|some cell|some cell|some cell|some cell|\n", FLOW_MARKDOWN,
                false},
        {"underlines", "", "a\nb\n===\n", FLOW_MARKDOWN, true},
};

static struct buf
text_of(const struct kind *kind, size_t n)
{
	struct buf text = {0};

	buf_puts(&text, kind->begin);
	while (text.len < n)
		buf_puts(&text, kind->again);
	return text;
}

static struct pieces *
pieces_of(const struct kind *kind, struct grammars *g, int cols)
{
	struct pieces *p = pieces_new(cols, kind->look);

	pieces_colour(p, grammars_colours(g));
	return p;
}

static void
update_all(struct pieces *p, const char *text, size_t n, bool ended)
{
	size_t budget = SIZE_MAX;

	CU_ASSERT(pieces_update(p, text, n, ended, &budget));
}

static struct buf
rows_of(struct pieces *p)
{
	struct buf rows = {0};

	for (size_t i = 0; i < pieces_n(p); i++) {
		size_t counted = pieces_rows(p, i);
		const struct sheet *page = pieces_sheet(p, i);

		CU_ASSERT_EQUAL(page->n_rows, counted);
		laid_out_page(page, &rows);
	}
	return rows;
}

static void
check_rows(const struct kind *kind, const char *what, struct pieces *p, const struct buf *want)
{
	struct buf have = rows_of(p);
	size_t same = 0;

	while (same < have.len && same < want->len && have.data[same] == want->data[same])
		same++;
	HARNESS_CHECK(have.len == want->len && same == have.len, "%s, %s: %.80s", kind->name, what,
	        buf_text(&have) + (same > 40 ? same - 40 : 0));
	buf_release(&have);
}

/* ---- what it looks like ---- */

static void
looks_as_in_one(void)
{
	struct grammars g = {0};

	toy_know(&g);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], LONG), want = {0};
		struct pieces *p = pieces_of(&kinds[i], &g, COLS);
		struct flow *f = flow_new(COLS, kinds[i].look);

		flow_colour(f, grammars_colours(&g));
		if (kinds[i].joined) {
			flow_grow(f, text.data, text.len, true);
			laid_out_all(f, &want);
			update_all(p, text.data, text.len, true);
			check_rows(&kinds[i], "in one", p, &want);
		}
		flow_free(f);
		pieces_free(p);
		buf_release(&want);
		buf_release(&text);
	}
	grammars_release(&g);
}

/* Of its part of the text, up to `end`. */
static bool
shows_enough(const struct kind *kind, const struct sheet *page, size_t end)
{
	size_t shown = 0;

	for (size_t run = 0; run < page->n_runs; run++)
		shown += page->runs[run].from_len;
	return shown * SHOWN_PART >= end - page->base || strchr(" \n*", kind->again[0]);
}

/* Runs that are the same as what they come from. */
static bool
shows_its_bytes(const struct sheet *page, const struct buf *clean)
{
	for (size_t i = 0; i < page->n_runs; i++) {
		const struct sheet_run *run = &page->runs[i];
		const char *shown = page->text.data + run->at;

		if (sheet_run_end(page, i) - run->at == run->from_len && !memchr(shown, ' ', run->from_len) &&
		        memcmp(shown, clean->data + page->base + run->from, run->from_len) != 0)
			return false;
	}
	return true;
}

/* What is shown is what was read, and of each piece there is enough. */
static void
loses_nothing(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], LONG), clean = {0};
		struct pieces *p = pieces_of(&kinds[i], NULL, COLS);
		struct clean state = {.tabs = true};
		size_t end;

		update_all(p, text.data, text.len, true);
		clean_text(&state, text.data, text.len, &clean);
		clean_end(&state, &clean);
		CU_ASSERT_EQUAL(pieces_length(p), clean.len);
		CU_ASSERT(pieces_n(p) > 1);
		end = clean.len;
		for (size_t k = pieces_n(p); k-- > 0;) {
			const struct sheet *page = pieces_sheet(p, k);

			HARNESS_CHECK(page->base < end, "%s: piece %zu", kinds[i].name, k);
			HARNESS_CHECK(strcmp(kinds[i].name, "spaced marks") != 0 ||
			                      (unsigned char)clean.data[page->base] < 0x80,
			        "piece %zu begins with a mark", k);
			CU_ASSERT_EQUAL(pieces_find(p, page->base), k);
			HARNESS_CHECK(shows_enough(&kinds[i], page, end), "%s: piece %zu", kinds[i].name, k);
			HARNESS_CHECK(shows_its_bytes(page, &clean), "%s: piece %zu", kinds[i].name, k);
			end = page->base;
		}
		CU_ASSERT_EQUAL(end, 0);
		pieces_free(p);
		buf_release(&clean);
		buf_release(&text);
	}
}

/* What came first ends where a piece does, or next to that. */
static void
check_cut_between_pieces(const struct kind *kind, struct grammars *g, struct pieces *whole, const struct buf *text,
        const struct buf *want)
{
	size_t between = pieces_n(whole) > 1 ? pieces_sheet(whole, 1)->base : text->len - 1;

	for (size_t n = between - 1; n <= between + 1 && n < text->len; n++) {
		struct pieces *p = pieces_of(kind, g, COLS);

		update_all(p, text->data, n, false);
		update_all(p, text->data, text->len, true);
		check_rows(kind, "cut between pieces", p, want);
		pieces_free(p);
	}
}

static void
looks_the_same_however_it_came(void)
{
	static const size_t steps[] = {1997, 70001};
	struct grammars g = {0};

	toy_know(&g);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], LONG / 2), want;
		struct pieces *whole = pieces_of(&kinds[i], &g, COLS);

		update_all(whole, text.data, text.len, true);
		want = rows_of(whole);
		for (size_t s = 0; s < ARRAY_LEN(steps); s++) {
			struct pieces *p = pieces_of(&kinds[i], &g, COLS);

			for (size_t n = 0; n < text.len; n += steps[s])
				update_all(p, text.data, n, false);
			update_all(p, text.data, text.len, true);
			check_rows(&kinds[i], "grown", p, &want);
			pieces_free(p);
		}
		check_cut_between_pieces(&kinds[i], &g, whole, &text, &want);
		pieces_free(whole);
		buf_release(&want);
		buf_release(&text);
	}
	grammars_release(&g);
}

/* A table whose head is longer than what is kept of one is none in the next piece: its rows are shown as they are written. */
static void
keeps_heads_of_tables_up_to_a_bound(void)
{
	enum { KEPT = 1024, SIGNS = 9 }; /* SIGNS: the other bytes of the head, and the line below it */

	for (size_t n = KEPT - 1; n <= KEPT + 1; n++) {
		struct buf text = {0}, last = {0};
		struct pieces *p = pieces_new(COLS, FLOW_MARKDOWN);

		buf_printf(&text, "|%0*d|b|\n|-|-|\n", (int)(n - SIGNS), 0);
		while (text.len < LONG)
			buf_puts(&text, "|c|d|\n");
		update_all(p, text.data, text.len, true);
		CU_ASSERT_FATAL(pieces_n(p) > 1);
		for (size_t i = 0; i < pieces_n(p); i++) {
			laid_out_page(pieces_sheet(p, i), &last);
			HARNESS_CHECK((strstr(buf_text(&last), "|c|d|") != NULL) == (n > KEPT && i > 0),
			        "a head of %zu bytes: piece %zu", n, i);
			buf_clear(&last);
		}
		pieces_free(p);
		buf_release(&last);
		buf_release(&text);
	}
}

/* What comes in small steps is all laid out, what is there at once is mostly skimmed: rows, states and definitions are the
 * same. */
static void
check_skimmed(const struct kind *kind, struct grammars *g, const struct buf *text)
{
	struct pieces *whole = pieces_of(kind, g, COLS), *p = pieces_of(kind, g, COLS);
	struct buf want;

	for (size_t n = 0; n < text->len; n += PIECE_SOFT / 2)
		update_all(p, text->data, n, false);
	update_all(p, text->data, text->len, true);
	update_all(whole, text->data, text->len, true);
	HARNESS_CHECK(pieces_spent(whole) < pieces_spent(p), "%s: %zu, %zu", kind->name, pieces_spent(whole),
	        pieces_spent(p));
	want = rows_of(p);
	check_rows(kind, "skimmed", whole, &want);
	buf_release(&want);
	pieces_free(p);
	pieces_free(whole);
}

static void
looks_the_same_when_skimmed(void)
{
	struct grammars g = {0};

	toy_know(&g);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], 2 * LONG);

		check_skimmed(&kinds[i], strstr(text.data, "```toy") ? NULL : &g, &text);
		buf_release(&text);
	}
	grammars_release(&g);
}

/* Random lines, the end of one often the start of the next. */
static void
random_text_looks_the_same_when_skimmed(void)
{
	uint64_t state = 5;
	struct buf document = {0};

	for (size_t i = 0; i < RANDOM_TEXTS; i++) {
		struct kind kind = {.name = "random", .look = FLOW_MARKDOWN};
		struct buf text = {0};

		for (size_t n = 0; text.len < LONG; n++) {
			(n % 3 ? documents_blocks : documents_any)(&state, &document);
			buf_put(&text, document.data, document.len);
			buf_puts(&text, n % 8 ? "" : "\n```\n\n</pre>\n--> ?>\n\n");
		}
		check_skimmed(&kind, NULL, &text);
		buf_release(&text);
	}
	buf_release(&document);
}

static bool
is_same_page(struct pieces *a, struct pieces *b, size_t piece)
{
	struct buf pages[2] = {{0}, {0}};
	bool same;

	laid_out_page(pieces_sheet(a, piece), &pages[0]);
	laid_out_page(pieces_sheet(b, piece), &pages[1]);
	same = pages[0].len == pages[1].len && memcmp(buf_text(&pages[0]), buf_text(&pages[1]), pages[0].len) == 0;
	buf_release(&pages[0]);
	buf_release(&pages[1]);
	return same;
}

/* One is looked at after another one was counted, or after it was counted for other columns. */
static void
looks_the_same_after_any_count(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], LONG);
		struct pieces *p = pieces_of(&kinds[i], NULL, COLS), *want = pieces_of(&kinds[i], NULL, COLS / 2);

		update_all(want, text.data, text.len, true);
		update_all(p, text.data, text.len, true);
		(void)pieces_rows(p, 1);
		pieces_set_cols(p, COLS / 2);
		update_all(p, text.data, text.len, true);
		for (size_t k = 1; k < pieces_n(p); k++) {
			HARNESS_CHECK(is_same_page(p, want, k), "%s: piece %zu", kinds[i].name, k);
			if (k + 2 < pieces_n(p))
				(void)pieces_rows(p, k + 2);
		}
		pieces_free(want);
		pieces_free(p);
		buf_release(&text);
	}
}

/* Pieces of nothing but empty lines need not be laid out again for other columns. */
static void
knows_what_has_no_rows(void)
{
	struct buf text = {0};
	struct pieces *p = pieces_new(COLS, FLOW_TYPED);
	size_t n = 0;

	buf_puts(&text, "some text");
	while (text.len < LONG)
		buf_puts(&text, "\n");
	update_all(p, text.data, text.len, true);
	pieces_set_cols(p, COLS / 2);
	update_all(p, text.data, text.len, true);
	for (size_t k = 0; k + 1 < pieces_n(p); k++)
		n += pieces_are_counted(p, k) && pieces_rows(p, k) == 0;
	CU_ASSERT(n > 10 && n + 2 >= pieces_n(p));
	CU_ASSERT(!pieces_are_counted(p, 0) && pieces_rows(p, 0) > 0);
	pieces_free(p);
	buf_release(&text);
}

/* Ended, then gone on with, at every width; then read with a small budget. */
static void
looks_the_same_at_another_width(void)
{
	static const int cols[] = {5, 100};
	struct grammars g = {0};

	toy_know(&g);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], LONG), want;
		struct pieces *p = pieces_of(&kinds[i], &g, COLS);

		update_all(p, text.data, text.len / 4, true);
		for (size_t k = 0; k < ARRAY_LEN(cols); k++) {
			struct pieces *whole = pieces_of(&kinds[i], &g, cols[k]);
			size_t budget, n = 0;

			pieces_set_cols(p, cols[k]);
			for (budget = 0; !pieces_update(p, text.data, text.len, true, &budget); budget = 1)
				n++;
			CU_ASSERT(k > 0 ? n == 0 : n > 0);
			update_all(whole, text.data, text.len, true);
			want = rows_of(whole);
			check_rows(&kinds[i], "another width", p, &want);
			pieces_free(whole);
			buf_release(&want);
		}
		pieces_free(p);
		buf_release(&text);
	}
	grammars_release(&g);
}

static void
gets_colours_later(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct grammars g = {0}, there = {0};
		struct buf text = text_of(&kinds[i], LONG / 4), want;
		struct pieces *p = pieces_of(&kinds[i], &g, COLS), *whole;

		update_all(p, text.data, text.len, false);
		CU_ASSERT_EQUAL(pieces_lack_grammar(p), strstr(text.data, "```") != NULL);
		if (strstr(text.data, "```toy")) {
			toy_know(&there);
			grammars_give(&g, "toy", there.entries[0].grammar);
			there.entries[0].grammar = NULL;
		}
		pieces_recolour(p);
		update_all(p, text.data, text.len, true);
		whole = pieces_of(&kinds[i], &g, COLS);
		update_all(whole, text.data, text.len, true);
		want = rows_of(whole);
		check_rows(&kinds[i], "colours", p, &want);
		buf_release(&want);
		pieces_free(whole);
		pieces_free(p);
		buf_release(&text);
		grammars_release(&g);
		grammars_release(&there);
	}
}

/* ---- what it costs ---- */

/* The most that a piece of it costs. */
static void
reads_on_by_pieces(void)
{
	struct grammars g = {0};

	toy_know(&g);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], LONG);
		struct pieces *p = pieces_of(&kinds[i], &g, COLS);
		size_t spent = 0, most = 0;
		bool all;

		do {
			size_t budget = 1;

			all = pieces_update(p, text.data, text.len, false, &budget);
			most = pieces_spent(p) - spent > most ? pieces_spent(p) - spent : most;
			spent = pieces_spent(p);
		} while (!all);
		HARNESS_CHECK(most <= 2 * PIECE_MOST, "%s: %zu in one call", kinds[i].name, most);
		pieces_free(p);
		buf_release(&text);
	}
	grammars_release(&g);
}

/* Of a text that is there at once only the end has rows; the rest costs a small part of what its rows would. */
static void
lays_out_the_end_only(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], 3 * LONG);
		struct pieces *p = pieces_of(&kinds[i], NULL, COLS);
		size_t grown;

		for (size_t n = 0; n < text.len; n += PIECE_SOFT / 2)
			update_all(p, text.data, n, false);
		update_all(p, text.data, text.len, true);
		grown = pieces_spent(p);
		pieces_free(p);
		p = pieces_of(&kinds[i], NULL, COLS);
		update_all(p, text.data, text.len, true);
		HARNESS_CHECK(pieces_spent(p) <= grown / PIECE_SKIM_PART + 3 * PIECE_HARD + PIECE_LINE * 9,
		        "%s: %zu of %zu", kinds[i].name, pieces_spent(p), grown);
		CU_ASSERT(pieces_n(p) > 4 && pieces_rows_kept(p) == pieces_rows(p, pieces_n(p) - 1));
		pieces_free(p);
		buf_release(&text);
	}
}

/* The colours of each line depend on those of the lines above it: they are looked for where nothing is shown, too. */
static void
pays_for_colours(void)
{
	static const struct kind toy = {"toy", "```toy\n", "int if (a) /* b\nif */ else c\n", FLOW_MARKDOWN, true};
	struct buf text = text_of(&toy, LONG);
	struct grammars g = {0};
	struct pieces *p;

	toy_know(&g);
	p = pieces_of(&toy, &g, COLS);
	update_all(p, text.data, text.len, true);
	CU_ASSERT(pieces_spent(p) > LONG * FLOW_COLOUR_COST * 3 / 4);
	pieces_free(p);
	grammars_release(&g);
	buf_release(&text);
}

/* Another width, a token, the end, and going to the start again: of a text twice as long it costs as much. */
static void
costs_the_same_in_a_long_text(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], 2 * LONG);

		for (size_t n = LONG; n <= 2 * LONG; n += LONG) {
			struct pieces *p = pieces_of(&kinds[i], NULL, COLS);
			size_t before;

			update_all(p, text.data, n, false);
			before = pieces_spent(p);
			pieces_set_cols(p, COLS / 2);
			update_all(p, text.data, n, false);
			(void)pieces_sheet(p, pieces_n(p) - 1);
			(void)pieces_sheet(p, 0);
			update_all(p, text.data, n + 1, false);
			update_all(p, text.data, n + 1, true);
			update_all(p, text.data, n + 2, false);
			HARNESS_CHECK(pieces_spent(p) - before <= 5 * PIECE_MOST, "%s: %zu", kinds[i].name,
			        pieces_spent(p) - before);
			pieces_free(p);
		}
		buf_release(&text);
	}
}

/* However long the text is, and wherever one looks. */
static void
keeps_few_rows(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct buf text = text_of(&kinds[i], LONG);
		struct pieces *p = pieces_of(&kinds[i], NULL, COLS);
		size_t most = 0, all = 0;

		update_all(p, text.data, text.len, true);
		for (size_t k = 0; k < pieces_n(p); k++) {
			most = pieces_rows(p, k) > most ? pieces_rows(p, k) : most;
			all += pieces_rows(p, k);
		}
		for (size_t k = pieces_n(p); k-- > 0;) {
			(void)pieces_sheet(p, k);
			HARNESS_CHECK(pieces_rows_kept(p) <= (PIECES_KEPT + 2) * most, "%s: %zu rows of %zu",
			        kinds[i].name, pieces_rows_kept(p), all);
		}
		pieces_free(p);
		buf_release(&text);
	}
}

/* Its rest is in another piece, alone or with rows after it, and comes with it or later. */
static void
keeps_the_rest_of_a_long_table_row(void)
{
	static const char *const rests[] = {"rest", "rest |\n| a | b |\n", "rest |\n\nText.\n"};

	for (size_t i = 0; i < ARRAY_LEN(rests); i++) {
		struct buf text = {0}, want;
		struct pieces *grown = pieces_new(COLS, FLOW_MARKDOWN), *once = pieces_new(COLS, FLOW_MARKDOWN);

		buf_puts(&text, "| a |\n|---|\n|");
		for (int letter = 0; letter < PIECE_LINE - 1; letter++)
			buf_putc(&text, 'x');
		buf_puts(&text, rests[i]);
		for (size_t n = text.len - strlen(rests[i]); n <= text.len; n++)
			update_all(grown, text.data, n, false);
		update_all(grown, text.data, text.len, true);
		update_all(once, text.data, text.len, true);
		want = rows_of(once);
		CU_ASSERT(strstr(buf_text(&want), " rest") != NULL);
		check_rows(&(struct kind){.name = rests[i]}, "grown", grown, &want);
		pieces_free(grown);
		pieces_free(once);
		buf_release(&text);
		buf_release(&want);
	}
}

CU_TestInfo pieces_tests[] = {
        {"looks as in one", looks_as_in_one},
        {"keeps heads of tables up to a bound", keeps_heads_of_tables_up_to_a_bound},
        {"loses nothing", loses_nothing},
        {"looks the same however it came", looks_the_same_however_it_came},
        {"looks the same at another width", looks_the_same_at_another_width},
        {"looks the same when skimmed", looks_the_same_when_skimmed},
        {"random text looks the same when skimmed", random_text_looks_the_same_when_skimmed},
        {"looks the same after any count", looks_the_same_after_any_count},
        {"knows what has no rows", knows_what_has_no_rows},
        {"gets colours later", gets_colours_later},
        {"reads on by pieces", reads_on_by_pieces},
        {"lays out the end only", lays_out_the_end_only},
        {"pays for colours", pays_for_colours},
        {"costs the same in a long text", costs_the_same_in_a_long_text},
        {"keeps few rows", keeps_few_rows},
        {"keeps the rest of a long table row", keeps_the_rest_of_a_long_table_row},
        CU_TEST_INFO_NULL,
};
