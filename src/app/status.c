/*
 * status.c - words for the status bar and the empty transcript. All foreign text is cleaned here.
 */
#include "app/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/model.h"
#include "base/utf8.h"
#include "text/clean.h"

enum {
	SILENCE_MS = 5000, /* of a running reply, before a word is said about it */
};

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

/* "llama-server not running at http://x (why)" in less words; a state that is one word has no shorter one. */
static void
set_state(const struct server_info *server, struct status *status)
{
	static const char who[] = "llama-server ";
	const char *word = server_state_word(server->state), *why = server->error.text;
	size_t space = sizeof(status->state[0]);
	char words[ERR_TEXT_MAX + 64], *cause;

	if (server->error.code == ERR_NONE ||
	        (server->state != SERVER_NOT_RUNNING && server->state != SERVER_FAILING)) {
		set_text(status->state[0], space, word);
		return;
	}
	if (server->state == SERVER_NOT_RUNNING) {
		set_text(status->state[0], space, why);
		snprintf(words, sizeof(words), "%s", strncmp(why, who, strlen(who)) == 0 ? why + strlen(who) : why);
		if ((cause = strstr(words, " (")) != NULL)
			*cause = '\0';
	} else {
		snprintf(words, sizeof(words), "%s: %s", word, why);
		set_text(status->state[0], space, words);
		words[0] = '\0';
	}
	set_text(status->state[1], space, words);
	set_text(status->state[2], space, word);
}

static const struct message *
last_reply(const struct app *app)
{
	const struct message *leaf = conversation_leaf(app->pane->talk->session.conversation);

	return leaf && leaf->role == CHAT_ASSISTANT ? leaf : NULL;
}

static void
set_model(const struct app *app, struct status *status)
{
	const struct message *reply = last_reply(app);
	const char *name = app->pane->talk->link->server.model;

	if (!*name && app->pane->talk->link->asked)
		name = app->pane->talk->link->asked;
	if (!*name && reply)
		name = buf_text(&reply->model);
	if (!*name && app->pane->talk->link->model->model)
		name = app->pane->talk->link->model->model;
	set_text(status->model, sizeof(status->model), model_show_name(name));
}

static void put(struct status *, int form, const char *format, ...) PRINTF_LIKE(3, 4);

static void
put(struct status *status, int form, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(status->activity[form], sizeof(status->activity[form]), format, args);
	va_end(args);
}

/* Whole seconds in which nothing came; 0 while they are too few to be worth a word. */
static long
silent_seconds(const struct session *session, int64_t now_ms)
{
	int64_t ms = now_ms - session->heard_ms;

	return ms >= SILENCE_MS ? (long)(ms / 1000) : 0;
}

static void
set_waiting(const struct app *app, int64_t now_ms, struct status *status)
{
	long silent = silent_seconds(&app->pane->talk->session, now_ms);

	if (silent > 0)
		put(status, 0, "waiting %ld s", silent);
	else
		put(status, 0, "waiting");
}

static void
set_reading(const struct message *reply, struct status *status)
{
	int percent = chat_progress_percent(&reply->progress);

	put(status, 0, "reading prompt %d %%", percent);
	put(status, 1, "reading %d %%", percent);
}

/* A server that was ended, or that hangs, may keep the connection open and even ping. */
static void
set_arriving(const struct app *app, int64_t now_ms, const char *doing, struct status *status)
{
	long silent = silent_seconds(&app->pane->talk->session, now_ms);
	double rate = pace_rate(&app->pane->talk->session.pace, now_ms);

	if (silent > 0) {
		put(status, 0, "no text for %ld s", silent);
		put(status, 1, "silent %ld s", silent);
	} else if (rate > 0) {
		long tenths = (long)(rate * 10 + 0.5); /* printing a double takes as long as all else here */

		put(status, 0, "%s %ld.%ld tok/s", doing, tenths / 10, tenths % 10);
		put(status, 1, "%ld.%ld tok/s", tenths / 10, tenths % 10);
	} else {
		put(status, 0, "%s", doing);
	}
}

static void
set_activity(const struct app *app, int64_t now_ms, struct status *status)
{
	const struct message *reply = last_reply(app);

	switch (app->pane->talk->session.state) {
	case SESSION_WAITING:
		set_waiting(app, now_ms, status);
		break;
	case SESSION_READING:
		set_reading(reply, status);
		break;
	case SESSION_THINKING:
		set_arriving(app, now_ms, "thinking", status);
		break;
	case SESSION_WRITING:
		set_arriving(app, now_ms, "writing", status);
		break;
	case SESSION_STOPPING:
		put(status, 0, "stopping");
		break;
	case SESSION_IDLE:
		if (reply && reply->timings.predicted_per_second > 0)
			put(status, 0, "%.1f tok/s", reply->timings.predicted_per_second);
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

/* While a reply arrives, its prompt and the tokens so far; before that, what its predecessor used still holds. */
static void
set_context(const struct app *app, struct status *status)
{
	const struct message *running = app->pane->talk->session.reply;

	status->context_size = app->pane->talk->link->server.n_ctx;
	if (running && running->progress.total > 0 && app->pane->talk->session.pace.tokens > 0)
		status->context_used = running->progress.total + app->pane->talk->session.pace.tokens;
	for (const struct message *m = conversation_leaf(app->pane->talk->session.conversation);
	        m && status->context_used <= 0; m = m->parent)
		status->context_used = context_used(m);
}

void
status_make(const struct app *app, int64_t now_ms, struct status *status)
{
	*status = (struct status){.message = app->message, .message_is_error = app->message_is_error};
	set_state(&app->pane->talk->link->server, status);
	if (app->keeper.trouble)
		set_text(status->trouble, sizeof(status->trouble), app->keeper.trouble);
	set_model(app, status);
	set_activity(app, now_ms, status);
	set_context(app, status);
}

int64_t
status_next_ms(const struct app *app, int64_t now_ms)
{
	int64_t silent = now_ms - app->pane->talk->session.heard_ms;

	if (app->pane->talk->session.state == SESSION_IDLE)
		return 0;
	return now_ms + 1000 - (silent > 0 ? silent % 1000 : 0);
}

void
status_hint(const struct app *app, const struct link *link, struct buf *out)
{
	char *words;

	if (link->server.state == SERVER_NOT_RUNNING) {
		words = clean_line(link->server.error.text);
		buf_printf(out,
		        "%s\n\nStart it there, for example:\n  llama-server -m MODEL.gguf --port 8080\n"
		        "or say where it is:\n  flynn -e http://HOST:PORT\n"
		        "or look at flynn without one:\n  flynn demo\n\nThe chat goes live by itself.",
		        words);
		free(words);
		return;
	}
	if (link->model->greeting)
		buf_printf(out, "%s\n\n", link->model->greeting);
	buf_puts(out, "Enter sends, ");
	if (keymap_say_action(&app->keymap, CONTEXT_COMPOSER, "newline", out))
		buf_puts(out, " breaks the line, ");
	buf_puts(out, "Esc stops a reply, Ctrl+Q quits.");
}
