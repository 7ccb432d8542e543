/*
 * telling.c - text/spoken.h is given the reply's text as it grows. A reply that is continued is told from where it went on.
 */
#include "linear/telling.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/status.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "linear/state.h"
#include "text/spoken.h"
#include "tui/message_words.h"

enum {
	WAIT_MS_MAX = 30000, /* between two words on what is waited for */
};

static struct telling *
telling_of(const struct app *app)
{
	return &linear_of(app)->telling;
}

void
telling_reset(struct app *app)
{
	struct telling *t = telling_of(app);

	spoken_free(t->spoken);
	*t = (struct telling){0};
}

/* ---- text ---- */

static void
grow(struct app *app, struct spoken *spoken, const char *text, size_t n, bool ended)
{
	struct buf out = {0};

	spoken_grow(spoken, text, n, ended, &out);
	linear_put(app, buf_text(&out), out.len);
	buf_release(&out);
}

/* What came was thought, though it did not look like it. */
static void
start_over(struct app *app, struct telling *t, const struct message *reply)
{
	spoken_free(t->spoken);
	t->spoken = spoken_new();
	t->from = 0;
	t->moves = reply->moves;
	linear_note(app, "all this was thought");
}

/* Once its text begins. */
static void
tell_thought(struct app *app, struct telling *t, const struct message *reply)
{
	struct buf words = {0};

	if (t->thought_is_told || reply->reasoning.len == 0 || reply->content.len == t->from)
		return;
	t->thought_is_told = true;
	message_words_thought(reply, INT_MAX, &words);
	linear_note(app, "%s", buf_text(&words));
	buf_release(&words);
}

static void
tell_text(struct app *app, const struct message *reply, bool ended)
{
	struct telling *t = telling_of(app);

	if (reply->moves != t->moves)
		start_over(app, t, reply);
	tell_thought(app, t, reply);
	if (reply->content.len > t->from || ended)
		grow(app, t->spoken, buf_text(&reply->content) + t->from, reply->content.len - t->from, ended);
}

/* ---- the end ---- */

static void
put_figures(const struct message *m, struct buf *out)
{
	int64_t tokens = m->usage.completion_tokens;
	double rate = m->timings.predicted_per_second;

	if (tokens > 0)
		buf_printf(out, ", %" PRId64 " token%s", tokens, tokens == 1 ? "" : "s");
	if (rate >= 10)
		buf_printf(out, ", %.0f tokens a second", rate);
	else if (rate > 0)
		buf_printf(out, ", %.1f tokens a second", rate);
}

/* Each note of several without its brackets, for there are some around all of it. */
static void
put_note(const struct message *m, struct buf *out)
{
	static const char ends[] = "ends here: ", between[] = ") (";
	char *note = message_words_note(m, NULL, NULL, INT_MAX), *words = note + 1, *next;
	size_t n = strlen(note);
	bool first = true;

	if (n > 2 && note[0] == '(' && note[n - 1] == ')') {
		note[n - 1] = '\0';
		for (; words; words = next ? next + strlen(between) : NULL) {
			next = strstr(words, between);
			words += strncmp(words, ends, strlen(ends)) == 0 ? strlen(ends) : 0;
			buf_puts(out, first ? ": " : "; ");
			buf_put(out, words, next ? (size_t)(next - words) : strlen(words));
			first = false;
		}
	}
	free(note);
}

static void
put_ways(const struct message *m, struct buf *out)
{
	bool can_go_on = message_can_continue(m), has_failed = m->state == MESSAGE_FAILED;

	if (can_go_on)
		buf_puts(out, ". /continue goes on with it, /retry asks again");
	else if (has_failed || m->content.len == 0)
		buf_puts(out, ". /retry asks again");
}

static void
tell_end(struct app *app, const struct message *m)
{
	struct buf words = {0};

	buf_puts(&words, m->state == MESSAGE_FAILED ? "the reply broke off" : "end of reply");
	put_figures(m, &words);
	put_note(m, &words);
	put_ways(m, &words);
	linear_note(app, "%s", buf_text(&words));
	buf_release(&words);
}

void
telling_whole(struct app *app, const struct message *m)
{
	struct spoken *spoken = spoken_new();

	grow(app, spoken, buf_text(&m->content), m->content.len, true);
	spoken_free(spoken);
	if (m->role == CHAT_ASSISTANT)
		tell_end(app, m);
}

