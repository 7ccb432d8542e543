/*
 * browser.h - the view of all conversations: a line to search them with, a list, and a preview of the chosen one: beside
 * the list where there is room, else below it, else nowhere.
 *
 * What stands in it is the caller's: rows are added in the order of the list, texts as they are in the history; here
 * they are cleaned. It knows no history and asks nobody for anything.
 */
#ifndef FLYNN_TUI_BROWSER_H
#define FLYNN_TUI_BROWSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/composer.h"
#include "tui/grid.h"
#include "tui/marks.h"

/* A conversation, or a message of one that was found. */
struct browser_entry {
	int64_t id;      /* of the conversation */
	int64_t message; /* that was found; 0: the row is about the whole */
	const char *title;
	const char *notes; /* "pinned", "archived", "pinned, open"; "": none */
	const char *tags;  /* "#home #work"; "" or NULL: none */
	const char *when;  /* "3 h" */
	const char *count; /* "12"; "": says nothing */
	/* The place in context, with its hits; NULL: none. */
	const char *line;
	size_t line_len;
	const struct mark *hits;
	size_t n_hits;
};

struct browser_row;

/* A part of the preview. */
struct browser_part {
	enum style style;
	struct marked text;
};

/* Zeroed to begin with, but for `input`. */
struct browser {
	struct composer input;
	struct browser_row *rows;
	size_t n, space;
	size_t chosen, top;            /* rows; top: the first one shown, as of the last browser_layout */
	bool moved;                    /* the choice is the person's */
	int64_t held_id, held_message; /* what was chosen, while the list is made again */
	size_t page;                   /* rows in view, as of the last browser_layout */
	struct buf label;              /* on the rule below the input: what is listed, in a few words */
	struct buf words;              /* in place of rows, while there are none */
	struct browser_part *preview;
	size_t n_preview, preview_space;
};

void browser_init(struct browser *);
void browser_release(struct browser *);

/* Another list: browser_begin, browser_add for each row, browser_end. What was chosen stays chosen where it still is
 * there (browser_begin) and was the person's choice; else the first row is. More rows at the end: browser_add alone. */
void browser_begin(struct browser *);
void browser_add(struct browser *, const struct browser_entry *);
void browser_end(struct browser *);

/* The chosen row's conversation and message; false: there is no row. */
bool browser_chosen(const struct browser *, int64_t *id, int64_t *message);
void browser_choose(struct browser *, int64_t id); /* the first row of this conversation, where there is one */
void browser_move(struct browser *, long rows);
bool browser_wants_more(const struct browser *); /* the last rows are near */

void browser_preview_clear(struct browser *);
void browser_preview_add(struct browser *, enum style, const char *text, size_t n, const struct mark *, size_t n_marks);

/* Brings the chosen row into view. Before browser_draw. */
void browser_layout(struct browser *, int rows, int cols);
void browser_draw(const struct browser *, struct grid *, struct rect);

#endif
