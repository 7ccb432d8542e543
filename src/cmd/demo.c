/*
 * demo.c - `flynn demo`: starts the tour, and the chat with it. The chat knows of it what it knows of any server; the
 * user's configuration, environment and files have no part in it.
 */
#include "cmd/demo.h"

#include "base/mem.h"
#include "cmd/chat.h"
#include "cmd/say.h"
#include "config/config_load.h"
#include "demo/tour.h"

static const char greeting[] =
        "This is a tour of flynn without a language model: a script inside flynn plays the server. "
        "Type anything, for example hello, and press Enter.";

int
cmd_demo(const struct options *options)
{
	struct config config;
	struct standin *tour;
	struct err err;
	int status;

	(void)options;
	tour = tour_new(&err);
	if (!tour)
		return say_err(&err);
	config_for_endpoint(&config, standin_endpoint(tour));
	config.model->timeout_ms = TOUR_TIMEOUT_MS;
	config.model->greeting = mem_strdup(greeting);
	status = chat_with(&config, NULL, NULL);
	config_release(&config);
	standin_free(tour);
	return status;
}
