/*
 * search.c - one statement walks the index, a second looks at each message it gives, a third reads the text of those
 * that are shown. So the walk is SQLite's cheapest, and where it stands is known at every moment.
 */
#include "store/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "chat/conversation.h"
#include "store/history_inside.h"
#include "store/search_filter.h"
#include "store/sqlite.h"
#include "store/tagged.h"

static const char newest[] =
        "SELECT rowid FROM message_words WHERE message_words MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC";
/* What was thought counts half. FTS5's own `rank` would sort all of them, and nothing could end that; so SQLite keeps
 * the best ones while it walks. */
static const char best[] = "SELECT rowid FROM message_words WHERE message_words MATCH ?1"
                           " ORDER BY bm25(message_words, 1.0, 0.5), rowid DESC LIMIT ?3 OFFSET ?2";

/* For signs without a word: the index has no signs, so every text is read. */
static const char all[] = "SELECT id FROM message WHERE id < ?2 AND owner IS NULL ORDER BY id DESC";

enum {
	RANKED_MAX = 10000, /* rows of the index, where nobody asked for it */
	/* Messages that did not pass the filters, until search_filter.h looks for those that can. That may take about
	 * as long as they took; if it would take longer, it is tried again after LOOKS_TIMES as many. */
	LOOKS_MAX = 200,
	LOOKS_TIMES = 8,
	PASSING_PER_LOOK = 50,
};

struct searcher {
	struct database *db;
	const struct search_request *request;
	struct search *search;
	size_t walked; /* rows of the index */
	size_t looks;  /* at messages that did not pass */
	size_t looks_max;
	struct search_filter passing;
	struct tagged tagged;
	struct err *err;
};

/* ---- a message ---- */

static bool
passes(const struct searcher *searcher, sqlite3_stmt *s)
{
	const struct query *query = searcher->request->query;
	int64_t created = sqlite3_column_int64(s, 3);

	return created >= query->after_ms && created < query->before_ms &&
	       (!query->role || strcmp(database_text(s, 1), query->role) == 0) &&
	       query_wants_model(query, database_text(s, 2)) && (!query->pinned || sqlite3_column_int(s, 5)) &&
	       (!query->archived || sqlite3_column_int(s, 6)) &&
	       (query->n_tags == 0 || tagged_has(&searcher->tagged, sqlite3_column_int64(s, 0)));
}

static void
put(struct buf *to, sqlite3_stmt *s, int column)
{
	const char *text = database_text(s, column);
	size_t n = (size_t)sqlite3_column_bytes(s, column);

	if (n > CONVERSATION_TITLE_MAX)
		n = utf8_floor(text, CONVERSATION_TITLE_MAX);
	(void)!utf8_append_mended(to, text, n);
}

static struct search_hit *
add(struct search *search, int64_t row, sqlite3_stmt *s)
{
	struct search_hit *hit;

	search->hits = mem_realloc(search->hits, (search->n + 1) * sizeof(*search->hits));
	hit = &search->hits[search->n++];
	*hit = (struct search_hit){
	        .conversation = sqlite3_column_int64(s, 0),
	        .message = row,
	        .created_ms = sqlite3_column_int64(s, 3),
	        .pinned = sqlite3_column_int(s, 5),
	        .archived = sqlite3_column_int(s, 6),
	};
	strncpy(hit->role, database_text(s, 1), sizeof(hit->role) - 1);
	put(&hit->model, s, 2);
	put(&hit->title, s, 4);
	return hit;
}

static void
release_hit(struct search_hit *hit)
{
	buf_release(&hit->model);
	buf_release(&hit->title);
	snippet_release(&hit->snippet);
	tags_release(&hit->tags);
}

static void
drop_last(struct search *search)
{
	release_hit(&search->hits[--search->n]);
}

/* `*hit` is NULL when the message is deleted, or a filter keeps it back. */
static bool
look_at(struct searcher *searcher, int64_t row, struct search_hit **hit)
{
	sqlite3_stmt *s = database_prepare(searcher->db,
	        "SELECT m.conversation, m.role, m.model, m.created, c.title, c.pinned, c.archived"
	        " FROM message m CROSS JOIN conversation c ON c.id = m.conversation"
	        " WHERE m.id = ?1 AND m.deleted IS NULL AND c.deleted IS NULL",
	        searcher->err);
	bool failed;

	*hit = NULL;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	if (database_row(searcher->db, s, &failed, searcher->err)) {
		if (passes(searcher, s))
			*hit = add(searcher->search, row, s);
		sqlite3_reset(s);
	}
	return !failed;
}

enum {
	CONTENT,
	REASONING,
	FILES,
};

static struct query_text
text_of(sqlite3_stmt *s, int column)
{
	const char *text = database_text(s, column);
	size_t n = (size_t)sqlite3_column_bytes(s, column);

	return (struct query_text){text, column == FILES && n > 0 ? n - 1 : n}; /* without its last line feed */
}

/* False: no word is there; then it is of the text's beginning. */
static bool
snippet_from(const struct query *query, struct search_hit *hit, sqlite3_stmt *s, int column)
{
	struct query_text from = text_of(s, column);

	snippet_release(&hit->snippet);
	hit->in_reasoning = column == REASONING;
	hit->in_files = column == FILES;
	return snippet_make(&hit->snippet, &query->words, from.text, from.n, SEARCH_SNIPPET_BYTES);
}

static void
make_snippet(const struct query *query, struct search_hit *hit, sqlite3_stmt *s)
{
	bool is_of_reasoning = query->column && *query->column == 'r';

	if (is_of_reasoning || (!snippet_from(query, hit, s, CONTENT) && !snippet_from(query, hit, s, FILES)))
		(void)snippet_from(query, hit, s, REASONING);
}

