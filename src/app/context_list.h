/*
 * context_list.h - what is in the context, part by part, for the page that shows it: the system text, summaries, every turn,
 * thoughts, what the model's template adds, and the room that is left.
 *
 * A turn is counted alone, less an empty prompt alone: the tokens of all turns then add up to those of the conversation, and what
 * is missing to that is the template's. One request a turn, two where it has a thought, one after the other, those in view
 * first; a turn that was counted once is known. Until then its tokens are an estimate from its bytes.
 */
#ifndef FLYNN_APP_CONTEXT_LIST_H
#define FLYNN_APP_CONTEXT_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;

enum context_part {
	CONTEXT_SYSTEM,
	CONTEXT_SUMMARY,
	CONTEXT_TURN,
	CONTEXT_THOUGHTS, /* of all turns, which have none in theirs */
	CONTEXT_TEMPLATE,
	CONTEXT_ROOM,
};

struct context_row {
	enum context_part part;
	uint64_t message; /* the prompt of the turn, or the summary; 0: none */
	unsigned number;  /* of the turn, from 1 */
	bool is_sent;     /* else it costs nothing: `tokens` are what it would */
	bool is_muted;
	int64_t tokens, thought_tokens;
	bool is_about; /* they are estimates */

	/* for context_list.c */
	size_t bytes, thought_bytes; /* of texts */
	size_t media, media_bytes;   /* pictures and sounds, and what they take in a request */
	uint64_t key, bare_key; /* of what is counted: all of it, and without the thought; 0: nothing, or no thought */
};

struct context_list {
	struct context_row *rows;
	size_t n, space;
	int64_t used, size; /* tokens, as the gauge has them; 0: not known */
	int64_t reply_max;  /* the room that a reply may take; 0: all there is */
	bool is_about;
	size_t uncounted; /* rows that are still to be counted */

	size_t first, in_view; /* rows, as the page has said */
	uint64_t empty_key;    /* an empty prompt alone */
	const void *talk;      /* what the rows were made of */
	const void *link;
	uint64_t changes, path;
	unsigned starts;
	bool is_wanted; /* rows are asked for */
};

void context_list_init(struct app *);
void context_list_release(struct app *);

/* While a page shows it, its rows are counted. */
void context_list_open(struct app *);
void context_list_close(struct app *);
void context_list_in_view(struct app *, size_t first, size_t n);

/* Of the focused pane's conversation, as of now. */
const struct context_list *context_list_make(struct app *);

/* Asks for what is to be counted next, if a page is open. */
void context_list_ask(struct app *);

#endif
