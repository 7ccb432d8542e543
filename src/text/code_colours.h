/*
 * code_colours.h - what gives code its colours. Code is laid out here, and no language is known here: whoever knows them
 * (syntax/grammars.h) is handed in.
 */
#ifndef FLYNN_TEXT_CODE_COLOURS_H
#define FLYNN_TEXT_CODE_COLOURS_H

#include <stddef.h>
#include <stdint.h>

enum {
	CODE_LINE_MAX = 2048, /* bytes of a line that are looked at; what is after them has no role */
};

enum code_role {
	CODE_TEXT,
	CODE_KEYWORD,
	CODE_TYPE,
	CODE_NAME, /* of a function, a variable, a tag */
	CODE_STRING,
	CODE_NUMBER,       /* and values that have names: true, nil */
	CODE_SPECIAL,      /* an escape, a sign */
	CODE_PREPROCESSOR, /* and attributes */
	CODE_COMMENT,
	CODE_NOTICE, /* TODO */
	CODE_ADDED,
	CODE_REMOVED,
	CODE_ROLES,
};

struct code_span {
	size_t start, len; /* bytes of the line */
	enum code_role role;
};

struct code_colours {
	/* The language of a fence's info string; it stays as long as this does. NULL: there is none, or it is not there yet. */
	const void *(*language)(struct code_colours *, const char *info, size_t n);
	/* Reads a line (valid UTF-8, without its line feed) into `spans`. `open`: what the line before left open, of the same
	 * language; 0: there is none. Returns what this one leaves open. */
	uint64_t (*line)(struct code_colours *, const void *language, uint64_t open, const char *line, size_t n);
	const struct code_span *spans; /* of the last line: ascending, apart from each other; no CODE_TEXT */
	size_t n_spans;
	uint64_t version; /* another one when a language came that was missing */
};

#endif
