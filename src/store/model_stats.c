/*
 * model_stats.c - one walk over the replies in the order of their models, which the index message_kind has. The numbers stand
 * before the texts in a row, so no text is read: but for replies without any number, which may be a person's.
 */
#include "store/model_stats.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "store/history_inside.h"
#include "store/json_values.h"
#include "store/sqlite.h"
#include "store/vote.h"

/* Rows of the same model follow one another. */
static struct model_stats_row *
row_of(struct model_stats *stats, const char *model)
{
	if (stats->n > 0 && strcmp(stats->rows[stats->n - 1].model, model) == 0)
		return &stats->rows[stats->n - 1];
	stats->rows = mem_realloc(stats->rows, (stats->n + 1) * sizeof(*stats->rows));
	stats->rows[stats->n] = (struct model_stats_row){.model = mem_strdup(model), .votes = -1};
	return &stats->rows[stats->n++];
}

static void
take_reply(struct model_stats *stats, sqlite3_stmt *s)
{
	struct chat_usage usage = json_usage(database_text(s, 1), (size_t)sqlite3_column_bytes(s, 1));
	struct chat_timings timings = json_timings(database_text(s, 2), (size_t)sqlite3_column_bytes(s, 2));
	struct buf name = {0};

	(void)!utf8_append_mended(&name, database_text(s, 0), (size_t)sqlite3_column_bytes(s, 0));
	tally_add(&row_of(stats, buf_text(&name))->tally, &usage, &timings);
	buf_release(&name);
}

static int
most_replies_first(const void *a, const void *b)
{
	const struct model_stats_row *x = a, *y = b;
	int64_t m = x->tally.replies, n = y->tally.replies;

	return m == n ? strcmp(x->model, y->model) : m < n ? 1 : -1;
}

static bool
read_votes(struct history *h, struct model_stats *stats, struct err *err)
{
	struct votes votes;
	int64_t wins;
	bool good = votes_read(h, &votes, err);

	for (size_t i = 0; i < stats->n; i++)
		if (votes_of(&votes, stats->rows[i].model, &wins))
			stats->rows[i].votes = wins;
	votes_release(&votes);
	return good;
}

bool
model_stats_read(struct history *h, struct model_stats *stats, struct err *err)
{
	static const char sql[] = "SELECT model, usage, timings FROM message"
	                          "  WHERE role = 'assistant' AND owner IS NULL AND deleted IS NULL"
	                          "  AND +conversation IN (SELECT id FROM conversation WHERE deleted IS NULL)"
	                          "  AND NOT (usage = '' AND timings = '' AND edited) ORDER BY model";
	sqlite3_stmt *s = database_prepare(&h->database, sql, err);
	bool failed;

	*stats = (struct model_stats){0};
	if (!s)
		return false;
	while (database_row(&h->database, s, &failed, err))
		take_reply(stats, s);
	if (stats->n > 1)
		qsort(stats->rows, stats->n, sizeof(*stats->rows), most_replies_first);
	return !failed && read_votes(h, stats, err);
}

void
model_stats_release(struct model_stats *stats)
{
	for (size_t i = 0; i < stats->n; i++)
		free(stats->rows[i].model);
	free(stats->rows);
	*stats = (struct model_stats){0};
}
