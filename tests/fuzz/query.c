/*
 * query.c - fuzzing what is typed to find something, and the text it is found in: the first line is the query, the rest is
 * a message, mended as all of them are before they are kept. Whatever is typed is no error of the search index; and the index finds the message exactly where our own
 * eyes (text/find.h) find its words, so that every hit can be shown.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "store/database.h"
#include "store/history_inside.h"
#include "store/list.h"
#include "store/query.h"
#include "store/schema.h"
#include "store/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* One conversation, and room for a message. Its file has no name any more. */
static struct history *
history(void)
{
	static struct history h = {.lock = {.fd = -1}};
	char path[] = "/tmp/flynn-fuzz-XXXXXX";
	struct err err;

	if (h.database.sqlite)
		return &h;
	must(close(mkstemp(path)) == 0);
	must(database_open(&h.database, path, DATABASE_WRITE, &err) && schema_functions(&h.database, &err) &&
	        database_script(&h.database, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", &err) &&
	        schema_create(&h.database, schema_current(), &err));
	must(database_script(&h.database,
	        "INSERT INTO conversation (uuid, title, created, updated, leaf) VALUES ('u', 'A title', 5, 5, 1)",
	        &err));
	unlink(path);
	return &h;
}

static void
add_message(struct history *h, const struct buf *text)
{
	struct err err;
	sqlite3_stmt *s = database_prepare(&h->database,
	        "INSERT INTO message (id, conversation, role, state, model, created, content)"
	        " VALUES (1, 1, 'user', 'complete', 'tiny', 5, ?1)",
	        &err);

	must(s != NULL);
	database_bind_text(s, 1, buf_text(text), text->len);
	must(database_run(&h->database, s, &err));
}

static void
check_snippet(const struct snippet *s)
{
	size_t end = 0;

	for (size_t i = 0; i < s->n_hits; i++) {
		must(s->hits[i].start >= end && s->hits[i].len <= s->text.len - s->hits[i].start);
		end = s->hits[i].start + s->hits[i].len;
	}
}

static bool
is_filtered(const struct query *q)
{
	return q->role || q->column || q->model.len > 0 || q->pinned || q->archived || q->after_ms != INT64_MIN ||
	       q->before_ms != INT64_MAX || q->n_tags > 0;
}

static void
search(struct history *h, const struct query *query, const struct buf *text)
{
	static const enum search_order orders[] = {SEARCH_NEWEST, SEARCH_BEST, SEARCH_FEW_BEST};
	bool seen = find_all(&query->words, buf_text(text), text->len);
	struct search found;
	struct list list;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
		must(search_page(h, &(struct search_request){query, orders[i], 0, 5}, &found, &err));
		must(found.n <= 1 && !found.more);
		if (query->words.n > 0 && !is_filtered(query))
			must(found.n == seen);
		if (found.n > 0)
			check_snippet(&found.hits[0].snippet);
		search_release(&found);
	}
	must(list_page(h, &(struct list_request){query, NULL, LIST_DOWN, 5}, &list, &err) && list.n <= 1);
	list_release(&list);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const char *typed = (const char *)bytes, *end = memchr(typed, '\n', n), *text = end ? end + 1 : typed + n;
	size_t typed_len = end ? (size_t)(end - typed) : n, text_len = n - (size_t)(text - typed);
	struct history *h = history();
	struct buf message = {0};
	struct query query;
	struct err err = {0};

	must(utf8_append_mended(&message, text, text_len) && database_begin(&h->database, &err));
	add_message(h, &message);
	if (query_parse(&query, typed, typed_len, &err))
		search(h, &query, &message);
	else
		must(err.code == ERR_USAGE && *err.text);
	query_release(&query);
	buf_release(&message);
	database_roll_back(&h->database);
	return 0;
}
