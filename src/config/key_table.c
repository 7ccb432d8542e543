/*
 * key_table.c - a row for each key, the nearest one for a slip of the keyboard.
 */
#include "config/key_table.h"

#include <string.h>

#include "base/buf.h"
#include "base/nearest.h"

bool
reader_wrong_err(const struct reader *r, int line)
{
	return err_set(r->err, ERR_CONFIG, "%s:%d: %s", r->path, line, r->err->text);
}

bool
reader_wrong(const struct reader *r, int line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_vset(r->err, ERR_CONFIG, format, args);
	va_end(args);
	return reader_wrong_err(r, line);
}

bool
reader_wrong_value(const struct reader *r, const struct tree *t)
{
	return reader_wrong(r, t->line, "%s %s", t->key, r->err->text);
}

const struct key *
key_find(const struct key_table *table, const char *name)
{
	for (size_t i = 0; i < table->n; i++)
		if (strcmp(table->rows[i].name, name) == 0)
			return &table->rows[i];
	return NULL;
}

static const struct key *
nearest(const struct key_table *table, const char *typed)
{
	const struct key *best = NULL;
	size_t distance = (size_t)-1;

	for (size_t i = 0; i < table->n; i++) {
		size_t d = nearest_distance(typed, table->rows[i].name);

		if (nearest_is_near(typed, table->rows[i].name) && d < distance) {
			best = &table->rows[i];
			distance = d;
		}
	}
	return best;
}

bool
key_unknown(const struct reader *r, const struct tree *t, const struct key_table *table)
{
	const struct key *meant = nearest(table, t->key);
	struct buf known = {0};

	for (size_t i = 0; i < table->n; i++)
		buf_printf(&known, "%s%s", i ? ", " : "", table->rows[i].name);
	if (meant)
		reader_wrong(r, t->key_line, "unknown key \"%s\": did you mean \"%s\"?", t->key, meant->name);
	else if (table->below && key_find(table->below, t->key))
		reader_wrong(
		        r, t->key_line, "\"%s\" belongs to a model: put it under models: and the model's name", t->key);
	/* A value that lost its key may be a secret: `{auth_token, sk-…}` is two keys without values. */
	else if (tree_is_null(t))
		reader_wrong(r, t->key_line, "unknown key, without a value: the keys here are %s", buf_text(&known));
	else
		reader_wrong(r, t->key_line, "unknown key \"%s\": the keys here are %s", t->key, buf_text(&known));
	buf_release(&known);
	return false;
}

bool
key_check_text(const struct reader *r, const struct tree *t, const struct key *key)
{
	if (t->type != TREE_TEXT)
		return reader_wrong(r, t->key_line, "%s must be one value, not a %s: write %s: %s", key->name,
		        t->type == TREE_MAP ? "mapping" : "list", key->name, key->example);
	if (key->plain && !t->plain)
		return reader_wrong(
		        r, t->line, "%s must not be in quotes: write %s: %s", key->name, key->name, key->example);
	return true;
}

bool
key_read(const struct reader *r, const struct tree *t, const struct key *key, void *to)
{
	if (tree_is_null(t))
		return true;
	return (!key->example || key_check_text(r, t, key)) && key->take(r, t, (char *)to + key->member);
}

bool
key_table_read(const struct reader *r, const struct tree *t, const struct key_table *table, void *to)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct key *key = key_find(table, t->items[i].key);

		if (!key)
			return key_unknown(r, &t->items[i], table);
		if (!key_read(r, &t->items[i], key, to))
			return false;
	}
	return true;
}
