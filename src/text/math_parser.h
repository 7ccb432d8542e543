/*
 * math_parser.h - for math_layout.c and the files of commands: TeX's tokens, and the arguments of commands.
 *
 * A function that parses returns false where the source has no other form, and then the whole formula has none. Its result
 * must be released all the same.
 */
#ifndef FLYNN_TEXT_MATH_PARSER_H
#define FLYNN_TEXT_MATH_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "text/math_row.h"

enum {
	MATH_DEPTH_MAX = 24, /* groups within each other */
};

struct math_parser {
	const char *s;
	size_t n, at;
	int depth;    /* of groups */
	bool lines;   /* equations may stand on lines of their own, but for those in groups */
	bool high;    /* fractions and the like may take several rows; not within fractions, scripts and cells */
	bool compact; /* in a script */
	bool bracket; /* ] ends the row */
	/* A row up to what ends it, and an atom of it: math_layout.c, which stands above this, sets them. */
	bool (*row)(struct math_parser *, struct math_row *);
	bool (*atom)(struct math_parser *, struct math_item *);
};

bool math_is_letter(char);
bool math_is_digit(char);
bool math_is_blank(char);
bool math_is_ordinary(char); /* stands for itself */

char math_peek(const struct math_parser *); /* 0 at the end */
void math_skip_blanks(struct math_parser *);
bool math_take(struct math_parser *, char); /* the next one but blanks, if it is that */

bool math_is_command(const struct math_parser *, const char *name);
const struct math_symbol *math_take_command(struct math_parser *); /* NULL: unknown */
/* The text between braces, which are balanced. False: there is none. */
bool math_take_braces(struct math_parser *, const char **text, size_t *n);
/* The end of a row of an environment: \\, \\* and \\[2pt]. */
bool math_take_row_end(struct math_parser *);

/* Parses up to the end of the group, as a row of its own. `high`: may it take several rows of text? */
bool math_parse_part(struct math_parser *, struct math_row *, bool high, bool compact);
bool math_parse_group(struct math_parser *, struct math_row *, bool high, bool compact);
/* A group, or one character or command: \frac12. */
bool math_parse_argument(struct math_parser *, struct math_row *, bool high, bool compact);
bool math_parse_bracket(struct math_parser *, struct math_row *); /* [it]; true, and nothing put, where there is none */
bool math_parse_same(struct math_parser *, struct math_item *);   /* an argument that takes the command's place */
void math_put_character(struct math_parser *, struct math_item *);
void math_take_shape(struct math_item *, const struct math_row *); /* what its neighbours must know of it */

void math_put_closed(struct math_box *, const struct math_row *, bool closed); /* closed: in parentheses */

#endif
