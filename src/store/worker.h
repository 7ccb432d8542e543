/*
 * worker.h - the store, which keeps the history and the file of prompts. The UI thread gives commands, asks questions
 * and takes results; nothing else is shared, and no call but store_end and store_free waits for the disk.
 *
 * It has two threads, for one step of a search can take seconds and a save must not wait for it: the writer carries
 * out the commands in their order, and the reader answers questions. A newer question of the same kind ends the older
 * one, which then has no answer. A question sees what was commanded before it, unless that takes long
 * (STORE_PATIENCE_MS).
 */
#ifndef FLYNN_STORE_WORKER_H
#define FLYNN_STORE_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "store/edit.h"
#include "store/export.h"
#include "store/result.h"
#include "store/vote.h"

struct store;

/* Starts the threads; the history is opened and the prompts are read (NULL: there are none to read or keep). Without a
 * history (NULL) nothing but store_export may be asked for, and no other result comes. `log` may be NULL. */
struct store *store_new(const char *history, const char *prompts, struct log *, struct err *);

/* The same in two steps: what is commanded in between is done once the threads run. */
struct store *store_prepare(const char *history, const char *prompts, struct log *, struct err *);
bool store_start(struct store *, struct err *) MUST_USE;

/* Does what was commanded, and ends the threads. False: one of them has not ended after so many ms, for the disk does
 * not answer; it goes on when the disk does. Results can still be taken; nothing may be commanded any more. */
bool store_end(struct store *, int ms) MUST_USE;

/* Since this was asked last, the thread that writes has computed, as it does for seconds to index a long reply on a busy machine, or
 * it waits for a processor: then it is not the disk that it waits for. False where the system does not tell. */
bool store_computes(struct store *);

enum {
	STORE_COMPUTING_MS = 500, /* more, for a history that computes; then it is looked at again */
	STORE_LONGER_MS = 5000,   /* at the most: a disk that is asked again and again looks busy, too */
};

/* store_end, and as long as it computes some time more: the disk is not what it waits for. */
bool store_end_computing(struct store *, int ms) MUST_USE;

/* Ends the threads as store_end does, within some seconds, if that was not called. Drops questions and results. A
 * thread that has not ended keeps its memory. */
void store_free(struct store *);

/* How long the command that is being done has taken so far, opening the history being the first; -1: none is. As
 * exact as this is called often. */
int64_t store_busy_ms(struct store *, int64_t now_ms);

/* Nothing is awaited but saves that were commanded just now: nobody has to be woken up for their results, which can be taken in so many
 * ms, or when something else happens. -1: there is a result to wait for, or none at all. */
int store_patience_ms(struct store *, int64_t now_ms);

/* Readable (POLLIN) when results wait and store_sleep said true; call store_awake after poll(2), with whether it was. A patient
 * sleeper is woken by the reader's results only. */
int store_fd(const struct store *);
bool store_sleep(struct store *, bool patient); /* false: do not sleep, there are results */
void store_awake(struct store *, bool readable);
struct store_result *store_take(struct store *); /* the oldest, or NULL */

/* Commands. False: a thousand others wait; nothing was done, and what was handed over is still the caller's. */
/* Takes it, and those after it. Each has a result of its own. */
bool store_save(struct store *, struct save *) MUST_USE;
bool store_load(struct store *, int64_t conversation) MUST_USE;
/* A reply that an earlier flynn has left unfinished is written by this one from now on, if no other was there before. */
bool store_claim(struct store *, int64_t message) MUST_USE;
bool store_edit(struct store *, int64_t conversation, enum edit_type, const char *title) MUST_USE;
bool store_ask(struct store *, struct store_question *) MUST_USE;
bool store_set(struct store *, const char *key, const char *value) MUST_USE; /* no result, but a line in the log */
bool store_prompt(struct store *, const char *prompt) MUST_USE;              /* the same */
bool store_vote(struct store *, struct vote *) MUST_USE;                     /* takes it */
/* Takes the conversation, which nothing else may use any more (conversation_copy), and writes a new file of mode 0600;
 * one that is there is not touched, and an error. */
bool store_export(struct store *, const char *path, enum export_format, struct conversation *) MUST_USE;
/* Writes the text into a new file of mode 0600, whose folder is made too; the result is that of store_export. */
bool store_rescue(struct store *, const char *path, const char *text) MUST_USE;

#endif
