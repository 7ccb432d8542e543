/*
 * import_join.h - a conversation of another program that is there already gets the messages that it lacks: those of a later export.
 */
#ifndef FLYNN_STORE_IMPORT_JOIN_H
#define FLYNN_STORE_IMPORT_JOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/history.h"
#include "store/load.h"

/* Within a transaction that is open. `row`: of the one that is there. A message is known by its uuid; one that says something else
 * now is added as another version beside it. Nothing that is there is changed, but a deleted message that the export has
 * comes back. `*added`: messages that came, or came back. */
bool import_join(struct history *, int64_t row, struct loaded *, size_t *added, struct err *) MUST_USE;

#endif
