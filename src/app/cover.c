/*
 * cover.c - one flag each; the list of models has servers watched while it is open.
 */
#include "app/cover.h"

#include "app/app.h"

void
cover_clear(struct app *app)
{
	app->help.open = false;
	app->browse.open = false;
	app->tree.open = false;
	app->palette.open = false;
	model_list_close(app);
	app->stale = true;
}
