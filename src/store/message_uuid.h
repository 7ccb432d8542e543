/*
 * message_uuid.h - the names of messages, each its own within its conversation. A message gets a random one when it is first saved. One
 * of before there were any gets one that is made of what it says, so that each history which holds it makes the same
 * (doc/history.md has the recipe).
 */
#ifndef FLYNN_STORE_MESSAGE_UUID_H
#define FLYNN_STORE_MESSAGE_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/database.h"
#include "store/uuid.h"
#include "store/uuid_map.h"

struct message_facts {
	const char *conversation, *parent; /* their uuids; parent "": at the top */
	const char *role;
	int64_t created_ms;
	const char *content, *reasoning;
	size_t content_len, reasoning_len;
};

/* One that none of `taken`, the messages of its conversation, has; it is put there. */
void message_uuid_derive(char out[UUID_SIZE], const struct message_facts *, struct uuid_map *taken);

/* Gives one to each message of this conversation, or of all, that has none yet. Within a transaction that is open. */
bool message_uuid_fill(struct database *, int64_t conversation, const char *uuid, struct err *) MUST_USE;
bool message_uuid_fill_all(struct database *, struct err *) MUST_USE;

#endif
