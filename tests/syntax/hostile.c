/*
 * hostile.c - lines that are made to be searched for long. What a search does is counted, not timed: PCRE2 calls back before each
 * part of an expression, and how far it went between two calls is the text that it looked at.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "syntax/nanorc.h"
#include "syntax/regex_posix.h"
#include "tests/harness.h"
#include "tests/syntax/own.h"

enum {
	LINE = 10000, /* characters */
	TRY = 500,    /* of a line that is tried first: what would do too much does a part of it there already */
	TRY_MAX = 40,
	WORK_MAX = 150, /* for each of them; what goes over the rest of the line again and again does 5,000 */
};

/* Once at the beginning of the line, and again and again behind it. */
static const char *const before[] = {"", "\"", "'", "`", "${", "<<A", "FROM a", "/*", "@\"", "= "};
static const char *const pieces[] = {"\"", "\\\"", "\\'", "'", "\\`", "`", "\\", "\\\\", "$", "${", "{", "}", "(",
        "\\(", "[", "]", "<", "<a", "</a", "<a ", ">", " ", "\t", "a", "a ", "a  ", "a.", "a,", "a-", "a-a ",
        "a=", "a:", "A", "A_", "a ,", "{a ", ",a", "0", "0.", "1_", "1e", "0x", "/", "*", "/*", "*/", "#", "#\"", "--",
        " --a", "@a", "$a", "%", "%(", "%a", "=", "= ", "\"a", "'a", "fn ", "fun <", "function ", "query ", "a \"b\" ",
        "\"a\" ", "::", ". ", "./", "[[", "]]", ":a", "https://", "2024-01-", "12:30", "r\"(", ")-", "ENV ", "FROM ",
        " AS ", "\xc3\xa4", "ab\"c'd`e\\f"};

static void
fill(struct buf *line, size_t n, const char *first, const char *piece)
{
	buf_truncate(line, 0);
	buf_puts(line, first);
	while (line->len < n)
		buf_puts(line, piece);
	buf_truncate(line, utf8_floor(line->data, n));
}

/* ---- what one expression does ---- */

struct counted {
	size_t work, at;
};

static int
count(pcre2_callout_block *block, void *counted)
{
	struct counted *c = counted;
	size_t at = block->current_position;

	c->work += 1 + (at > c->at ? at - c->at : c->at - at);
	c->at = at;
	return 0;
}

struct expression {
	pcre2_code *code;
	pcre2_match_context *context;
	pcre2_match_data *found;
	struct counted counted;
};

static void
compile(struct expression *x, struct nanorc_piece ere, bool fold_case)
{
	uint32_t options = PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_AUTO_CALLOUT | (fold_case ? PCRE2_CASELESS : 0);
	struct buf pcre = {0};
	size_t where;
	int why;

	CU_ASSERT_FATAL(ere_to_pcre(ere.text, ere.n, &pcre));
	x->code = pcre2_compile((PCRE2_SPTR)buf_text(&pcre), pcre.len, options, &why, &where, NULL);
	CU_ASSERT_PTR_NOT_NULL_FATAL(x->code);
	x->context = pcre2_match_context_create(NULL);
	pcre2_set_callout(x->context, count, &x->counted);
	x->found = pcre2_match_data_create(1, NULL);
	buf_release(&pcre);
}

static void
release(struct expression *x)
{
	pcre2_match_data_free(x->found);
	pcre2_match_context_free(x->context);
	pcre2_code_free(x->code);
}

/* One match after another, as a line is coloured. Stops where it is too much. */
static size_t
work_on(struct expression *x, const struct buf *line)
{
	const size_t *place = pcre2_get_ovector_pointer(x->found);
	size_t from = 0;

	x->counted.work = 0;
	while (from <= line->len && x->counted.work <= (size_t)LINE * WORK_MAX) {
		x->counted.at = from;
		if (pcre2_match(x->code, (PCRE2_SPTR)line->data, line->len, from, PCRE2_NO_UTF_CHECK, x->found,
		            x->context) <= 0)
			break;
		from = place[1] > from ? place[1] : from + 1;
		while (from < line->len && (line->data[from] & 0xc0) == 0x80)
			from++;
	}
	return x->counted.work;
}

