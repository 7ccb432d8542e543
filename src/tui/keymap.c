/*
 * keymap.c - `bind` lines, and the search for what a key does. Bindings are few: they are looked through.
 */
#include "tui/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nearest.h"

static const struct {
	const char *name;
	bool line;
	const char *heading;
} contexts[] = {
#define X(context, name, line, heading) [CONTEXT_##context] = {name, line, heading},
        KEY_CONTEXTS(X)
#undef X
};

bool
keymap_is_line(enum key_context context)
{
	return contexts[context].line;
}

bool
keymap_is_place(enum key_context context)
{
	return context != CONTEXT_LINE && context != CONTEXT_ANYWHERE;
}

const char *
keymap_context_name(enum key_context context)
{
	return contexts[context].name;
}

const char *
keymap_heading(enum key_context context)
{
	return contexts[context].heading;
}

enum {
	WORDS_MAX = 4 + KEYMAP_KEYS_MAX, /* one more than the longest line has */
};

void
keymap_init(struct keymap *map, const struct action *actions, size_t n)
{
	*map = (struct keymap){.actions = actions, .n_actions = n};
}

void
keymap_copy(struct keymap *to, const struct keymap *from)
{
	*to = *from;
	to->space = from->n;
	to->bindings = mem_alloc(from->n * sizeof(*to->bindings));
	if (from->n > 0)
		memcpy(to->bindings, from->bindings, from->n * sizeof(*to->bindings));
}

void
keymap_release(struct keymap *map)
{
	free(map->bindings);
	*map = (struct keymap){0};
}

/* ---- bindings ---- */

bool
keymap_are_rivals(const struct binding *a, const struct binding *b)
{
	size_t n = a->n_keys < b->n_keys ? a->n_keys : b->n_keys;

	if (a->context != b->context)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!key_same(a->keys[i], b->keys[i]))
			return false;
	return true;
}

/* Rivals begin with the same key. */
static struct binding *
find_rival(const struct keymap *map, const struct binding *b)
{
	for (size_t i = 0; i < map->n; i++)
		if (map->bindings[i].keys[0].code == b->keys[0].code && keymap_are_rivals(&map->bindings[i], b))
			return &map->bindings[i];
	return NULL;
}

/* True: this is the first that begins so, and has no rival. */
static bool
begins_anew(struct keymap *map, const struct binding *b)
{
	uint32_t hash = (b->keys[0].code * 31 + b->keys[0].mods) * 31 + (uint32_t)b->context, bit = 1u << hash % 8;
	unsigned char *byte = &map->begun[hash / 8 % KEYMAP_BEGUN];
	bool anew = !(*byte & bit);

	*byte |= (unsigned char)bit;
	return anew;
}

static void
take_out(struct keymap *map, struct binding *b)
{
	map->n--;
	memmove(b, b + 1, (size_t)(map->bindings + map->n - b) * sizeof(*b));
}

void
keymap_bind(struct keymap *map, const struct binding *b)
{
	struct binding *rival = NULL;

	while (!begins_anew(map, b) && (rival = find_rival(map, b)) != NULL && rival->n_keys != b->n_keys)
		take_out(map, rival);
	if (rival) {
		*rival = *b;
		return;
	}
	if (map->n == map->space) {
		map->space = map->space ? map->space * 2 : 64;
		map->bindings = mem_realloc(map->bindings, map->space * sizeof(*map->bindings));
	}
	map->bindings[map->n++] = *b;
}

/* ---- lines ---- */

/* Most words differ in their first letter, and some hundred are compared for each line. */
static bool
is_word(const char *a, const char *b)
{
	return a[0] == b[0] && strcmp(a, b) == 0;
}

static const char *
nearest_context(const char *word)
{
	for (size_t i = 0; i < ARRAY_LEN(contexts); i++)
		if (nearest_is_near(word, contexts[i].name))
			return contexts[i].name;
	return NULL;
}

static void
set_no_context(const char *word, struct err *err)
{
	struct buf names = {0};

	if (nearest_context(word)) {
		err_set(err, ERR_CONFIG, "no context \"%s\": did you mean %s?", word, nearest_context(word));
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(contexts); i++)
		buf_printf(&names, "%s%s", i == 0 ? "" : i + 1 < ARRAY_LEN(contexts) ? ", " : " or ", contexts[i].name);
	err_set(err, ERR_CONFIG, "no context \"%s\": write %s", word, buf_text(&names));
	buf_release(&names);
}

