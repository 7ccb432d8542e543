/*
 * flow_inside.h - what the parts of a flow (text/flow.h) share: flow.c reads lines, flow_rows.c puts rows and whatever is
 * shown as it is written, flow_paragraph.c paragraphs and headings, flow_fence.c code, flow_table.c tables. And how a flow
 * goes on where another one stopped, for text/pieces.c.
 */
#ifndef FLYNN_TEXT_FLOW_INSIDE_H
#define FLYNN_TEXT_FLOW_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/blocks.h"
#include "text/clean.h"
#include "text/flow_code.h"
#include "text/flow_lead.h"
#include "text/markdown.h"
#include "text/sheet.h"
#include "text/table.h"

enum {
	FLOW_LINE_COST = 8,            /* of a line, as if it had so many bytes more */
	FLOW_COLOUR_COST = 8,          /* of a byte that colours are looked for in */
	FLOW_COLOURED_MAX = 256 * 1024 /* bytes of a text in which they are; code after them is plain */
};

/* What the lines so far have left open. */
struct flow_state {
	struct blocks blocks;
	struct flow_leads leads;
	/* From here on plain values, which flow.c copies at once: */
	enum block_leaf leaf;  /* that rows are still to be made of, or that is still to be closed */
	int level;             /* of the heading that a paragraph has become; 0: none */
	size_t first, n_parts; /* of the parts: lines of the paragraph */
	size_t blanks, blank;  /* lines of that kind since the last row, and where the first one is */
	size_t codes;          /* fences so far */
	struct flow_code code; /* of the open one */
	size_t coloured;       /* bytes of code that had colours */
	bool begun;            /* there is a row */
	bool inside;        /* the flow before this one stopped in a line; the rest of it is shown as it is written */
	size_t definitions; /* bytes of them (text/markdown.h) that the lines so far have */
	struct flow_head {  /* of the table that goes on: bytes of flow_heads; n 0: it is in this flow */
		size_t at, n, delimiters; /* after its n bytes */
	} head;
};

struct flow {
	bool is_markdown; /* else it is shown as it was typed */
	int cols;
	struct clean clean;
	struct buf source; /* cleaned */
	size_t taken;      /* bytes of the original */
	bool ended;

	size_t at;   /* of the source: whole lines were read up to here */
	size_t cost; /* of the lines read: what laying them out takes, in bytes of plain text */
	struct flow_state state;
	bool trying; /* what is laid out now will be taken back */
	bool has_rows; /* any was put, or would have been */
	bool skims;    /* no rows are made: it only finds out what the next flow begins with */
	struct sheet page;
	struct sheet_mark closed; /* up to here it stays as it is */
	bool stale;               /* what is after that is to be taken back before anything is put */

	struct code_colours *colours; /* NULL: code is plain */
	bool lacks_grammar;

	struct markdown markdown;
	struct markdown_part *parts;
	size_t space_parts;

	struct table table;
	struct sheet_mark table_start;
	struct sheet_shape table_shape;
	bool table_tried;                      /* it began with what is tried */
	struct markdown_part head, delimiters; /* of the table, bytes of the source */
	size_t table_first;                    /* of its rows that this flow shows: 1 when another one has the head */
	size_t table_rows;                     /* that are laid out for good, unless the columns' widths change; */
	size_t fitted;                         /* and how many there were when they last did */

	/* What was laid out last, when that can go on after the last row: text[from..end) of the source. */
	struct {
		bool on, paragraph;
		bool plain;         /* a paragraph in which there is nothing but text */
		bool right_to_left; /* its mark is in the lead */
		size_t from, end, parsed_end;
		struct clean clean;
		enum role role;
		struct sheet_shape shape;
	} open;
};

/* ---- flow.c ---- */

/* Before flow_start and any text. Another flow will make the rows. */
void flow_skim(struct flow *);
/* The state at the start of a text that goes on: `definitions` and `heads` are those of the flows before, or more. */
void flow_start(struct flow *, const struct flow_state *, const struct clean *, size_t base,
        const struct buf *definitions, const struct buf *heads);
/* Whole lines, up to text[n], which was taken up to `taken`. `cut`: the last one is none, and is shown as if it were. */
void flow_take(struct flow *, const char *text, size_t n, bool cut);
/* Another flow goes on from f->state: what is open is laid out as far as it goes. The head of an open table is appended to
 * `heads`, unless it is there. */
void flow_stop(struct flow *, struct buf *heads);

/* ---- flow_rows.c ---- */

/* Before anything is put: what an earlier try left is taken back. flow_begin_rows does so too, and puts the blank rows that
 * are due; flow_end_rows says that the signs of items have been shown. */
void flow_settle(struct flow *);
void flow_begin_rows(struct flow *);
void flow_end_rows(struct flow *);
/* For what is not shown here: the same, without rows. False: it is shown. */
bool flow_skims_rows(struct flow *);

/* The leads of rows that begin now; these have something of their own after them. */
struct sheet_shape flow_shape(struct flow *, const char *first, const char *rest, bool hard);

/* An item or a quote in which there is nothing (yet). */
void flow_put_empty_item(struct flow *, size_t from);

/* A line as it is written; one that is tried may go on with what was tried of it before. */
void flow_put_typed(struct flow *, enum role, const struct block_line *, const char *rest_sign, bool hard);
bool flow_may_go_on_typed(const struct flow *, const struct block_line *);
void flow_go_on_typed(struct flow *, size_t at, size_t end);
void flow_keep_open(struct flow *, bool paragraph, enum role, size_t from, size_t end, const struct sheet_shape *);

/* ---- flow_paragraph.c ---- */

void flow_begin_paragraph(struct flow *, const struct block_line *);
void flow_add_part(struct flow *, const struct block_line *);
void flow_lay_paragraph(struct flow *);
void flow_show_paragraph(struct flow *);   /* again, or what is new of it */
void flow_keep_definitions(struct flow *); /* those that the paragraph, which has ended, begins with */
void flow_put_heading(struct flow *, const struct block_line *);

/* ---- flow_fence.c ---- */

void flow_put_code_head(struct flow *, const struct block_line *);
void flow_put_code_foot(struct flow *);
void flow_put_indented(struct flow *, const struct block_line *);
void flow_put_rule(struct flow *, const struct block_line *);

/* ---- flow_table.c ---- */

void flow_go_on_with_table(struct flow *, const struct buf *heads);
void flow_keep_head(struct flow *, struct buf *heads); /* of a table that goes on */
/* What is on the page stays when the rows after it are laid out again: the rest of a row that another flow has the start of. */
void flow_begin_table_here(struct flow *);

void flow_begin_table(struct flow *, const struct block_line *);
void flow_add_row(struct flow *, const struct block_line *);
void flow_try_row(struct flow *, const struct block_line *); /* one on its way */
/* Lays out what is new, or all of it when the columns' widths are others and that is not asked too often. The last row
 * may be a part of one only. */
void flow_show_table(struct flow *, bool ends, bool partial);

#endif
