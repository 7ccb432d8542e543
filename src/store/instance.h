/*
 * instance.h - the running flynns that write replies into one history, and the unfinished replies of those that
 * ended.
 *
 * An instance is a row whose id is never used again, and the byte of the lock file that goes with it (lock.h). A
 * message names its instance while it is being written; when that byte is free its writer is gone.
 */
#ifndef FLYNN_STORE_INSTANCE_H
#define FLYNN_STORE_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/recovered.h"

struct history;

/* Makes the row and takes the lock, unless that was done: before the first streaming row is written. */
bool instance_begin(struct history *, struct err *) MUST_USE;

/* Whether no other was the first when this was asked for the first time: it stays so. */
bool instance_is_first(struct history *);

bool instance_is_alive(const struct history *, int64_t instance);

/* The reply is written by this instance from now on. `*claimed`: it is, and no other came before. */
bool instance_claim(struct history *, int64_t message, bool *claimed, struct err *) MUST_USE;

/* Folds the journal of every message whose writer is gone, which is `interrupted` from then on. */
bool instance_recover(struct history *, struct history_recovered *, struct err *) MUST_USE;

#endif
