/*
 * pane_commands.c - what is typed to split and close panes.
 */
#include "app/pane_commands.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/commands.h"
#include "app/conversations.h"
#include "app/panes.h"

/* A conversation of that number. */
static bool
find_talk(struct app *app, const char *argument, struct talk **talk)
{
	char *end;
	unsigned long number = strtoul(argument, &end, 10);

	*talk = *argument && !*end ? conversations_numbered(app, (unsigned)number) : NULL;
	if (*argument && !*talk)
		app_say(app, true, "there is no conversation of that number");
	return !*argument || *talk;
}

static bool
split(struct app *app, bool beside, const char *argument)
{
	struct talk *talk;

	return find_talk(app, argument, &talk) && panes_split(app, beside, talk);
}

bool
pane_command_split(struct app *app, const char *argument)
{
	return split(app, false, argument);
}

bool
pane_command_vsplit(struct app *app, const char *argument)
{
	return split(app, true, argument);
}

static bool
run(struct app *app, const char *argument, void (*action)(struct app *))
{
	if (!commands_no_argument(app, argument))
		return false;
	action(app);
	return true;
}

bool
pane_command_close(struct app *app, const char *argument)
{
	return run(app, argument, panes_close);
}

bool
pane_command_only(struct app *app, const char *argument)
{
	return run(app, argument, panes_only);
}

bool
pane_command_zoom(struct app *app, const char *argument)
{
	return run(app, argument, panes_zoom);
}

bool
pane_command_swap(struct app *app, const char *argument)
{
	return run(app, argument, panes_swap_next);
}
