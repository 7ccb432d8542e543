/*
 * spoken.c - lines go to text/blocks.c as in text/flow.c, but nothing is laid out: what a paragraph still has to say is kept as it
 * was written, and whole sentences are taken off its start. Of a line on its way a copy of the blocks' state tells what it is;
 * sentences are taken off that too.
 */
#include "text/spoken.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/blocks.h"
#include "text/blocks_table.h"
#include "text/clean.h"
#include "text/markdown.h"
#include "text/sentence.h"

enum {
	PIECE_MAX = 4096, /* bytes that are said at the latest, whatever has not ended in them */
	WORD_MAX = 24,    /* bytes of a first word: one that is longer is no sign */
	HEADS_MAX = 64,   /* columns of a table that are called by name */
};

struct spoken {
	struct clean clean;
	struct buf source; /* cleaned */
	size_t taken;      /* bytes of the original */
	size_t at;         /* of the source: whole lines were taken up to here, */
	size_t said;       /* and this much of the line that begins there was said */
	size_t looked;     /* no line feed stands between `at` and here */
	bool begun;        /* that line is known to be text, and what came before it has ended */

	struct blocks blocks;
	enum block_leaf leaf; /* that has not ended */
	struct buf open;      /* what the paragraph has still to say, as it was written */
	struct buf lead;      /* of what comes next: an item's sign */
	char *heads[HEADS_MAX];
	size_t n_heads;
	bool blank;    /* a line without anything came before this */
	bool has_said; /* anything */

	struct markdown markdown;
	struct sheet sheet;
	struct buf *out;
};

struct spoken *
spoken_new(void)
{
	struct spoken *s = mem_alloc(sizeof(*s));

	s->clean.tabs = true;
	return s;
}

static void
forget_heads(struct spoken *s)
{
	for (size_t i = 0; i < s->n_heads; i++)
		free(s->heads[i]);
	s->n_heads = 0;
}

void
spoken_free(struct spoken *s)
{
	if (!s)
		return;
	forget_heads(s);
	buf_release(&s->source);
	buf_release(&s->open);
	buf_release(&s->lead);
	markdown_release(&s->markdown);
	sheet_release(&s->sheet);
	free(s);
}

/* ---- saying ---- */

/* Before a line: the empty line that is due, and the item's sign. */
static void
begin_words(struct spoken *s)
{
	if (s->blank && s->has_said)
		buf_putc(s->out, '\n');
	s->blank = false;
	s->has_said = true;
	buf_put(s->out, buf_text(&s->lead), s->lead.len);
	buf_clear(&s->lead);
}

static void
say(struct spoken *s, const char *words)
{
	begin_words(s);
	buf_puts(s->out, words);
	buf_putc(s->out, '\n');
}

/* Without what emphasises: borrowed until the next call, and without spaces around it. */
static const char *
render(struct spoken *s, const char *text, size_t n, size_t *len)
{
	struct markdown_part parts[PIECE_MAX / 2 + 1];
	size_t n_parts = 0, at = 0;
	const char *said;

	sheet_release(&s->sheet);
	while (at < n && n_parts < PIECE_MAX / 2) {
		const char *feed = memchr(text + at, '\n', n - at);
		size_t end = feed ? (size_t)(feed - text) : n;

		if (end > at)
			parts[n_parts++] = (struct markdown_part){at, end - at, false};
		at = end + 1;
	}
	if (n_parts > 0)
		(void)markdown_put(&s->markdown, &s->sheet, ROLE_TEXT, 0, text, parts, n_parts);
	said = buf_text(&s->sheet.text);
	*len = s->sheet.text.len;
	while (*len > 0 && strchr(" \n", said[*len - 1]))
		--*len;
	while (*len > 0 && strchr(" \n", *said)) {
		said++;
		--*len;
	}
	return said;
}

/* A task's box. */
static void
put_task(struct spoken *s, const char **text, size_t *n)
{
	if (s->lead.len == 0 || *n < 4 || (*text)[0] != '[' || (*text)[2] != ']' || (*text)[3] != ' ' ||
	        !strchr(" xX", (*text)[1]))
		return;
	buf_puts(&s->lead, (*text)[1] == ' ' ? "to do: " : "done: ");
	*text += 4;
	*n -= 4;
}

