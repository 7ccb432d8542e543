/*
 * demo.c - `flynn demo`: starts the tour, and the chat with it. The chat knows of it what it knows of any server; the
 * user's configuration, environment and files have no part in it. With a file: plays a stage script, on the tour, on a server that
 * says what another file holds, or on the one of the configuration, on the terminal or into a file. No history is read or written.
 */
#include "cmd/demo.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cmd/chat.h"
#include "cmd/play_options.h"
#include "cmd/say.h"
#include "config/config_load.h"
#include "config/paths.h"
#include "config/text_file.h"
#include "demo/tour.h"
#include "screen/stage.h"
#include "tui/cast.h"

static const char greeting[] =
        "This is a tour of flynn without a language model: a script inside flynn plays the server. "
        "Type anything, for example hello, and press Enter.";

struct play {
	const struct options *options;
	struct stage_script script;
	struct play_options how;
};

/* ---- into a file ---- */

static int
write_cast(const struct play *p, const struct config *config, struct stage *stage)
{
	struct chat_show show = {.stage = stage};
	struct err err;
	int status;

	show.term = play_options_cast(&p->how, config, &err);
	if (!show.term)
		return say_err(&err);
	status = chat_with(config, NULL, NULL, &show);
	return cast_end(show.term, &err) ? status : say_err(&err);
}

/* ---- a script ---- */

static int
play_on(const struct play *p, const struct config *config)
{
	struct chat_show show = {.stage = stage_new(&p->script, p->how.speed, p->how.cast)};
	int status = p->how.cast ? write_cast(p, config, show.stage) : chat_with(config, NULL, NULL, &show);

	stage_free(show.stage);
	return status;
}

/* The server of a stage script that brings what it says. */
static struct standin *
start_own(const char *path, struct err *err)
{
	char *text = text_file_read(path, err), *folder = paths_beside(path, ".");
	struct standin *own = text ? standin_new(text, folder, NULL, err) : NULL;

	if (text && !own) {
		struct err why = *err;

		err_set(err, why.code, "%s: %s", path, why.text);
	}
	free(folder);
	free(text);
	return own;
}

/* `play` NULL: the person plays. */
static int
show_tour(const struct play *play)
{
	struct config config;
	const char *file = play ? play->script.stand_in_file : NULL;
	struct standin *tour;
	struct err err;
	int status;

	tour = file ? start_own(file, &err) : tour_new(&err);
	if (!tour)
		return say_err(&err);
	config_for_endpoint(&config, standin_endpoint(tour));
	config.model->timeout_ms = TOUR_TIMEOUT_MS;
	if (!play)
		config.model->greeting = mem_strdup(greeting);
	status = play ? play_on(play, &config) : chat_with(&config, NULL, NULL, NULL);
	config_release(&config);
	standin_free(tour);
	return status;
}

static int
show_server(const struct play *play)
{
	struct config config;
	struct err err;
	int status;

	if (!config_load(&config, &play->options->config, &err))
		return say_err(&err);
	status = play_on(play, &config);
	config_release(&config);
	return status;
}

/* ---- the command line ---- */

static bool
read_script(struct stage_script *script, const char *path, struct err *err)
{
	char *text = text_file_read(path, err);
	bool good = text && stage_script_read(script, path, text, err);

	free(text);
	return good;
}

static bool
has_no_options(const struct options *o, struct err *err)
{
	if (o->speed || o->cast || o->size || o->config.endpoint || o->config.file || o->config.model)
		return err_set(
		        err, ERR_USAGE, "options are for a stage script: flynn demo [OPTIONS] FILE (doc/stage.md)");
	return true;
}

int
cmd_demo(const struct options *options)
{
	struct play p = {.options = options};
	struct err err;
	int status;

	if (options->n_words == 0)
		return has_no_options(options, &err) ? show_tour(NULL) : say_err(&err);
	if (play_options_read(&p.how, options, STAGE_FASTEST, &err) && read_script(&p.script, options->words[0], &err))
		status = p.script.stand_in ? show_tour(&p) : show_server(&p);
	else
		status = say_err(&err);
	stage_script_release(&p.script);
	return status;
}
