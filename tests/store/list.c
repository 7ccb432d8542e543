/*
 * list.c - the list of conversations, in pages.
 */
#include "store/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/database.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

/* Ten conversations a to j: c and h are pinned, e is archived, f deleted, all of the same moment but d, which is older, and
 * i, which is newer. Conversation b has three messages, one of them deleted. */
static struct history *
ten(void)
{
	struct history *h;

	place_make();
	h = place_open();
	place_run(h,
	        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)"
	        " INSERT INTO conversation (id, uuid, title, model, created, updated, leaf)"
	        " SELECT i, 'u' || i, 'The ' || char(96 + i) || ' talk', 'Model-' || (i % 2), 1000, 2000, i FROM n");
	place_run(h, "UPDATE conversation SET pinned = 1 WHERE id IN (3, 8)");
	place_run(h, "UPDATE conversation SET archived = 1 WHERE id = 5");
	place_run(h, "UPDATE conversation SET deleted = 1 WHERE id = 6");
	place_run(h, "INSERT INTO conversation (id, uuid, created, updated) VALUES (9999, 'empty', 1000, 2000)");
	place_run(h, "UPDATE conversation SET updated = 1500 WHERE id = 4");
	place_run(h, "UPDATE conversation SET updated = 2500 WHERE id = 9");
	place_run(h, "INSERT INTO message (conversation, role, state, content, created, deleted) VALUES"
	             " (2, 'user', 'complete', 'gone', 1, 5), (2, 'user', 'complete', 'first' || char(10) || 'line', "
	             "1, NULL),"
	             " (2, 'assistant', 'complete', 'reply', 2, NULL)");
	return h;
}

/* The letters of the titles, and `+` where there is more. */
static void
expect(struct history *h, const struct list_request *request, const char *want, struct list *list)
{
	struct buf seen = {0};
	struct err err;

	CU_ASSERT(list_page(h, request, list, &err));
	for (size_t i = 0; i < list->n; i++)
		buf_putc(&seen, buf_text(&list->rows[i].title)[4]);
	if (list->more)
		buf_putc(&seen, '+');
	HARNESS_EQUAL(buf_text(&seen), want);
	buf_release(&seen);
}

static void
goes_down_and_up(void)
{
	struct history *h = ten();

	for (size_t limit = 1; limit <= 9; limit++) {
		static const char order[] = "hcijgbad";
		struct list_request request = {.limit = limit};
		struct list_key key;
		size_t at = 0;

		while (at < strlen(order)) {
			struct list list;
			char want[16];

			snprintf(want, sizeof(want), "%.*s%s", (int)limit, order + at,
			        at + limit < strlen(order) ? "+" : "");
			expect(h, &request, want, &list);
			at += list.n;
			key = list.rows[list.n - 1].key;
			request.from = &key;
			list_release(&list);
		}
		request.way = LIST_UP;
		for (at = strlen(order) - 1; at > 0;) {
			size_t n = at < limit ? at : limit;
			struct list list;
			char want[16];

			snprintf(want, sizeof(want), "%.*s%s", (int)n, order + at - n, at > n ? "+" : "");
			expect(h, &request, want, &list);
			at -= n;
			key = list.rows[0].key;
			list_release(&list);
		}
	}
	history_close(h);
	place_remove();
}

static void
shows_what_is_inside(void)
{
	struct history *h = ten();
	struct list_request request = {.limit = 20};
	struct list list;
	const struct listed *b;

	expect(h, &request, "hcijgbad", &list);
	b = &list.rows[5];
	CU_ASSERT(b->messages == 2 && b->key.row == 2 && !b->archived && b->created_ms == 1000 &&
	          b->key.updated_ms == 2000);
	HARNESS_EQUAL(buf_text(&b->preview), "first\nline");
	HARNESS_EQUAL(buf_text(&b->model), "Model-0");
	HARNESS_EQUAL(b->uuid, "u2");
	CU_ASSERT(list.rows[0].key.pinned && list.rows[0].messages == 0 && !b->key.pinned);
	HARNESS_EQUAL(buf_text(&list.rows[0].preview), "");
	list_release(&list);
	history_close(h);
	place_remove();
}

static void
obeys_a_query(void)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
	        {"", "hcijgbad"},
	        {"is:pinned", "hc"},
	        {"is:archived", "e"},
	        {"model:MODEL-1", "ciga"},
	        {"model:nothing", ""},
	        {"before:1970-01-01", ""},
	        {"after:1969", "hcijgbad"},
	        {"talk", "hcijgbad"},
	        {"talk G", "g"},
	        {"tal ", ""},
	};
	struct history *h = ten();

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct list_request request = {.limit = 20};
		struct query query;
		struct list list;
		struct err err;

		CU_ASSERT(query_parse(&query, rows[i].typed, strlen(rows[i].typed), &err));
		request.query = &query;
		expect(h, &request, rows[i].want, &list);
		for (size_t k = 0; k < list.n; k++)
			CU_ASSERT(list.rows[k].archived == query.archived);
		list_release(&list);
		query_release(&query);
	}
	history_close(h);
	place_remove();
}

static int
at_once(void *arg)
{
	++*(int *)arg;
	return 1;
}

static void
can_be_halted(void)
{
	struct history *h = ten();
	sqlite3 *sqlite = history_database(h)->sqlite;
	struct list_request request = {.limit = 5000};
	struct list list;
	struct err err;
	int asked = 0;

	place_run(h, "WITH RECURSIVE n (i) AS (SELECT 11 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
	             " INSERT INTO conversation (id, uuid, title, created, updated, leaf) SELECT i, 'u' || i, '', 1, "
	             "2, i FROM n");
	sqlite3_progress_handler(sqlite, 1000, at_once, &asked);
	CU_ASSERT_FALSE(list_page(h, &request, &list, &err));
	CU_ASSERT(err.code == ERR_CANCELLED && asked > 0);
	list_release(&list);
	sqlite3_progress_handler(sqlite, 0, NULL, NULL);
	CU_ASSERT(list_page(h, &request, &list, &err) && list.n == 2998);
	list_release(&list);
	history_close(h);
	place_remove();
}

/* A first prompt that failed is back in the input: there is no message then. */
static void
a_draft_stands_for_a_title(void)
{
	static const struct {
		const char *title, *draft, *want;
	} cases[] = {
	        {"", "first", "draft: first"},
	        {"", " \n\n a line\nanother", "draft: a line"},
	        {"a name", "first", "a name"},
	};
	struct history *h;
	struct list list;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char *sql = mem_printf("INSERT INTO conversation (uuid, title, created, updated, draft)"
		                       " VALUES ('u', '%s', 1, 2, '%s')",
		        cases[i].title, cases[i].draft);

		place_make();
		h = place_open();
		place_run(h, sql);
		CU_ASSERT_FATAL(list_page(h, &(struct list_request){.limit = 2}, &list, &err) && list.n == 1);
		HARNESS_EQUAL(buf_text(&list.rows[0].title), cases[i].want);
		list_release(&list);
		history_close(h);
		place_remove();
		free(sql);
	}
}

CU_TestInfo list_tests[] = {
        {"goes down and up", goes_down_and_up},
        {"shows what is inside", shows_what_is_inside},
        {"obeys a query", obeys_a_query},
        {"can be halted", can_be_halted},
        {"a draft stands for a title", a_draft_stands_for_a_title},
        CU_TEST_INFO_NULL,
};
