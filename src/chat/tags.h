/*
 * tags.h - the tags of a conversation: names by which a person finds it again.
 *
 * A name has letters (small ones, of any script) and digits, and - _ . / between them: "work", "c++" is none, "work/flynn" is
 * found under "work" too. So it is one word in every search, list and command line.
 */
#ifndef FLYNN_CHAT_TAGS_H
#define FLYNN_CHAT_TAGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	TAG_CHARACTERS_MAX = 40,
	TAG_SIZE = 4 * TAG_CHARACTERS_MAX + 1, /* bytes, with the NUL */
	TAGS_MAX = 32, /* that a person or a file gives a conversation; two histories may add up to more */
};

/* Zeroed to begin with. */
struct tags {
	char **names; /* sorted by their bytes, each once */
	size_t n;
};

void tags_release(struct tags *);
void tags_copy(struct tags *to, const struct tags *from); /* `to` is empty */
bool tags_equal(const struct tags *, const struct tags *);

/* The name that a person means: in small letters, without a # before it. ERR_USAGE: it can be none. */
bool tag_make(char name[TAG_SIZE], const char *text, size_t n, struct err *) MUST_USE;
/* The nearest name to a text that another program calls a tag: "My project!" is "my-project". False: there is none. */
bool tag_make_near(char name[TAG_SIZE], const char *text, size_t n) MUST_USE;
/* The same of a name that is still being typed: a sign may be last. */
bool tag_make_beginning(char name[TAG_SIZE], const char *text, size_t n, struct err *) MUST_USE;
bool tag_is_name(const char *text, size_t n); /* in the form in which names are kept */

/* Names are those of tag_make. False: it was there already; it was not there. */
bool tags_add(struct tags *, const char *name);
bool tags_remove(struct tags *, const char *name);
bool tags_has(const struct tags *, const char *name);

/* Adds the names of a text, with spaces or commas between them. ERR_USAGE, and nothing is added: one can be none, or they are too
 * many. */
bool tags_read(struct tags *, const char *text, struct err *) MUST_USE;

/* Appends "work flynn", a space between each two. */
void tags_put(struct buf *, const struct tags *);

/* Adds the names of `of` that `but` has not. */
void tags_difference(struct tags *to, const struct tags *of, const struct tags *but);

#endif
