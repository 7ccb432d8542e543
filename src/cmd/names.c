/*
 * names.c - the names of the configuration and the tags of the history, a line each.
 */
#include "cmd/names.h"

#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "cmd/history_tools.h"
#include "cmd/say.h"
#include "config/config_load.h"
#include "store/tagged.h"

static void
put_name(struct output *out, const char *name)
{
	tools_put_line(out, name, 0);
	tools_print(out, "\n");
}

/* Without a file there is one that was never named. */
static void
put_models(struct output *out, const struct config *config)
{
	for (size_t i = 0; config->file_read && i < config->n_models; i++)
		put_name(out, config->models[i].name);
}

static void
put_presets(struct output *out, const struct config *config)
{
	for (size_t i = 0; i < config->presets.n; i++)
		put_name(out, config->presets.items[i].name);
}

static int
of_configuration(const struct options *options, void (*put)(struct output *, const struct config *))
{
	struct output out;
	struct config config;
	struct err err;

	if (!config_load(&config, &options->config, &err))
		return say_err(&err);
	output_init(&out, STDOUT_FILENO, -1);
	put(&out, &config);
	config_release(&config);
	return tools_end(&out);
}

static int
of_history(const struct options *options)
{
	struct output out;
	struct tags tags = {0};
	struct err err;
	struct history *h = tools_open(options, HISTORY_READ, &err);
	bool good = h ? tagged_names(h, &tags, &err) : err.code == ERR_NONE;
	int status;

	output_init(&out, STDOUT_FILENO, -1);
	for (size_t i = 0; good && i < tags.n; i++)
		put_name(&out, tags.names[i]);
	status = tools_end(&out);
	tools_close(h);
	tags_release(&tags);
	return good ? status : say_err(&err);
}

int
cmd_names(const struct options *options)
{
	if (strcmp(options->words[0], "models") == 0)
		return of_configuration(options, put_models);
	if (strcmp(options->words[0], "presets") == 0)
		return of_configuration(options, put_presets);
	if (strcmp(options->words[0], "tags") == 0)
		return of_history(options);
	say("there are no names of \"%s\": models, presets or tags", options->words[0]);
	return err_exit_status(ERR_USAGE);
}
