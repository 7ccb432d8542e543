/*
 * saver.h - tracks which parts of an open conversation the history has, and so what to save next.
 *
 * It stays on the conversation's thread. It is asked for a struct save when one is due; the store writes that, puts the rows
 * into it, and hands it back: saver_saved, saver_failed or saver_start_over. Until then no other is made, so what failed is
 * simply made again, together with what came since.
 *
 * What is new is due at once where nothing was saved lately. Else, as while a reply streams, it waits for what comes after it, so
 * long that it is in the history SAVER_LIMIT_MS after it came: less by the time that a save takes, which the last ones have shown.
 *
 * It asks no clock and does no I/O.
 */
#ifndef FLYNN_STORE_SAVER_H
#define FLYNN_STORE_SAVER_H

#include <stdbool.h>
#include <stdint.h>

#include "chat/conversation.h"
#include "store/save.h"

enum {
	SAVER_LIMIT_MS = 250,  /* until what is new is in the history */
	SAVER_RETRY_MS = 2000, /* after a save that failed */
};

struct saver;

struct saver *saver_new(uint64_t handle);
void saver_free(struct saver *);

/* The conversation has just been loaded: all of it is in the history, and so are this draft and place. */
void saver_loaded(struct saver *, struct conversation *, const char *draft, uint64_t seen, int64_t seen_line);

/* The conversation has no message yet, and the history has this draft for it. */
void saver_restored(struct saver *, const char *draft);

/* What is typed, and the line of a message that is at the top of the screen (0: it follows the end). Cheap when nothing
 * is new. */
void saver_set_draft(struct saver *, const char *draft);
void saver_set_place(struct saver *, uint64_t seen, int64_t seen_line);

/* Whether anything is not in the history yet, a save on its way included. */
bool saver_is_dirty(const struct saver *, const struct conversation *);

/* Whether the history may lack something that was there at `since_ms`. What came later does not count, but may until the next
 * save has come back. */
bool saver_lacks(const struct saver *, const struct conversation *, int64_t since_ms);

/* Whether a save is on its way. */
bool saver_is_waiting(const struct saver *);

/* Whether the history lacks anything that was said, typed or done, a save on its way included. The place on the
 * screen and the branch shown do not count. */
bool saver_has_words(struct saver *, struct conversation *);

/* The draft as it was set last, and whether the history lacks it. */
const char *saver_draft(const struct saver *);
bool saver_lacks_draft(const struct saver *);

/* How long until saver_take has something to give: 0: now; -1: not before something changes or a save comes back. What is new
 * came when this is first asked after it: so it is asked often. */
int saver_wait_ms(struct saver *, const struct conversation *, int64_t now_ms);

/* What changed, due or not (see saver_wait_ms), unless a save is on its way; NULL: nothing. The caller's to hand on. */
struct save *saver_take(struct saver *, struct conversation *, int64_t now_ms);

/* The save was written: rows go into the conversation and its messages. Or it failed: all that is in it is due again,
 * after a pause. Or its conversation or parent is gone from the history: all of the conversation is due, as a new
 * one. Frees the save. */
void saver_saved(struct saver *, struct conversation *, struct save *, int64_t now_ms);
void saver_failed(struct saver *, struct save *, int64_t now_ms);
void saver_start_over(struct saver *, struct conversation *, struct save *);

#endif
