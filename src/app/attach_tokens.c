/*
 * attach_tokens.c - two chats of one message: with no text, and with the file besides.
 */
#include "app/attach_tokens.h"

#include "app/app.h"
#include "app/context.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/token_counts.h"

/* The chat's tokens, as far as they are known; what is not is asked for where `ask` says so. */
static int64_t
count(struct app *app, const struct talk *talk, const struct attachments *files, bool ask)
{
	struct chat_message m = context_no_prompt();
	uint64_t key;
	int64_t tokens;

	m.attachments = files;
	if (!token_counts_may_ask(&m, 1))
		return TOKENS_REFUSED;
	key = token_counts_key(app, talk, &m, 1);
	tokens = token_counts_get(app, key);
	if (tokens == TOKENS_UNKNOWN && ask && token_counts_can_ask(app, talk->link))
		token_counts_ask(app, talk, key, &m, 1);
	return tokens;
}

static int64_t
count_file(struct app *app, const struct talk *talk, const struct attachment *file, bool ask)
{
	struct attachment *items[] = {(struct attachment *)file};
	const struct attachments alone = {items, 1};
	int64_t with, without = count(app, talk, NULL, ask);

	if (without < 0)
		return -1;
	with = count(app, talk, &alone, ask);
	return with > without ? with - without : -1;
}

int64_t
attach_tokens(const struct app *app, const struct talk *talk, const struct attachment *file)
{
	if (!app->token_counts || !talk->link)
		return -1;
	return count_file((struct app *)app, talk, file, false);
}

void
attach_tokens_turn(struct app *app)
{
	struct talk *talk = app->pane->talk;

	for (size_t i = 0; i < talk->attached.n && token_counts_can_ask(app, talk->link); i++)
		(void)count_file(app, talk, talk->attached.items[i], true);
}
