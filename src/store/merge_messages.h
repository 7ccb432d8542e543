/*
 * merge_messages.h - the messages of one conversation, out of a copy of another history into ours.
 *
 * Both know a message by its uuid. One that we lack is added below the parent that it has there. Of one that both have the longer
 * text stays where it begins with the other; where both went on in another way, both texts stay, as two versions beside each
 * other. One that we have deleted and can still bring back comes back. A message that one of our flynns is writing is left as it is.
 */
#ifndef FLYNN_STORE_MERGE_MESSAGES_H
#define FLYNN_STORE_MERGE_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/database.h"
#include "store/merge_write.h"

/* Within a transaction of ours. Messages there that have no uuid get one, in the copy. */
bool merge_messages(struct database *ours, struct database *theirs, struct merge_pair *, struct err *) MUST_USE;

#endif
