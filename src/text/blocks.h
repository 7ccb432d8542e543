/*
 * blocks.h - the blocks of a Markdown text (CommonMark 0.31 with GitHub's tables), line by line as it grows: what a line
 * is, which quotes and list items it goes on with, and which it opens. Whatever a line is, it is for good once the next
 * has been read, but for two things: a paragraph's lines become a heading by the underline below them, and its last line
 * the head of a table.
 *
 * Definitions of references are paragraphs here, and are shown as such: a reader wants to see where they lead.
 */
#ifndef FLYNN_TEXT_BLOCKS_H
#define FLYNN_TEXT_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>

#include "text/blocks_html.h"

enum {
	BLOCKS_DEPTH_MAX = 32, /* lists and quotes within each other; deeper ones are taken for text */
	BLOCKS_FENCES_MAX = 8, /* fences within each other */
};

/* A quote or a list item. */
struct block_container {
	bool quote;
	bool empty;      /* an item without anything yet */
	int indent;      /* of an item: the columns before what belongs to it */
	char sign;       /* of an item: - + * . ) */
	unsigned number; /* of an item: its number in a list that is numbered */
};

enum block_leaf {
	BLOCK_NONE,
	BLOCK_PARAGRAPH,
	BLOCK_FENCE,
	BLOCK_INDENTED,
	BLOCK_HTML,
	BLOCK_TABLE,
};

/* What the lines so far have left open. Zeroed to begin with. */
struct blocks {
	size_t depth;
	size_t list;          /* depth + 1 at which a list goes on whose last item was an empty one; 0: none does */
	enum block_leaf leaf; /* within all of them */
	char sign;            /* of the fence */
	int indent;
	enum html_kind html;
	size_t cells; /* of the paragraph's last line, which may be the head of a table */
	char formula; /* that the paragraph has left open (text/formula.h): its lines are text whatever they look like */
	size_t n_fences;
	struct block_fence {
		size_t length;       /* signs */
		bool nests;          /* its language is Markdown: a fence with a language opens another one in it */
	} fences[BLOCKS_FENCES_MAX]; /* those that are open, all but the first as code of the one before */
	struct block_container open[BLOCKS_DEPTH_MAX];
};

/* Without what nothing is open in; for each token that is most of it. */
void blocks_copy(struct blocks *to, const struct blocks *from);

enum block_line_kind {
	LINE_BLANK,
	LINE_PARAGRAPH, /* begins one */
	LINE_MORE,      /* goes on with it */
	LINE_UNDERLINE, /* what was a paragraph is a heading */
	LINE_HEADING,
	LINE_BREAK,
	LINE_FENCE,
	LINE_CODE, /* in a fence */
	LINE_FENCE_END,
	LINE_INDENTED, /* code without a fence */
	LINE_HTML,
	LINE_DELIMITER, /* the last line of what was a paragraph is the head of a table */
	LINE_ROW,
};

struct block_line {
	enum block_line_kind kind;
	bool begins; /* the leaf, where several lines of one kind make one */
	size_t kept; /* of the quotes and items that were open; those after them in open[] are new */
	int level;   /* of a heading */
	int blanks;  /* columns before `at`: of a tab that the line's indentation took in part */
	const char *at, *end;
};

/* The next line, without its line feed. `partial`: there may be more of it, so what would change the lines above it, but
 * mostly will not, is text. */
struct block_line blocks_line(struct blocks *, const char *begin, const char *end, bool partial);

#endif
