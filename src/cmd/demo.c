/*
 * demo.c - `flynn demo`: starts the tour, and the chat with it. The chat knows of it what it knows of any server; the
 * user's configuration, environment and files have no part in it. With a file: plays a stage script, on the tour or on the
 * server of the configuration. No history is read or written.
 */
#include "cmd/demo.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cmd/chat.h"
#include "cmd/say.h"
#include "config/config_load.h"
#include "config/text_file.h"
#include "demo/tour.h"
#include "screen/stage.h"

static const char greeting[] =
        "This is a tour of flynn without a language model: a script inside flynn plays the server. "
        "Type anything, for example hello, and press Enter.";

/* The stage may be NULL. */
static int
show_tour(struct stage *stage)
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
	if (!stage)
		config.model->greeting = mem_strdup(greeting);
	status = chat_with(&config, NULL, NULL, stage);
	config_release(&config);
	standin_free(tour);
	return status;
}

static int
show_server(const struct options *options, struct stage *stage)
{
	struct config config;
	struct err err;
	int status;

	if (!config_load(&config, &options->config, &err))
		return say_err(&err);
	status = chat_with(&config, NULL, NULL, stage);
	config_release(&config);
	return status;
}

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
read_script(struct stage_script *script, const char *path, struct err *err)
{
	char *text = text_file_read(path, err);
	bool good = text && stage_script_read(script, path, text, err);

	free(text);
	return good;
}

static int
play(const struct options *options, const struct stage_script *script, double speed)
{
	struct stage *stage = stage_new(script, speed);
	int status = script->stand_in ? show_tour(stage) : show_server(options, stage);

	stage_free(stage);
	return status;
}

static bool
needs_file(const struct options *o, struct err *err)
{
	if (o->speed || o->config.endpoint || o->config.file || o->config.model)
		return err_set(
		        err, ERR_USAGE, "-e, -c, -m and --speed are for a stage script: flynn demo [OPTIONS] FILE");
	return true;
}

int
cmd_demo(const struct options *options)
{
	struct stage_script script = {0};
	struct err err;
	double speed;
	int status;

	if (options->n_words == 0)
		return needs_file(options, &err) ? show_tour(NULL) : say_err(&err);
	if (read_speed(options->speed, &speed, &err) && read_script(&script, options->words[0], &err))
		status = play(options, &script, speed);
	else
		status = say_err(&err);
	stage_script_release(&script);
	return status;
}
