/*
 * input.c - a line is taken when nothing runs any more that it may be about. Lines that wait are the draft.
 */
#include "linear/input.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/attach_send.h"
#include "app/command.h"
#include "app/keeper.h"
#include "app/model_link.h"
#include "app/opening.h"
#include "app/pane.h"
#include "app/talk.h"
#include "app/turn.h"
#include "linear/announce.h"
#include "linear/commands.h"
#include "linear/question.h"
#include "linear/series.h"
#include "linear/state.h"

enum {
	READ_MAX = 64 * 1024, /* bytes of standard input that wait: a pipe is not read further */
};

static bool
is_reading_files(const struct app *app)
{
	struct pollfd fds[ATTACH_JOBS_MAX];

	return attach_keeps_keys(app) || attach_fds(app, fds) > 0;
}

/* Whatever the next line may be about has not ended yet. */
bool
input_must_wait(const struct app *app)
{
	const struct linear *l = linear_of(app);
	enum server_state state = app->pane->talk->link->server.state;

	return !talk_is_idle(app->pane->talk) || is_reading_files(app) || l->waits_for != WAITS_FOR_NOTHING ||
	       l->series.left > 0 || app->pane->wanted || app->keeper->restoring || opening_is_on(app) || !l->started ||
	       (state == SERVER_LOADING && !l->typed);
}

static void
send_text(struct app *app, const char *text, size_t n, bool quoted)
{
	struct linear *l = linear_of(app);

	composer_reset(&app->composer);
	if (!(quoted ? composer_replace_pasted(&app->composer, text, n) : composer_type(&app->composer, text, n))) {
		app_say(app, true, "too long for one prompt");
		return;
	}
	app->excess_said = app->words_refused = !l->typed;
	linear_send(app);
}

/* A text of the library waits for what goes into it. */
static void
fill_template(struct app *app, const char *text, size_t n)
{
	struct linear *l = linear_of(app);
	struct buf whole = {0};

	buf_put(&whole, l->template_text, l->template_at);
	buf_put(&whole, text, n);
	buf_puts(&whole, l->template_text + l->template_at);
	free(l->template_text);
	l->template_text = NULL;
	send_text(app, buf_text(&whole), whole.len, true);
	buf_release(&whole);
}

static bool
is_blank(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0';
}

static void
take_entry(struct app *app, struct buf *entry, bool quoted)
{
	struct linear *l = linear_of(app);
	const char *text = buf_text(entry);

	if (!quoted && question_is_open(app) && question_answer(app, text))
		return;
	if (!quoted && command_is_one(text)) {
		linear_command_run(app, text);
		return;
	}
	if (l->template_text) {
		fill_template(app, text, entry->len);
		return;
	}
	if (!is_blank(text))
		send_text(app, text, entry->len, quoted);
	else if (l->typed && !composer_is_blank(&app->composer))
		linear_send(app);
}

/* What was typed and waits is the draft, so that it is not lost, however flynn ends; unless a prompt is there that is about to be
 * sent. */
static void
keep_waiting(struct app *app)
{
	struct linear *l = linear_of(app);
	size_t n = l->in.bytes.len;
	bool waits;

	if (l->keeps_waiting)
		composer_reset(&app->composer);
	waits = l->typed && n > 0 && composer_is_blank(&app->composer) && input_must_wait(app);
	while (waits && n > 0 && l->in.bytes.data[n - 1] == '\n')
		n--;
	l->keeps_waiting = waits && composer_replace_pasted(&app->composer, l->in.bytes.data, n);
}

/* False: there is none, or not yet. */
bool
input_take_next(struct app *app)
{
	struct linear *l = linear_of(app);
	struct buf entry = {0};
	size_t before = l->in.bytes.len;
	bool quoted, taken = !input_must_wait(app) && lines_next(&l->in, &entry, &quoted);

	if (l->in.bytes.len < before)
		l->prompted = false;
	if (taken) {
		keep_waiting(app);
		l->prompted = l->excused = l->confirms_end = false;
		take_entry(app, &entry, quoted);
		announce_news(app);
		keep_waiting(app);
	}
	buf_release(&entry);
	return taken;
}

/* Those that must not wait. */
static void
take_urgent(struct app *app)
{
	static const char *const stops[] = {"/stop", NULL}, *const ends[] = {"/quit", "/exit", "/q", NULL};
	struct linear *l = linear_of(app);

	if (!l->typed || !input_must_wait(app))
		return;
	if (lines_take(&l->in, ends)) {
		app_quit(app, l->status);
	} else if (lines_take(&l->in, stops)) {
		series_stop(app);
		(void)turn_stop(app);
	} else if (!l->excused && l->telling.on && lines_count(&l->in) > 0) {
		l->excused = true;
		linear_note(app, "this waits for the end of the reply");
	}
}

void
input_read(struct app *app)
{
	struct linear *l = linear_of(app);
	char bytes[4096];
	ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n > 0)
		lines_add(&l->in, bytes, (size_t)n);
	else
		l->in.ended = true;
	take_urgent(app);
	keep_waiting(app);
}

/* All was taken, and answered. */
void
input_end(struct app *app)
{
	struct linear *l = linear_of(app);

	if (!l->in.ended || l->in.bytes.len > 0 || input_must_wait(app))
		return;
	if (l->prompted)
		out_put(&l->out, STDOUT_FILENO, "\n", 1);
	l->prompted = false;
	app_quit(app, l->status);
}

bool
input_drop_begun(struct app *app)
{
	struct linear *l = linear_of(app);
	bool had_one = lines_are_open(&l->in) || question_is_open(app) || l->template_text;

	lines_drop(&l->in);
	keep_waiting(app);
	question_drop(app);
	free(l->template_text);
	l->template_text = NULL;
	return had_one;
}

bool
input_is_wanted(const struct app *app)
{
	const struct lines *in = &linear_of(app)->in;

	return !in->ended && (in->bytes.len < READ_MAX || lines_count(in) == 0);
}

bool
input_is_left(const struct app *app)
{
	const struct lines *in = &linear_of(app)->in;

	return !input_must_wait(app) && (in->ended || lines_count(in) > 0);
}
