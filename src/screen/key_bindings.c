/*
 * key_bindings.c - the default keys and those of the configuration, read by one parser.
 */
#include "screen/key_bindings.h"

#include <assert.h>

#include "screen/default_keys.h"
#include "tui/rebind.h"

bool
keys_init(struct keymap *map, const struct action *actions, size_t n, const struct config *config, struct err *err)
{
	bool ok;

	keymap_init(map, actions, n);
	ok = keymap_read(map, default_keys(), "default keys", err);
	assert(ok);
	for (size_t i = 0; ok && config && i < config->keys.n; i++) {
		const struct config_key *key = &config->keys.lines[i];

		ok = rebind(map, key->text, key->line, err);
		if (!ok)
			err_set(err, ERR_CONFIG, "%s:%d: %s", config->path, key->line, err->text);
	}
	if (!ok)
		keymap_release(map);
	return ok;
}
