/*
 * held.c - there are two of them at most: what is open, and the panes.
 */
#include "store/held.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/database.h"

enum {
	WAIT_MS =
	        250, /* as long as a reply may wait for its save (store/saver.h): while one streams there is always one in time */
};

static char **
value_of(struct held *held, const char *key)
{
	for (size_t i = 0; i < held->n; i++)
		if (strcmp(held->settings[i].key, key) == 0)
			return &held->settings[i].value;
	held->settings = mem_realloc(held->settings, (held->n + 1) * sizeof(*held->settings));
	held->settings[held->n] = (struct held_setting){mem_strdup(key), NULL};
	return &held->settings[held->n++].value;
}

void
held_add(struct held *held, const char *key, const char *value, int64_t now_ms)
{
	char **of;

	if (held->n == 0)
		held->until_ms = now_ms + WAIT_MS;
	of = value_of(held, key);
	free(*of);
	*of = mem_strdup(value);
}

int
held_wait_ms(const struct held *held, int64_t now_ms)
{
	if (held->n == 0)
		return -1;
	return held->until_ms > now_ms ? (int)(held->until_ms - now_ms) : 0;
}

bool
held_set(struct database *db, const char *key, const char *value, struct err *err)
{
	static const char remove[] = "DELETE FROM setting WHERE key = ?";
	static const char set[] = "INSERT INTO setting (key, value) VALUES (?, ?)"
	                          "  ON CONFLICT (key) DO UPDATE SET value = excluded.value";
	sqlite3_stmt *s = database_prepare(db, value ? set : remove, err);

	if (!s)
		return false;
	database_bind_string(s, 1, key);
	if (value)
		database_bind_string(s, 2, value);
	return database_run(db, s, err);
}

static bool
write_all(const struct held *held, struct database *db, struct err *err)
{
	bool good = true;

	for (size_t i = 0; i < held->n; i++)
		good &= held_set(db, held->settings[i].key, held->settings[i].value, err);
	return good;
}

void
held_join(struct held *held, struct database *db)
{
	struct err err;

	if (!held->apart && !write_all(held, db, &err))
		held->apart = true;
}

void
held_joined(struct held *held)
{
	if (!held->apart)
		held_release(held);
}

bool
held_write(struct held *held, struct database *db, struct err *err)
{
	bool good = write_all(held, db, err);

	held_release(held);
	return good;
}

void
held_release(struct held *held)
{
	for (size_t i = 0; i < held->n; i++) {
		free(held->settings[i].key);
		free(held->settings[i].value);
	}
	free(held->settings);
	*held = (struct held){0};
}
