/*
 * journal.h - the text of a reply that streams: its message's own columns, and after them its rows of the journal, in
 * the order of `at`. Each save adds a row, which costs the same however long the reply is; its end folds them into
 * the message.
 *
 * They are put together here and not in SQL, which would hold the text several times while it does so.
 */
#ifndef FLYNN_STORE_JOURNAL_H
#define FLYNN_STORE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/database.h"

/* Appends all that the history has of a message's text; nothing where there is no such message. */
bool journal_gather(
        struct database *, int64_t message, struct buf *content, struct buf *reasoning, struct err *) MUST_USE;

bool journal_clear(struct database *, int64_t message, struct err *) MUST_USE;

#endif
