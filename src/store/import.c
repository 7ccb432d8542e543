/*
 * import.c - one transaction around all of the file; each conversation is read, checked, compared with what is there,
 * and added before the next one is looked at. So the member `format` may come last in the file: without it the
 * transaction is rolled back.
 */
#include "store/import.h"

#include <string.h>

#include "store/add.h"
#include "store/export.h"
#include "store/history_inside.h"
#include "store/import_same.h"
#include "store/json_pieces.h"
#include "store/json_read.h"
#include "store/json_write.h"
#include "store/uuid.h"

struct import {
	struct history *history;
	const char *name;
	struct json_pieces pieces;
	struct import_counts *counts;
	size_t number; /* of the conversation */
	bool has_format, has_version, has_list;
	struct err *err;
};

/* ---- errors ---- */

/* Puts the place before the words that are there. */
static bool
wrong_at(struct import *im, size_t message)
{
	struct err why = *im->err;

	if (message > 0)
		return err_set(im->err, why.code, "%s: conversation %zu, message %zu: %s", im->name, im->number,
		        message, why.text);
	if (im->number > 0)
		return err_set(im->err, why.code, "%s: conversation %zu: %s", im->name, im->number, why.text);
	return err_set(im->err, why.code, "%s: %s", im->name, why.text);
}

static bool
wrong(struct import *im, const char *words)
{
	return err_set(im->err, ERR_INCOMPLETE, "%s: %s", im->name, words);
}

/* ---- what is there already ---- */

enum finding {
	FOUND_NONE,
	FOUND_SAME,
	FOUND_OTHER,
	FOUND_ERROR,
};

static bool
find_row(struct import *im, const char *uuid, int64_t *row, bool *deleted)
{
	struct database *db = &im->history->database;
	sqlite3_stmt *s =
	        database_prepare(db, "SELECT id, deleted IS NOT NULL FROM conversation WHERE uuid = ?", im->err);
	bool failed;

	*row = 0;
	if (!s)
		return false;
	database_bind_string(s, 1, uuid);
	if (database_row(db, s, &failed, im->err)) {
		*row = sqlite3_column_int64(s, 0);
		*deleted = sqlite3_column_int(s, 1);
		sqlite3_reset(s);
		return true;
	}
	return !failed;
}

/* A conversation that was deleted, and can still be brought back, stays so, under another uuid. */
static bool
rename_row(struct import *im, int64_t row)
{
	struct database *db = &im->history->database;
	sqlite3_stmt *s = database_prepare(db, "UPDATE conversation SET uuid = ?2 WHERE id = ?1", im->err);
	char uuid[UUID_SIZE];

	if (!s)
		return false;
	uuid_make(uuid);
	sqlite3_bind_int64(s, 1, row);
	database_bind_string(s, 2, uuid);
	return database_run(db, s, im->err);
}

static enum finding
look(struct import *im, const char *uuid, const struct loaded *loaded)
{
	struct loaded there;
	enum finding finding;
	int64_t row;
	bool deleted;

	if (!find_row(im, uuid, &row, &deleted))
		return FOUND_ERROR;
	if (row == 0)
		return FOUND_NONE;
	if (deleted)
		return rename_row(im, row) ? FOUND_NONE : FOUND_ERROR;
	if (!load_within(im->history, row, &there, im->err))
		return FOUND_ERROR;
	finding = import_same_holds(there.conversation, loaded->conversation) ? FOUND_SAME : FOUND_OTHER;
	loaded_release(&there);
	return finding;
}

/* ---- a conversation ---- */

/* Of all that is said in it, and of its title. */
static void
make_uuid_of(char *uuid, const struct conversation *c, const struct conversation_info *info)
{
	struct buf all = {0};

	buf_put(&all, buf_text(&info->title), info->title.len);
	for (const struct message *m = NULL; (m = conversation_next(c, m)) != NULL;) {
		buf_printf(&all, "\n%llu ", m->parent ? (unsigned long long)m->parent->id : 0);
		json_put_message_fields(&all, m);
	}
	uuid_make_of(uuid, buf_text(&all), all.len);
	buf_release(&all);
}

/* The uuid under which to add it; `*skip`: it is there already. */
static bool
choose_uuid(struct import *im, const struct loaded *loaded, char *uuid, bool *skip)
{
	const struct conversation_info *info = conversation_info(loaded->conversation);
	enum finding finding;
	bool is_copy = false;

	if (info->uuid[0])
		memcpy(uuid, info->uuid, UUID_SIZE);
	else
		make_uuid_of(uuid, loaded->conversation, info);
	finding = look(im, uuid, loaded);
	if (finding == FOUND_OTHER) {
		is_copy = true;
		make_uuid_of(uuid, loaded->conversation, info);
		finding = look(im, uuid, loaded);
	}
	if (finding == FOUND_OTHER)
		uuid_make(uuid);
	*skip = finding == FOUND_SAME;
	im->counts->copied += is_copy && !*skip;
	return finding != FOUND_ERROR;
}

