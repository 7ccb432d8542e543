/*
 * key_bindings.c - the default keys and those of the configuration, read by one parser.
 */
#include "screen/key_bindings.h"

#include <assert.h>

#include "screen/default_keys.h"
#include "tui/rebind.h"

void
keys_init_default(struct keymap *map, const struct action *actions, size_t n)
{
	struct err err;
	bool ok;

	keymap_init(map, actions, n);
	ok = keymap_read(map, default_keys(), "default keys", &err);
	assert(ok);
	(void)ok;
}

static bool
add_configured(struct keymap *map, const struct config *config, struct err *err)
{
	for (size_t i = 0; i < config->keys.n; i++) {
		const struct config_key *key = &config->keys.lines[i];

		if (!rebind(map, key->text, key->line, err))
			return err_set(err, ERR_CONFIG, "%s:%d: %s", config->path, key->line, err->text);
	}
	return true;
}

bool
keys_init(struct keymap *map, const struct keymap *defaults, const struct config *config, struct err *err)
{
	keymap_copy(map, defaults);
	if (add_configured(map, config, err))
		return true;
	keymap_release(map);
	return false;
}
