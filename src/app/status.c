/*
 * status.c - words for the status bar and the titles of panes. All foreign text is cleaned here.
 */
#include "app/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/context.h"
#include "app/hidden.h"
#include "app/keeper.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/models.h"
#include "app/pane.h"
#include "app/preset.h"
#include "app/replay.h"
#include "app/settings.h"
#include "app/status_activity.h"
#include "app/talk.h"
#include "base/utf8.h"
#include "text/clean.h"

/* Some of a text. */
struct bytes {
	const char *at;
	size_t len;
};

/* Needs no cleaning: most names and messages do not. */
static bool
is_plain(const char *text, size_t *len)
{
	const char *c = text;

	while (*c >= ' ' && *c < 0x7f)
		c++;
	*len = (size_t)(c - text);
	return *c == '\0';
}

static void
set_cleaned(char *to, size_t space, const char *foreign)
{
	char *clean = clean_line(foreign);
	size_t len = strlen(clean);

	if (len >= space)
		len = utf8_floor(clean, space - 1);
	memcpy(to, clean, len);
	to[len] = '\0';
	free(clean);
}

/* Cleaned, and cut where it does not fit. */
static void
set_text(char *to, size_t space, const char *foreign)
{
	size_t plain;

	if (is_plain(foreign, &plain) && plain < space)
		memcpy(to, foreign, plain + 1);
	else
		set_cleaned(to, space, foreign);
}

/* Nothing is known of the server. */
static void
set_net_late(struct status *status)
{
	*status->state[1] = '\0';
	set_text(status->state[0], sizeof(status->state[0]), "no network: the disk does not answer");
	set_text(status->state[2], sizeof(status->state[2]), "no network");
}

static bool
is_about(const char *why, const char *who)
{
	size_t n = strlen(who);

	return strncmp(why, who, n) == 0 && why[n] == ' ';
}

/* "llama-server not running at http://x (why)" in less words; a state that is one word has no shorter one. */
static void
set_state(const struct app *app, const struct server_info *server, const char *who, struct status *status)
{
	const char *word = server_state_word(server->state), *why = server->error.text;
	size_t space = sizeof(status->state[0]);
	char words[ERR_TEXT_MAX + 64], *cause;

	if (app->config->offline)
		word = "offline";
	if (hidden_is_on(app) || server->error.code == ERR_NONE ||
	        (server->state != SERVER_NOT_RUNNING && server->state != SERVER_FAILING)) {
		set_text(status->state[0], space, word);
		return;
	}
	if (server->state == SERVER_NOT_RUNNING) {
		set_text(status->state[0], space, why);
		snprintf(words, sizeof(words), "%s", is_about(why, who) ? why + strlen(who) + 1 : why);
	} else {
		snprintf(words, sizeof(words), "%s: %s", word, why);
		set_text(status->state[0], space, words);
	}
	if ((cause = strstr(words, " (")) != NULL)
		*cause = '\0';
	set_text(status->state[1], space, words);
	set_text(status->state[2], space, word);
}

/* "localhost:9931" of "http://localhost:9931/llm/v1": whatever is there at other paths is one server to a person. A socket's is
 * all of it. */
static struct bytes
address_in(const char *endpoint)
{
	const char *host = strstr(endpoint, "://");

	return host ? (struct bytes){host + 3, strcspn(host + 3, "/")} : (struct bytes){endpoint, strlen(endpoint)};
}

/* The models of the configuration are served at more than one address. */
static bool
has_several_servers(const struct app *app)
{
	const struct config *config = app->config;
	struct bytes first = address_in(config->models[0].endpoint ? config->models[0].endpoint : "");

	for (size_t i = 1; i < config->n_models; i++) {
		struct bytes other = address_in(config->models[i].endpoint ? config->models[i].endpoint : "");

		if (other.len != first.len || memcmp(other.at, first.at, other.len) != 0)
			return true;
	}
	return false;
}

/* Whether the address is worth a word, and not said already. */
static bool
tells_address(const struct app *app, const struct link *link)
{
	enum server_state state = link->server.state;

	if (state == SERVER_UNKNOWN || state == SERVER_NOT_RUNNING || hidden_is_on(app))
		return false;
	return link->n_clients > 1 ? state != SERVER_TIMED_OUT : has_several_servers(app);
}

/* "ready at localhost:9931", "failing at localhost:9931: HTTP 502" */
static void
set_address(const struct app *app, const struct link *link, struct status *status)
{
	struct bytes address = address_in(link_client(link)->endpoint.text);
	const char *word = server_state_word(link->server.state);
	struct buf words = {0};

	if (!tells_address(app, link))
		return;
	buf_printf(&words, "%s at %.*s", word, (int)address.len, address.at);
	if (link->server.state == SERVER_FAILING) {
		set_text(status->state[1], sizeof(status->state[1]), buf_text(&words));
		buf_printf(&words, ": %s", link->server.error.text);
	}
	set_text(status->state[0], sizeof(status->state[0]), buf_text(&words));
	set_text(status->state[2], sizeof(status->state[2]), word);
	buf_release(&words);
}