static void
try_expression(const char *name, struct nanorc_piece ere, bool fold_case)
{
	struct expression x = {0};
	struct buf line = {0};

	compile(&x, ere, fold_case);
	for (size_t i = 0; i < ARRAY_LEN(before); i++)
		for (size_t k = i % harness_stride(); k < ARRAY_LEN(pieces); k += harness_stride()) {
			size_t work = 0;

			fill(&line, TRY, before[i], pieces[k]);
			if (work_on(&x, &line) > (size_t)TRY * TRY_MAX) {
				fill(&line, LINE, before[i], pieces[k]);
				work = work_on(&x, &line);
			}
			HARNESS_CHECK(work <= (size_t)LINE * WORK_MAX, "%s: %.*s on %s%s%s…: %zu", name, (int)ere.n,
			        ere.text, before[i], pieces[k], pieces[k], work);
		}
	buf_release(&line);
	release(&x);
}

void
costs_by_length_only(void)
{
	const struct own_file *file = harness_arg();
	size_t n;
	char *text = harness_read(file->path, &n);
	struct nanorc lines = nanorc_of(text, n);
	struct nanorc_line line;

	while (nanorc_next(&lines, &line)) {
		struct nanorc_piece colour, start, end;

		if ((line.command != NANORC_COLOR && line.command != NANORC_ICOLOR) || !nanorc_argument(&line, &colour))
			continue;
		while (nanorc_expression(&line, &start, &end)) {
			try_expression(file->name, start, line.command == NANORC_ICOLOR);
			if (end.text)
				try_expression(file->name, end, line.command == NANORC_ICOLOR);
		}
	}
	free(text);
}

/* ---- what was found by fuzzing ---- */

static void
check_spans(const struct highlight *h, size_t n, const char *path)
{
	size_t at = 0;

	for (size_t i = 0; i < h->n; i++) {
		HARNESS_CHECK(
		        h->spans[i].start >= at && h->spans[i].len > 0 && h->spans[i].role < CODE_ROLES, "%s", path);
		at = h->spans[i].start + h->spans[i].len;
	}
	HARNESS_CHECK(at <= n, "%s", path);
}

/* All of the file is code; what a line looks like does not depend on what it was before it had come whole. */
static void
read_input(const struct grammar *g, const char *path)
{
	struct buf code = {0};
	struct highlight h = {0};
	size_t n;
	char *bytes = harness_read(path, &n);
	uint64_t open = 0;

	CU_ASSERT_FATAL(utf8_append_mended(&code, bytes, n));
	for (size_t at = 0; at < code.len;) {
		const char *line = code.data + at, *feed = memchr(line, '\n', code.len - at);
		size_t len = feed ? (size_t)(feed - line) : code.len - at;
		uint64_t after;

		highlight_line(&h, g, open, line, utf8_floor(line, len / 2));
		after = highlight_line(&h, g, open, line, len);
		check_spans(&h, len, path);
		CU_ASSERT_EQUAL(highlight_line(&h, g, open, line, len), after);
		open = after;
		at += len + 1;
	}
	highlight_release(&h);
	buf_release(&code);
	free(bytes);
}

void
bears_what_was_fuzzed(void)
{
	static const char *const corpora[] = {
	        "fuzz/highlight.corpus/*", "fuzz/markdown.corpus/*", "fuzz/reply.corpus/*"};
	struct grammar *g = own_grammar(harness_arg());
	size_t n = 0;

	for (size_t i = 0; i < ARRAY_LEN(corpora); i++) {
		char *pattern = harness_path(corpora[i]);
		glob_t found;

		if (glob(pattern, 0, NULL, &found) == 0) {
			n += found.gl_pathc;
			for (size_t k = 0; k < found.gl_pathc; k++)
				read_input(g, found.gl_pathv[k]);
			globfree(&found);
		}
		free(pattern);
	}
	CU_ASSERT(n > 10);
	grammar_free(g);
}
