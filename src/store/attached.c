/*
 * attached.c - SQLite makes one copy of a file's data while it writes it, and none while it reads it: then the data goes step by
 * step into what the messages share.
 */
#include "store/attached.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "store/sqlite.h"

enum {
	STEP = 1 << 16, /* bytes read at once */
};

/* ---- writing ---- */

/* 0: it is not there. */
static bool
find_file(struct database *db, const struct attachment *a, int64_t *row, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT id FROM attachment WHERE sha256 = ?", err);
	bool failed;

	*row = 0;
	if (!s)
		return false;
	database_bind_string(s, 1, a->sha256);
	if (database_row(db, s, &failed, err)) {
		*row = sqlite3_column_int64(s, 0);
		sqlite3_reset(s);
	}
	return !failed;
}

static bool
add_file(struct database *db, const struct attachment *a, int64_t *row, struct err *err)
{
	sqlite3_stmt *s = database_prepare(
	        db, "INSERT INTO attachment (sha256, kind, type, size, data) VALUES (?, ?, ?, ?, ?)", err);
	bool good;

	if (!s)
		return false;
	database_bind_string(s, 1, a->sha256);
	database_bind_string(s, 2, attachment_kind_name(a->kind));
	database_bind_string(s, 3, a->type);
	sqlite3_bind_int64(s, 4, (int64_t)a->size);
	database_lend_bytes(s, 5, a->data, a->size);
	good = database_run(db, s, err);
	sqlite3_clear_bindings(s); /* the data may go with its last holder */
	*row = sqlite3_last_insert_rowid(db->sqlite);
	return good;
}

static bool
link_file(struct database *db, int64_t message, size_t place, int64_t file, const char *name, struct err *err)
{
	sqlite3_stmt *s = database_prepare(
	        db, "INSERT INTO message_attachment (message, place, attachment, name) VALUES (?, ?, ?, ?)", err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	sqlite3_bind_int64(s, 2, (int64_t)place);
	sqlite3_bind_int64(s, 3, file);
	database_bind_string(s, 4, name);
	return database_run(db, s, err);
}

bool
attached_write(struct database *db, int64_t message, const struct attachments *list, struct err *err)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct attachment *a = list->items[i];
		int64_t file;

		if (!find_file(db, a, &file, err) || (file == 0 && !add_file(db, a, &file, err)) ||
		        !link_file(db, message, i, file, a->name, err))
			return false;
	}
	return true;
}

void
attached_bind_names(sqlite3_stmt *s, int i, const struct attachments *list)
{
	struct buf names = {0};

	for (size_t at = 0; at < list->n; at++) {
		buf_puts(&names, list->items[at]->name);
		buf_putc(&names, '\n');
	}
	database_bind_buf(s, i, &names);
	buf_release(&names);
}

/* ---- reading ---- */

struct attached_file {
	int64_t row;
	struct attachment *attachment; /* a count of it is held */
};

void
attached_known_release(struct attached_known *known)
{
	for (size_t i = 0; i < known->n; i++)
		attachment_free(known->files[i].attachment);
	free(known->files);
	*known = (struct attached_known){0};
}

/* Under another name it is another attachment. */
static struct attachment *
find_known(const struct attached_known *known, int64_t row, const char *name)
{
	for (size_t i = 0; i < known->n; i++)
		if (known->files[i].row == row && strcmp(known->files[i].attachment->name, name) == 0)
			return attachment_hold(known->files[i].attachment);
	return NULL;
}

static void
remember(struct attached_known *known, int64_t row, struct attachment *a)
{
	if (known->n == known->space) {
		known->space = known->space * 2 + 8;
		known->files = mem_realloc(known->files, known->space * sizeof(*known->files));
	}
	known->files[known->n++] = (struct attached_file){row, attachment_hold(a)};
}

