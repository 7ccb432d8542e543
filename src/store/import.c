/*
 * import.c - one transaction around all of the file; each conversation is read, checked, compared with what is there,
 * and added before the next one is looked at. So the member `format` may come last in the file: without it the
 * transaction is rolled back.
 *
 * A file of another program is a list of conversations, or one after another. Of JSON Lines, where each message is a line,
 * a conversation is gathered until the next one begins.
 */
#include "store/import.h"

#include <string.h>

#include "base/compiler.h"
#include "llama/json.h"
#include "store/export.h"
#include "store/history_inside.h"
#include "store/import_database.h"
#include "store/import_format.h"
#include "store/import_llama_ui.h"
#include "store/import_llm.h"
#include "store/json_pieces.h"
#include "store/json_read.h"
#include "store/overdue.h"

static const struct import_counts own = {.from = "flynn", .program = "flynn"};
static const char *const names[] = {"format", "version", "conversations", NULL};

struct import {
	struct import_taking to;
	const char *name;
	struct json_pieces pieces;
	size_t number; /* of the conversation */
	bool has_format, has_version, has_list;
	bool is_other;       /* of another program */
	cJSON *gathered;     /* a conversation of which more may come, or NULL; */
	int64_t gathered_at; /* the byte where it began, */
	size_t lost_records; /* and lines of it that were left out */
	void (*progress)(void *, const struct import_counts *);
	void *arg;
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

static void
tell_progress(struct import *im)
{
	im->to.counts->bytes = im->pieces.at;
	if (im->progress)
		im->progress(im->arg, im->to.counts);
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
	good = import_take(&im->to, &loaded);
	loaded_release(&loaded);
	tell_progress(im);
	return good;
}

/* ---- other programs ---- */

static bool
take_reading(struct import *im, struct import_reading *r)
{
	size_t had = im->to.counts->added + im->to.counts->merged;
	bool good = true;

	if (conversation_first(r->loaded.conversation))
		good = import_take(&im->to, &r->loaded);
	else
		im->to.counts->empty++;
	if (im->to.counts->added + im->to.counts->merged > had)
		import_lost_add(&im->to.counts->lost, &r->lost);
	loaded_release(&r->loaded);
	return good;
}

static bool
take_other(struct import *im, const cJSON *value)
{
	const struct import_format *format = import_format_find(value);
	struct import_reading r = {.err = im->err};

	im->number++;
	if (!format)
		return err_set(im->err, ERR_INCOMPLETE,
		        "%s: conversation %zu is of no form that is known here: flynn's, ChatGPT's, llama-ui's or "
		        "Open WebUI's",
		        im->name, im->number);
	r.lost.n[IMPORT_LOST_RECORD] = im->lost_records;
	if (!import_format_read(format, value, &r))
		return wrong_at(im, r.message);
	im->is_other = im->to.joins = true;
	im->to.counts->from = format->name;
	im->to.counts->program = format->program;
	return take_reading(im, &r);
}

static bool
take_gathered(struct import *im)
{
	bool good = !im->gathered || take_other(im, im->gathered);

	cJSON_Delete(im->gathered);
	im->gathered = NULL;
	im->lost_records = 0;
	tell_progress(im);
	return good;
}

static cJSON *
take_value(struct import *im)
{
	cJSON *value = im->pieces.value;

	im->pieces.value = NULL;
	return value;
}

/* A line of JSON Lines. */
static bool
gather(struct import *im)
{
	if (import_llama_ui_begins(im->pieces.value)) {
		if (!take_gathered(im))
			return false;
		im->gathered = import_llama_ui_begin(take_value(im));
		im->gathered_at = im->pieces.at;
		return true;
	}
	if (!im->gathered)
		return wrong(im, "a message comes before any conversation");
	if (im->pieces.at - im->gathered_at > IMPORT_CONVERSATION_MAX)
		return err_set(im->err, ERR_LIMIT, "%s: conversation %zu is longer than %d bytes", im->name,
		        im->number + 1, IMPORT_CONVERSATION_MAX);
	if (import_llama_ui_add(im->gathered, im->pieces.value))
		im->pieces.value = NULL;
	else
		im->lost_records++;
	return true;
}

static bool
take_any(struct import *im)
{
	bool good, is_whole_one = import_format_find(im->pieces.value) != NULL;

	if (!is_whole_one && (im->gathered || import_llama_ui_is_record(im->pieces.value)))
		return gather(im);
	if (!take_gathered(im))
		return false;
	good = take_other(im, im->pieces.value);
	json_pieces_drop(&im->pieces);
	tell_progress(im);
	return good;
}

/* Of the one object that the file is. */
static bool
take_element(struct import *im)
{
	bool is_other = !im->has_format && !im->has_version && import_format_find(im->pieces.value);

	return is_other ? take_any(im) : take_conversation(im);
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
	if (im->is_other && !im->has_format && !im->has_version)
		return true;
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
read_file(struct import *im)
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
			if (!take_element(im))
				return false;
			break;
		case PIECE_VALUE:
			if (!take_any(im))
				return false;
			break;
		case PIECE_END:
			return take_gathered(im) && (im->pieces.is_other || is_whole(im));
		case PIECE_WRONG:
			im->number = 0; /* its words have the place */
			return wrong_at(im, 0);
		}
	}
}

