/*
 * token_branch.h - the beginning of another version of a reply: its text up to a token, then another candidate of that token. The
 * model goes on from exactly these bytes.
 */
#ifndef FLYNN_CHAT_TOKEN_BRANCH_H
#define FLYNN_CHAT_TOKEN_BRANCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "chat/message.h"
#include "chat/tokens.h"

struct token_branch {
	struct buf content, reasoning, tokens;
	int64_t thought_tokens;
};

/* The candidate counts from 0. ERR_USAGE: why it cannot be taken; there is nothing to release then. */
bool token_branch_make(
        struct message *reply, const struct token *, size_t candidate, struct token_branch *, struct err *) MUST_USE;
void token_branch_release(struct token_branch *);

#endif