static bool
read_data(struct database *db, int64_t row, struct buf *to, struct err *err)
{
	sqlite3_blob *blob = NULL;
	char step[STEP];
	bool good = sqlite3_blob_open(db->sqlite, "main", "attachment", "data", row, 0, &blob) == SQLITE_OK;
	int size = good ? sqlite3_blob_bytes(blob) : 0;

	for (int at = 0, n; good && at < size; at += n) {
		n = size - at < STEP ? size - at : STEP;
		good = sqlite3_blob_read(blob, step, n, at) == SQLITE_OK;
		if (good)
			buf_put(to, step, (size_t)n);
	}
	if (!good)
		(void)database_failed(db, err);
	sqlite3_blob_close(blob);
	return good;
}

static struct attachment *
read_file(
        struct database *db, sqlite3_stmt *s, struct attached_known *known, enum attachment_kind kind, struct err *err)
{
	int64_t row = sqlite3_column_int64(s, 0);
	struct buf data = {0}, name = {0};
	struct attachment *a;

	(void)!utf8_append_mended(&name, database_text(s, 1), (size_t)sqlite3_column_bytes(s, 1));
	a = find_known(known, row, buf_text(&name));
	if (!a && read_data(db, row, &data, err)) {
		a = attachment_new(kind, buf_text(&name), NULL, database_text(s, 3), &data);
		remember(known, row, a);
	}
	buf_release(&data);
	buf_release(&name);
	return a;
}

bool
attached_read(
        struct database *db, int64_t message, struct attached_known *known, struct attachments *to, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT a.id, l.name, a.kind, a.type FROM message_attachment l CROSS JOIN attachment a"
	        "  ON a.id = l.attachment WHERE l.message = ? ORDER BY l.place",
	        err);
	bool failed = !s;

	if (s)
		sqlite3_bind_int64(s, 1, message);
	while (!failed && database_row(db, s, &failed, err)) {
		enum attachment_kind kind;
		struct attachment *a;

		if (!attachment_kind_find(database_text(s, 2), &kind))
			continue;
		a = read_file(db, s, known, kind, err);
		failed = !a;
		if (a)
			attachments_add(to, a);
	}
	if (s)
		sqlite3_reset(s);
	return !failed;
}

/* ---- checking ---- */

static bool
is_as_it_was(struct database *db, sqlite3_stmt *s, bool *is, struct err *err)
{
	struct buf data = {0};
	char sha256[SHA256_TEXT];
	bool good = read_data(db, sqlite3_column_int64(s, 0), &data, err);

	sha256_text(sha256, buf_text(&data), data.len);
	*is = (int64_t)data.len == sqlite3_column_int64(s, 2) && strcmp(database_text(s, 1), sha256) == 0;
	buf_release(&data);
	return good;
}

static bool
name_damage(struct database *db, int64_t file, struct attached_damage *damage, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db,
	        "SELECT l.name, m.conversation FROM message_attachment l CROSS JOIN message m ON m.id = l.message"
	        "  WHERE l.attachment = ? LIMIT 1",
	        err);
	bool failed;

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, file);
	if (database_row(db, s, &failed, err)) {
		(void)!utf8_append_mended(&damage->name, database_text(s, 0), (size_t)sqlite3_column_bytes(s, 0));
		damage->conversation = sqlite3_column_int64(s, 1);
		sqlite3_reset(s);
	}
	return !failed;
}

bool
attached_find_damage(
        struct database *db, bool (*stop)(void *), void *arg, struct attached_damage *damage, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "SELECT id, sha256, size FROM attachment", err);
	bool failed = !s, is;

	*damage = (struct attached_damage){0};
	while (!failed && !(stop && stop(arg)) && database_row(db, s, &failed, err)) {
		failed = !is_as_it_was(db, s, &is, err);
		if (failed || is)
			continue;
		if (damage->n++ == 0)
			failed = !name_damage(db, sqlite3_column_int64(s, 0), damage, err);
	}
	if (s)
		sqlite3_reset(s);
	return !failed;
}
