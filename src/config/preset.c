/*
 * preset.c - a table of a preset's keys.
 */
#include "config/preset.h"

#include <stdlib.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "config/config.h"
#include "config/key_values.h"

#define EXAMPLE "translator: {system: Translate into English.}"

static const struct key preset_keys[] = {
        {"system", take_text, offsetof(struct config_preset, system), false, "You are a helpful assistant."},
        {"system_file", take_text_file, offsetof(struct config_preset, system), false, "translator.md"},
        {"parameters", take_parameters, offsetof(struct config_preset, parameters), false, NULL},
        {"model", take_text, offsetof(struct config_preset, model), false, "a model, as -m takes it"},
};

static const struct key_table preset_table = {"Presets", preset_keys, ARRAY_LEN(preset_keys), NULL};

const struct key_table *
preset_keys_table(void)
{
	return &preset_table;
}

static bool
is_given(const struct tree *t, const char *key)
{
	const struct tree *value = tree_get(t, key);

	return value && !tree_is_null(value);
}

static bool
read_preset(const struct reader *r, const struct tree *t, struct config_preset *preset)
{
	*preset = (struct config_preset){.name = mem_strdup(t->key)};
	if (t->type != TREE_MAP)
		return reader_wrong(r, t->key_line,
		        "preset \"%s\" has no keys: put system: and its text below it, or parameters:, or model:",
		        t->key);
	if (is_given(t, "system") && is_given(t, "system_file"))
		return reader_wrong(r, tree_get(t, "system_file")->key_line,
		        "preset \"%s\" has a system and a system_file: leave one of them out", t->key);
	return key_table_read(r, t, &preset_table, preset);
}

bool
take_presets(const struct reader *r, const struct tree *t, void *to)
{
	struct config_presets *presets = to;

	if (t->type != TREE_MAP)
		return reader_wrong(
		        r, t->key_line, "presets must be a mapping of names: put one below it, such as " EXAMPLE);
	presets->items = mem_alloc((t->n + 1) * sizeof(*presets->items));
	while (presets->n < t->n) {
		const struct tree *item = &t->items[presets->n];

		if (!read_preset(r, item, &presets->items[presets->n++]))
			return false;
	}
	return true;
}