/* `*is_hit` becomes false where the signs that are looked for are not there. */
static bool
read_text(struct searcher *searcher, struct search_hit *hit, bool *is_hit)
{
	const struct query *query = searcher->request->query;
	sqlite3_stmt *s = database_prepare(
	        searcher->db, "SELECT content, reasoning, files FROM message WHERE id = ?1", searcher->err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, hit->message);
	if (database_row(searcher->db, s, &failed, searcher->err)) {
		*is_hit = query_has_signs(query, text_of(s, CONTENT), text_of(s, REASONING), text_of(s, FILES));
		if (*is_hit)
			make_snippet(query, hit, s);
		sqlite3_reset(s);
	}
	return !failed;
}

/* ---- the walk ---- */

static bool
has_filters(const struct query *query)
{
	return query->role || query->model.len > 0 || query->pinned || query->archived || query->n_tags > 0 ||
	       query->after_ms != INT64_MIN || query->before_ms != INT64_MAX;
}

/* How many rows to rank for a page; -1: all. One more than are shown says whether there are more. */
static int64_t
most_ranked(const struct search_request *request)
{
	bool every = request->order != SEARCH_BEST || has_filters(request->query) || request->query->words.has_signs;

	return every ? -1 : (int64_t)request->limit + 1;
}

static bool
may_pass(const struct searcher *searcher, int64_t row)
{
	return !searcher->passing.bits || search_filter_has(&searcher->passing, row);
}

static sqlite3_stmt *
walk(struct searcher *searcher, bool ranked)
{
	const struct search_request *request = searcher->request;
	bool has_words = request->query->match.len > 0;
	sqlite3_stmt *s = database_prepare(searcher->db, !has_words ? all : ranked ? best : newest, searcher->err);

	if (!s)
		return NULL;
	if (has_words)
		database_bind_text(s, 1, request->query->match.data, request->query->match.len);
	sqlite3_bind_int64(s, 2, ranked || request->from ? request->from : INT64_MAX);
	if (ranked)
		sqlite3_bind_int64(s, 3, most_ranked(request));
	return s;
}

/* One message that the index gave. The next page begins after it once it was read, else with it. */
static bool
take(struct searcher *searcher, int64_t row, bool ranked)
{
	struct search *search = searcher->search;
	struct search_hit *hit = NULL;
	bool is_hit = true, good;

	searcher->walked++;
	if (may_pass(searcher, row) && !look_at(searcher, row, &hit))
		return false;
	searcher->looks += !hit;
	good = !hit || (read_text(searcher, hit, &is_hit) &&
	                       tagged_read(searcher->db, hit->conversation, &hit->tags, searcher->err));
	if (hit && (!good || !is_hit))
		drop_last(search);
	if (good)
		search->next = ranked ? search->next + 1 : row;
	return good;
}

/* After many messages that did not pass: the walk goes on at the first one that can pass, and ends with the last. */
static bool
skip(struct searcher *searcher, sqlite3_stmt *s, bool ranked)
{
	struct search_filter *p = &searcher->passing;
	struct search *search = searcher->search;

	if (searcher->looks < searcher->looks_max || p->bits || !has_filters(searcher->request->query))
		return true;
	if (!search_filter_find(p, searcher->db, searcher->request->query, &searcher->tagged,
	            searcher->looks_max * PASSING_PER_LOOK, searcher->err))
		return false;
	searcher->looks_max *= LOOKS_TIMES;
	if (p->bits && !ranked && search->next > p->after) {
		search->next = p->after;
		sqlite3_reset(s);
		sqlite3_bind_int64(s, 2, p->after);
	}
	return true;
}

static bool
fill(struct searcher *searcher, bool ranked)
{
	struct search *search = searcher->search;
	sqlite3_stmt *s = walk(searcher, ranked);
	bool good = s != NULL, failed = false;

	search->ranked = ranked;
	search->next = searcher->request->from;
	while (good && !search->more && database_row(searcher->db, s, &failed, searcher->err)) {
		if (search->n == searcher->request->limit)
			search->more = true;
		else
			good = take(searcher, sqlite3_column_int64(s, 0), ranked) && skip(searcher, s, ranked);
		if (!ranked && searcher->passing.bits && search->next <= searcher->passing.first)
			break;
	}
	if (s)
		sqlite3_reset(s);
	if (!good || failed || (ranked && search->next - searcher->request->from == most_ranked(searcher->request)))
		search->more = true;
	return good && !failed;
}

/* All hits are on this page: searches again, the best first. If that is halted, the search starts over. */
static bool
rank(struct searcher *searcher)
{
	search_release(searcher->search);
	if (fill(searcher, true))
		return true;
	search_release(searcher->search);
	searcher->search->more = true;
	return false;
}

bool
search_page(struct history *h, const struct search_request *request, struct search *search, struct err *err)
{
	struct searcher searcher = {
	        .db = history_database(h), .request = request, .search = search, .looks_max = LOOKS_MAX, .err = err};
	bool has_words = request->query->match.len > 0, good;

	*search = (struct search){0};
	if (request->query->words.n == 0)
		return true;
	good = tagged_find(&searcher.tagged, searcher.db, request->query, err) &&
	       fill(&searcher, has_words && request->order == SEARCH_BEST);
	if (good && has_words && request->order == SEARCH_FEW_BEST && request->from == 0 && !search->more &&
	        search->n > 1 && searcher.walked <= RANKED_MAX)
		good = rank(&searcher);
	search_filter_release(&searcher.passing);
	tagged_release(&searcher.tagged);
	return good;
}

void
search_release(struct search *search)
{
	for (size_t i = 0; i < search->n; i++)
		release_hit(&search->hits[i]);
	free(search->hits);
	*search = (struct search){0};
}