/* A line is mostly about the context and the action of the line before, or about the next ones: searches begin there. */
static const struct binding *
line_before(const struct keymap *map)
{
	return map->n > 0 ? &map->bindings[map->n - 1] : NULL;
}

static bool
read_context(const struct keymap *map, const char *word, enum key_context *context, struct err *err)
{
	size_t first = map->n > 0 ? (size_t)line_before(map)->context : 0;

	for (size_t i = 0; i < ARRAY_LEN(contexts); i++) {
		size_t at = (first + i) % ARRAY_LEN(contexts);

		if (is_word(contexts[at].name, word)) {
			*context = (enum key_context)at;
			return true;
		}
	}
	set_no_context(word, err);
	return false;
}

/* What may have been meant; NULL: no idea. */
static const struct action *
nearest_action(const struct keymap *map, const char *word)
{
	const struct action *near = NULL;

	for (size_t i = 0; i < map->n_actions; i++) {
		const struct action *action = &map->actions[i];

		if (nearest_is_near(word, action->name) &&
		        (!near || nearest_distance(word, action->name) < nearest_distance(word, near->name)))
			near = action;
	}
	return near;
}

static const struct action *
find_action(const struct keymap *map, const char *word)
{
	const struct action *last = map->n > 0 ? line_before(map)->action : NULL;
	size_t first = last ? (size_t)(last - map->actions) : 0;

	for (size_t i = 0; i < map->n_actions; i++) {
		const struct action *action = &map->actions[(first + i) % map->n_actions];

		if (is_word(action->name, word))
			return action;
	}
	return NULL;
}

static const struct action *
read_action(const struct keymap *map, const char *word, struct err *err)
{
	const struct action *found = find_action(map, word), *near;

	if (found)
		return found;
	near = nearest_action(map, word);
	if (near)
		err_set(err, ERR_CONFIG, "no action \"%s\": did you mean %s?", word, near->name);
	else
		err_set(err, ERR_CONFIG, "no action \"%s\": `flynn keys` lists them", word);
	return NULL;
}

static bool
read_keys(char *const *words, size_t n, struct binding *b, struct err *err)
{
	for (b->n_keys = 0; b->n_keys < n; b->n_keys++)
		if (!key_parse(words[b->n_keys], &b->keys[b->n_keys], err))
			return false;
	return true;
}

static bool
read_words(const struct keymap *map, char *const *words, size_t n, struct binding *b, struct err *err)
{
	bool binds = n > 0 && strcmp(words[0], "bind") == 0;
	size_t others = binds ? 3 : 2;

	*b = (struct binding){0};
	if (n > 0 && !binds && strcmp(words[0], "unbind") != 0)
		return err_set(err, ERR_CONFIG, "\"%s\" is neither bind nor unbind", words[0]);
	if (n <= others || n > others + KEYMAP_KEYS_MAX)
		return err_set(err, ERR_CONFIG, "write %s",
		        binds ? "bind CONTEXT KEY [KEY] ACTION" : "unbind CONTEXT KEY [KEY]");
	if (!read_context(map, words[1], &b->context, err) || !read_keys(words + 2, n - others, b, err))
		return false;
	if (binds)
		b->action = read_action(map, words[n - 1], err);
	return !binds || b->action;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Ends the words of a line with a NUL each, `max` of them at most. How many there are. */
static size_t
cut_words(char *line, char **words, size_t max)
{
	size_t n = 0;

	for (;;) {
		while (is_blank(*line))
			*line++ = '\0';
		if (!*line || n == max)
			return n;
		words[n++] = line;
		while (*line && !is_blank(*line))
			line++;
	}
}

bool
keymap_parse(const struct keymap *map, const char *line, struct binding *b, struct err *err)
{
	char *words[WORDS_MAX], *text = mem_strdup(line);
	bool ok = read_words(map, words, cut_words(text, words, ARRAY_LEN(words)), b, err);

	free(text);
	return ok;
}

static bool
read_line(struct keymap *map, char *line, struct err *err)
{
	char *words[WORDS_MAX];
	size_t n = cut_words(line, words, ARRAY_LEN(words));
	struct binding b;

	if (n == 0 || *words[0] == '#')
		return true;
	if (!read_words(map, words, n, &b, err))
		return false;
	keymap_bind(map, &b);
	return true;
}

bool
keymap_read(struct keymap *map, const char *text, const char *name, struct err *err)
{
	char *copy = mem_strdup(text), *line = copy;
	bool ok = true;

	for (int number = 1; ok && line; number++) {
		char *end = strchr(line, '\n');
		struct err why;

		if (end)
			*end++ = '\0';
		ok = read_line(map, line, &why);
		if (!ok)
			err_set(err, ERR_CONFIG, "%s:%d: %s", name, number, why.text);
		line = end;
	}
	free(copy);
	return ok;
}

/* ---- looking up ---- */

static bool
begins_with(const struct binding *b, const struct key *keys, size_t n)
{
	if (n > b->n_keys)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!key_same(b->keys[i], keys[i]))
			return false;
	return true;
}

