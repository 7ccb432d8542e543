/*
 * models.c - the list: a line or an object for each model. A server that does not answer has its models in it all the same.
 */
#include "cmd/models.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/json_put.h"
#include "base/signals.h"
#include "base/size_words.h"
#include "cmd/history_tools.h"
#include "cmd/models_ask.h"
#include "cmd/models_order.h"
#include "cmd/say.h"
#include "text/cluster.h"

enum {
	NAME_COLS_MOST = 40,
};

const struct command *
models_commands(size_t *n)
{
	static const struct command rows[] = {
	        {"load", FOR_MODEL_ORDER, 1, 1, cmd_models_load, "flynn models load [OPTIONS] NAME",
	                "have a server of several models load one, and wait until it is there", NULL},
	        {"unload", FOR_MODEL_ORDER, 1, 1, cmd_models_unload, "flynn models unload [OPTIONS] NAME",
	                "have it unload one, and wait until it is gone", NULL},
	};

	*n = ARRAY_LEN(rows);
	return rows;
}

static bool
is_used(const struct models_ask *ask, const struct model_row *row)
{
	return model_row_is_used(row, &ask->servers, &ask->config, ask->config.model, NULL);
}

static const char *
endpoint_of(const struct models_ask *ask, const struct model_row *row)
{
	return models_ask_client(ask, row->server)->endpoint.text;
}

static const struct {
	unsigned bit;
	const char *name;
} inputs[] = {
#define X(input, bit, name) {bit, name},
        MODEL_INPUTS(X)
#undef X
};

/* ---- JSON ---- */

/* One that is downloaded is on its way to be loaded. */
static const char *
json_state(enum model_state state)
{
	return model_state_word(state == MODEL_DOWNLOADING ? MODEL_LOADING : state);
}

static void
put_number(struct buf *json, const char *name, int64_t n)
{
	if (n > 0)
		json_put_int(json, name, n);
	else
		json_put_raw(json, name, "");
}

static void
put_modalities(struct buf *json, unsigned bits)
{
	json_put_name(json, "modalities");
	buf_putc(json, '[');
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++)
		if (bits & inputs[i].bit) {
			json_put_comma(json);
			json_put_string(json, inputs[i].name, strlen(inputs[i].name));
		}
	buf_putc(json, ']');
}

static void
put_row_json(const struct models_ask *ask, const struct model_row *row, struct buf *json)
{
	json_put_comma(json);
	buf_puts(json, "\n{");
	json_put_text(json, "name", row->name);
	json_put_text(json, "server", endpoint_of(ask, row));
	json_put_text(json, "state", json_state(row->state));
	put_number(json, "context", row->known ? row->known->n_ctx : 0);
	put_modalities(json, row->known ? row->known->inputs : 0);
	put_number(json, "size", row->known ? row->known->size : 0);
	json_put_bool(json, "used", is_used(ask, row));
	buf_putc(json, '}');
}

static void
put_json(const struct models_ask *ask, const struct model_rows *rows, struct output *out)
{
	struct buf json = {0};

	buf_putc(&json, '{');
	json_put_name(&json, "models");
	buf_putc(&json, '[');
	for (size_t i = 0; i < rows->n; i++)
		put_row_json(ask, &rows->items[i], &json);
	buf_puts(&json, "]}\n");
	(void)!output_put(out, json.data, json.len);
	buf_release(&json);
}

/* ---- text ---- */

static int
name_cols(const struct model_rows *rows)
{
	int widest = 0;

	for (size_t i = 0; i < rows->n; i++) {
		int width = cluster_width(rows->items[i].name, strlen(rows->items[i].name));

		widest = width > widest ? width : widest;
	}
	return widest < NAME_COLS_MOST ? widest : NAME_COLS_MOST;
}

static void
put_inputs(unsigned bits, struct buf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++)
		if (bits & inputs[i].bit)
			buf_printf(out, "%s%s", out->len > 0 ? ", " : "", inputs[i].name);
}

/* "loading 43 %", "failed: exit code 1" */
static void
put_state(const struct models_ask *ask, const struct model_row *row, struct buf *out)
{
	struct buf why = {0};

	buf_puts(out, model_state_word(row->state));
	if (row->known && row->known->percent >= 0)
		buf_printf(out, " %d %%", row->known->percent);
	if (model_row_why(row, &ask->served[row->server], &why))
		buf_printf(out, ": %s", buf_text(&why));
	buf_release(&why);
}

/* "loaded · context 4096 · 1.1 MiB · text, image · http://localhost:8080" */
static void
put_row(const struct models_ask *ask, const struct model_row *row, int cols, struct output *out)
{
	int width = cluster_width(row->name, strlen(row->name));
	struct buf words = {0}, reads = {0};
	char size[SIZE_WORDS_MAX];

	tools_print(out, "%s ", is_used(ask, row) ? "*" : " ");
	tools_put_line(out, row->name, 0);
	tools_print(out, "%*s  ", width < cols ? cols - width : 0, "");
	put_state(ask, row, &words);
	if (row->known && row->known->n_ctx > 0)
		buf_printf(&words, " · context %" PRId64, row->known->n_ctx);
	if (row->known && row->known->size > 0) {
		size_words(row->known->size, size);
		buf_printf(&words, " · %s", size);
	}
	put_inputs(row->known ? row->known->inputs : 0, &reads);
	if (reads.len > 0)
		buf_printf(&words, " · %s", buf_text(&reads));
	buf_printf(&words, " · %s", endpoint_of(ask, row));
	tools_put_line(out, buf_text(&words), 0);
	tools_print(out, "\n");
	buf_release(&words);
	buf_release(&reads);
}

/* ---- the command ---- */

static int
put_all(const struct models_ask *ask, bool json)
{
	struct model_rows rows = {0};
	struct output out;
	int cols;

	model_rows_make(&rows, &ask->config, &ask->servers, ask->served);
	cols = name_cols(&rows);
	output_init(&out, STDOUT_FILENO, -1);
	if (json)
		put_json(ask, &rows, &out);
	else
		for (size_t i = 0; i < rows.n; i++)
			put_row(ask, &rows.items[i], cols, &out);
	model_rows_release(&rows);
	return tools_end(&out);
}

static int
list(struct models_ask *ask, const struct options *options)
{
	for (size_t i = 0; i < ask->servers.n; i++)
		models_ask_server(ask, i);
	if (!models_ask_wait(ask))
		return 128 + signals_take();
	return put_all(ask, options->json);
}

int
cmd_models(const struct options *options)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct models_ask ask;
	struct err err;
	int status;

	if (options->n_words > 0) {
		say("there is no command \"models %s\": it is load or unload", options->words[0]);
		return err_exit_status(ERR_USAGE);
	}
	if (!signals_init(signals, ARRAY_LEN(signals), &err) || !models_ask_init(&ask, &options->config, &err))
		return say_err(&err);
	status = list(&ask, options);
	models_ask_release(&ask);
	return status;
}
