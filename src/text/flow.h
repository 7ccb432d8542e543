/*
 * flow.h - a text that grows at its end, cleaned (text/clean.h) and laid out in rows of a width: as it is written, or as
 * Markdown.
 *
 * What a token costs does not depend on how much text there is: closed blocks stay as they are laid out; of the open one,
 * code goes on by line, a list by item, a table by row; and a long paragraph is parsed again when it has grown by a part
 * of itself, what is new being shown as it is written until then. A text that has ended looks the same however it came.
 *
 * Places are bytes of the cleaned text in which tabs are tabs.
 */
#ifndef FLYNN_TEXT_FLOW_H
#define FLYNN_TEXT_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "text/sheet.h"

struct flow;

enum flow_look {
	FLOW_TYPED, /* empty lines at the start and the end are not shown */
	FLOW_MARKDOWN,
};

struct flow *flow_new(int cols, enum flow_look);
/* Before it grows: fences whose language has a grammar there get colours. Borrowed. */
struct code_colours;
void flow_colour(struct flow *, struct code_colours *);
void flow_free(struct flow *);

/* text[0..n) begins with what it was at the last call. With `ended` nothing more will come. */
void flow_grow(struct flow *, const char *text, size_t n, bool ended);

/* Has a fence been read whose language had no grammar then? Another layout may find one. */
bool flow_lacks_grammar(const struct flow *);

size_t flow_length(const struct flow *); /* bytes of the cleaned text */
const struct sheet *flow_sheet(const struct flow *);

#endif
