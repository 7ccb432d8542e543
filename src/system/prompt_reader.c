/*
 * prompt_reader.c - what is asked for while a thread runs waits until that has ended.
 */
#include "system/prompt_reader.h"

#include <stdlib.h>

#include "base/errand.h"
#include "base/mem.h"

/* The thread's while it runs. */
struct reading {
	char *folder;
	char *name; /* NULL: it makes a list */
	struct prompt_files found;
	bool found_ok;
	char *text;
	size_t cursor;
	struct err err;
};

struct prompt_reader {
	const char *folder;
	bool wants_list;
	char *wanted; /* a text; NULL: none */
	struct errand *errand;
	struct prompt_files files;
	struct err list_err;
	bool listed;
	char *text; /* read last, and not taken yet; or NULL */
	size_t cursor;
};

static void
read_library(void *work)
{
	struct reading *r = work;

	if (r->name)
		r->text = prompt_files_read(r->folder, r->name, &r->cursor, &r->err);
	else
		r->found_ok = prompt_files_list(&r->found, r->folder, &r->err);
}

static void
release_reading(void *work)
{
	struct reading *r = work;

	prompt_files_release(&r->found);
	free(r->folder);
	free(r->name);
	free(r->text);
	free(r);
}

struct prompt_reader *
prompt_reader_new(const char *folder)
{
	struct prompt_reader *r = mem_alloc(sizeof(*r));

	r->folder = folder;
	return r;
}

void
prompt_reader_free(struct prompt_reader *r)
{
	if (!r)
		return;
	errand_leave(r->errand);
	prompt_files_release(&r->files);
	free(r->wanted);
	free(r->text);
	free(r);
}

void
prompt_reader_list(struct prompt_reader *r)
{
	r->wants_list = r->folder != NULL;
}

void
prompt_reader_read(struct prompt_reader *r, const char *name)
{
	free(r->wanted);
	r->wanted = mem_strdup(name);
}

static enum prompt_news
take_list(struct prompt_reader *r, struct reading *reading)
{
	prompt_files_release(&r->files);
	r->files = reading->found;
	reading->found = (struct prompt_files){0};
	r->list_err = reading->found_ok ? (struct err){.code = ERR_NONE} : reading->err;
	r->listed = true;
	return PROMPT_LISTED;
}

static enum prompt_news
take_text(struct prompt_reader *r, struct reading *reading)
{
	free(r->text);
	r->text = reading->text;
	r->cursor = reading->cursor;
	reading->text = NULL;
	return r->text ? PROMPT_READ : PROMPT_REFUSED;
}

/* Frees it. */
static enum prompt_news
take(struct prompt_reader *r, struct reading *reading, struct err *err)
{
	enum prompt_news news = reading->name ? take_text(r, reading) : take_list(r, reading);

	*err = reading->err;
	release_reading(reading);
	return news;
}

static enum prompt_news
start(struct prompt_reader *r, struct err *err)
{
	static const struct errand_kind kind = {read_library, release_reading};
	struct reading *reading = mem_alloc(sizeof(*reading));

	*reading = (struct reading){.folder = mem_strdup(r->folder), .name = r->wanted};
	if (!r->wanted)
		r->wants_list = false;
	r->wanted = NULL;
	r->errand = errand_start(&kind, reading, &reading->err);
	return r->errand ? PROMPT_NOTHING : take(r, reading, err);
}

enum prompt_news
prompt_reader_turn(struct prompt_reader *r, struct err *err)
{
	struct errand *errand = r->errand;

	if (errand && !errand_has_ended(errand))
		return PROMPT_NOTHING;
	r->errand = NULL;
	if (errand)
		return take(r, errand_finish(errand), err);
	return r->wanted || r->wants_list ? start(r, err) : PROMPT_NOTHING;
}

int
prompt_reader_fd(const struct prompt_reader *r)
{
	return r->errand ? errand_fd(r->errand) : -1;
}

const struct prompt_files *
prompt_reader_files(const struct prompt_reader *r)
{
	return &r->files;
}

const struct err *
prompt_reader_list_error(const struct prompt_reader *r)
{
	return &r->list_err;
}

bool
prompt_reader_is_listed(const struct prompt_reader *r)
{
	return r->listed;
}

char *
prompt_reader_take(struct prompt_reader *r, size_t *cursor)
{
	char *text = r->text;

	*cursor = r->cursor;
	r->text = NULL;
	return text;
}
