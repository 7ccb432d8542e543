/*
 * keys.c - the keymap as text or JSON: a row for each binding, under where it holds.
 */
#include "cmd/keys.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json_put.h"
#include "cmd/history_tools.h"
#include "cmd/keys_test.h"
#include "cmd/say.h"
#include "config/config_load.h"
#include "screen/actions.h"
#include "text/cluster.h"

enum {
	KEYS_COLS = 16,
	NAME_COLS = 20,
};

/* ---- text ---- */

static void
put_padded(struct output *out, const char *text, int cols)
{
	int width = cluster_width(text, strlen(text));

	tools_print(out, "%s%*s", text, width < cols ? cols - width : 0, "");
}

static void
put_binding(struct output *out, const struct binding *b)
{
	struct buf keys = {0};

	keymap_say_keys(b, &keys);
	tools_print(out, "%s ", b->line > 0 ? "*" : " ");
	put_padded(out, buf_text(&keys), KEYS_COLS);
	tools_print(out, "  ");
	put_padded(out, b->action ? b->action->name : "none", NAME_COLS);
	tools_print(out, "  %s\n", b->action ? b->action->help : "does nothing here");
	buf_release(&keys);
}

static void
put_context(struct output *out, const struct keymap *map, enum key_context context)
{
	tools_print(out, "%s%s (%s)\n", context > 0 ? "\n" : "", keymap_heading(context), keymap_context_name(context));
	for (size_t i = 0; i < map->n; i++)
		if (map->bindings[i].context == context)
			put_binding(out, &map->bindings[i]);
}

static void
put_text(struct output *out, const struct keymap *map, const struct config *config)
{
	for (int i = 0; i < N_CONTEXTS; i++)
		put_context(out, map, (enum key_context)i);
	if (config->keys.n > 0) {
		tools_print(out, "\n* from ");
		tools_put_line(out, config->path, 0);
		tools_print(out, "\n");
	}
}

/* ---- JSON ---- */

static void
put_binding_json(struct buf *json, const struct binding *b)
{
	struct buf written = {0}, said = {0};
	char key[KEY_TEXT_MAX];

	for (size_t i = 0; i < b->n_keys; i++) {
		key_print(b->keys[i], key);
		buf_printf(&written, "%s%s", i > 0 ? " " : "", key);
	}
	keymap_say_keys(b, &said);
	json_put_comma(json);
	buf_puts(json, "\n{");
	json_put_text(json, "context", keymap_context_name(b->context));
	json_put_buf(json, "key", &written);
	json_put_buf(json, "said", &said);
	json_put_text(json, "action", b->action ? b->action->name : "none");
	json_put_text(json, "help", b->action ? b->action->help : "");
	if (b->line > 0)
		json_put_int(json, "line", b->line);
	buf_putc(json, '}');
	buf_release(&written);
	buf_release(&said);
}

static void
put_json(struct output *out, const struct keymap *map)
{
	struct buf json = {0};

	buf_putc(&json, '{');
	json_put_name(&json, "keys");
	buf_putc(&json, '[');
	for (size_t i = 0; i < map->n; i++)
		put_binding_json(&json, &map->bindings[i]);
	buf_puts(&json, "]");
	json_put_name(&json, "actions");
	buf_putc(&json, '[');
	for (size_t i = 0; i < map->n_actions; i++) {
		json_put_comma(&json);
		buf_puts(&json, "\n{");
		json_put_text(&json, "name", map->actions[i].name);
		json_put_text(&json, "help", map->actions[i].help);
		buf_putc(&json, '}');
	}
	buf_puts(&json, "]}\n");
	(void)!output_put(out, json.data, json.len);
	buf_release(&json);
}

/* ---- the command ---- */

static int
list(const struct options *options, const struct keymap *map, const struct config *config)
{
	struct output out;

	output_init(&out, STDOUT_FILENO, -1);
	if (options->json)
		put_json(&out, map);
	else
		put_text(&out, map, config);
	return tools_end(&out);
}

int
cmd_keys(const struct options *options)
{
	struct config config;
	struct keymap map;
	struct err err;
	int status;

	if (!config_load(&config, &options->config, &err))
		return say_err(&err);
	if (!actions_keymap(&map, &config, &err)) {
		config_release(&config);
		return say_err(&err);
	}
	status = options->test_keys ? keys_test(&map, !config.no_mouse) : list(options, &map, &config);
	keymap_release(&map);
	config_release(&config);
	return status;
}
