/*
 * add.h - adds a whole conversation to the history: one that was imported, not written here message by message.
 */
#ifndef FLYNN_STORE_ADD_H
#define FLYNN_STORE_ADD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"
#include "store/load.h"

/* Within a transaction that is open. The messages get their rows, the conversation its row; the history is not
 * searched for another copy of it, but a uuid that is there already is an error. Times that are 0 become now. */
bool add_conversation(struct history *, struct loaded *, const char *uuid, struct err *) MUST_USE;

/* A message into a conversation that is there; its parent has its row. */
bool add_message(struct history *, int64_t conversation, struct message *, struct err *) MUST_USE;

/* Gives each message that has no uuid, or one that another message has, one that is made of what it says. */
void add_names(struct conversation *, const char *uuid);

#endif
