/*
 * keys.c - one reader for both.
 */
#include "app/keys.h"

#include <assert.h>
#include <stddef.h>

#include "app/actions.h"
#include "app/default_keys.h"
#include "tui/rebind.h"

bool
keys_init(struct keymap *map, const struct config *config, struct err *err)
{
	size_t n;
	const struct action *actions = actions_table(&n);
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