static void
say_piece(struct spoken *s, const char *text, size_t n)
{
	size_t len;
	const char *words;

	put_task(s, &text, &n);
	words = render(s, text, n, &len);
	if (len == 0)
		return;
	begin_words(s);
	buf_put(s->out, words, len);
	buf_putc(s->out, '\n');
}

/* ---- paragraphs ---- */

/* A piece that grows too long without an end. */
static size_t
cut_long(const char *text, size_t n)
{
	size_t at = PIECE_MAX;

	if (n <= PIECE_MAX)
		return 0;
	while (at > PIECE_MAX / 2 && text[at] != ' ')
		at--;
	return at > PIECE_MAX / 2 ? at + 1 : utf8_floor(text, PIECE_MAX);
}

/* How much of it can be said, up to the end of a sentence in which nothing is open. 0: nothing yet. */
static size_t
next_piece(const char *text, size_t n)
{
	for (size_t end = 0; (end = sentence_end(text, n, end)) > 0 && end <= PIECE_MAX;)
		if (sentence_is_closed(text, end))
			return end;
	return cut_long(text, n);
}

/* Says what can be said of text[0..n), and how much that was. */
static size_t
say_pieces(struct spoken *s, const char *text, size_t n)
{
	size_t at = 0, piece;

	for (; (piece = next_piece(text + at, n - at)) > 0; at += piece)
		say_piece(s, text + at, piece);
	return at;
}

static void
say_rest(struct spoken *s)
{
	size_t at = say_pieces(s, buf_text(&s->open), s->open.len);

	if (s->open.len > at)
		say_piece(s, s->open.data + at, s->open.len - at);
	buf_clear(&s->open);
}

static size_t
last_line(const struct spoken *s)
{
	size_t start = s->open.len > 0 ? s->open.len - 1 : 0;

	while (start > 0 && s->open.data[start - 1] != '\n')
		start--;
	return start;
}

/* Its last line may be the head of a table, or a heading: one that ends with a full stop is none. */
static size_t
sayable(const struct spoken *s)
{
	size_t start = last_line(s), end = s->open.len;
	bool is_sentence = end - start > 1 && strchr(".!?:;,", s->open.data[end - 2]);

	return is_sentence && !memchr(s->open.data + start, '|', end - start) ? end : start;
}

static void
add_line(struct spoken *s, const struct block_line *l)
{
	const char *from = l->at, *said = s->source.data + s->said;

	if (s->said > 0 && said > from)
		from = said < l->end ? said : l->end;
	if (s->open.len == 0 && markdown_define(&s->markdown, from, (size_t)(l->end - from)))
		return;
	s->leaf = BLOCK_PARAGRAPH;
	buf_put(&s->open, from, (size_t)(l->end - from));
	buf_putc(&s->open, '\n');
	buf_drop(&s->open, say_pieces(s, s->open.data, sayable(s)));
}

static void
say_heading(struct spoken *s, int level, const char *text, size_t n)
{
	size_t len;
	const char *words = render(s, text, n, &len);
	char *line = mem_printf("Heading %d: %.*s", level, (int)len, words);

	for (char *c = line; *c; c++)
		if (*c == '\n')
			*c = ' ';
	say(s, line);
	free(line);
}

/* ---- tables ---- */

static char *
cell_text(struct spoken *s, const char *start, const char *end)
{
	size_t len;
	const char *words = render(s, start, (size_t)(end - start), &len);

	return mem_strndup(words, len);
}

static void
begin_table(struct spoken *s)
{
	size_t at = last_line(s);
	char *head = mem_strndup(s->open.len > at ? s->open.data + at : "", s->open.len - at);
	struct cells cells = cells_of(head, head + strcspn(head, "\n"));
	struct buf words = {0};
	const char *start, *end;

	buf_truncate(&s->open, at);
	say_rest(s);
	forget_heads(s);
	buf_puts(&words, "(table, columns: ");
	while (s->n_heads < HEADS_MAX && cells_next(&cells, &start, &end)) {
		s->heads[s->n_heads] = cell_text(s, start, end);
		buf_printf(&words, "%s%s", s->n_heads > 0 ? ", " : "", s->heads[s->n_heads]);
		s->n_heads++;
	}
	buf_puts(&words, ")");
	say(s, buf_text(&words));
	buf_release(&words);
	free(head);
	s->leaf = BLOCK_TABLE;
}

