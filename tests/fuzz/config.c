/*
 * config.c - fuzzing the configuration file: any bytes give a configuration that holds together, and keys by which flynn
 * can still be used and left; or an error with a place.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "config/file.h"
#include "screen/actions.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
check_config(const struct config *c)
{
	must(c->n_models == 0 ? !c->model : c->model >= c->models && c->model < c->models + c->n_models);
	for (size_t i = 0; i < c->n_models; i++) {
		const struct config_model *m = &c->models[i];

		must(*m->name && m->provider && m->endpoint && *m->endpoint);
		must(utf8_span(m->name, strlen(m->name)) == strlen(m->name));
		must(m->timeout_ms >= 0 && (!m->auth_token || !strpbrk(m->auth_token, " \t\r\n")));
	}
}

static void
check_error(const struct err *err)
{
	must(err->code == ERR_CONFIG && strncmp(err->text, "/f:", 3) == 0 && err->text[3] >= '1' && err->text[3] <= '9');
}

/* Each binding is read again as it is printed. */
static void
check_binding(const struct keymap *map, const struct binding *b)
{
	struct buf printed = {0};
	struct binding again;
	struct err err;

	keymap_print(b, &printed);
	must(keymap_parse(map, buf_text(&printed), &again, &err));
	must(again.context == b->context && again.n_keys == b->n_keys && again.action == b->action);
	for (size_t i = 0; i < b->n_keys; i++)
		must(key_same(again.keys[i], b->keys[i]));
	buf_release(&printed);
}

static void
check_way_out(const struct keymap *map)
{
	const struct key quit = {'q', KEY_CTRL_BIT}, enter = {KEYN_ENTER, 0};
	const struct action *action;

	for (int i = 0; i < N_CONTEXTS; i++) {
		action = NULL;
		must(keymap_find(map, (enum key_context)i, &quit, 1, &action) == KEYMAP_ACTION);
		must(strcmp(action->name, "quit") == 0);
	}
	must(keymap_find(map, CONTEXT_COMPOSER, &enter, 1, &action) == KEYMAP_ACTION);
	must(strcmp(action->name, "send") == 0);
}

static void
check_keys(const struct config *c)
{
	struct keymap map;
	struct err err = {0};

	if (!actions_keymap(&map, c, &err)) {
		check_error(&err);
		return;
	}
	for (size_t i = 0; i < map.n; i++)
		check_binding(&map, &map.bindings[i]);
	check_way_out(&map);
	keymap_release(&map);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct config c = {.path = mem_strdup("/f")};
	struct err err = {0};

	if (file_parse(&c, (const char *)bytes, n, &err)) {
		check_config(&c);
		check_keys(&c);
	} else {
		check_error(&err);
	}
	config_release(&c);
	return 0;
}
