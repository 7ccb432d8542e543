/*
 * parser.h - a script while it is read. The floors, from the top: script_reader.c reads lines and routes, prose.c has the commands
 * that say a text word by word, say.c those that say anything else, and parser.c what they all need. For these alone.
 */
#ifndef FLYNN_DEMO_PARSER_H
#define FLYNN_DEMO_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "demo/script.h"

struct parser {
	struct script *script;
	const char *dir;
	struct err *err;
	int line;
	bool chunked; /* a `stream` has begun in this answer */
	bool in_connect;
	int depth;    /* of open repeats */
	long pace_ms; /* between the tokens of a line */
	long tokens;  /* of this answer, and the time between them */
	long spent_ms;
	const char *said; /* the field of its last line, or NULL */
	struct buf model; /* its name, JSON-escaped */
	struct buf text;  /* the argument, unescaped */
	const char *rest; /* the argument, unparsed */
};

struct command {
	const char *name;
	enum argument { NOTHING, NUMBER, TEXT, REST } argument;
	bool (*run)(struct parser *, const struct command *);
	enum script_op op;
};

bool parser_wrong(struct parser *, const char *what);                        /* false, with the line */
void parser_add(struct parser *, enum script_op, long n, struct buf *takes); /* a step; bytes may be NULL */
bool parser_text(struct parser *, const char *quoted);                       /* unescaped, into p->text */

/* The commands of say.c and of prose.c, by name; NULL: it is none of them. */
const struct command *say_find(const char *name, size_t len);
const struct command *prose_find(const char *name, size_t len);

/* Events of a chat stream: a piece of text ("content" or "reasoning_content"); any, from its choices and the members that
 * stand beside them, which begin with a comma. */
void say_delta(struct parser *, const char *field, const char *text, size_t len);
void say_put_json(struct buf *, const char *text, size_t len); /* escaped, without quotes */
void say_chunk(struct parser *, const char *choices, const char *beside);
void say_put_chunk(
        const struct parser *, const char *choices, const char *beside, struct buf *out); /* not as a step yet */

/* A whole answer: "404 {…}". Its status is known to be one. */
void say_json(struct parser *, const char *status_and_json);

#endif
