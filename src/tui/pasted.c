/*
 * pasted.c - a sorted array of parts; there are few.
 */
#include "tui/pasted.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void
pasted_release(struct pasted *p)
{
	free(p->parts);
	*p = (struct pasted){.n = 0};
}

void
pasted_copy(struct pasted *to, const struct pasted *from)
{
	if (from->n == 0)
		return;
	to->parts = mem_alloc(from->n * sizeof(*to->parts));
	memcpy(to->parts, from->parts, from->n * sizeof(*to->parts));
	to->n = from->n;
}

/* ---- parts ---- */

static size_t
count_feeds(const char *text, size_t n)
{
	size_t feeds = 0;

	for (const char *at = text; (at = memchr(at, '\n', n - (size_t)(at - text))) != NULL; at++)
		feeds++;
	return feeds;
}

static void
insert(struct pasted *p, size_t i, struct pasted_part part)
{
	p->parts = mem_realloc(p->parts, (p->n + 1) * sizeof(*p->parts));
	memmove(p->parts + i + 1, p->parts + i, (p->n - i) * sizeof(*p->parts));
	p->parts[i] = part;
	p->n++;
}

static struct pasted_part
new_part(const char *text, size_t from, size_t to)
{
	return (struct pasted_part){.from = from,
	        .to = to,
	        .feeds = count_feeds(text + from, to - from),
	        .chars = utf8_count(text + from, to - from),
	        .ends_line = text[to - 1] == '\n'};
}

/* What is left of a part is not folded again, and need not be counted. */
static void
put_rest(struct pasted *to, size_t from, size_t end)
{
	if (from < end)
		insert(to, to->n, (struct pasted_part){.from = from, .to = end});
}

void
pasted_replace(struct pasted *p, size_t at, size_t removed, size_t inserted)
{
	struct pasted now = {.n = 0};
	size_t end = at + removed;

	for (size_t i = 0; i < p->n; i++) {
		struct pasted_part part = p->parts[i];

		if (part.to <= at) {
			insert(&now, now.n, part);
		} else if (part.from >= end) {
			part.from += inserted - removed;
			part.to += inserted - removed;
			insert(&now, now.n, part);
		} else {
			put_rest(&now, part.from, at);
			put_rest(&now, at + inserted, part.to > end ? part.to - removed + inserted : 0);
		}
	}
	pasted_release(p);
	*p = now;
}

void
pasted_add(struct pasted *p, const char *text, size_t at, size_t n, bool goes_on)
{
	struct pasted_part part;
	size_t i = 0;

	if (n == 0)
		return;
	part = new_part(text, at, at + n);
	while (i < p->n && p->parts[i].to <= at)
		i++;
	if (!goes_on || i == 0 || p->parts[i - 1].to != at) {
		insert(p, i, part);
		return;
	}
	p->parts[i - 1].to = part.to;
	p->parts[i - 1].feeds += part.feeds;
	p->parts[i - 1].chars += part.chars;
	p->parts[i - 1].ends_line = part.ends_line;
}

/* ---- asking ---- */

/* The part that this byte is in; NULL: it was typed. */
static struct pasted_part *
find(const struct pasted *p, size_t at)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->parts[i].from <= at && at < p->parts[i].to)
			return &p->parts[i];
	return NULL;
}

bool
pasted_has(const struct pasted *p, size_t at)
{
	return find(p, at);
}

const struct pasted_part *
pasted_fold_at(const struct pasted *p, size_t at)
{
	const struct pasted_part *part = find(p, at);

	return part && part->is_folded ? part : NULL;
}

const struct pasted_part *
pasted_fold_before(const struct pasted *p, size_t at)
{
	const struct pasted_part *part = at > 0 ? pasted_fold_at(p, at - 1) : NULL;

	return part && part->to == at ? part : NULL;
}

/* ---- folding ---- */

/* A line feed at the end begins no line. */
static size_t
count_lines(const struct pasted_part *part)
{
	return part->feeds + !part->ends_line;
}

static bool
is_big(const struct pasted_part *part)
{
	return count_lines(part) > PASTED_LINES_MAX || part->chars > PASTED_CHARS_MAX;
}

void
pasted_fold(struct pasted *p, size_t at)
{
	struct pasted_part *part = find(p, at);

	if (part && is_big(part))
		part->is_folded = true;
}

bool
pasted_unfold(struct pasted *p, size_t at)
{
	struct pasted_part *nearest = NULL;

	for (size_t i = 0; i < p->n; i++)
		if (p->parts[i].is_folded && (!nearest || p->parts[i].to <= at))
			nearest = &p->parts[i];
	if (nearest)
		nearest->is_folded = false;
	return nearest;
}

void
pasted_put_label(const struct pasted_part *part, struct buf *to)
{
	if (count_lines(part) > 1)
		buf_printf(to, "[pasted %zu lines]", count_lines(part));
	else
		buf_printf(to, "[pasted %zu characters]", part->chars);
}