void
telling_thought(struct app *app, const struct message *m)
{
	struct spoken *spoken = spoken_new();

	grow(app, spoken, buf_text(&m->reasoning), m->reasoning.len, true);
	spoken_free(spoken);
	linear_note(app, "end of thought");
}

/* What to do. */
static void
advise(struct app *app, const struct talk *talk)
{
	if (talk->ended == ERR_UNREACHABLE && model_is_llama_server(link_client(talk->link)))
		linear_warn(app,
		        "start llama-server, or give its address with -e URL; flynn doctor looks for what is wrong");
	else if (talk->ended == ERR_UNREACHABLE)
		linear_warn(app, "start it, or correct its endpoint: in the configuration; flynn doctor looks for what "
		                 "is wrong");
	else if (talk->ended == ERR_UNAUTHORISED)
		linear_warn(app, "set FLYNN_AUTH_TOKEN, or auth_token: in the configuration, to the key of the server");
	else if (talk->ended == ERR_MODEL)
		linear_warn(app, "/model chooses another model");
}

/* The prompt is back in the composer, which an empty line sends. */
static void
say_kept(struct app *app)
{
	if (linear_of(app)->typed && !composer_is_blank(&app->composer))
		linear_note(app, "the prompt is kept: an empty line sends it again");
}

/* ---- a turn ---- */

static void
begin_turn(struct app *app, const struct talk *talk)
{
	struct telling *t = telling_of(app);

	telling_reset(app);
	*t = (struct telling){.on = true, .spoken = spoken_new(), .ends = talk->ends};
	linear_of(app)->quiet_ms = clock_ms();
}

static void
meet_reply(struct telling *t, const struct message *reply)
{
	t->message = reply->id;
	t->from = reply->content.len;
	t->moves = reply->moves;
	t->thought_is_told = reply->content.len > 0;
}

/* app_say has told why it failed. */
static void
end_turn(struct app *app, const struct talk *talk)
{
	struct telling *t = telling_of(app);
	const struct message *m = t->message ? conversation_find(talk->session.conversation, t->message) : NULL;
	bool has_ended = talk->ends != t->ends; /* else the conversation was summed up */
	bool has_failed = has_ended && talk->ended != ERR_NONE && talk->ended != ERR_CANCELLED;

	if (m)
		tell_text(app, m, true);
	if (has_failed)
		linear_failed(app, err_exit_status(talk->ended));
	if (has_failed && app->message.text) {
		linear_warn(app, "%s", app->message.text);
		app_say(app, false, NULL);
	}
	if (m)
		tell_end(app, m);
	if (has_failed)
		advise(app, talk);
	else if (has_ended && !m && talk->ended == ERR_CANCELLED)
		linear_note(app, "stopped");
	if (has_ended && !m)
		say_kept(app);
	telling_reset(app);
}

bool
telling_turn(struct app *app)
{
	const struct talk *talk = app->pane->talk;
	struct telling *t = telling_of(app);
	const struct message *reply = talk->session.reply;

	if (!t->on && talk_is_idle(talk))
		return false;
	if (!t->on)
		begin_turn(app, talk);
	if (talk_is_idle(talk)) {
		end_turn(app, talk);
		return true;
	}
	if (reply && t->message != reply->id)
		meet_reply(t, reply);
	if (reply)
		tell_text(app, reply, false);
	return false;
}

/* ---- waiting ---- */

/* Rates change all the time, and say nothing to somebody who waits. */
static void
say_wait(struct app *app)
{
	const struct talk *talk = app->pane->talk;
	struct status status;

	if (talk->session.state == SESSION_THINKING && !talk->session.lost) {
		linear_note(app, "thinking");
		return;
	}
	if (talk->session.state == SESSION_WRITING && !talk->session.lost) {
		linear_note(app, "writing");
		return;
	}
	status_of(app, talk, clock_ms(), &status);
	linear_note(app, "%s", status.activity[0]);
}

int
telling_wait(struct app *app)
{
	struct linear *l = linear_of(app);
	int64_t now_ms = clock_ms(), due_ms = l->quiet_ms + l->next_wait_ms;
	int wait_ms = l->next_wait_ms;

	if (!l->typed || !l->telling.on)
		return -1;
	if (now_ms < due_ms)
		return (int)(due_ms - now_ms);
	say_wait(app);
	l->next_wait_ms = wait_ms * 2 < WAIT_MS_MAX ? wait_ms * 2 : WAIT_MS_MAX;
	return l->next_wait_ms;
}
