/*
 * math_row.h - for math_layout.c: atoms beside each other, with the space between them that TeX's rules ask for (The TeXbook,
 * chapter 18), each thick or medium one a blank and each thin one none, but after functions and large operators.
 */
#ifndef FLYNN_TEXT_MATH_ROW_H
#define FLYNN_TEXT_MATH_ROW_H

#include <stdbool.h>

#include "text/math_box.h"
#include "text/math_symbols.h"

/* An atom with its scripts. */
struct math_item {
	struct math_box box;
	enum math_kind kind; /* one of the first, up to MATH_SPACE */
	bool fraction;       /* a/b, to be put in parentheses beside a factor */
	bool apart;  /* ends with a script in letters of full size: x_b, which a letter must not follow at once */
	bool group;  /* has parentheses of its own */
	bool name;   /* a letter or a function, whose parentheses hold its argument */
	bool word;   /* of text: letters beside it must not join it */
	bool limits; /* its scripts stand above and below it */
	bool scripted;
	bool bar;     /* a high fraction, whose bar must not touch a minus or a letter */
	bool postfix; /* ! */
};

/* What was put so far. The last item waits in it until its neighbour is known. */
struct math_row {
	struct math_box box;
	struct math_item last;
	bool waits;    /* there is a last one */
	bool compact;  /* without space, as in scripts */
	bool begun;    /* `before` is there: the kind of what stands before the last one, */
	bool apart;    /* and of it */
	bool sign;     /* it is a minus or the like with nothing on its left */
	bool spaced;   /* the text ends with a blank */
	bool bar;      /* the last one put has a bar */
	bool limited;  /* the last one put has scripts */
	bool name;     /* the last one put is one, */
	bool word;     /* or text */
	int depth;     /* of parentheses */
	int units;     /* factors outside of all parentheses */
	bool sums;     /* there is an operator, a relation or a fraction among them, */
	bool scripted; /* or a script, */
	bool fraction; /* or a fraction that takes one row, */
	bool gaps;     /* or a blank */
	enum math_kind before;
};

void math_item_release(struct math_item *);
void math_row_release(struct math_row *);

void math_row_add(struct math_row *, struct math_item *); /* takes it, and leaves it zeroed */
void math_row_end(struct math_row *);                     /* nothing more comes: `box` and what is below it are whole */

/* After math_row_end, for what stands before a slash or is raised to a power, and for what comes after a slash or a root:
 * must it be in parentheses? */
bool math_row_is_sum(const struct math_row *);
bool math_row_is_product(const struct math_row *);

#endif
