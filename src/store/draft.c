/*
 * draft.c - settings of the name "draft" and the number of an instance.
 */
#include "store/draft.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/history_inside.h"
#include "store/instance.h"
#include "store/sqlite.h"

static const char prefix[] = "draft ";

static char *
key_of(int64_t instance)
{
	return mem_printf("%s%" PRId64, prefix, instance);
}

bool
draft_get(struct history *h, char **text, struct err *err)
{
	char *key = key_of(h->instance);
	bool good = history_setting(h, key, text, err);

	free(key);
	return good;
}

bool
draft_set(struct history *h, const char *text, struct err *err)
{
	char *key = key_of(h->instance);
	bool good = history_set(h, key, text && *text ? text : NULL, err);

	free(key);
	return good;
}

static bool
drop(struct history *h, int64_t instance, const char *text, struct err *err)
{
	sqlite3_stmt *s = database_prepare(&h->database, "DELETE FROM setting WHERE key = ?1 AND value = ?2", err);
	char *key = key_of(instance);

	if (s) {
		database_bind_string(s, 1, key);
		database_bind_string(s, 2, text);
	}
	free(key);
	return s && database_run(&h->database, s, err);
}

bool
draft_drop(struct history *h, const char *text, struct err *err)
{
	return drop(h, h->instance, text, err);
}

/* ---- what was left ---- */

void
drafts_release(struct drafts *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->texts[i]);
	free(d->texts);
	free(d->instances);
	*d = (struct drafts){0};
}

static void
add(struct drafts *d, int64_t instance, const char *text)
{
	d->texts = mem_realloc(d->texts, (d->n + 1) * sizeof(*d->texts));
	d->instances = mem_realloc(d->instances, (d->n + 1) * sizeof(*d->instances));
	d->texts[d->n] = mem_strdup(text);
	d->instances[d->n++] = instance;
}

/* Instances are numbered in the order in which they began. */
bool
drafts_left(struct history *h, struct drafts *d, struct err *err)
{
	sqlite3_stmt *s = database_prepare(&h->database,
	        "SELECT CAST(substr(key, 7) AS INTEGER) instance, value FROM setting"
	        "  WHERE key > 'draft ' AND key < 'draft!' ORDER BY instance",
	        err);
	bool failed = true;

	*d = (struct drafts){0};
	while (s && database_row(&h->database, s, &failed, err))
		if (!instance_is_alive(h, sqlite3_column_int64(s, 0)))
			add(d, sqlite3_column_int64(s, 0), database_text(s, 1));
	return !failed;
}

static bool
take_over(struct history *h, const struct drafts *d, bool *own, struct err *err)
{
	for (size_t i = 0; i < d->n; i++) {
		if (!drop(h, d->instances[i], d->texts[i], err))
			return false;
		*own = sqlite3_changes(h->database.sqlite) > 0;
	}
	return !*own || draft_set(h, d->texts[d->n - 1], err);
}

bool
drafts_take_up(struct history *h, const struct drafts *d, bool *own, struct err *err)
{
	*own = false;
	if (d->n == 0)
		return true;
	if (!instance_begin(h, err) || !database_begin(&h->database, err))
		return false;
	if (take_over(h, d, own, err))
		return database_commit(&h->database, err);
	database_roll_back(&h->database);
	return false;
}
