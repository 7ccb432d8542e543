/*
 * reply_tokens.c - the request, which the message keeps, tells whether the server was asked for tokens.
 */
#include "app/reply_tokens.h"

#include "app/app.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/turn.h"
#include "base/mem.h"
#include "chat/token_branch.h"
#include "llama/parameters.h"

struct message *
reply_tokens_last(const struct app *app)
{
	struct message *m = conversation_leaf(app->pane->talk->session.conversation);

	while (m && m->role != CHAT_ASSISTANT)
		m = m->parent;
	return m;
}

static bool
was_asked(const struct message *reply)
{
	struct parameters sent = {0};
	bool asked = parameters_read_json(&sent, buf_text(&reply->parameters), reply->parameters.len) &&
	             parameters_integer(&sent, "logprobs", 0) > 0;

	parameters_release(&sent);
	return asked;
}

char *
reply_tokens_why_none(const struct message *reply, const char *again)
{
	if (!was_asked(reply))
		return mem_printf("no tokens: %s", again);
	if (reply->state == MESSAGE_STREAMING)
		return mem_strdup("waiting for the first token");
	return mem_strdup("the server was asked for the tokens of this reply, and sent none");
}

bool
reply_tokens_take(struct app *app, struct message *reply, const struct token *t, size_t choice)
{
	struct token_branch branch;
	struct err err;

	if (!turn_may_begin(app))
		return false;
	if (choice == (t->own > 0 ? t->own - 1 : t->n_candidates)) {
		app_say(app, false, "this is the token that stands there: choose another candidate");
		return false;
	}
	if (!token_branch_make(reply, t, choice, &branch, &err))
		return app_refuse(app, err.text);
	return turn_branch(app, reply, &branch);
}
