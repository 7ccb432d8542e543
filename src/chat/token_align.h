/*
 * token_align.h - finds the text of each token. Tokens come before the text that they make, but not byte by byte with it: tags
 * of a thought, stop words and the auth token are held back or left out, characters are sent when they are whole, and a server
 * may tell no token for some text. A token is placed where its bytes are the text's; text without tokens stays a gap.
 */
#ifndef FLYNN_CHAT_TOKEN_ALIGN_H
#define FLYNN_CHAT_TOKEN_ALIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct token_align;

/* For the tokens of a reply that has these already, packed (tokens.h). */
struct token_align *token_align_new(const struct buf *packed);
void token_align_free(struct token_align *);

/* One that the server told (token_pack.h). */
void token_align_token(struct token_align *, const char *told, size_t n);

/* These bytes stand at `at` of the reasoning or the content now, its end: tokens that are placed go to `packed`. */
void token_align_text(struct token_align *, struct buf *packed, bool is_thought, size_t at, const char *text, size_t n);

/* No more text comes, or the packed tokens were changed. */
void token_align_end(struct token_align *, struct buf *packed);

#endif