/* Within a transaction. */
static bool
read_json(struct import *im, FILE *file)
{
	bool good;

	json_pieces_init(&im->pieces, file, im->name, names, IMPORT_CONVERSATION_MAX);
	good = read_file(im);
	json_pieces_release(&im->pieces);
	cJSON_Delete(im->gathered);
	return good;
}

static bool
end_transaction(struct import *im, bool good)
{
	struct database *db = &im->to.history->database;

	if (good)
		return database_commit(db, im->err);
	database_roll_back(db);
	*im->to.counts = own;
	return false;
}

static bool
begin_transaction(struct import *im)
{
	*im->to.counts = own;
	return database_begin(&im->to.history->database, im->err);
}

bool
import_json(struct history *h, FILE *file, const char *name, void (*progress)(void *, const struct import_counts *),
        void *arg, struct import_counts *counts, struct err *err)
{
	struct import im = {.to = {.history = h, .counts = counts, .err = err},
	        .name = name,
	        .progress = progress,
	        .arg = arg,
	        .err = err};

	return begin_transaction(&im) && end_transaction(&im, read_json(&im, file));
}

/* ---- any file ---- */

/* The first byte tells the forms that are known apart. */
static int
first_byte(FILE *file, const char *path)
{
	int c;

	if (path)
		overdue_enter_file(path, 0);
	c = getc(file);
	if (path)
		overdue_leave();
	if (c != EOF)
		ungetc(c, file);
	return c;
}

#define ARCHIVE                                                                                                        \
	"this is an archive: unzip it and import what is in it (of ChatGPT conversations.json, of llama-ui the "       \
	".jsonl files); or unzip -p FILE.zip 'conversations*.json' '*.jsonl' | flynn history import -"
#define UTF_16 "this is UTF-16: iconv -f UTF-16 -t UTF-8 FILE | flynn history import -"

/* What is given instead of the file that is in it, or beside it. */
static const struct {
	int first;
	const char *words;
} others[] = {
        {'P', ARCHIVE}, /* "PK" */
        {0x1f, ARCHIVE},
        {0xff, UTF_16},
        {0xfe, UTF_16},
        {'<', "this is a web page: import the .json or .jsonl file of the export (of ChatGPT conversations.json)"},
};

/* NULL: it may be JSON. */
static const char *
words_for_other(int first)
{
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (others[i].first == first)
			return others[i].words;
	return NULL;
}

static bool
import_database_file(struct history *h, FILE *file, const char *path,
        void (*progress)(void *, const struct import_counts *), void *arg, struct import_counts *counts,
        struct err *err)
{
	bool is_ours;

	if (!path)
		return err_set(err, ERR_INCOMPLETE,
		        "standard input: a database cannot be read from there: give the name of its file");
	overdue_enter_file(path, 0);
	is_ours = import_database_is(file);
	overdue_leave();
	return is_ours ? import_database(h, path, progress, arg, counts, err)
	               : import_llm(h, path, progress, arg, counts, err);
}

/* Others are kept from writing before the first byte is awaited, which may be long where it comes through a pipe. */
bool
import_file(struct history *h, FILE *file, const char *path, void (*progress)(void *, const struct import_counts *),
        void *arg, struct import_counts *counts, struct err *err)
{
	struct import im = {.to = {.history = h, .counts = counts, .err = err},
	        .name = path ? path : "standard input",
	        .progress = progress,
	        .arg = arg,
	        .err = err};
	const char *words;
	int first;

	if (!begin_transaction(&im))
		return false;
	first = first_byte(file, path);
	if (first == 'S') { /* "SQLite format 3" */
		database_roll_back(&h->database);
		return import_database_file(h, file, path, progress, arg, counts, err);
	}
	words = words_for_other(first);
	return end_transaction(&im, words ? wrong(&im, words) : read_json(&im, file));
}