static bool
take_loaded(struct import *im, struct loaded *loaded)
{
	char uuid[UUID_SIZE];
	bool skip;

	if (!choose_uuid(im, loaded, uuid, &skip))
		return false;
	if (skip) {
		im->counts->skipped++;
		return true;
	}
	if (!add_conversation(im->history, loaded, uuid, im->err))
		return false;
	im->counts->added++;
	im->counts->cut += loaded->title_cut;
	for (const struct message *m = NULL; (m = conversation_next(loaded->conversation, m)) != NULL;)
		im->counts->messages++;
	return true;
}

static bool
take_conversation(struct import *im)
{
	struct loaded loaded;
	size_t message;
	bool good;

	im->number++;
	if (!json_read_conversation(im->pieces.value, &im->pieces.data, &loaded, &message, im->err))
		return wrong_at(im, message);
	json_pieces_drop(&im->pieces);
	good = take_loaded(im, &loaded);
	loaded_release(&loaded);
	im->counts->bytes = im->pieces.at;
	return good;
}

/* ---- the file ---- */

static bool
take_format(struct import *im, const cJSON *value)
{
	im->has_format = cJSON_IsString(value) && strcmp(value->valuestring, EXPORT_FORMAT) == 0;
	return im->has_format || wrong(im, "\"format\" is not \"" EXPORT_FORMAT "\"");
}

static bool
take_version(struct import *im, const cJSON *value)
{
	double number = cJSON_IsNumber(value) ? value->valuedouble : 0;

	im->has_version = number == EXPORT_VERSION;
	if (number > EXPORT_VERSION)
		return err_set(im->err, ERR_INCOMPLETE, "%s: this is of a newer flynn (version %g, known here: %d)",
		        im->name, number, EXPORT_VERSION);
	return im->has_version || wrong(im, "\"version\" is none that there was");
}

static bool
take_member(struct import *im)
{
	const char *name = buf_text(&im->pieces.name);
	bool is_format = strcmp(name, "format") == 0;

	if (is_format ? im->has_format : strcmp(name, "version") == 0 && im->has_version)
		return err_set(im->err, ERR_INCOMPLETE, "%s: \"%s\" is there twice", im->name, name);
	if (is_format)
		return take_format(im, im->pieces.value);
	if (strcmp(name, "version") == 0)
		return take_version(im, im->pieces.value);
	if (strcmp(name, "conversations") == 0)
		return wrong(im, "\"conversations\" must be a list");
	return err_set(im->err, ERR_INCOMPLETE, "%s: there is no member \"%.40s\" here", im->name, name);
}

static bool
is_whole(struct import *im)
{
	if (!im->has_format)
		return wrong(im, "\"format\" is missing: this is no history that flynn has exported");
	if (!im->has_version)
		return wrong(im, "\"version\" is missing");
	return im->has_list || wrong(im, "\"conversations\" is missing");
}

static bool
begin_list(struct import *im)
{
	if (im->has_list)
		return wrong(im, "\"conversations\" is there twice");
	im->has_list = true;
	return true;
}

static bool
read_file(struct import *im, void (*progress)(void *, const struct import_counts *), void *arg)
{
	for (;;) {
		switch (json_pieces_next(&im->pieces, im->err)) {
		case PIECE_MEMBER:
			if (!take_member(im))
				return false;
			break;
		case PIECE_LIST:
			if (!begin_list(im))
				return false;
			break;
		case PIECE_ELEMENT:
			if (!take_conversation(im))
				return false;
			if (progress)
				progress(arg, im->counts);
			break;
		case PIECE_END:
			return is_whole(im);
		case PIECE_WRONG:
			im->number = 0; /* its words have the place */
			return wrong_at(im, 0);
		}
	}
}

bool
import_json(struct history *h, FILE *file, const char *name, void (*progress)(void *, const struct import_counts *),
        void *arg, struct import_counts *counts, struct err *err)
{
	struct import im = {.history = h, .name = name, .counts = counts, .err = err};
	bool good;

	*counts = (struct import_counts){0};
	if (!database_begin(&h->database, err))
		return false;
	json_pieces_init(&im.pieces, file, name, "conversations", IMPORT_CONVERSATION_MAX);
	good = read_file(&im, progress, arg);
	json_pieces_release(&im.pieces);
	if (good)
		return database_commit(&h->database, err);
	database_roll_back(&h->database);
	*counts = (struct import_counts){0};
	return false;
}
