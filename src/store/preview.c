/*
 * preview.c - one message, and its parent.
 */
#include "store/preview.h"

#include <string.h>

#include "base/utf8.h"
#include "store/history_inside.h"
#include "store/sqlite.h"

void
preview_release(struct preview *p)
{
	for (size_t i = 0; i < p->n; i++) {
		buf_release(&p->messages[i].model);
		buf_release(&p->messages[i].text);
		buf_release(&p->messages[i].files);
	}
	*p = (struct preview){0};
}

static void
put(struct buf *to, const char *text, size_t n)
{
	(void)!utf8_append_mended(to, text, n);
}

/* The part around the first hit; without one, the beginning. */
static void
put_part(struct preview_message *m, const char *text, size_t n, size_t hit, size_t most)
{
	size_t start = hit > most / 3 ? utf8_floor(text, hit - most / 3) : 0, end = n;

	if (n - start > most)
		end = utf8_floor(text, start + most);
	put(&m->text, text + start, end - start);
	m->more_before = start > 0;
	m->more_after = end < n;
}

/* What was thought is shown only when it alone has what is looked for, or is all there is. */
static void
put_text(struct preview_message *m, sqlite3_stmt *s, const struct find *words, size_t most)
{
	struct find_range hit = {0};
	const char *content = database_text(s, 4), *reasoning = database_text(s, 5);
	size_t content_len = (size_t)sqlite3_column_bytes(s, 4), reasoning_len = (size_t)sqlite3_column_bytes(s, 5);

	if (words && find_next(words, content, content_len, 0, &hit)) {
		put_part(m, content, content_len, hit.start, most);
		return;
	}
	m->in_reasoning = (words && find_next(words, reasoning, reasoning_len, 0, &hit)) ||
	                  (content_len == 0 && reasoning_len > 0);
	if (m->in_reasoning)
		put_part(m, reasoning, reasoning_len, hit.start, most);
	else
		put_part(m, content, content_len, 0, most);
}

/* `names` has a line feed after each. */
static void
put_files(struct buf *to, const char *names)
{
	for (size_t n; *names; names += n + (names[n] == '\n')) {
		n = strcspn(names, "\n");
		buf_puts(to, to->len == 0 ? "attached: " : ", ");
		put(to, names, n);
	}
}

/* The text of a reply that streams is partly in the journal. */
#define WITH_JOURNAL(column)                                                                                           \
	"iif(owner IS NULL, " column ", " column " || coalesce((SELECT group_concat(" column                           \
	", '') FROM (SELECT " column " FROM journal WHERE message = ?1 ORDER BY at)), ''))"

/* Puts the message into the preview; `*parent` is 0 when there is none. */
static bool
add(struct database *db, int64_t row, const struct find *words, size_t most, struct preview *p, int64_t *parent,
        struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT parent, role, model, created, " WITH_JOURNAL("content") ", " WITH_JOURNAL(
	                "reasoning") ", files FROM message WHERE id = ?1 AND deleted IS NULL",
	        err);
	struct preview_message *m = &p->messages[p->n];
	bool failed;

	*parent = 0;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, row);
	if (!database_row(db, s, &failed, err))
		return !failed;
	p->n++;
	*parent = sqlite3_column_int64(s, 0);
	strncpy(m->role, database_text(s, 1), sizeof(m->role) - 1);
	put(&m->model, database_text(s, 2), (size_t)sqlite3_column_bytes(s, 2));
	m->created_ms = sqlite3_column_int64(s, 3);
	put_text(m, s, words, most);
	put_files(&m->files, database_text(s, 6));
	sqlite3_reset(s);
	return true;
}

static bool
find_leaf(struct database *db, int64_t conversation, int64_t *leaf, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT leaf FROM conversation WHERE id = ?1 AND deleted IS NULL", err);
	bool failed;

	*leaf = 0;
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, conversation);
	if (!database_row(db, s, &failed, err))
		return !failed;
	*leaf = sqlite3_column_int64(s, 0);
	sqlite3_reset(s);
	return true;
}

static void
reverse(struct preview *p)
{
	for (size_t i = 0; i < p->n / 2; i++) {
		struct preview_message m = p->messages[i];

		p->messages[i] = p->messages[p->n - 1 - i];
		p->messages[p->n - 1 - i] = m;
	}
}

bool
preview_load(struct history *h, int64_t conversation, int64_t message, const struct find *words, struct preview *p,
        struct err *err)
{
	struct database *db = history_database(h);
	int64_t row = message;

	*p = (struct preview){0};
	if (message == 0 && !find_leaf(db, conversation, &row, err))
		return false;
	while (row != 0 && p->n < PREVIEW_MESSAGES) {
		bool context = message != 0 && p->n > 0;

		if (!add(db, row, context ? NULL : words, context ? PREVIEW_CONTEXT_BYTES : PREVIEW_BYTES, p, &row,
		            err))
			return false;
	}
	reverse(p);
	return true;
}