static enum keymap_match
find_in(const struct keymap *map, enum key_context context, const struct key *keys, size_t n,
        const struct action **action)
{
	enum keymap_match match = KEYMAP_NOTHING;

	for (size_t i = 0; i < map->n; i++) {
		const struct binding *b = &map->bindings[i];

		if (b->context != context || !begins_with(b, keys, n))
			continue;
		if (b->n_keys == n) {
			*action = b->action;
			return b->action ? KEYMAP_ACTION : KEYMAP_UNBOUND;
		}
		if (b->action)
			match = KEYMAP_BEGINNING;
	}
	return match;
}

enum keymap_match
keymap_find(const struct keymap *map, enum key_context context, const struct key *keys, size_t n,
        const struct action **action)
{
	enum keymap_match match = find_in(map, context, keys, n, action);

	if (match == KEYMAP_NOTHING && contexts[context].line)
		match = find_in(map, CONTEXT_LINE, keys, n, action);
	return match == KEYMAP_NOTHING ? find_in(map, CONTEXT_ANYWHERE, keys, n, action) : match;
}

/* ---- in words ---- */

void
keymap_print(const struct binding *b, struct buf *out)
{
	char key[KEY_TEXT_MAX];

	buf_printf(out, "%s %s", b->action ? "bind" : "unbind", contexts[b->context].name);
	for (size_t i = 0; i < b->n_keys; i++) {
		key_print(b->keys[i], key);
		buf_printf(out, " %s", key);
	}
	if (b->action)
		buf_printf(out, " %s", b->action->name);
}

void
keymap_say_keys(const struct binding *b, struct buf *out)
{
	char key[KEY_TEXT_MAX];

	for (size_t i = 0; i < b->n_keys; i++) {
		key_say(b->keys[i], key);
		buf_printf(out, "%s%s", i > 0 ? " " : "", key);
	}
}

/* Pressed while the keyboard is there, its keys do what it says: no other binding hides it. */
static bool
is_reached(const struct keymap *map, enum key_context context, const struct binding *b)
{
	const struct action *action = NULL;

	for (size_t n = 1; n < b->n_keys; n++)
		if (keymap_find(map, context, b->keys, n, &action) != KEYMAP_BEGINNING)
			return false;
	return b->action &&
	       (b->context == context || b->context == CONTEXT_ANYWHERE ||
	               (b->context == CONTEXT_LINE && contexts[context].line)) &&
	       keymap_find(map, context, b->keys, b->n_keys, &action) == KEYMAP_ACTION && action == b->action;
}

const struct binding *
keymap_binding(const struct keymap *map, enum key_context context, const char *name)
{
	const struct binding *best = NULL;

	for (size_t i = 0; i < map->n && !(best && best->line > 0); i++) {
		const struct binding *b = &map->bindings[i];

		if (b->action && is_word(b->action->name, name) && (!best || b->line > 0) &&
		        is_reached(map, context, b))
			best = b;
	}
	return best;
}

bool
keymap_say_action(const struct keymap *map, enum key_context context, const char *name, struct buf *out)
{
	const struct binding *best = keymap_binding(map, context, name);

	if (best)
		keymap_say_keys(best, out);
	return best;
}