static void
say_row(struct spoken *s, const struct block_line *l)
{
	struct cells cells = cells_of(l->at, l->end);
	struct buf words = {0};
	const char *start, *end;

	for (size_t i = 0; cells_next(&cells, &start, &end); i++) {
		char *value = cell_text(s, start, end);

		if (*value && i < s->n_heads && *s->heads[i])
			buf_printf(&words, "%s%s: %s", words.len > 0 ? "; " : "", s->heads[i], value);
		else if (*value)
			buf_printf(&words, "%s%s", words.len > 0 ? "; " : "", value);
		free(value);
	}
	say(s, words.len > 0 ? buf_text(&words) : "(an empty row)");
	buf_release(&words);
}

/* ---- code ---- */

static void
begin_code(struct spoken *s, const struct block_line *l)
{
	const char *at = l->at, *end;
	char *words;

	while (at < l->end && *at == *l->at)
		at++;
	while (at < l->end && (*at == ' ' || *at == '\t'))
		at++;
	for (end = at; end < l->end && *end != ' ' && *end != '\t' && *end != '\r';)
		end++;
	words = end > at ? mem_printf("(code, language %.*s)", (int)(end - at), at) : mem_strdup("(code)");
	say(s, words);
	free(words);
	s->leaf = BLOCK_FENCE;
}

/* As it is written; tabs become spaces. */
static void
say_code(struct spoken *s, const struct block_line *l)
{
	struct clean clean = {0};

	begin_words(s);
	for (int i = 0; i < l->blanks; i++)
		buf_putc(s->out, ' ');
	clean.column = (size_t)l->blanks;
	clean_text(&clean, l->at, (size_t)(l->end - l->at), s->out);
	clean_end(&clean, s->out);
	buf_putc(s->out, '\n');
}

/* ---- blocks ---- */

static bool
goes_on(enum block_leaf leaf, enum block_line_kind kind)
{
	switch (leaf) {
	case BLOCK_PARAGRAPH:
		return kind == LINE_MORE || kind == LINE_UNDERLINE || kind == LINE_DELIMITER;
	case BLOCK_TABLE:
		return kind == LINE_ROW;
	case BLOCK_FENCE:
		return kind == LINE_CODE;
	case BLOCK_INDENTED:
		return kind == LINE_INDENTED || kind == LINE_BLANK;
	default:
		return true;
	}
}

/* An empty line before it stands behind it. */
static void
say_end(struct spoken *s, const char *words)
{
	bool blank = s->blank;

	s->blank = false;
	say(s, words);
	s->blank = blank;
}

static void
end_leaf(struct spoken *s)
{
	if (s->leaf == BLOCK_PARAGRAPH)
		say_rest(s);
	else if (s->leaf == BLOCK_TABLE)
		say_end(s, "(end of table)");
	else if (s->leaf == BLOCK_FENCE || s->leaf == BLOCK_INDENTED)
		say_end(s, "(end of code)");
	s->leaf = BLOCK_NONE;
}

/* The signs of the items and quotes that the line opens; of outer ones there are spaces. */
static void
put_leads(struct spoken *s, const struct blocks *b, size_t kept)
{
	int items = 0;

	for (size_t i = 0; i < b->depth; i++) {
		const struct block_container *c = &b->open[i];

		if (i >= kept && c->quote)
			buf_puts(&s->lead, "Quote: ");
		else if (i >= kept && (c->sign == '.' || c->sign == ')'))
			buf_printf(&s->lead, "%*s%u. ", 2 * items, "", c->number);
		else if (i >= kept)
			buf_printf(&s->lead, "%*s- ", 2 * items, "");
		if (i >= kept)
			items = 0;
		else if (!c->quote)
			items++;
	}
}

static void
begin_line(struct spoken *s, const struct blocks *b, const struct block_line *l)
{
	if (!goes_on(s->leaf, l->kind))
		end_leaf(s);
	if (l->kept < b->depth)
		buf_clear(&s->lead);
	if (l->kept < b->depth)
		put_leads(s, b, l->kept);
}

static void
put_heading(struct spoken *s, const struct block_line *l)
{
	const char *at = l->at + l->level, *end = l->end;

	while (end > at && strchr(" \t\r", end[-1]))
		end--;
	while (end > at && end[-1] == '#')
		end--;
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	say_heading(s, l->level, at, (size_t)(end - at));
}

