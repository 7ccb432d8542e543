/*
 * machines.c - see machines.h.
 */
#include "tests/store/machines.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/database.h"
#include "tests/harness.h"
#include "tests/store/place.h"

static char *
path_of(const char *name)
{
	char *file = mem_printf("%s.db", name), *path = place_path(file);

	free(file);
	return path;
}

struct history *
machine_open(const char *name)
{
	char *path = path_of(name);
	struct err err = {0};
	struct history *h = history_open(path, HISTORY_CREATE, &err);

	HARNESS_CHECK(h != NULL, "%s", err.text);
	CU_ASSERT_FATAL(h != NULL);
	place_run(h, "PRAGMA synchronous = OFF");
	free(path);
	return h;
}

char *
machine_import(struct history *h, const char *name, struct import_counts *counts)
{
	char *path = path_of(name);
	struct import_counts own;
	struct err err = {0};
	bool good = import_database(h, path, NULL, NULL, counts ? counts : &own, &err);

	free(path);
	return mem_strdup(good ? "" : err.text);
}

void
machine_check(struct history *h, const char *name, size_t added, size_t merged, size_t skipped, size_t messages)
{
	struct import_counts c;
	char *words = machine_import(h, name, &c);

	HARNESS_EQUAL(words, "");
	HARNESS_CHECK(c.added == added && c.merged == merged && c.skipped == skipped && c.messages == messages,
	        "%zu added, %zu merged, %zu skipped, %zu messages", c.added, c.merged, c.skipped, c.messages);
	free(words);
}

struct talk *
machine_talk(struct history *h, int64_t row)
{
	struct talk *t = talk_join(h, conversation_new(NULL));

	if (row != 0)
		talk_load(t, row);
	return t;
}

/* ---- the dump ---- */

static int
by_uuid(const void *a, const void *b)
{
	const struct message *const *x = a, *const *y = b;

	return strcmp((*x)->uuid, (*y)->uuid);
}

static void
put_files(struct buf *out, const struct message *m)
{
	for (size_t i = 0; i < m->attachments.n; i++)
		buf_printf(out, " +%s %.8s", m->attachments.items[i]->name, m->attachments.items[i]->sha256);
}

static void put_siblings(struct buf *, const struct message *first, int depth);

static void
put_message(struct buf *out, const struct message *m, int depth)
{
	buf_printf(out, "%*s%s %s %s [%s] [%s]", depth, "", m->uuid, chat_role_name(m->role),
	        message_state_name(m->state), buf_text(&m->reasoning), buf_text(&m->content));
	put_files(out, m);
	buf_putc(out, '\n');
	put_siblings(out, m->first_child, depth + 1);
}

static void
put_siblings(struct buf *out, const struct message *first, int depth)
{
	const struct message **all = NULL;
	size_t n = 0;

	for (const struct message *m = first; m; m = m->next_sibling) {
		all = mem_realloc(all, (n + 1) * sizeof(struct message *));
		all[n++] = m;
	}
	if (n > 1)
		qsort(all, n, sizeof(struct message *), by_uuid);
	for (size_t i = 0; i < n; i++)
		put_message(out, all[i], depth);
	free(all);
}

static void
put_conversation(struct buf *out, struct history *h, int64_t row)
{
	struct talk *t = machine_talk(h, row);
	char *sql = mem_printf(
	             "SELECT coalesce(group_concat(name), '') FROM (SELECT name FROM tag WHERE conversation = %lld"
	             "  ORDER BY name)",
	             (long long)row),
	     *tags = place_query(h, sql);

	buf_printf(out, "%s {%s}\n", conversation_info(t->conversation)->uuid, tags);
	put_siblings(out, conversation_first(t->conversation), 1);
	free(sql);
	free(tags);
	talk_drop(t);
}

char *
machine_dump(struct history *h)
{
	char *rows = place_query(h, "SELECT coalesce(group_concat(id), '') FROM"
	                            "  (SELECT id FROM conversation WHERE deleted IS NULL ORDER BY uuid)"),
	     *votes = place_query(h, "SELECT coalesce(group_concat(uuid || n), '') FROM (SELECT uuid, (SELECT count(*)"
	                             "  FROM vote_model WHERE vote = vote.id) AS n FROM vote ORDER BY uuid)");
	struct buf out = {0};

	for (const char *at = rows; *at; at += *at == ',')
		put_conversation(&out, h, strtoll(at, (char **)&at, 10));
	buf_printf(&out, "votes %s\n", votes);
	free(rows);
	free(votes);
	return buf_take(&out);
}
