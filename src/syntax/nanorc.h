/*
 * nanorc.h - takes a nanorc text apart (nanorc(5), "Syntax highlighting"): commands, and their arguments one after another.
 *
 * Everything is borrowed from the text. A line that is no command is skipped, as is what nano itself would complain about.
 */
#ifndef FLYNN_SYNTAX_NANORC_H
#define FLYNN_SYNTAX_NANORC_H

#include <stdbool.h>
#include <stddef.h>

struct nanorc_piece {
	const char *text;
	size_t n;
};

bool piece_is(struct nanorc_piece, const char *);

enum nanorc_command {
	NANORC_SYNTAX,
	NANORC_COLOR,
	NANORC_ICOLOR, /* the same, upper and lower case alike */
	NANORC_COMMENT,
	NANORC_OTHER,
};

struct nanorc {
	const char *at, *end;
};

struct nanorc_line {
	enum nanorc_command command;
	struct nanorc_piece rest; /* arguments that were not taken */
};

/* Of a file's text. */
struct nanorc nanorc_of(const char *text, size_t n);

/* The next command. False: there is no other. */
bool nanorc_next(struct nanorc *, struct nanorc_line *);

/* The next argument: a word, or what stands between quotes. */
bool nanorc_argument(struct nanorc_line *, struct nanorc_piece *);

/* The next expression of a colour: one, or where it starts and where it ends (`end.text` is NULL without). */
bool nanorc_expression(struct nanorc_line *, struct nanorc_piece *start, struct nanorc_piece *end);

#endif
