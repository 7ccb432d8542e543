/*
 * attach_commands.c - the arguments of two commands, and what is said of them.
 */
#include "screen/attach_commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/app.h"
#include "app/attach.h"
#include "app/pane.h"

bool
attach_command(struct app *app, const char *argument)
{
	if (!*argument)
		return app_refuse(app, "/attach takes the paths of files: Tab completes them");
	return attach_files(app, argument);
}

bool
attach_command_drop_all(struct app *app)
{
	size_t n = attach_drop_all(app);
	char words[64];

	if (n == 0)
		return false;
	snprintf(words, sizeof(words), "%zu file%s detached", n, n == 1 ? "" : "s");
	app_say(app, false, words);
	return true;
}

void
attach_command_drop_last(struct app *app)
{
	struct attach_chip *chips;
	size_t n = attach_chips(app, app->pane->talk, &chips);

	free(chips);
	if (!attach_drop(app, n))
		app_say(app, false, "nothing is attached");
}

bool
detach_command(struct app *app, const char *argument)
{
	char *end;
	unsigned long number = strtoul(argument, &end, 10);

	if (!*argument)
		return attach_command_drop_all(app) || app_refuse(app, "nothing is attached");
	if (*argument < '0' || *argument > '9' || *end)
		return app_refuse(app, "/detach takes nothing, or the number of an attached file");
	return attach_drop(app, number) || app_refuse(app, "no attached file has that number");
}
