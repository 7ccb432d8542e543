/*
 * player.h - plays a conversation once more, as it came: each prompt of its path is typed, each reply comes event by event into a
 * session, as from a server, with the times that it had (reply_times.h). Time is told by the caller; nothing here asks a clock.
 *
 * It plays into a session whose conversation is a copy of the one that is played (conversation_copy): the messages are there already,
 * those that have not come yet are off the path. At the end both say the same.
 */
#ifndef FLYNN_CHAT_PLAYER_H
#define FLYNN_CHAT_PLAYER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/conversation.h"
#include "chat/reply_times.h"
#include "chat/session.h"

enum player_phase {
	PLAYER_TYPES,   /* the prompt of the turn is being written */
	PLAYER_ANSWERS, /* its reply is on its way */
	PLAYER_SHOWS,   /* a message that is there at once */
	PLAYER_RESTS,   /* before the next turn */
	PLAYER_IS_OVER,
};

struct player {
	struct conversation *source;
	struct session *session;
	struct message *const *path; /* of the source */
	size_t n;
	size_t *turns; /* the message with which each begins */
	size_t n_turns;
	size_t at; /* the message that is being played */
	enum player_phase phase;
	int64_t begun_ms; /* the turn */
	int64_t due_ms;   /* what is next */
	size_t typed;     /* bytes of the prompt */
	int character_ms;
	uint32_t random;
	struct reply_times times;
	struct reply_step step; /* the next one; no text: the reply ends */
	int64_t sent_ms;
};

/* Takes the source; the session's conversation is a copy of it. At the beginning of the first turn. */
void player_init(struct player *, struct conversation *source, struct session *, int64_t now_ms);
void player_release(struct player *);

/* When something happens next; -1: nothing does any more. */
int64_t player_next_ms(const struct player *);
/* All that is due up to then. True: something was. */
bool player_advance(struct player *, int64_t now_ms);

/* To the beginning of a turn, from 0; `n_turns`: to the end. All before it is there, whole. */
void player_go(struct player *, size_t turn, int64_t now_ms);
size_t player_turn(const struct player *); /* that is being played, from 0; the last one when it is over */

/* The prompt that is being typed, and how many bytes of it are; NULL: none is. */
const struct message *player_typed(const struct player *, size_t *len);

#endif
