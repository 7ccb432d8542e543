/*
 * keeper.h - the app's end of the history: saves what changes in every open conversation, and at the start brings back
 * what was open, what was being typed and the prompts to recall. It never waits; but for the end, when what is new is
 * given a few seconds.
 *
 * Without a history (the demo, --no-history) all of it does nothing, but for keeper_export.
 */
#ifndef FLYNN_APP_KEEPER_H
#define FLYNN_APP_KEEPER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "store/export.h"
#include "tui/message_rows.h"

struct app;
struct conversation;
struct store;
struct talk;
struct vote;

/* The paths, and the conversation to show first. Paths are borrowed for the call. */
struct keeper_options {
	const char *history, *prompts;
	bool fresh;       /* a new conversation, not the last one */
	int64_t row;      /* this conversation; 0: the last one, and the panes beside it */
	bool model_given; /* the configuration's model is what was asked for: not that of the last time */
};

struct store_result;

/* Callbacks: the caller knows who waits for a result of the store, and what else must be saved. */
struct keeper_above {
	void (*take)(struct app *, struct store_result *); /* which it takes */
	int (*save)(
	        struct app *, int64_t now_ms, bool at_once); /* when to come again, in ms; -1: when something happens */
};

/* Without a store there is no history. */
struct keeper {
	const struct keeper_above *above;
	struct store *store;
	struct store *files;         /* without a history, once a file was written: what writes it; or NULL */
	struct keeper_options first; /* its paths are gone */
	bool restoring;              /* conversations of the last run are still being loaded */
	bool begun;                  /* the last run is restored, or there was nothing to restore */
	int64_t shown;               /* the conversation that the history knows as the open one; -1: not told yet */
	bool patient;                /* only saves are on their way, whose results come with the next turn */
	bool last;                   /* flynn is being ended: what is new is saved now, not when it is due */
	char *trouble;               /* what is not being saved, and why; cleaned; NULL: all is saved */
	char *why;                   /* the reason that the store gave last; NULL: none */
	bool late;                   /* the store has been at the same thing for too long */
	bool ended;                  /* keeper_end was called */
	char *parting;               /* its last message; or NULL */
	size_t n_votes;              /* on their way to the history */
	uint64_t last_handle;
	char *last_model,
	        *last_asked; /* of the pane with the keyboard in the last run, as config and server know it; or NULL */
	char *looks;         /* the layout as restore.h saves it, its key, and since when it is unchanged */
	uint64_t looks_key;
	int64_t looks_ms;
	bool looks_told;
	char *draft; /* the draft the history holds for an empty conversation, or NULL; draft_of: whose, 0: an earlier run's */
	uint64_t draft_of;
};

/* For `flynn ask` too. */
enum {
	KEEPER_LATE_MS = 5000,  /* until a save counts as overdue */
	KEEPER_LAST_MS = 3000,  /* for the last saves */
	KEEPER_STORE_MS = 4000, /* then, for the store to end */
	KEEPER_STUCK_MS = 2000, /* the same, when not all is saved */
};

bool keeper_init(
        struct app *, const struct keeper_options *, const struct keeper_above *, struct log *, struct err *) MUST_USE;
bool keeper_start(struct app *, struct err *) MUST_USE; /* opens the history */

/* Replies on their way are interrupted; everything is saved as it is; what cannot be is put into a file (rescue.h). Within
 * ten seconds, whatever the disk does. NULL: all is well; else the words for it, for a flynn that ends with status 1; the
 * app's. */
const char *keeper_end(struct app *);
/* Takes what comes from the store until `waits` says no more. False: the time is over. */
bool keeper_await(struct app *, bool (*waits)(const struct app *), int64_t end_ms);
void keeper_release(struct app *); /* that, where it was not called, and the rest */

/* For tests: the times above are so many times shorter from now on. */
void keeper_hasten(int times);
int keeper_hastened(int ms);

/* A conversation has been opened; it is being closed. */
void keeper_watch(struct app *, struct talk *);

/* Sends the changes of a conversation to the store now, before the next command. */
void keeper_flush(struct app *, struct talk *);
/* The same for all open conversations. A save that is on its way lets no other out: see keeper_lacks. */
void keeper_flush_all(struct app *);
/* Whether the history may lack a vote, or something of an open conversation that was there at `since_ms`. To be asked again when
 * something has come from the store. */
bool keeper_lacks(const struct app *, int64_t since_ms);

/* A place in a message as the history keeps it, and back. */
int64_t keeper_number_of_spot(struct spot);
struct spot keeper_spot_of_number(int64_t);

/* Results of the store that are the keeper's own. */
void keeper_opened(struct app *, const struct store_result *);
void keeper_saved(struct app *, struct store_result *);
void keeper_voted(struct app *, const struct store_result *);

/* Hands over what came from the store. */
void keeper_take(struct app *);

/* Every turn of the loop: what came from the store, then what is to be saved. Returns when it wants to be called again at
 * the latest, in ms; -1: when something happens. */
int keeper_turn(struct app *);

/* Writes it to a new file on the writer thread, which reports to export_written. False: not begun, with the reason said. */
bool keeper_export(struct app *, const char *path, enum export_format, struct conversation *);

void keeper_prompt(struct app *, const char *); /* it was sent: to be recalled by the next flynn */
void keeper_vote(struct app *, struct vote *);  /* takes it; says so where it is not kept */

/* For poll(2): see store/worker.h. -1: there is none. */
int keeper_fd(const struct app *);
bool keeper_sleep(struct app *);
void keeper_awake(struct app *, bool readable);

#endif
