/*
 * app.c - services for every part of the screen: messages in the status bar, quitting, suspending.
 */
#include "app/app.h"

#include <stdlib.h>

#include "system/suspend.h"
#include "text/clean.h"

void
app_say(struct app *app, bool is_error, const char *words)
{
	struct buf shown = {0};

	if (words && app->hide_names)
		app->hide_names(app, words, &shown);
	free(app->message.text);
	app->message.text = words ? clean_line(app->hide_names ? buf_text(&shown) : words) : NULL;
	buf_release(&shown);
	app->message.is_error = is_error;
	app->message.about = NULL;
	app->stale = true;
}

bool
app_refuse(struct app *app, const char *why)
{
	app_say(app, true, why);
	return false;
}

bool
app_is_stale(const struct app *app)
{
	return app->stale || app->texts_grew;
}

void
app_quit(struct app *app, int status)
{
	app->quit = true;
	app->status = status;
}

void
app_suspend(struct app *app)
{
	term_suspend(app->term);
	suspend_process();
	term_resume(app->term);
}
