/*
 * talk.h - a conversation with its saver and an open history: what the screen and the store are to each other,
 * in plain calls.
 */
#ifndef FLYNN_TESTS_STORE_TALK_H
#define FLYNN_TESTS_STORE_TALK_H

#include "chat/conversation.h"
#include "store/history.h"
#include "store/load.h"
#include "store/saver.h"

struct talk {
	struct history *history;
	struct conversation *conversation;
	struct saver *saver;
	struct loaded loaded; /* by talk_reopen, without the conversation */
	int64_t now_ms;
};

/* Takes the conversation, and opens the history of the place (place.h). */
struct talk *talk_new(struct conversation *);
/* Without closing or removing the place. */
struct talk *talk_join(struct history *, struct conversation *);
void talk_free(struct talk *); /* and removes the place */
void talk_drop(struct talk *); /* what talk_join made */

/* Saves what is new; false, with the words, when it failed. talk_save says so as a failed test. */
bool talk_try_save(struct talk *, struct err *);
void talk_save(struct talk *);

/* What can be recalled, with a bar between; to be freed. The same as a test. */
char *talk_prompts(const char *path);
void talk_expect_prompts(const char *path, const char *want);

/* Appends to a message's text. */
void talk_put(struct buf *, const char *);

/* A prompt with an empty reply below it; the end of that reply. Both are saved. */
struct message *talk_begin(struct talk *, const char *prompt);
void talk_end(struct talk *, struct message *reply, enum message_state);

/* In a new place: a prompt with two versions of a reply, "ab" and "c". `come` adds a text to a reply, with what comes along,
 * of which `known` must tell "1 2" (the rows) as long as the first reply is not complete. */
struct talk *talk_two_versions(void (*come)(struct message *reply, const char *text, unsigned n), const char *known);

/* Saves, closes everything, opens the history again and loads the conversation from it. */
void talk_reopen(struct talk *);
void talk_load(struct talk *, int64_t row);

/* All that a history must keep of it, one line a value. To be freed. */
char *talk_text(struct conversation *);

#endif
