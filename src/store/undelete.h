/*
 * undelete.h - a message that something hangs below again: it and all above it are there again, whoever had deleted them.
 */
#ifndef FLYNN_STORE_UNDELETE_H
#define FLYNN_STORE_UNDELETE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/err.h"
#include "store/database.h"

/* Within a transaction. Where nothing of its conversation is deleted it costs the same however long the way up is. */
bool undelete_above(struct database *, int64_t message, struct err *) MUST_USE;

#endif
