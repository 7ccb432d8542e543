/*
 * request_lines.h - the text of the request's page: headings, indented JSON, and plain text, wrapped to a width.
 */
#ifndef FLYNN_PAGES_REQUEST_LINES_H
#define FLYNN_PAGES_REQUEST_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "tui/grid.h"

enum request_line_type {
	REQUEST_HEADING, /* with a note on the right */
	REQUEST_JSON,    /* a row also ends after an escaped line feed in a string */
	REQUEST_PLAIN,
	REQUEST_NOTE,
};

struct request_line {
	enum request_line_type type;
	char *text, *note; /* cleaned; the note or NULL */
};

/* Of a line, as it stands on the screen. */
struct request_row {
	size_t line, start, len;
	int indent;
};

/* Zeroed to begin with. */
struct request_lines {
	struct request_line *lines;
	size_t n;
	struct request_row *rows; /* for so many columns; 0: not laid out */
	size_t n_rows, space;
	int cols;
};

void request_lines_clear(struct request_lines *);
void request_lines_release(struct request_lines *);

/* Any text, of one line or several; cleaned here. The note may be NULL. */
void request_lines_add(struct request_lines *, enum request_line_type, const char *text, size_t n, const char *note);

/* The rows for that width, where they are not laid out for it already. */
void request_lines_lay_out(struct request_lines *, int cols);
void request_lines_draw(const struct request_lines *, size_t row, struct grid *, struct rect line);

/* The row of the next heading after `row`, and round again. */
size_t request_lines_next_heading(const struct request_lines *, size_t row);

#endif