static void
set_model(const struct app *app, const struct talk *talk, struct status *status)
{
	const struct message *reply = status_reply(talk);
	const char *name = talk->link->server.model;

	if (!*name && talk->link->asked)
		name = talk->link->asked;
	if (!*name && reply)
		name = buf_text(&reply->model);
	if (!*name && talk->link->model->model)
		name = talk->link->model->model;
	set_text(status->model, sizeof(status->model), model_show_name(app, name));
}

static void
set_context(const struct talk *talk, int64_t now_ms, struct status *status)
{
	struct context_gauge gauge;

	context_gauge(talk, status_numbers_ms(now_ms), &gauge);
	status->context_used = gauge.used;
	status->context_size = gauge.size;
	status->context_is_about = gauge.is_about;
}

void
status_of(const struct app *app, const struct talk *talk, int64_t now_ms, struct status *status)
{
	*status = (struct status){0};
	set_state(app, &talk->link->server, link_client(talk->link)->server_name, status);
	set_model(app, talk, status);
	status_set_activity(talk, now_ms, status);
	status->busy = !talk_is_idle(talk) || talk->stop != STOP_NONE;
	set_context(talk, now_ms, status);
}

/* The conversation with news of the lowest number above this one; NULL: there is none. */
static const struct talk *
next_news(const struct app *app, unsigned above)
{
	const struct talk *next = NULL;

	for (size_t i = 0; i < app->n_talks; i++) {
		const struct talk *talk = app->talks[i];

		if (talk->news != NEWS_NONE && talk->number > above && (!next || talk->number < next->number))
			next = talk;
	}
	return next;
}

/* "2 done, 3 failed", by their numbers. */
static void
set_news(const struct app *app, struct status *status)
{
	const struct talk *talk = next_news(app, 0);
	size_t len = 0, space = sizeof(status->news);

	for (; talk && len < space; talk = next_news(app, talk->number))
		len += (size_t)snprintf(status->news + len, space - len, "%s%u %s", len > 0 ? ", " : "", talk->number,
		        talk->news == NEWS_DONE ? "done" : "failed");
}

static void
set_trouble(const struct app *app, struct status *status)
{
	if (app->keeper->trouble)
		set_text(status->trouble, sizeof(status->trouble), app->keeper->trouble);
}

/* Most conversations are used as their models are: this is asked for every frame. */
static bool
has_details(const struct talk *talk)
{
	const struct conversation_info *info = conversation_info(talk->session.conversation);

	return info->preset.len > 0 || !parameters_is_empty(&info->parameters) ||
	       !parameters_is_empty(&talk->link->model->parameters);
}

/* "translator · thinking off" */
static void
set_details(const struct app *app, const struct talk *talk, struct status *status)
{
	char preset[PRESET_WORD_MAX];
	struct buf words = {0}, thinking = {0};

	if (!has_details(talk) || hidden_is_on(app))
		return;
	preset_word(app, talk, preset);
	settings_put_thinking(app, talk, &thinking);
	buf_printf(&words, "%s%s%s", preset, *preset && thinking.len > 0 ? " · " : "", buf_text(&thinking));
	set_text(status->details, sizeof(status->details), buf_text(&words));
	buf_release(&words);
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
		status_put(status, 0, "loading %d %%", percent);
	else
		status_put(status, 0, "loading");
	status_put(status, 1, "%s", "");
}

void
status_make(const struct app *app, int64_t now_ms, struct status *status)
{
	status_of(app, app->pane->talk, now_ms, status);
	status->context_cost = context_cost(app);
	set_loading(app, app->pane->talk, status);
	set_address(app, app->pane->talk->link, status);
	if (app->net_is_late)
		set_net_late(status);
	set_details(app, app->pane->talk, status);
	status->message = app->message.text;
	status->message_is_error = app->message.is_error;
	set_trouble(app, status);
	set_news(app, status);
	replay_set_status(app, status);
}

/* Of the last row of a page, which leaves out what is the chat's own. */
static void
make_for_page(const struct app *app, struct status *status)
{
	*status = (struct status){.message = app->message.text, .message_is_error = app->message.is_error};
	set_state(app, &app->pane->talk->link->server, link_client(app->pane->talk->link)->server_name, status);
	set_address(app, app->pane->talk->link, status);
	if (app->net_is_late)
		set_net_late(status);
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
	statusbar_draw(&status, g, (struct rect){g->rows - 1, 0, 1, g->cols});
}

/* ---- for the title of a pane ---- */

static bool
has_failed(const struct talk *talk)
{
	const struct message *reply = status_reply(talk);

	return talk->session.failed.code != ERR_NONE || (reply && reply->state == MESSAGE_FAILED);
}

const char *
status_word(const struct talk *talk, const struct status *status)
{
	const char *shortest = *status->activity[1] ? status->activity[1] : status->activity[0];

	if (!talk_is_idle(talk))
		return shortest;
	if (!server_state_is_up(talk->link->server.state))
		return server_state_word(talk->link->server.state);
	return has_failed(talk) ? "failed" : shortest;
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
status_model(const struct app *app, const struct link *link, char name[static STATUS_TITLE_MAX])
{
	set_text(name, STATUS_TITLE_MAX, hidden_model(app, model_name_of(link)));
}
