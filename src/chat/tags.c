/*
 * tags.c - a sorted array of names: a conversation has a handful.
 */
#include "chat/tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/letters.h"

static const char between[] = "-_./", separators[] = " \t\r\n,";

/* ---- a name ---- */

enum name_wrong {
	NAME_FINE,
	NAME_LONG,
	NAME_BAD,
};

static bool
is_sign(uint32_t c)
{
	return c < 0x80 && c != '\0' && strchr(between, (int)c);
}

/* Signs stand between letters: not first, and last only in a name that is still being typed. */
static enum name_wrong
check_small(const char *name, size_t n, bool whole)
{
	bool is_after_letter = false;
	uint32_t c;

	if (utf8_count(name, n) > TAG_CHARACTERS_MAX)
		return NAME_LONG;
	for (size_t at = 0, len; at < n; at += len) {
		len = utf8_decode(name + at, n - at, &c);
		if (letters_is_one(c))
			is_after_letter = true;
		else if (letters_is_accent(c) ? !is_after_letter : at == 0 || !is_sign(c))
			return NAME_BAD;
		else if (is_sign(c))
			is_after_letter = false;
	}
	return is_after_letter || !whole ? NAME_FINE : NAME_BAD;
}

static enum name_wrong
make_small(char name[TAG_SIZE], const char *text, size_t n, bool whole)
{
	size_t len = letters_small(name, TAG_SIZE - 1, text, n);

	name[len] = '\0';
	if (len == 0)
		return utf8_count(text, n) > TAG_CHARACTERS_MAX ? NAME_LONG : NAME_BAD;
	return check_small(name, len, whole);
}

static bool
make_name(char name[TAG_SIZE], const char *text, size_t n, bool whole, struct err *err)
{
	size_t hash = n > 0 && *text == '#';

	switch (make_small(name, text + hash, n - hash, whole)) {
	case NAME_FINE:
		return true;
	case NAME_LONG:
		return err_set(err, ERR_USAGE, "%.*s…: a tag has at most %d characters", (int)utf8_prefix(text, n, 20),
		        text, TAG_CHARACTERS_MAX);
	default:
		return err_set(err, ERR_USAGE, "%.*s: a tag has letters and digits, and - _ . / between them",
		        (int)utf8_prefix(text, n, 2 * TAG_CHARACTERS_MAX), text);
	}
}

bool
tag_make(char name[TAG_SIZE], const char *text, size_t n, struct err *err)
{
	return make_name(name, text, n, true, err);
}

bool
tag_make_beginning(char name[TAG_SIZE], const char *text, size_t n, struct err *err)
{
	return make_name(name, text, n, false, err);
}

bool
tag_is_name(const char *text, size_t n)
{
	char name[TAG_SIZE];

	return make_small(name, text, n, true) == NAME_FINE && strlen(name) == n && memcmp(name, text, n) == 0;
}

/* Whatever no name may have becomes one hyphen between two letters, and nothing at the ends. */
static void
put_near(struct buf *to, const char *text, size_t n)
{
	bool is_gap = false;
	uint32_t c;

	for (size_t at = 0, len; at < n; at += len) {
		bool is_letter;

		len = utf8_decode(text + at, n - at, &c);
		is_letter = letters_is_one(c) || (letters_is_accent(c) && to->len > 0);
		if (is_letter && is_gap && to->len > 0)
			buf_putc(to, '-');
		if (is_letter || (is_sign(c) && to->len > 0 && !is_gap && at + len < n))
			buf_put(to, text + at, len);
		is_gap = !is_letter && (is_gap || !is_sign(c));
	}
}

bool
tag_make_near(char name[TAG_SIZE], const char *text, size_t n)
{
	struct buf near = {0};
	size_t len;
	bool good;

	put_near(&near, text, n);
	len = utf8_prefix(buf_text(&near), near.len, TAG_CHARACTERS_MAX);
	while (len > 0 && strchr(between, near.data[len - 1]))
		len--;
	good = make_small(name, buf_text(&near), len, true) == NAME_FINE;
	buf_release(&near);
	return good;
}

/* ---- the set ---- */

void
tags_release(struct tags *tags)
{
	for (size_t i = 0; i < tags->n; i++)
		free(tags->names[i]);
	free(tags->names);
	*tags = (struct tags){0};
}

/* Where the name is, or would be. */
static size_t
place_of(const struct tags *tags, const char *name)
{
	size_t from = 0, to = tags->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcmp(tags->names[middle], name) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

bool
tags_has(const struct tags *tags, const char *name)
{
	size_t at = place_of(tags, name);

	return at < tags->n && strcmp(tags->names[at], name) == 0;
}

bool
tags_add(struct tags *tags, const char *name)
{
	size_t at = place_of(tags, name);

	if (tags_has(tags, name))
		return false;
	tags->names = mem_realloc(tags->names, (tags->n + 1) * sizeof(*tags->names));
	memmove(tags->names + at + 1, tags->names + at, (tags->n - at) * sizeof(*tags->names));
	tags->names[at] = mem_strdup(name);
	tags->n++;
	return true;
}

bool
tags_remove(struct tags *tags, const char *name)
{
	size_t at = place_of(tags, name);

	if (!tags_has(tags, name))
		return false;
	free(tags->names[at]);
	tags->n--;
	memmove(tags->names + at, tags->names + at + 1, (tags->n - at) * sizeof(*tags->names));
	return true;
}

void
tags_copy(struct tags *to, const struct tags *from)
{
	*to = (struct tags){0};
	tags_difference(to, from, to);
}

bool
tags_equal(const struct tags *a, const struct tags *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->names[i], b->names[i]) != 0)
			return false;
	return true;
}

void
tags_difference(struct tags *to, const struct tags *of, const struct tags *but)
{
	for (size_t i = 0; i < of->n; i++)
		if (!tags_has(but, of->names[i]))
			(void)tags_add(to, of->names[i]);
}

/* ---- as text ---- */

static bool
add_word(struct tags *tags, const char *word, size_t n, struct err *err)
{
	char name[TAG_SIZE];

	if (!tag_make(name, word, n, err))
		return false;
	if (tags_add(tags, name) && tags->n > TAGS_MAX)
		return err_set(err, ERR_USAGE, "a conversation has at most %d tags", TAGS_MAX);
	return true;
}

bool
tags_read(struct tags *tags, const char *text, struct err *err)
{
	struct tags all;
	bool good = true;
	size_t n;

	tags_copy(&all, tags);
	for (text += strspn(text, separators); *text && good; text += n, text += strspn(text, separators)) {
		n = strcspn(text, separators);
		good = add_word(&all, text, n, err);
	}
	if (good)
		tags_difference(tags, &all, tags);
	tags_release(&all);
	return good;
}

void
tags_put(struct buf *to, const struct tags *tags)
{
	for (size_t i = 0; i < tags->n; i++)
		buf_printf(to, "%s%s", i > 0 ? " " : "", tags->names[i]);
}
