/*
 * app.c - what every part of the screen may do: say something, and quit.
 */
#include "app/app.h"

#include <stdlib.h>

#include "text/clean.h"

void
app_say(struct app *app, bool is_error, const char *words)
{
	free(app->message);
	app->message = words ? clean_line(words) : NULL;
	app->message_is_error = is_error;
	app->message_about = NULL;
	app->stale = true;
}

void
app_quit(struct app *app, int status)
{
	app->quit = true;
	app->status = status;
}
