/*
 * cluster_names.c - texts by number, found again by a hash. The name of number N is the N-th character from FIRST_NAME on.
 */
#include "tui/cluster_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum {
	FIRST_NAME = 0x17000, /* of 6136 Tangut characters in a row */
	NAMES_MAX = 6000,
	NAMES_FEW = 4000, /* more than that many given: a frame may need some */
	SLOTS = 16384,    /* more than twice as many as names: a power of two */
	NAME_BYTES = 4,
};

struct text {
	char *bytes;
	size_t n;
};

struct cluster_names {
	struct text texts[NAMES_MAX];
	size_t n;
	uint16_t slots[SLOTS]; /* numbers from 1; 0: free */
};

void
cluster_names_free(struct cluster_names *names)
{
	if (!names)
		return;
	for (size_t i = 0; i < names->n; i++)
		free(names->texts[i].bytes);
	free(names);
}

/* FNV-1a. */
static uint32_t
hash(const char *bytes, size_t n)
{
	uint32_t h = 0x811c9dc5;

	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)bytes[i]) * 0x01000193;
	return h;
}

/* The slot that has this text, or the free one that is to have it. */
static uint16_t *
find_slot(struct cluster_names *names, const char *text, size_t n)
{
	for (uint32_t at = hash(text, n);; at++) {
		uint16_t *slot = &names->slots[at % SLOTS];
		const struct text *there = *slot ? &names->texts[*slot - 1] : NULL;

		if (!there || (there->n == n && memcmp(there->bytes, text, n) == 0))
			return slot;
	}
}

uint32_t
cluster_names_give(struct cluster_names **names, const char *text, size_t n)
{
	struct cluster_names *all = *names ? *names : mem_alloc(sizeof(*all));
	uint16_t *slot = find_slot(all, text, n);

	*names = all;
	if (*slot == 0 && all->n == NAMES_MAX)
		return 0;
	if (*slot == 0) {
		all->texts[all->n++] = (struct text){mem_strndup(text, n), n};
		*slot = (uint16_t)all->n;
	}
	return FIRST_NAME + *slot - 1u;
}

bool
cluster_names_run_out(const struct cluster_names *names)
{
	return names && names->n > NAMES_FEW;
}

bool
cluster_names_has(const char *bytes)
{
	uint32_t c;

	if (bytes[0] != '\xf0' || bytes[1] == '\0')
		return false;
	(void)utf8_decode(bytes, strnlen(bytes, NAME_BYTES), &c);
	return c >= FIRST_NAME && c < FIRST_NAME + NAMES_MAX;
}

/* The text of the name at the start; NULL: it is none. */
static const struct text *
find_text(const struct cluster_names *names, const char *bytes, size_t n)
{
	uint32_t c;

	if (n < NAME_BYTES || bytes[0] != '\xf0')
		return NULL;
	(void)utf8_decode(bytes, n, &c);
	return c >= FIRST_NAME && c - FIRST_NAME < names->n ? &names->texts[c - FIRST_NAME] : NULL;
}

void
cluster_names_put(const struct cluster_names *names, const char *bytes, size_t n, struct buf *out)
{
	size_t from = 0;

	for (size_t at = 0; names && at < n;) {
		const struct text *text = find_text(names, bytes + at, n - at);

		if (!text) {
			at++;
			continue;
		}
		buf_put(out, bytes + from, at - from);
		buf_put(out, text->bytes, text->n);
		at += NAME_BYTES;
		from = at;
	}
	buf_put(out, bytes + from, n - from);
}
