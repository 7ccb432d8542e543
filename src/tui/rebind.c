/*
 * rebind.c - one line of the user's, checked and bound.
 */
#include "tui/rebind.h"

#include <stdlib.h>

#include "base/buf.h"

/* ---- keys that never change ---- */

static const struct {
	struct key key;
	bool everywhere; /* else only in the composer */
	const char *does;
} fixed[] = {
        {{KEYN_ENTER, 0}, false, "sends"},
        {{KEYN_ESCAPE, 0}, true, "stops, closes and goes back"},
        {{'c', KEY_CTRL_BIT}, true, "stops, clears and quits"},
        {{'q', KEY_CTRL_BIT}, true, "quits"},
};

/* To what it does anyway it may be bound. */
static bool
changes(const struct keymap *map, const struct binding *b)
{
	const struct action *before = NULL;

	return b->n_keys > 1 || keymap_find(map, b->context, b->keys, 1, &before) != KEYMAP_ACTION ||
	       before != b->action;
}

static bool
check_fixed(const struct keymap *map, const struct binding *b, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
		char said[KEY_TEXT_MAX];

		if (!key_same(fixed[i].key, b->keys[0]) || (!fixed[i].everywhere && b->context != CONTEXT_COMPOSER) ||
		        !changes(map, b))
			continue;
		key_say(b->keys[0], said);
		return err_set(err, ERR_CONFIG, "%s always %s: take another key", said, fixed[i].does);
	}
	return true;
}

/* ---- keys that are something else ---- */

static bool
check_told_apart(const struct binding *b, struct err *err)
{
	for (size_t i = 0; i < b->n_keys; i++)
		if (!key_is_told_apart(b->keys[i], err))
			return false;
	return true;
}

static bool
check_text(const struct binding *b, struct err *err)
{
	char said[KEY_TEXT_MAX];

	if (!key_is_text(b->keys[0]) || (keymap_is_place(b->context) && !keymap_is_line(b->context)))
		return true;
	key_say(b->keys[0], said);
	return err_set(err, ERR_CONFIG, "%s is written where text is: take a key with Ctrl or Alt", said);
}

/* ---- two of the user's ---- */

static const struct binding *
find_users(const struct keymap *map, const struct binding *b)
{
	for (size_t i = 0; i < map->n; i++)
		if (map->bindings[i].line > 0 && keymap_are_rivals(&map->bindings[i], b))
			return &map->bindings[i];
	return NULL;
}

static bool
check_once(const struct keymap *map, const struct binding *b, struct err *err)
{
	const struct binding *other = find_users(map, b);
	struct buf keys = {0};

	if (!other)
		return true;
	keymap_say_keys(other, &keys);
	if (other->n_keys == b->n_keys)
		err_set(err, ERR_CONFIG, "%s stands in line %d already: remove one of them", buf_text(&keys),
		        other->line);
	else
		err_set(err, ERR_CONFIG, "this and %s in line %d begin with the same key: change one of them",
		        buf_text(&keys), other->line);
	buf_release(&keys);
	return false;
}

bool
rebind(struct keymap *map, const char *line, int number, struct err *err)
{
	struct binding b;

	if (!keymap_parse(map, line, &b, err) || !check_told_apart(&b, err) || !check_text(&b, err) ||
	        !check_fixed(map, &b, err) || !check_once(map, &b, err))
		return false;
	b.line = number;
	keymap_bind(map, &b);
	return true;
}
