/*
 * command.c - which command a word means, and what Tab makes of one.
 */
#include "app/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "tui/composer.h"

enum {
	BEGUN_LEAST = 3, /* letters of a name that a word begins with: a shorter one is no hint */
};

static const char spaces[] = " \t\n";

/* ---- looking ---- */

bool
command_is_one(const char *input)
{
	return input[0] == '/' && input[1] != '/';
}

bool
command_is_typed(const struct composer *c)
{
	return command_is_one(composer_text(c)) && !composer_has_pasted_slash(c);
}

bool
command_is_path(const char *input)
{
	return input[0] == '/' && memchr(input + 1, '/', strcspn(input + 1, spaces)) != NULL;
}

const char *
command_as_prompt(const char *input)
{
	return input[0] == '/' && input[1] == '/' ? input + 1 : input;
}

char *
command_argument(const char *input)
{
	const char *start = input + strcspn(input, spaces);
	size_t len;

	start += strspn(start, spaces);
	len = strlen(start);
	while (len > 0 && strchr(spaces, start[len - 1]))
		len--;
	return mem_strndup(start, len);
}

/* The i-th name of a command: its own, then its aliases. */
static const char *
name_of(const struct command *c, size_t i)
{
	return i == 0 ? c->name : i <= COMMAND_ALIASES_MAX ? c->aliases[i - 1] : NULL;
}

static const struct command *
find_exactly(const struct commands *table, const char *word)
{
	const char *name;

	for (size_t i = 0; i < table->n; i++)
		for (size_t j = 0; (name = name_of(&table->rows[i], j)) != NULL; j++)
			if (strcmp(name, word) == 0)
				return &table->rows[i];
	return NULL;
}

/* Counts the commands of which a name begins with the word, and lists those names. */
static size_t
find_beginnings(const struct commands *table, const char *word, const struct command **last, struct buf *names)
{
	const char *name;
	size_t n = 0;

	for (size_t i = 0; i < table->n; i++)
		for (size_t j = 0; (name = name_of(&table->rows[i], j)) != NULL; j++)
			if (strncmp(name, word, strlen(word)) == 0) {
				buf_printf(names, "%s/%s", n > 0 ? " " : "", name);
				*last = &table->rows[i];
				n++;
				break;
			}
	return n;
}

/* The longest name that the word begins with: "newchat" has "new". */
static const char *
find_begun(const struct commands *table, const char *word)
{
	size_t longest = BEGUN_LEAST - 1;
	const char *begun = NULL, *name;

	for (size_t i = 0; i < table->n; i++)
		for (size_t j = 0; (name = name_of(&table->rows[i], j)) != NULL; j++)
			if (strlen(name) > longest && strncmp(word, name, strlen(name)) == 0) {
				begun = name;
				longest = strlen(name);
			}
	return begun;
}

static const char *
find_nearest(const struct commands *table, const char *word)
{
	const char *near = find_begun(table, word), *name;

	if (near)
		return near;
	for (size_t i = 0; i < table->n; i++)
		for (size_t j = 0; (name = name_of(&table->rows[i], j)) != NULL; j++)
			if (nearest_is_near(word, name) &&
			        (!near || nearest_distance(word, name) < nearest_distance(word, near)))
				near = name;
	return near;
}

static const struct command *
find_word(const struct commands *table, const char *word, struct err *err)
{
	const struct command *found = find_exactly(table, word), *last = NULL;
	struct buf names = {0};
	size_t n = found ? 0 : find_beginnings(table, word, &last, &names);
	const char *near;

	if (n == 1)
		found = last;
	else if (n > 1)
		err_set(err, ERR_USAGE, "/%s may be %s", word, buf_text(&names));
	else if (!found && (near = find_nearest(table, word)) != NULL)
		err_set(err, ERR_USAGE, "no command /%s: did you mean /%s?", word, near);
	else if (!found)
		err_set(err, ERR_USAGE, "no command /%s: /help lists them, and // sends a slash", word);
	buf_release(&names);
	return found;
}

