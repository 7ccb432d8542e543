/*
 * grammars.c - a table of languages.
 */
#include "syntax/grammars.h"

#include <string.h>

void
grammars_release(struct grammars *g)
{
	for (size_t i = 0; i < g->n; i++)
		grammar_free(g->entries[i].grammar);
	highlight_release(&g->highlight);
	*g = (struct grammars){0};
}

static struct grammars_entry *
find(struct grammars *g, const char *language)
{
	for (size_t i = 0; i < g->n; i++)
		if (strcmp(g->entries[i].language, language) == 0)
			return &g->entries[i];
	return NULL;
}

const struct grammar *
grammars_for(struct grammars *g, const char *info, size_t n)
{
	char language[LANGUAGE_MAX];
	struct grammars_entry *e;

	if (!language_of(info, n, language))
		return NULL;
	if ((e = find(g, language)))
		return e->grammar;
	if (g->n < GRAMMARS_MAX) {
		e = &g->entries[g->n++];
		strcpy(e->language, language);
		e->state = GRAMMARS_WANTED;
	}
	return NULL;
}

const char *
grammars_wanted(const struct grammars *g)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->entries[i].state == GRAMMARS_WANTED)
			return g->entries[i].language;
	return NULL;
}

void
grammars_give(struct grammars *g, const char *language, struct grammar *grammar)
{
	struct grammars_entry *e = find(g, language);

	if (!e || e->state != GRAMMARS_WANTED) {
		grammar_free(grammar);
		return;
	}
	e->grammar = grammar;
	e->state = grammar ? GRAMMARS_THERE : GRAMMARS_NONE;
	g->colours.version += grammar != NULL;
}

/* ---- for text/ ---- */

static const void *
language(struct code_colours *colours, const char *info, size_t n)
{
	return grammars_for((struct grammars *)colours, info, n);
}

static uint64_t
line(struct code_colours *colours, const void *grammar, uint64_t open, const char *text, size_t n)
{
	struct highlight *h = &((struct grammars *)colours)->highlight;
	uint64_t left = highlight_line(h, grammar, open, text, n);

	colours->spans = h->spans;
	colours->n_spans = h->n;
	return left;
}

struct code_colours *
grammars_colours(struct grammars *g)
{
	if (!g)
		return NULL;
	g->colours.language = language;
	g->colours.line = line;
	return &g->colours;
}
