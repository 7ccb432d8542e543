/*
 * flow_code.h - the code of a fence in the colours of its language, line by line: each looks as it does whatever comes after
 * it, and is read once for good, and again while it grows.
 */
#ifndef FLYNN_TEXT_FLOW_CODE_H
#define FLYNN_TEXT_FLOW_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "text/clean.h"
#include "text/code_colours.h"
#include "text/markdown.h"
#include "text/sheet.h"

/* What the lines of a fence so far have left open. Zeroed: its code is plain. */
struct flow_code {
	const void *language;
	uint64_t open;
};

/* A fence begins; its line, from the fence on. False: its language has no colours (yet). */
bool flow_code_begin(struct flow_code *, struct code_colours *, const char *line, size_t n);

/* Appends a line of it as markdown_put_typed does, in runs of their roles. */
void flow_code_put(struct flow_code *, struct code_colours *, struct markdown *, struct sheet *, const char *source,
        size_t at, size_t len, struct clean *);
/* Reads a line that is not shown here. */
void flow_code_skip(struct flow_code *, struct code_colours *, const char *line, size_t n);

#endif
