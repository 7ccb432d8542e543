/*
 * grammar_reader.c - one thread at a time, one language a thread.
 */
#include "system/grammar_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The thread's while it runs. */
struct reading {
	struct grammar_files *files;
	char language[LANGUAGE_MAX];
	struct grammar *grammar; /* what it found */
};

static void
read_grammar(void *work)
{
	struct reading *r = work;

	r->grammar = grammar_files_read(r->files, r->language);
}

static void
release_reading(void *work)
{
	struct reading *r = work;

	grammar_free(r->grammar);
	grammar_files_free(r->files);
	free(r);
}

void
grammar_reader_init(struct grammar_reader *r, const char *folder)
{
	*r = (struct grammar_reader){.files = grammar_files_new(folder)};
}

void
grammar_reader_release(struct grammar_reader *r)
{
	errand_leave(r->errand);
	grammar_files_free(r->files);
	*r = (struct grammar_reader){0};
}

/* Frees it; the files are ours again. */
static bool
take(struct grammar_reader *r, struct reading *reading, struct grammars *grammars)
{
	bool found = reading->grammar != NULL;

	r->files = reading->files;
	reading->files = NULL;
	grammars_give(grammars, reading->language, reading->grammar);
	reading->grammar = NULL;
	release_reading(reading);
	return found;
}

/* Without a thread the language stays plain. */
static void
start(struct grammar_reader *r, struct grammars *grammars, const char *language)
{
	static const struct errand_kind kind = {read_grammar, release_reading};
	struct reading *reading = mem_alloc(sizeof(*reading));
	struct err err;

	*reading = (struct reading){.files = r->files};
	strcpy(reading->language, language);
	r->files = NULL;
	r->errand = errand_start(&kind, reading, &err);
	if (!r->errand)
		(void)take(r, reading, grammars);
}

bool
grammar_reader_turn(struct grammar_reader *r, struct grammars *grammars)
{
	struct errand *errand = r->errand;
	bool given = false;
	const char *wanted;

	if (errand && errand_has_ended(errand)) {
		r->errand = NULL;
		given = take(r, errand_finish(errand), grammars);
	}
	if (r->files && !r->errand && (wanted = grammars_wanted(grammars)) != NULL)
		start(r, grammars, wanted);
	return given;
}

int
grammar_reader_fd(const struct grammar_reader *r)
{
	return r->errand ? errand_fd(r->errand) : -1;
}
