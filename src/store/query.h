/*
 * query.h - what a person types to find something: words, "words in a row", and filters.
 *
 *	model:NAME     the model's name holds this          role:user          who said it: user, assistant, system
 *	before:DATE    older than that day (local time)     is:pinned          or is:archived: the conversation
 *	after:DATE     that day or newer                    in:reasoning       or in:content
 *	tag:NAME       the conversation has that tag, or one below it: NAME/…; tags of several filters must all be there
 *
 * DATE is 2026-01-31, 2026-01 or 2026. A value with spaces is put in quotes. A filter without its value (it is being
 * typed) is none, an unknown one is text. All words must be there, and signs as they are typed: C++, "->", 🚀. The
 * last word, if no space follows it, and each that ends in `*`, may be the beginning of one; so may a tag that no conversation
 * has. The only errors are an impossible value, is: with an unknown mark, and role: or in: without a word.
 */
#ifndef FLYNN_STORE_QUERY_H
#define FLYNN_STORE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "chat/tags.h"
#include "text/find.h"

enum {
	QUERY_WORDS_MAX = 64, /* and phrases; more is an error */
	QUERY_TAGS_MAX = TAGS_MAX,
};

struct query_tag {
	char name[TAG_SIZE];
	bool begins; /* it may be the beginning of a name */
};

struct query {
	struct find words; /* those looked for, for find_next in a text */
	struct buf
	        match; /* the same for the index: an FTS5 expression; empty where words has signs alone, or nothing */
	const char *role;            /* user, assistant, system; NULL: any */
	const char *column;          /* content, reasoning; NULL: both */
	struct buf model;            /* part of its name; empty: any */
	int64_t after_ms, before_ms; /* after_ms <= created < before_ms */
	bool pinned, archived;
	struct query_tag *tags;
	size_t n_tags;
};

/* False, with a sentence for the line below the prompt: a filter's value cannot be. query_release in either case. */
bool query_parse(struct query *, const char *text, size_t n, struct err *) MUST_USE;
void query_release(struct query *);

/* As tag:NAME does, but with this name and no other: ERR_USAGE. */
bool query_add_tag(struct query *, const char *name, struct err *) MUST_USE;

/* Whether the signs that are looked for, if any, are in one of these texts of a message: the index does not know
 * them. */
struct query_text {
	const char *text;
	size_t n;
};

bool query_has_signs(
        const struct query *, struct query_text content, struct query_text reasoning, struct query_text files);

/* Whether a model of this name is one that is asked for. */
bool query_wants_model(const struct query *, const char *model);

#endif
