/*
 * result.h - questions to the history, and results for the UI thread.
 */
#ifndef FLYNN_STORE_RESULT_H
#define FLYNN_STORE_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/load.h"
#include "store/recovered.h"
#include "store/save.h"

struct history;

enum store_type {
	STORE_OPENED, /* the history was opened, or it could not be: the first result of all, and again when that changes */
	STORE_SAVED,    /* save: hand it to saver_saved, to saver_start_over, or where err is set to saver_failed */
	STORE_LOADED,   /* id: as asked; loaded, unless err is set */
	STORE_CLAIMED,  /* id: the message; claimed: it is this flynn's */
	STORE_EDITED,   /* id: the conversation */
	STORE_ANSWER,   /* question: with what its `ask` put into it */
	STORE_VOTED,    /* a vote was saved, unless err is set */
	STORE_EXPORTED, /* notice: the path; unless err is set */
	STORE_PROMPTS,  /* prompts: once, after STORE_OPENED */
};

enum {
	STORE_KINDS = 8, /* of questions */
	STORE_PATIENCE_MS = 250,
};

/* What is asked of the history, by a function that is called on the reader's thread, with a history that is open for
 * reading. It should let an ERR_CANCELLED through: then it is asked again, or no more. */
struct store_question {
	int kind;                                                             /* 0 to STORE_KINDS - 1 */
	bool (*ask)(struct history *, struct store_question *, struct err *); /* false: failed */
	void (*free)(struct store_question *);                                /* all of it, on either thread */

	/* the store's own */
	uint64_t number, after; /* after so many commands, */
	int64_t patience_ms;    /* but not later than this */
};

/* Everything in it is the taker's: store_result_free, or NULL out what was kept. */
struct store_result {
	enum store_type type;
	int64_t id;
	struct err err; /* ERR_NONE: it went well */

	/* STORE_OPENED; open and draft also where err is set, as far as it can be read. A damaged history that was
	 * put aside while flynn runs is reported so too. */
	char *notice; /* for the person at the screen; NULL: nothing */
	struct history_recovered recovered;
	int64_t open; /* setting "open": the conversation shown last; 0: none */
	char *layout; /* setting "layout": the panes of that time (app/restore.h); or NULL */
	char *draft;  /* what the last flynn left of a conversation without messages (draft.h); or NULL */

	struct save *save;
	int64_t done_ms; /* clock_ms() when the writer had done it */
	bool start_over;
	bool claimed;

	struct loaded loaded;
	struct store_question *question;

	char **prompts; /* the oldest first */
	size_t n_prompts;
};

void store_result_free(struct store_result *);

#endif
