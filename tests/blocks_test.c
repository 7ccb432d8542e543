/*
 * blocks_test.c - text/blocks.c held against cmark-gfm: the same tree of blocks for random documents, made of what blocks begin
 * with, end with, and are indented by. BLOCKS_DOCUMENTS says how many (50,000), BLOCKS_SEED which.
 *
 * Definitions of references are left out, which are paragraphs for us; and what the two specifications that the parsers
 * follow say differently.
 */
#include "text/blocks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/text/documents.h"

/* ---- as cmark-gfm has it ---- */

static void
put_quoted(struct buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text[i] == '\n')
			buf_puts(out, "\\n");
		else
			buf_putc(out, text[i]);
	buf_puts(out, ";");
}

static int
item_index(cmark_node *item)
{
	int i = 0;

	while ((item = cmark_node_previous(item)))
		i++;
	return i;
}

static void
put_item(struct buf *out, cmark_node *item)
{
	cmark_node *list = cmark_node_parent(item);

	if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST)
		buf_printf(out, "I%d%c(", cmark_node_get_list_start(list) + item_index(item),
		        cmark_node_get_list_delim(list) == CMARK_PERIOD_DELIM ? '.' : ')');
	else
		buf_puts(out, "I(");
}

static void
put_table(struct buf *out, cmark_node *table)
{
	int rows = 0;

	for (cmark_node *row = cmark_node_first_child(table); row; row = cmark_node_next(row))
		rows++;
	buf_printf(out, "T%d %d;", cmark_gfm_extensions_get_table_columns(table), rows);
}

static void
put_node(struct buf *out, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
		buf_puts(out, "Q(");
		break;
	case CMARK_NODE_ITEM:
		put_item(out, node);
		break;
	case CMARK_NODE_PARAGRAPH:
		buf_printf(out, "P%d-%d;", cmark_node_get_start_line(node), cmark_node_get_end_line(node));
		break;
	case CMARK_NODE_HEADING:
		buf_printf(out, "H%d;", cmark_node_get_heading_level(node));
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		buf_puts(out, "R;");
		break;
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_HTML_BLOCK:
		buf_puts(out, cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK ? "C" : "X");
		put_quoted(out, cmark_node_get_literal(node), strlen(cmark_node_get_literal(node)));
		break;
	default:
		if (strcmp(cmark_node_get_type_string(node), "table") == 0)
			put_table(out, node);
	}
}

static bool
is_container(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE || cmark_node_get_type(node) == CMARK_NODE_ITEM;
}

static void
put_theirs(struct buf *out, const char *text, size_t n)
{
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_node *root;
	cmark_iter *iter;

	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_feed(parser, text, n);
	root = cmark_parser_finish(parser);
	iter = cmark_iter_new(root);
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (cmark_iter_get_event_type(iter) == CMARK_EVENT_ENTER)
			put_node(out, node);
		else if (is_container(node))
			buf_puts(out, ")");
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
	cmark_parser_free(parser);
}

/* ---- as we have it ---- */

struct ours {
	struct blocks blocks;
	size_t depth;              /* of what was put */
	enum block_line_kind leaf; /* open; LINE_BLANK: none */
	int first, last;           /* lines of a paragraph */
	size_t columns, rows;      /* of a table */
	struct buf code, blank;    /* and blank lines that may belong to it */
	struct buf *out;
};

static void
end_leaf(struct ours *o)
{
	switch (o->leaf) {
	case LINE_PARAGRAPH:
		buf_printf(o->out, "P%d-%d;", o->first, o->last);
		break;
	case LINE_CODE:
	case LINE_HTML:
		buf_puts(o->out, o->leaf == LINE_CODE ? "C" : "X");
		put_quoted(o->out, buf_text(&o->code), o->code.len);
		break;
	case LINE_ROW:
		buf_printf(o->out, "T%zu %zu;", o->columns, o->rows);
		break;
	default:
		break;
	}
	buf_clear(&o->code);
	buf_clear(&o->blank);
	o->leaf = LINE_BLANK;
}

static void
put_containers(struct ours *o, size_t kept)
{
	if (kept < o->depth)
		end_leaf(o);
	for (; o->depth > kept; o->depth--)
		buf_puts(o->out, ")");
	for (; o->depth < o->blocks.depth; o->depth++) {
		const struct block_container *c = &o->blocks.open[o->depth];

		end_leaf(o);
		if (c->quote)
			buf_puts(o->out, "Q(");
		else if (c->sign == '.' || c->sign == ')')
			buf_printf(o->out, "I%u%c(", c->number, c->sign);
		else
			buf_puts(o->out, "I(");
	}
}

