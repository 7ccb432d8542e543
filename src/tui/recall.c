/*
 * recall.c - an array of prompts and a place in it.
 */
#include "tui/recall.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

static void
release_entry(struct recall_entry *entry)
{
	free(entry->prompt);
	free(entry->changed);
}

void
recall_release(struct recall *r)
{
	for (size_t i = 0; i < r->n; i++)
		release_entry(&r->entries[i]);
	free(r->entries);
	free(r->draft);
	*r = (struct recall){.n = 0};
}

static void
forget_changes(struct recall *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->entries[i].changed);
		r->entries[i].changed = NULL;
	}
	free(r->draft);
	r->draft = NULL;
}

static void
append(struct recall *r, const char *prompt)
{
	if (r->n == RECALL_MAX) {
		release_entry(&r->entries[0]);
		memmove(r->entries, r->entries + 1, --r->n * sizeof(*r->entries));
	}
	if (r->n == r->space) {
		r->space = r->space > 0 ? 2 * r->space : 16;
		r->entries = mem_realloc(r->entries, r->space * sizeof(*r->entries));
	}
	r->entries[r->n++] = (struct recall_entry){.prompt = mem_strdup(prompt)};
}

void
recall_add(struct recall *r, const char *prompt)
{
	forget_changes(r);
	if (r->n == 0 || strcmp(r->entries[r->n - 1].prompt, prompt) != 0)
		append(r, prompt);
	r->at = r->n;
}

/* `text` may be what was handed out for this entry. */
static void
leave(struct recall *r, const char *text)
{
	char **keep = r->at < r->n ? &r->entries[r->at].changed : &r->draft;
	bool as_it_was = r->at < r->n && strcmp(r->entries[r->at].prompt, text) == 0;
	char *changed = as_it_was ? NULL : mem_strdup(text);

	free(*keep);
	*keep = changed;
}

static const char *
arrive(struct recall *r, size_t at)
{
	r->at = at;
	if (at == r->n)
		return r->draft ? r->draft : "";
	return r->entries[at].changed ? r->entries[at].changed : r->entries[at].prompt;
}

const char *
recall_older(struct recall *r, const char *text)
{
	if (r->at == 0)
		return NULL;
	leave(r, text);
	return arrive(r, r->at - 1);
}

const char *
recall_newer(struct recall *r, const char *text)
{
	if (r->at == r->n)
		return NULL;
	leave(r, text);
	return arrive(r, r->at + 1);
}

/* ---- by a part ---- */

static bool
has_capital(const char *part)
{
	for (; *part; part++)
		if (*part >= 'A' && *part <= 'Z')
			return true;
	return false;
}

static const char *
find_part(const char *prompt, const char *part)
{
	size_t len = strlen(part);

	if (has_capital(part))
		return strstr(prompt, part);
	for (; *prompt; prompt++)
		if (strncasecmp(prompt, part, len) == 0)
			return prompt;
	return NULL;
}

bool
recall_has(const char *prompt, const char *part)
{
	return find_part(prompt, part);
}

size_t
recall_find_in(const char *prompt, const char *part)
{
	const char *found = find_part(prompt, part);

	return found ? (size_t)(found - prompt) : 0;
}

size_t
recall_find_older(const struct recall *r, const char *part, size_t from)
{
	for (size_t i = from < r->n ? from : r->n; i-- > 0;)
		if (recall_has(r->entries[i].prompt, part))
			return i;
	return r->n;
}

size_t
recall_find_newer(const struct recall *r, const char *part, size_t from)
{
	for (size_t i = from < r->n ? from + 1 : r->n; i < r->n; i++)
		if (recall_has(r->entries[i].prompt, part))
			return i;
	return r->n;
}
