/*
 * plans.c - how SQLite goes about what is asked of it: in a big history nothing may be looked through from end to end that
 * an index leads to.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/edit.h"
#include "store/list.h"
#include "store/model_stats.h"
#include "store/preview.h"
#include "store/search.h"
#include "store/search_filter.h"
#include "store/tagged.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

/* What was deleted is looked for among all conversations, behind everything else. */
static bool
may_scan(const char *table, const char *sql)
{
	if (strcmp(table, "gone") == 0)
		return strstr(sql, "SELECT id FROM conversation AS gone WHERE deleted < ?1") != NULL;
	return strcmp(table, "conversation") == 0 &&
	       strstr(sql, "DELETE FROM conversation WHERE id IN (SELECT id FROM conversation WHERE deleted") == sql;
}

static void
list_and_search(struct history *h)
{
	struct query query;
	struct list list;
	struct search search;
	struct preview preview;
	struct err err;

	for (int way = LIST_DOWN; way <= LIST_UP; way++) {
		CU_ASSERT(list_page(h, &(struct list_request){.way = way, .limit = 10}, &list, &err));
		list_release(&list);
	}
	CU_ASSERT_FATAL(query_parse(&query, "blue is:pinned tag:title", 24, &err));
	for (int order = SEARCH_NEWEST; order <= SEARCH_FEW_BEST; order++) {
		struct search_request request = {.query = &query, .order = order, .limit = 10};

		CU_ASSERT(search_page(h, &request, &search, &err));
		CU_ASSERT(search.n == 2);
		search_release(&search);
	}
	query_release(&query);
	CU_ASSERT(preview_load(h, 1, 0, NULL, &preview, &err));
	preview_release(&preview);
}

static void
filter(struct history *h, const char *typed)
{
	struct search_filter passing = {0};
	struct tagged tagged = {0};
	struct query query;
	struct err err;

	CU_ASSERT_FATAL(query_parse(&query, typed, strlen(typed), &err));
	CU_ASSERT(tagged_find(&tagged, history_database(h), &query, &err));
	CU_ASSERT(search_filter_find(&passing, history_database(h), &query, &tagged, 1, &err));
	search_filter_release(&passing);
	tagged_release(&tagged);
	query_release(&query);
}

static void
edit(struct history *h)
{
	struct err err;
	int64_t last;
	bool more;

	for (int type = EDIT_RENAME; type <= EDIT_UNTAG; type++)
		CU_ASSERT(edit_conversation(h, 1, type, "title", &err));
	CU_ASSERT(edit_purge(h, 1, &more, &err));
	CU_ASSERT(load_last(h, &last, &err));
}

/* In the order of an index. */
static void
count_models(struct history *h)
{
	struct model_stats models;
	struct err err;

	CU_ASSERT(model_stats_read(h, &models, &err));
	CU_ASSERT(models.n > 0 && models.rows[0].tally.replies > 0);
	model_stats_release(&models);
}

/* Of all that there is to be done with a conversation. */
static void
use(struct talk *t)
{
	struct message *prompt = conversation_add(t->conversation, NULL, CHAT_USER, "Blue?"),
	               *reply = conversation_add(t->conversation, prompt, CHAT_ASSISTANT, "");
	struct buf file = {0};
	struct tags names = {0};
	struct err err;

	buf_puts(&file, "blue");
	attachments_add(&prompt->attachments, attachment_new(ATTACHMENT_TEXT, "a.txt", NULL, "text/plain", &file));
	reply->state = MESSAGE_STREAMING;
	talk_save(t);
	talk_put(&reply->content, "As the sky");
	conversation_touch(t->conversation, reply);
	talk_save(t);
	talk_put(&reply->content, ", blue.");
	talk_end(t, reply, MESSAGE_COMPLETE);
	talk_load(t, 1);
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_PIN, NULL, &err));
	CU_ASSERT(edit_conversation(t->history, 1, EDIT_TAG, "title", &err));
	list_and_search(t->history);
	filter(t->history, "model:tiny after:2020");
	filter(t->history, "is:pinned");
	filter(t->history, "tag:title tag:ti");
	CU_ASSERT(tagged_names(t->history, &names, &err) && names.n == 1);
	tags_release(&names);
	count_models(t->history);
	edit(t->history);
}

static char *
plan_of(sqlite3 *sqlite, const char *sql)
{
	char *explain = mem_printf("EXPLAIN QUERY PLAN %s", sql);
	struct buf plan = {0};
	sqlite3_stmt *s;

	CU_ASSERT_FATAL(sqlite3_prepare_v2(sqlite, explain, -1, &s, NULL) == SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW)
		buf_printf(&plan, "%s\n", (const char *)sqlite3_column_text(s, 3));
	sqlite3_finalize(s);
	free(explain);
	return buf_take(&plan);
}

static bool
scans(const char *plan, const char *table)
{
	char *scan = mem_printf("SCAN %s\n", table);
	bool found = strstr(plan, scan) != NULL;

	free(scan);
	return found;
}

static void
check_plan(sqlite3 *sqlite, const char *sql)
{
	static const char *const tables[] = {
	        "message", "m", "journal", "conversation", "c", "gone", "attachment", "a", "message_attachment", "l"};
	char *plan = plan_of(sqlite, sql);

	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		HARNESS_CHECK(!scans(plan, tables[i]) || may_scan(tables[i], sql), "%s\n# %s", sql, plan);
	/* Pieces are taken from the end of an index: sorting what is left, each time, would take with its square. */
	if (strncmp(sql, "DELETE", 6) == 0)
		HARNESS_CHECK(!strstr(plan, "TEMP B-TREE"), "%s\n# %s", sql, plan);
	free(plan);
}

/* Statements stay prepared: they are those of all that was done above. */
static void
nothing_is_looked_through(void)
{
	struct talk *t;
	sqlite3 *sqlite;
	int seen = 0;

	place_make();
	t = talk_new(conversation_new(""));
	use(t);
	sqlite = history_database(t->history)->sqlite;
	for (sqlite3_stmt *s = sqlite3_next_stmt(sqlite, NULL); s; s = sqlite3_next_stmt(sqlite, s))
		if (!strstr(sqlite3_sql(s), "message_words_")) { /* else it is the index's own */
			check_plan(sqlite, sqlite3_sql(s));
			seen++;
		}
	HARNESS_CHECK(seen > 25, "%d statements", seen);
	talk_free(t);
}

CU_TestInfo plans_tests[] = {
        {"nothing is looked through from end to end", nothing_is_looked_through},
        CU_TEST_INFO_NULL,
};
