/*
 * grammar_reader.c - one thread at a time, one language a thread.
 */
#include "system/grammar_reader.h"

#include <string.h>

#include "base/thread.h"

bool
grammar_reader_init(struct grammar_reader *r, const char *folder, struct err *err)
{
	*r = (struct grammar_reader){0};
	if (!wake_init(&r->wake, err))
		return false;
	r->files = grammar_files_new(folder);
	return true;
}

void
grammar_reader_release(struct grammar_reader *r)
{
	if (!r->files)
		return;
	if (r->running)
		pthread_join(r->thread, NULL);
	grammar_free(r->grammar);
	grammar_files_free(r->files);
	wake_release(&r->wake);
	*r = (struct grammar_reader){0};
}

static void *
run(void *arg)
{
	struct grammar_reader *r = arg;

	r->grammar = grammar_files_read(r->files, r->language);
	atomic_store(&r->ended, true);
	wake_ring(&r->wake);
	return NULL;
}

static bool
take(struct grammar_reader *r, struct grammars *grammars)
{
	bool found;

	pthread_join(r->thread, NULL);
	wake_clear(&r->wake);
	r->running = false;
	found = r->grammar != NULL;
	grammars_give(grammars, r->language, r->grammar);
	r->grammar = NULL;
	return found;
}

/* Without a thread the language stays plain. */
static void
start(struct grammar_reader *r, struct grammars *grammars, const char *language)
{
	struct err err;

	strcpy(r->language, language);
	atomic_store(&r->ended, false);
	r->running = thread_start(&r->thread, run, r, &err);
	if (!r->running)
		grammars_give(grammars, r->language, NULL);
}

bool
grammar_reader_turn(struct grammar_reader *r, struct grammars *grammars)
{
	bool given = false;
	const char *wanted;

	if (r->running && atomic_load(&r->ended))
		given = take(r, grammars);
	if (r->files && !r->running && (wanted = grammars_wanted(grammars)) != NULL)
		start(r, grammars, wanted);
	return given;
}

int
grammar_reader_fd(const struct grammar_reader *r)
{
	return r->running ? r->wake.read_fd : -1;
}