static void
put_code(struct buf *to, const struct block_line *l)
{
	for (int i = 0; i < l->blanks; i++)
		buf_putc(to, ' ');
	buf_put(to, l->at, (size_t)(l->end - l->at));
	buf_putc(to, '\n');
}

static void
begin(struct ours *o, enum block_line_kind leaf)
{
	end_leaf(o);
	o->leaf = leaf;
}

static void
take_line(struct ours *o, const struct block_line *l, int number)
{
	switch (l->kind) {
	case LINE_BLANK:
		if (o->blocks.leaf == BLOCK_INDENTED)
			put_code(&o->blank, l);
		else
			end_leaf(o);
		break;
	case LINE_PARAGRAPH:
		begin(o, LINE_PARAGRAPH);
		o->first = o->last = number;
		break;
	case LINE_MORE:
		o->last = number;
		break;
	case LINE_UNDERLINE:
		o->leaf = LINE_BLANK;
		/* falls through */
	case LINE_HEADING:
		end_leaf(o);
		buf_printf(o->out, "H%d;", l->level);
		break;
	case LINE_BREAK:
		end_leaf(o);
		buf_puts(o->out, "R;");
		break;
	case LINE_FENCE:
		begin(o, LINE_CODE);
		break;
	case LINE_FENCE_END:
		end_leaf(o);
		break;
	case LINE_INDENTED:
	case LINE_HTML:
		if (l->begins)
			begin(o, l->kind == LINE_HTML ? LINE_HTML : LINE_CODE);
		buf_put(&o->code, buf_text(&o->blank), o->blank.len);
		buf_clear(&o->blank);
		/* falls through */
	case LINE_CODE:
		put_code(&o->code, l);
		break;
	case LINE_DELIMITER:
		/* For the lines above its head cmark-gfm makes a paragraph without a place. */
		if (o->first < o->last)
			o->first = o->last = 0;
		else
			o->leaf = LINE_BLANK;
		begin(o, LINE_ROW);
		o->columns = o->blocks.cells;
		o->rows = 1;
		break;
	case LINE_ROW:
		o->rows++;
		break;
	}
}

static void
put_ours(struct buf *out, const char *text, size_t n)
{
	struct ours o = {.leaf = LINE_BLANK, .out = out};
	int number = 0;

	for (size_t at = 0; at < n;) {
		const char *feed = memchr(text + at, '\n', n - at), *end = feed ? feed : text + n;
		struct block_line l = blocks_line(&o.blocks, text + at, end, false);

		put_containers(&o, l.kept);
		take_line(&o, &l, ++number);
		at = (size_t)(end - text) + 1;
	}
	o.blocks.depth = 0;
	put_containers(&o, 0);
	end_leaf(&o);
	buf_release(&o.code);
	buf_release(&o.blank);
}

/* ---- both ---- */

static void
has_the_same_blocks_as_cmark(void)
{
	const char *count = getenv("BLOCKS_DOCUMENTS"), *seed = getenv("BLOCKS_SEED");
	unsigned long documents = count ? strtoul(count, NULL, 10) : 50000;
	struct buf text = {0}, ours = {0}, theirs = {0};
	uint64_t state = seed ? strtoull(seed, NULL, 10) : 1;
	int wrong = 0;

	printf("# BLOCKS_SEED=%" PRIu64 "\n", state);
	for (unsigned long i = 0; i < documents && wrong < 10; i++) {
		documents_blocks(&state, &text);
		buf_clear(&ours);
		buf_clear(&theirs);
		put_ours(&ours, buf_text(&text), text.len);
		put_theirs(&theirs, buf_text(&text), text.len);
		if (strcmp(buf_text(&ours), buf_text(&theirs)) == 0)
			continue;
		wrong++;
		buf_puts(&text, "<end>");
		put_quoted(&theirs, buf_text(&text), text.len);
		put_quoted(&ours, buf_text(&text), text.len);
		HARNESS_EQUAL(buf_text(&ours), buf_text(&theirs));
	}
	buf_release(&text);
	buf_release(&ours);
	buf_release(&theirs);
}

int
main(void)
{
	CU_TestInfo tests[] = {
	        {"has the same blocks as cmark-gfm", has_the_same_blocks_as_cmark},
	        CU_TEST_INFO_NULL,
	};
	CU_SuiteInfo suites[] = {
	        {"blocks", NULL, NULL, NULL, NULL, tests},
	        CU_SUITE_INFO_NULL,
	};

	cmark_gfm_core_extensions_ensure_registered();
	return harness_main(suites);
}
