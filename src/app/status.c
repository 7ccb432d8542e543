/*
 * status.c - words for the status bar and the empty transcript. All foreign text is cleaned here.
 */
#include "app/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/clean.h"

/* Cleaned, and cut where it does not fit. */
static void
set_text(char *to, size_t space, const char *foreign)
{
	char *clean = clean_line(foreign);
	size_t len = strlen(clean);

	if (len >= space)
		len = utf8_floor(clean, space - 1);
	memcpy(to, clean, len);
	to[len] = '\0';
	free(clean);
}

static void
set_reachability(const struct server_info *server, struct status *status)
{
	const char *word = server_state_word(server->state);
	char words[ERR_TEXT_MAX + 64];

	/* The sentence for a server that is not there holds its endpoint; a failing one is explained by its own. */
	if (server->state == SERVER_NOT_RUNNING && server->error.code != ERR_NONE)
		snprintf(words, sizeof(words), "%s", server->error.text);
	else if (server->state == SERVER_FAILING && server->error.code != ERR_NONE)
		snprintf(words, sizeof(words), "%s: %s", word, server->error.text);
	else
		snprintf(words, sizeof(words), "%s", word);
	set_text(status->reachability, sizeof(status->reachability), words);
}

static const struct message *
last_reply(const struct app *app)
{
	const struct message *leaf = conversation_leaf(app->session.conversation);

	return leaf && leaf->role == CHAT_ASSISTANT ? leaf : NULL;
}

static void
set_model(const struct app *app, struct status *status)
{
	const struct message *reply = last_reply(app);
	const char *name = app->server.model;

	if (!*name && reply)
		name = buf_text(&reply->model);
	if (!*name && app->model->model)
		name = app->model->model;
	set_text(status->model, sizeof(status->model), name);
}

static void
set_activity(const struct app *app, struct status *status)
{
	const struct message *reply = last_reply(app);
	size_t space = sizeof(status->activity);

	switch (app->session.state) {
	case SESSION_WAITING:
		snprintf(status->activity, space, "waiting");
		break;
	case SESSION_READING:
		snprintf(status->activity, space, "reading prompt %d %%", chat_progress_percent(&reply->progress));
		break;
	case SESSION_THINKING:
		snprintf(status->activity, space, "thinking");
		break;
	case SESSION_WRITING:
		snprintf(status->activity, space, "writing");
		break;
	case SESSION_STOPPING:
		snprintf(status->activity, space, "stopping");
		break;
	case SESSION_IDLE:
		if (reply && reply->timings.predicted_per_second > 0)
			snprintf(status->activity, space, "%.1f tok/s", reply->timings.predicted_per_second);
		break;
	}
}

static int64_t
context_used(const struct message *reply)
{
	const struct chat_timings *t = &reply->timings;

	if (t->cache_n + t->prompt_n + t->predicted_n > 0)
		return t->cache_n + t->prompt_n + t->predicted_n;
	return reply->usage.prompt_tokens > 0 && reply->usage.completion_tokens >= 0
	               ? reply->usage.prompt_tokens + reply->usage.completion_tokens
	               : 0;
}

/* While a reply has told nothing yet, what its predecessor used still holds. */
static void
set_context(const struct app *app, struct status *status)
{
	status->context_size = app->server.n_ctx;
	for (const struct message *m = conversation_leaf(app->session.conversation); m; m = m->parent) {
		status->context_used = context_used(m);
		if (status->context_used > 0)
			break;
	}
}

void
status_make(const struct app *app, struct status *status)
{
	*status = (struct status){.message = app->message, .message_is_error = app->message_is_error};
	set_reachability(&app->server, status);
	set_model(app, status);
	set_activity(app, status);
	set_context(app, status);
}

void
status_hint(const struct app *app, struct buf *out)
{
	char *words;

	if (app->server.state == SERVER_NOT_RUNNING) {
		words = clean_line(app->server.error.text);
		buf_printf(out,
		        "%s\n\nStart it there, for example:\n  llama-server -m MODEL.gguf --port 8080\n"
		        "or say where it is:\n  flynn -e http://HOST:PORT\n\nThe chat goes live by itself.",
		        words);
		free(words);
		return;
	}
	buf_puts(out, "Enter sends, Ctrl+J breaks the line, Esc stops a reply, Ctrl+Q quits.");
}
