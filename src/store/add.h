/*
 * add.h - a whole conversation into the history, as it is: for what was not written here message by message.
 */
#ifndef FLYNN_STORE_ADD_H
#define FLYNN_STORE_ADD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"
#include "store/load.h"

/* Within a transaction that is open. The messages get their rows, the conversation its row; what the history may know of
 * it already is not looked at, but a uuid that is there is an error. Times that are 0 become now. */
bool add_conversation(struct history *, struct loaded *, const char *uuid, struct err *) MUST_USE;

#endif
