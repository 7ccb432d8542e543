/*
 * prompt_reader.c - what is asked for while a thread runs waits until that has ended.
 */
#include "system/prompt_reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/thread.h"
#include "base/wake.h"

struct prompt_reader {
	const char *folder;
	struct wake wake;
	bool wants_list;
	char *wanted; /* a text; NULL: none */
	struct prompt_files files;
	struct err list_err;
	bool listed;
	char *text; /* read last, and not taken yet; or NULL */
	size_t cursor;

	/* The thread's while it runs. */
	pthread_t thread;
	bool running;
	atomic_bool ended; /* it is about to */
	char *name;        /* NULL: it makes a list */
	struct prompt_files found;
	bool found_ok;
	char *found_text;
	size_t found_cursor;
	struct err err;
};

struct prompt_reader *
prompt_reader_new(const char *folder, struct err *err)
{
	struct prompt_reader *r = mem_alloc(sizeof(*r));

	*r = (struct prompt_reader){.folder = folder};
	if (wake_init(&r->wake, err))
		return r;
	free(r);
	return NULL;
}

void
prompt_reader_free(struct prompt_reader *r)
{
	if (!r)
		return;
	if (r->running)
		pthread_join(r->thread, NULL);
	prompt_files_release(&r->files);
	prompt_files_release(&r->found);
	wake_release(&r->wake);
	free(r->wanted);
	free(r->text);
	free(r->name);
	free(r->found_text);
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

static void *
run(void *arg)
{
	struct prompt_reader *r = arg;

	r->err = (struct err){.code = ERR_NONE};
	if (r->name)
		r->found_text = prompt_files_read(r->folder, r->name, &r->found_cursor, &r->err);
	else
		r->found_ok = prompt_files_list(&r->found, r->folder, &r->err);
	atomic_store(&r->ended, true);
	wake_ring(&r->wake);
	return NULL;
}

static enum prompt_news
take_list(struct prompt_reader *r)
{
	prompt_files_release(&r->files);
	r->files = r->found;
	r->found = (struct prompt_files){0};
	r->list_err = r->found_ok ? (struct err){.code = ERR_NONE} : r->err;
	r->found_ok = false;
	r->listed = true;
	return PROMPT_LISTED;
}

static enum prompt_news
take_text(struct prompt_reader *r)
{
	free(r->name);
	r->name = NULL;
	free(r->text);
	r->text = r->found_text;
	r->cursor = r->found_cursor;
	r->found_text = NULL;
	return r->text ? PROMPT_READ : PROMPT_REFUSED;
}

static enum prompt_news
take(struct prompt_reader *r, struct err *err)
{
	if (r->running)
		pthread_join(r->thread, NULL);
	wake_clear(&r->wake);
	r->running = false;
	*err = r->err;
	return r->name ? take_text(r) : take_list(r);
}

/* True: it runs. */
static bool
start(struct prompt_reader *r)
{
	r->name = r->wanted;
	if (!r->wanted)
		r->wants_list = false;
	r->wanted = NULL;
	atomic_store(&r->ended, false);
	r->running = thread_start(&r->thread, run, r, &r->err);
	return r->running;
}

enum prompt_news
prompt_reader_turn(struct prompt_reader *r, struct err *err)
{
	if (r->running)
		return atomic_load(&r->ended) ? take(r, err) : PROMPT_NOTHING;
	if ((r->wanted || r->wants_list) && !start(r))
		return take(r, err);
	return PROMPT_NOTHING;
}

int
prompt_reader_fd(const struct prompt_reader *r)
{
	return r->running ? r->wake.read_fd : -1;
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
