/*
 * pane_commands.c - what is typed to split and close panes.
 */
#include "screen/pane_commands.h"

#include <stdlib.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/panes.h"
#include "app/talk.h"
#include "base/compiler.h"

/* A conversation of that number. */
static bool
find_talk(struct app *app, const char *argument, struct talk **talk)
{
	char *end;
	unsigned long number = strtoul(argument, &end, 10);

	*talk = *argument && !*end ? conversations_numbered(app, (unsigned)number) : NULL;
	if (*argument && !*talk)
		app_say(app, true, "there is no conversation with that number");
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

bool
pane_command_close(struct app *app, UNUSED const char *argument)
{
	panes_close(app);
	return true;
}

bool
pane_command_only(struct app *app, UNUSED const char *argument)
{
	panes_only(app);
	return true;
}

bool
pane_command_zoom(struct app *app, UNUSED const char *argument)
{
	panes_zoom(app);
	return true;
}

bool
pane_command_swap(struct app *app, UNUSED const char *argument)
{
	panes_swap_next(app);
	return true;
}
