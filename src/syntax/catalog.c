/*
 * catalog.c - patterns are kept as they are, and tried once each when a language is looked for. The folders are
 * known to system/grammar_files.c.
 */
#include "syntax/catalog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "syntax/language.h"
#include "syntax/nanorc.h"
#include "syntax/regex.h"

enum {
	ENTRIES_MAX = 1000,
	PATTERNS_MAX = 16, /* of an entry */
};

void
catalog_release(struct catalog *c)
{
	for (size_t i = 0; i < c->n; i++) {
		for (size_t k = 0; k < c->entries[i].n_patterns; k++)
			free(c->entries[i].patterns[k]);
		free(c->entries[i].patterns);
		free(c->entries[i].name);
		free(c->entries[i].path);
	}
	free(c->entries);
	*c = (struct catalog){0};
}

static void
add_entry(struct catalog *c, const char *path, struct nanorc_line *line)
{
	struct catalog_entry *e;
	struct nanorc_piece word;

	if (c->n == ENTRIES_MAX || !nanorc_argument(line, &word))
		return;
	c->entries = mem_realloc(c->entries, (c->n + 1) * sizeof(*c->entries));
	e = &c->entries[c->n++];
	*e = (struct catalog_entry){.name = mem_strndup(word.text, word.n), .path = mem_strdup(path)};
	while (e->n_patterns < PATTERNS_MAX && nanorc_argument(line, &word)) {
		e->patterns = mem_realloc(e->patterns, (e->n_patterns + 1) * sizeof(*e->patterns));
		e->patterns[e->n_patterns++] = mem_strndup(word.text, word.n);
	}
}

void
catalog_add(struct catalog *c, const char *path, const char *nanorc, size_t n)
{
	struct nanorc lines = nanorc_of(nanorc, n);
	struct nanorc_line line;

	while (nanorc_next(&lines, &line))
		if (line.command == NANORC_SYNTAX)
			add_entry(c, path, &line);
}

static bool
matches(const struct regex *pattern, struct regex_room *room, const char *name)
{
	size_t start, end;

	return regex_find(pattern, room, name, strlen(name), 0, &start, &end) == REGEX_FOUND;
}

static bool
has_files_like(const struct catalog_entry *e, struct regex_room *room, const char *language)
{
	char ending[LANGUAGE_MAX + 4], whole[LANGUAGE_MAX + 4];
	bool has = false;

	snprintf(ending, sizeof(ending), "/x.%s", language);
	snprintf(whole, sizeof(whole), "/%s", language);
	for (size_t i = 0; !has && i < e->n_patterns; i++) {
		struct regex *pattern = regex_new(e->patterns[i], strlen(e->patterns[i]), false);

		has = pattern && (matches(pattern, room, ending) || matches(pattern, room, whole));
		regex_free(pattern);
	}
	return has;
}

const struct catalog_entry *
catalog_find(const struct catalog *c, const char *language)
{
	const struct catalog_entry *found = NULL;
	struct regex_room *room;

	for (size_t i = 0; i < c->n; i++)
		if (strcasecmp(c->entries[i].name, language) == 0)
			return &c->entries[i];
	room = regex_room_new();
	for (size_t i = 0; !found && i < c->n; i++)
		if (has_files_like(&c->entries[i], room, language))
			found = &c->entries[i];
	regex_room_free(room);
	return found;
}
