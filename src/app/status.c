/*
 * status.c - words for the status bar and the empty transcript. All foreign text is cleaned here.
 */
#include "app/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/context.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/key_hint.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/models.h"
#include "app/pane.h"
#include "app/preset.h"
#include "app/settings.h"
#include "app/talk.h"
#include "base/utf8.h"
#include "text/clean.h"

enum {
	SILENCE_MS = 5000, /* of a running reply, before a word is said about it */
	NEWS_LAST = 99,    /* of the conversations' numbers */
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

/* "ready at localhost:9931", where that was found out. */
static void
set_answering(const struct link *link, struct status *status)
{
	const char *address = link_answering(link);
	char words[256];

	if (!address)
		return;
	snprintf(words, sizeof(words), "%s at %s", server_state_word(link->server.state), address);
	set_text(status->state[1], sizeof(status->state[1]), status->state[0]);
	set_text(status->state[0], sizeof(status->state[0]), words);
}

static const struct message *
last_reply(const struct talk *talk)
{
	const struct message *leaf = conversation_leaf(talk->session.conversation);

	return leaf && leaf->role == CHAT_ASSISTANT ? leaf : NULL;
}

static void
set_model(const struct talk *talk, struct status *status)
{
	const struct message *reply = last_reply(talk);
	const char *name = talk->link->server.model;

	if (!*name && talk->link->asked)
		name = talk->link->asked;
	if (!*name && reply)
		name = buf_text(&reply->model);
	if (!*name && talk->link->model->model)
		name = talk->link->model->model;
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
set_waiting(const struct talk *talk, int64_t now_ms, struct status *status)
{
	long silent = silent_seconds(&talk->session, now_ms);

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
set_arriving(const struct talk *talk, int64_t now_ms, const char *doing, struct status *status)
{
	long silent = silent_seconds(&talk->session, now_ms);
	double rate = pace_rate(&talk->session.pace, now_ms);

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
set_activity(const struct talk *talk, int64_t now_ms, struct status *status)
{
	const struct message *reply = last_reply(talk);

	if (talk->session.lost && talk->session.state != SESSION_STOPPING) {
		put(status, 0, "reconnecting");
		return;
	}
	switch (talk->session.state) {
	case SESSION_WAITING:
		set_waiting(talk, now_ms, status);
		break;
	case SESSION_READING:
		set_reading(reply, status);
		break;
	case SESSION_THINKING:
		set_arriving(talk, now_ms, "thinking", status);
		break;
	case SESSION_WRITING:
		set_arriving(talk, now_ms, "writing", status);
		break;
	case SESSION_STOPPING:
		put(status, 0, "stopping");
		break;
	case SESSION_IDLE:
		if (talk->summing_up >= 0)
			put(status, 0, "summing up %d %%", talk->summing_up);
		else if (reply && reply->timings.predicted_per_second > 0)
			put(status, 0, "%.1f tok/s", reply->timings.predicted_per_second);
		break;
	}
}

static void
set_context(const struct talk *talk, struct status *status)
{
	struct context_gauge gauge;

	context_gauge(talk, &gauge);
	status->context_used = gauge.used;
	status->context_size = gauge.size;
	status->context_is_about = gauge.is_about;
}

void
status_of(const struct talk *talk, int64_t now_ms, struct status *status)
{
	*status = (struct status){0};
	set_state(&talk->link->server, status);
	set_answering(talk->link, status);
	set_model(talk, status);
	set_activity(talk, now_ms, status);
	status->busy = !talk_is_idle(talk);
	set_context(talk, status);
}

/* "2 done, 3 failed", by their numbers. */
static void
put_news(const struct app *app, struct buf *out)
{
	for (unsigned number = 1; number <= NEWS_LAST; number++) {
		const struct talk *talk = conversations_numbered(app, number);

		if (talk && talk->news != NEWS_NONE)
			buf_printf(out, "%s%u %s", out->len > 0 ? ", " : "", number,
			        talk->news == NEWS_DONE ? "done" : "failed");
	}
}

static void
set_trouble(const struct app *app, struct status *status)
{
	if (app->keeper->trouble)
		set_text(status->trouble, sizeof(status->trouble), app->keeper->trouble);
}

static void
add_to_model(struct status *status, const char *words)
{
	struct buf model = {0};

	if (!*words)
		return;
	buf_printf(&model, "%s%s%s", status->model, *status->model ? " · " : "", words);
	set_text(status->model, sizeof(status->model), buf_text(&model));
	buf_release(&model);
}

/* "qwen · translator · thinking off" */
static void
set_details(const struct app *app, const struct talk *talk, struct status *status)
{
	char preset[PRESET_WORD_MAX];
	struct buf thinking = {0};

	preset_word(app, talk, preset);
	add_to_model(status, preset);
	settings_put_thinking(app, talk, &thinking);
	add_to_model(status, buf_text(&thinking));
	buf_release(&thinking);
}

/* "loading 43 %": the model that the next prompt goes to, or that a prompt waits for. */
static void
set_loading(const struct app *app, const struct talk *talk, struct status *status)
{
	int percent;

	if ((talk->session.state != SESSION_IDLE && talk->session.state != SESSION_WAITING) ||
	        !models_is_loading(app, talk->link, &percent))
		return;
	if (percent >= 0)
		put(status, 0, "loading %d %%", percent);
	else
		put(status, 0, "loading");
	put(status, 1, "%s", "");
}

void
status_make(const struct app *app, int64_t now_ms, struct status *status)
{
	struct buf news = {0};

	status_of(app->pane->talk, now_ms, status);
	status->context_cost = context_cost(app);
	set_loading(app, app->pane->talk, status);
	set_details(app, app->pane->talk, status);
	status->message = app->message;
	status->message_is_error = app->message_is_error;
	set_trouble(app, status);
	put_news(app, &news);
	set_text(status->news, sizeof(status->news), buf_text(&news));
	buf_release(&news);
}

/* Of the last row of a page, which leaves out what is the chat's own. */
static void
make_for_page(const struct app *app, struct status *status)
{
	*status = (struct status){.message = app->message, .message_is_error = app->message_is_error};
	set_state(&app->pane->talk->link->server, status);
	set_trouble(app, status);
}

int
status_words_cols(const struct app *app, int cols)
{
	struct status status;

	make_for_page(app, &status);
	return statusbar_message_cols(&status, cols);
}

void
status_draw_words(const struct app *app, struct grid *g, const char *words, bool is_error)
{
	struct status status;

	make_for_page(app, &status);
	if (!status.message) {
		status.message = words;
		status.message_is_error = is_error;
	}
	grid_blank(g, (struct rect){g->rows - 1, 0, 1, g->cols});
	statusbar_draw(&status, g, (struct rect){g->rows - 1, 0, 1, g->cols});
}

int64_t
status_next_ms(const struct talk *talk, int64_t now_ms)
{
	int64_t silent = now_ms - talk->session.heard_ms;

	if (talk_is_idle(talk))
		return 0;
	return now_ms + 1000 - (silent > 0 ? silent % 1000 : 0);
}

/* ---- for the title of a pane ---- */

static bool
has_failed(const struct talk *talk)
{
	const struct message *reply = last_reply(talk);

	return talk->session.failed.code != ERR_NONE || (reply && reply->state == MESSAGE_FAILED);
}

const char *
status_word(const struct talk *talk, const struct status *status)
{
	if (!talk_is_idle(talk))
		return *status->activity[1] ? status->activity[1] : status->activity[0];
	if (!server_state_is_up(talk->link->server.state))
		return server_state_word(talk->link->server.state);
	return has_failed(talk) ? "failed" : status->activity[0];
}

void
status_title(const struct talk *talk, char title[static STATUS_TITLE_MAX])
{
	const struct conversation_info *info = conversation_info(talk->session.conversation);

	set_text(title, STATUS_TITLE_MAX, info->title.len > 0 ? buf_text(&info->title) : "new conversation");
}

void
status_clean(const char *text, char clean[static STATUS_TITLE_MAX])
{
	set_text(clean, STATUS_TITLE_MAX, text);
}

void
status_model(const struct link *link, char name[static STATUS_TITLE_MAX])
{
	set_text(name, STATUS_TITLE_MAX, model_name_of(link));
}

static void
hint_not_running(const struct err *why, struct buf *out)
{
	char *words = clean_line(why->text);

	buf_printf(out,
	        "%s\n\nStart it there, for example:\n  llama-server -m MODEL.gguf --port 8080\n"
	        "or say where it is:\n  flynn -e http://HOST:PORT\n"
	        "or try flynn without a server:\n  flynn demo\n\nThe chat connects by itself.",
	        words);
	free(words);
}

static void
hint_unauthorised(const struct err *why, struct buf *out)
{
	char *words = clean_line(why->text);

	buf_printf(out,
	        "llama-server requires its key (%s)\n\nStart flynn with the key that llama-server got as --api-key:\n"
	        "  FLYNN_AUTH_TOKEN=KEY flynn\nor put it into the configuration (see flynn doctor):\n"
	        "  auth_token: KEY",
	        words);
	free(words);
}

static void
hint_keys(const struct keymap *map, struct buf *out)
{
	char *help = hint_key(map, CONTEXT_COMPOSER, "help", "helps");

	buf_puts(out, "Enter sends, ");
	if (keymap_say_action(map, CONTEXT_COMPOSER, "newline", out))
		buf_puts(out, " breaks the line, ");
	buf_printf(out, "Esc stops a reply, Ctrl+Q quits%s%s.", *help ? ", " : "", help);
	free(help);
}

void
status_hint(const struct app *app, const struct link *link, struct buf *out)
{
	if (link->server.state == SERVER_NOT_RUNNING) {
		hint_not_running(&link->server.error, out);
		return;
	}
	if (link->server.state == SERVER_UNAUTHORISED) {
		hint_unauthorised(&link->server.error, out);
		return;
	}
	if (link->model->greeting)
		buf_printf(out, "%s\n\n", link->model->greeting);
	hint_keys(&app->keymap, out);
}
