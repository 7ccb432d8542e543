/*
 * token_list.h - the tokens of a reply (chat/tokens.h) in the history: the column `tokens`, bytes as they are; in JSON in Base64.
 */
#ifndef FLYNN_STORE_TOKEN_LIST_H
#define FLYNN_STORE_TOKEN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "chat/message.h"
#include "store/database.h"

/* NULL where there are none. */
bool token_list_write(struct database *, int64_t message, const struct buf *tokens, struct err *) MUST_USE;

/* Those of a column, for a message whose texts were read; what cannot be theirs is left out. */
void token_list_read(sqlite3_stmt *, int column, struct message *);

/* The same; false: this is no Base64. */
bool token_list_decode(const char *base64, size_t n, struct message *) MUST_USE;

#endif
