/*
 * keys.c - a mapping of mappings made into `bind` and `unbind` lines.
 */
#include "config/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define EXAMPLE "composer: {C-s: send}"

static const char spaces[] = " \t\r\n";

static size_t
count_words(const char *text)
{
	size_t n = 0;

	for (text += strspn(text, spaces); *text; text += strspn(text, spaces)) {
		text += strcspn(text, spaces);
		n++;
	}
	return n;
}

static void
add(struct config_keys *keys, int line, char *text)
{
	/* Room grows to the next power of two. */
	if ((keys->n & (keys->n - 1)) == 0)
		keys->lines = mem_realloc(keys->lines, (keys->n ? keys->n * 2 : 1) * sizeof(*keys->lines));
	keys->lines[keys->n++] = (struct config_key){line, text};
}

static bool
read_binding(const char *context, const struct tree *t, struct config_keys *keys, int *line, struct err *err)
{
	size_t words = count_words(t->key);

	*line = t->key_line;
	if (tree_is_null(t))
		return true;
	if (words < 1 || words > 2)
		return err_set(err, ERR_CONFIG,
		        "\"%s\" is no key: write one, or two with a space between them, such as C-x C-s", t->key);
	if (t->type != TREE_TEXT || count_words(t->text) != 1)
		return err_set(
		        err, ERR_CONFIG, "%s takes the name of one action, or none: write %s: send", t->key, t->key);
	if (strcmp(t->text, "none") == 0)
		add(keys, t->key_line, mem_printf("unbind %s %s", context, t->key));
	else
		add(keys, t->key_line, mem_printf("bind %s %s %s", context, t->key, t->text));
	return true;
}

static bool
read_context(const struct tree *t, struct config_keys *keys, int *line, struct err *err)
{
	*line = t->key_line;
	if (tree_is_null(t))
		return true;
	if (count_words(t->key) != 1)
		return err_set(err, ERR_CONFIG, "\"%s\" is no context: write keys, and below it " EXAMPLE, t->key);
	if (t->type != TREE_MAP)
		return err_set(err, ERR_CONFIG, "%s must be a mapping of keys to actions: write " EXAMPLE, t->key);
	for (size_t i = 0; i < t->n; i++)
		if (!read_binding(t->key, &t->items[i], keys, line, err))
			return false;
	return true;
}

bool
keys_read(const struct tree *t, struct config_keys *keys, int *line, struct err *err)
{
	*line = t->key_line;
	if (t->type != TREE_MAP)
		return err_set(err, ERR_CONFIG, "keys must be a mapping of contexts: write " EXAMPLE " below it");
	for (size_t i = 0; i < t->n; i++)
		if (!read_context(&t->items[i], keys, line, err))
			return false;
	return true;
}
