/*
 * message_look.h - how a message is shown, and a spot in it.
 */
#ifndef FLYNN_TUI_MESSAGE_LOOK_H
#define FLYNN_TUI_MESSAGE_LOOK_H

#include <stdbool.h>
#include <stddef.h>

struct code_colours;
struct picture_source;

struct message_look {
	int cols;
	bool unfolded;                   /* reasoning is shown */
	bool folded;                     /* of a long text only the first rows are, and how many others there are */
	bool raw;                        /* replies as raw text, not as Markdown */
	bool bare;                       /* nothing but the raw texts: no signs, no words of flynn's */
	bool elsewhere;                  /* it streams, but not here */
	struct code_colours *colours;    /* for the colours of code; NULL: it is plain */
	struct picture_source *pictures; /* for those of a prompt; NULL: they are not drawn */
	int picture_rows;                /* that each may have */
	unsigned sequences;              /* that the terminal draws as one: cluster_joins */
	bool hides_errors;               /* why it failed is not told */
	bool statistics;                 /* a line with its speed below it */
	size_t *budget;                  /* for text that was not read so far (text/pieces.h) */
	size_t version, versions;        /* which of its siblings it is, from 1, and of how many */
	/* The keys that send its prompt again, and that continue it, to stand beside what went wrong; NULL: none do. Borrowed
	 * until the next message_rows_update. */
	const char *retry, *go_on;
};

/* The same whatever the width is. */
struct spot {
	enum spot_part { SPOT_HEAD, SPOT_THOUGHT, SPOT_CONTENT, SPOT_TAIL, SPOT_PICTURE } part;
	size_t byte; /* of the part's cleaned text, tabs being tabs; SPOT_PICTURE: a thousandth of a picture's height, all of the
	              * pictures in one count */
};

#endif
