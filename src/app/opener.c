/*
 * opener.c - one file at a time.
 */
#include "app/opener.h"

#include <stdlib.h>

#include "app/app.h"
#include "base/mem.h"
#include "system/attachment_path.h"
#include "base/errand.h"

#ifdef __APPLE__
static const char usual_command[] = "open";
#else
static const char usual_command[] = "xdg-open";
#endif

/* The thread's while it runs. */
struct path_search {
	struct attachment *attachment;
	struct copies copies;
	char *path;
	struct err err;
};

struct opener {
	struct copies copies; /* none while the errand has them */
	struct errand *errand;
	struct errand *removal; /* of what others have left */
};

static void
start_program(struct app *app, const char *argument, const char *name)
{
	const char *own = app->config->open_command;
	const struct program program = {.name = own ? "open_command" : usual_command,
	        .command = own ? own : usual_command,
	        .argument = argument,
	        .input = ""};
	char *words = mem_printf("opening %s", name);
	struct err err;

	if (programs_start(&app->programs, &program, &err))
		app_say(app, false, words);
	else
		app_say(app, true, err.text);
	free(words);
}

void
opener_open_address(struct app *app, const char *address)
{
	start_program(app, address, address);
}

/* ---- files ---- */

static void
find_path(void *work)
{
	struct path_search *s = work;

	s->path = attachment_path_find(s->attachment, &s->copies, &s->err);
}

/* One that is left has made its folder for nobody. */
static void
release_search(void *work)
{
	struct path_search *s = work;

	attachment_path_remove(&s->copies);
	attachment_free(s->attachment);
	free(s->path);
	free(s);
}

/* Frees the search. */
static void
take_path(struct app *app, struct path_search *s)
{
	app->opener->copies = s->copies;
	s->copies = (struct copies){.folder = NULL};
	if (s->path)
		start_program(app, s->path, s->attachment->name);
	else
		app_say(app, true, s->err.text);
	release_search(s);
}

static struct opener *
opener_of(struct app *app)
{
	if (!app->opener)
		app->opener = mem_alloc(sizeof(*app->opener));
	return app->opener;
}

void
opener_open_file(struct app *app, struct attachment *a)
{
	static const struct errand_kind kind = {find_path, release_search};
	struct opener *o = opener_of(app);
	struct path_search *s;

	if (o->errand) {
		app_say(app, true, "another file is still being opened");
		return;
	}
	s = mem_alloc(sizeof(*s));
	*s = (struct path_search){.attachment = attachment_hold(a), .copies = o->copies};
	o->copies = (struct copies){.folder = NULL};
	o->errand = errand_start(&kind, s, &s->err);
	if (!o->errand)
		take_path(app, s);
}

static void
remove_left(void *nothing)
{
	(void)nothing;
	attachment_path_remove_left();
}

static void
release_nothing(void *nothing)
{
	(void)nothing;
}

void
opener_start(struct app *app)
{
	static const struct errand_kind kind = {remove_left, release_nothing};
	struct err err;

	opener_of(app)->removal = errand_start(&kind, NULL, &err);
}

void
opener_turn(struct app *app)
{
	struct errand *errand = app->opener ? app->opener->errand : NULL;

	if (app->opener && app->opener->removal && errand_has_ended(app->opener->removal)) {
		(void)errand_finish(app->opener->removal);
		app->opener->removal = NULL;
	}

	if (!errand || !errand_has_ended(errand))
		return;
	app->opener->errand = NULL;
	take_path(app, errand_finish(errand));
}

int
opener_fd(const struct app *app)
{
	return app->opener && app->opener->errand ? errand_fd(app->opener->errand) : -1;
}

void
opener_release(struct app *app)
{
	if (!app->opener)
		return;
	errand_leave(app->opener->errand);
	errand_leave(app->opener->removal);
	attachment_path_remove(&app->opener->copies);
	free(app->opener);
	app->opener = NULL;
}