const struct command *
command_find(const struct commands *table, const char *input, struct err *err)
{
	char *word = mem_strndup(input + 1, strcspn(input + 1, spaces));
	const struct command *found = find_word(table, word, err);

	free(word);
	return found;
}

/* ---- Tab ---- */

/* The common beginning of the candidates so far. */
struct completion {
	const char *word;    /* typed */
	struct buf *names;   /* of the candidates */
	const char *before;  /* prefix of each candidate */
	const char *longest; /* the first candidate's name; only its first `common` bytes count */
	size_t common, n;
};

static void
offer(struct completion *c, const char *name)
{
	size_t same = 0;

	if (strncmp(name, c->word, strlen(c->word)) != 0)
		return;
	buf_printf(c->names, "%s%s%s", c->n > 0 ? " " : "", c->before, name);
	if (c->n++ == 0) {
		c->longest = name;
		c->common = strlen(name);
		return;
	}
	while (same < c->common && name[same] == c->longest[same])
		same++;
	c->common = utf8_floor(c->longest, same);
}

/* Appends what became of the word. */
static void
finish(const struct completion *c, struct buf *completed)
{
	if (c->n == 0) {
		buf_puts(completed, c->word);
		return;
	}
	buf_put(completed, c->longest, c->common);
	if (c->n == 1) {
		buf_putc(completed, ' ');
		buf_clear(c->names);
	}
}

/* Aliases are offered where no name fits: they are for hands that know them already. */
static void
complete_name(const struct commands *table, const char *word, struct buf *completed, struct buf *candidates)
{
	struct completion c = {.word = word, .names = candidates, .before = "/"};

	for (size_t i = 0; i < table->n; i++)
		offer(&c, table->rows[i].name);
	for (size_t i = 0; c.n == 0 && i < table->n; i++)
		for (size_t j = 0; j < COMMAND_ALIASES_MAX && table->rows[i].aliases[j]; j++)
			offer(&c, table->rows[i].aliases[j]);
	buf_putc(completed, '/');
	finish(&c, completed);
}

static void
offer_all(struct completion *c, const struct command *command, const struct app *app, const char *first)
{
	const char *name;

	for (size_t i = 0; command && command->candidate && (name = command->candidate(app, first, i)) != NULL; i++)
		offer(c, name);
}

/* The last of words with spaces or commas between them. */
static const char *
last_word(const char *argument)
{
	const char *end = argument + strlen(argument);

	while (end > argument && !strchr(" \t\n,", end[-1]))
		end--;
	return end;
}

/* Where the argument is no beginning of a candidate, its second word is looked at: the last of its items between commas.
 * Returns where that begins. */
static size_t
offer_second(struct completion *c, const struct command *command, const struct app *app, const char *argument)
{
	size_t len = strcspn(argument, spaces), at = len + strspn(argument + len, spaces);
	char *first = mem_strndup(argument, len);
	const char *comma = strrchr(argument + at, ',');

	if (comma)
		at = (size_t)(comma + 1 - argument) + strspn(comma + 1, spaces);
	c->word = argument + at;
	offer_all(c, command, app, first);
	free(first);
	return at;
}

void
command_complete(const struct commands *table, const struct app *app, const char *input, struct buf *completed,
        struct buf *candidates)
{
	size_t len = strcspn(input, spaces), at = len + strspn(input + len, spaces);
	struct completion c = {.word = input + at, .names = candidates, .before = ""};
	const struct command *command;
	struct err err;

	if (!input[len]) {
		complete_name(table, input + 1, completed, candidates);
		return;
	}
	command = command_find(table, input, &err);
	if (command && strstr(command->argument, "..."))
		c.word = last_word(input + at);
	at = (size_t)(c.word - input);
	offer_all(&c, command, app, "");
	if (c.n == 0 && strpbrk(c.word, spaces))
		at += offer_second(&c, command, app, c.word);
	buf_put(completed, input, at);
	finish(&c, completed);
}