/* Of a paragraph that was said already no heading is to be made. */
static void
put_underline(struct spoken *s, const struct block_line *l)
{
	if (s->open.len > 0)
		say_heading(s, l->level, s->open.data, s->open.len);
	buf_clear(&s->open);
	s->leaf = BLOCK_NONE;
}

static void
put_line(struct spoken *s, const struct block_line *l)
{
	switch (l->kind) {
	case LINE_BLANK:
	case LINE_BREAK:
		s->blank = true;
		break;
	case LINE_PARAGRAPH:
	case LINE_MORE:
		add_line(s, l);
		break;
	case LINE_UNDERLINE:
		put_underline(s, l);
		break;
	case LINE_HEADING:
		put_heading(s, l);
		break;
	case LINE_FENCE:
		begin_code(s, l);
		break;
	case LINE_FENCE_END:
		break;
	case LINE_INDENTED:
		if (s->leaf != BLOCK_INDENTED)
			say(s, "(code)");
		s->leaf = BLOCK_INDENTED;
		say_code(s, l);
		break;
	case LINE_CODE:
	case LINE_HTML:
		say_code(s, l);
		break;
	case LINE_DELIMITER:
		begin_table(s);
		break;
	case LINE_ROW:
		say_row(s, l);
		break;
	}
}

static void
take_line(struct spoken *s, size_t end)
{
	struct block_line l = blocks_line(&s->blocks, s->source.data + s->at, s->source.data + end, false);

	if (!s->begun)
		begin_line(s, &s->blocks, &l);
	put_line(s, &l);
	s->begun = false;
	s->said = 0;
}

/* ---- the line on its way ---- */

/* Whatever follows, the line stays text: its first word is whole, and no sign of a list, a heading or the like. And it will not be the
 * head of a table, nor what makes one, or a heading, of the line above it. */
static bool
is_text(const struct block_line *l)
{
	const char *at = l->at;

	while (at < l->end && *at && strchr("=-: |\t*_+#0123456789.)", *at))
		at++;
	return (l->kind == LINE_PARAGRAPH || l->kind == LINE_MORE) && l->at < l->end && !strchr("<[", *l->at) &&
	       (l->end - at >= WORD_MAX || memchr(at, ' ', (size_t)(l->end - at))) &&
	       !memchr(l->at, '|', (size_t)(l->end - l->at));
}

/* What is open, and the line after it. */
static void
say_of_line(struct spoken *s, const struct blocks *b, const struct block_line *l)
{
	size_t from = (size_t)(l->at - s->source.data), before = l->kind == LINE_MORE ? s->open.len : 0, n;
	struct buf text = {0};

	if (s->said > from)
		from = s->said;
	buf_put(&text, buf_text(&s->open), before);
	buf_put(&text, s->source.data + from, (size_t)(l->end - s->source.data) - from);
	if (next_piece(text.data, text.len) > 0) {
		if (!s->begun)
			begin_line(s, b, l);
		s->begun = true;
		s->leaf = BLOCK_PARAGRAPH;
		n = say_pieces(s, text.data, text.len);
		buf_drop(&s->open, n < before ? n : before);
		s->said = n > before ? from + n - before : from;
	}
	buf_release(&text);
}

static void
try_line(struct spoken *s)
{
	struct blocks b = s->blocks;
	struct block_line l = blocks_line(&b, s->source.data + s->at, s->source.data + s->source.len, true);

	if (is_text(&l))
		say_of_line(s, &b, &l);
}

/* ---- growing ---- */

static void
take_lines(struct spoken *s, bool ended)
{
	while (s->at < s->source.len) {
		const char *feed = memchr(s->source.data + s->looked, '\n', s->source.len - s->looked);
		size_t end = feed ? (size_t)(feed - s->source.data) : s->source.len;

		s->looked = s->source.len;
		if (!feed && !ended)
			return;
		take_line(s, end);
		s->at = s->looked = feed ? end + 1 : end;
	}
}

void
spoken_grow(struct spoken *s, const char *text, size_t n, bool ended, struct buf *out)
{
	s->out = out;
	if (n > s->taken)
		clean_text(&s->clean, text + s->taken, n - s->taken, &s->source);
	s->taken = n;
	if (ended)
		clean_end(&s->clean, &s->source);
	take_lines(s, ended);
	if (ended)
		end_leaf(s);
	else if (s->at < s->source.len)
		try_line(s);
}
