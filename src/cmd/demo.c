/*
 * demo.c - `flynn demo`: starts the tour, and the chat with it. The chat knows of it what it knows of any server; the
 * user's configuration, environment and files have no part in it. With a file: plays a stage script, on the tour or on the
 * server of the configuration, on the terminal or into a file. No history is read or written.
 */
#include "cmd/demo.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "cmd/chat.h"
#include "cmd/say.h"
#include "config/config_load.h"
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
	double speed;
	int rows, cols; /* of a cast */
};

/* ---- into a file ---- */

static enum theme
cast_theme(const struct config *config)
{
	enum theme guessed = theme_guess(getenv("COLORFGBG"));

	if (config->theme != CONFIG_THEME_AUTO)
		return config->theme == CONFIG_THEME_LIGHT ? THEME_LIGHT : THEME_DARK;
	return guessed == THEME_AUTO ? THEME_DARK : guessed;
}

static int
write_cast(const struct play *p, const struct config *config, struct stage *stage)
{
	struct chat_show show = {.stage = stage};
	struct err err;
	int status;

	show.term = cast_new(p->options->cast, p->rows, p->cols, cast_theme(config), &err);
	if (!show.term)
		return say_err(&err);
	status = chat_with(config, NULL, NULL, &show);
	return cast_end(show.term, &err) ? status : say_err(&err);
}

/* ---- a script ---- */

static int
play_on(const struct play *p, const struct config *config)
{
	struct chat_show show = {.stage = stage_new(&p->script, p->speed, p->options->cast)};
	int status = p->options->cast ? write_cast(p, config, show.stage) : chat_with(config, NULL, NULL, &show);

	stage_free(show.stage);
	return status;
}

/* `play` NULL: the person plays. */
static int
show_tour(const struct play *play)
{
	struct config config;
	struct standin *tour;
	struct err err;
	int status;

	tour = tour_new(&err);
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
read_speed(const char *text, double *speed, struct err *err)
{
	char *end = NULL;

	*speed = text ? strtod(text, &end) : 1;
	if (text && (end == text || *end || !(*speed >= 0.25) || *speed > STAGE_FASTEST))
		return err_set(err, ERR_USAGE, "--speed %s: write a number from 0.25 to %d", text, STAGE_FASTEST);
	return true;
}

static bool
read_size(struct play *p, struct err *err)
{
	const char *text = p->options->size;
	char more;

	p->rows = 24;
	p->cols = 80;
	if (text && !p->options->cast)
		return err_set(err, ERR_USAGE, "--size is for --cast: a terminal has a size of its own");
	if (text && (sscanf(text, "%dx%d%c", &p->cols, &p->rows, &more) != 2 || p->rows < CAST_ROWS_LEAST ||
	                    p->rows > CAST_ROWS_MOST || p->cols < CAST_COLS_LEAST || p->cols > CAST_COLS_MOST))
		return err_set(err, ERR_USAGE, "--size %s: write columns and rows, such as 80x24, from %dx%d to %dx%d",
		        text, CAST_COLS_LEAST, CAST_ROWS_LEAST, CAST_COLS_MOST, CAST_ROWS_MOST);
	return true;
}

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
	if (read_speed(options->speed, &p.speed, &err) && read_size(&p, &err) &&
	        read_script(&p.script, options->words[0], &err))
		status = p.script.stand_in ? show_tour(&p) : show_server(&p);
	else
		status = say_err(&err);
	stage_script_release(&p.script);
	return status;
}
