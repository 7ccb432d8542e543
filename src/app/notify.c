/*
 * notify.c - what is long, and who looks elsewhere.
 */
#include "app/notify.h"

#include "app/app.h"
#include "app/panes.h"
#include "app/status.h"
#include "app/talk.h"
#include "app/view.h"
#include "base/buf.h"
#include "base/clock.h"

enum {
	LONG_MS = 5000,
};

static int hastened = 1;

void
notify_hasten(int times)
{
	hastened = times;
}

/* A terminal that does not report its focus is taken to have it. */
static bool
is_looked_at(const struct app *app, const struct talk *talk)
{
	bool covered = view_is_covered(app) && view_context(app) != CONTEXT_BARE;

	return !app->unfocused && app->editor.pid == 0 && panes_is_seen(app, talk) && !covered;
}

/* "Trees: the reply is complete" */
static void
put_words(const struct talk *talk, const struct err *why, struct buf *out)
{
	char title[STATUS_TITLE_MAX], cause[STATUS_TITLE_MAX];

	status_title(talk, title);
	status_clean(why->text, cause);
	buf_printf(out, "%s: %s", title, why->code == ERR_NONE ? "the reply is complete" : cause);
}

static void
run_command(struct app *app, const char *words)
{
	const struct program program = {
	        .name = "notify_command", .command = app->config->notify_command, .argument = words};
	struct err err;

	if (!programs_start(&app->programs, &program, &err))
		app_say(app, true, err.text);
}

void
notify_ended(struct app *app, const struct talk *talk, const struct err *why)
{
	const struct config *config = app->config;
	struct buf words = {0};

	if ((config->notify == CONFIG_NOTIFY_OFF && !config->notify_command) || why->code == ERR_CANCELLED ||
	        clock_ms() - talk->session.sent_ms <= LONG_MS / hastened || is_looked_at(app, talk))
		return;
	put_words(talk, why, &words);
	if (config->notify != CONFIG_NOTIFY_OFF && app->term && app->editor.pid == 0)
		term_notify(app->term, config->notify == CONFIG_NOTIFY_BELL ? NOTICE_BELL : NOTICE_DESKTOP,
		        buf_text(&words));
	if (config->notify_command)
		run_command(app, buf_text(&words));
	buf_release(&words);
}
