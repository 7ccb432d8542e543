/*
 * token_branch.c - texts are compared to nothing: the place of a token's text is known to the byte, or the candidate is refused.
 */
#include "chat/token_branch.h"

#include "base/utf8.h"

static bool
find_candidate(const struct message *reply, const struct token *t, size_t which, struct token_candidate *c, size_t *at,
        struct err *err)
{
	if (t->own == which + 1)
		return err_set(err, ERR_USAGE, "this is the token that stands there: choose another candidate");
	if (!tokens_candidate(&reply->tokens, t, which, c))
		return err_set(err, ERR_USAGE, "the token has no such candidate");
	if (c->n == 0)
		return err_set(err, ERR_USAGE, "this candidate has no text: it ends the reply, or marks a place");
	if (!tokens_place(&reply->tokens, t, at))
		return err_set(err, ERR_USAGE, "the server does not tell at which byte this token begins");
	return true;
}

/* JSON carries whole characters only. */
static bool
join(struct buf *out, const struct buf *text, size_t at, const struct token_candidate *c, struct err *err)
{
	buf_put(out, buf_text(text), at);
	buf_put(out, c->s, c->n);
	if (utf8_span(out->data, out->len) == out->len && out->len <= MESSAGE_TEXT_MAX)
		return true;
	buf_release(out);
	return err_set(err, ERR_USAGE, "this candidate is a part of a character: a request cannot carry that");
}

static int64_t
count_thought(const struct buf *tokens)
{
	struct tokens_reader r = {.packed = tokens};
	struct token t;
	int64_t n = 0;

	while (tokens_next(&r, &t))
		n += (t.flags & TOKEN_THOUGHT) != 0;
	return n;
}

bool
token_branch_make(
        struct message *reply, const struct token *t, size_t candidate, struct token_branch *b, struct err *err)
{
	bool is_thought = t->flags & TOKEN_THOUGHT;
	struct token_candidate c;
	size_t at;

	*b = (struct token_branch){0};
	if (!find_candidate(reply, t, candidate, &c, &at, err) ||
	        !join(is_thought ? &b->reasoning : &b->content, is_thought ? &reply->reasoning : &reply->content, at,
	                &c, err))
		return false;
	if (!is_thought)
		buf_share(&b->reasoning, &reply->reasoning);
	buf_put(&b->tokens, buf_text(&reply->tokens), reply->tokens.len);
	tokens_cut(&b->tokens, is_thought ? 0 : at, is_thought ? at : reply->reasoning.len);
	tokens_take_candidate(&b->tokens, &reply->tokens, t, candidate, at);
	b->thought_tokens = is_thought ? count_thought(&b->tokens) : reply->thought_tokens;
	return true;
}

void
token_branch_release(struct token_branch *b)
{
	buf_release(&b->content);
	buf_release(&b->reasoning);
	buf_release(&b->tokens);
}
