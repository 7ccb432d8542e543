/*
 * hits.c - for each message and each of its two texts a list of places. What stands near the end of a text may still
 * change when it grows: there the search begins again.
 */
#include "tui/hits.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/clean_map.h"

enum {
	THOUGHT,
	CONTENT,
	PARTS,
	OPEN_BYTES = 256,       /* at a text's end, where words and phrases may still grow, */
	OPEN_BYTES_MOST = 4096, /* if a space is found so far back */
};

struct hits_part {
	struct mark *places; /* bytes of the text as it is */
	size_t n, space;
	size_t looked;  /* bytes looked through */
	size_t settled; /* those of them that need not be again */
	struct marked cleaned;
	struct clean_map map; /* at the end of the last place that is settled, */
	size_t n_mapped;      /* and how many these are */
};

struct hits_message {
	uint64_t id;
	unsigned moves; /* of the message: its texts only grow but for these */
	struct hits_part parts[PARTS];
};

/* ---- letting go ---- */

static void
release_message(struct hits_message *m)
{
	for (int part = 0; part < PARTS; part++) {
		free(m->parts[part].places);
		marked_release(&m->parts[part].cleaned);
		clean_map_release(&m->parts[part].map);
	}
}

static void
drop_messages(struct hits *h, size_t from)
{
	for (size_t i = from; i < h->n; i++)
		release_message(&h->messages[i]);
	h->n = from < h->n ? from : h->n;
}

void
hits_release(struct hits *h)
{
	drop_messages(h, 0);
	free(h->messages);
	find_release(&h->find);
	*h = (struct hits){0};
}

void
hits_look_for(struct hits *h, struct find *find)
{
	drop_messages(h, 0);
	find_release(&h->find);
	h->find = *find;
	*find = (struct find){0};
	h->total = 0;
}

/* ---- looking ---- */

static void
add_place(struct hits_part *p, size_t start, size_t end)
{
	if (p->n == p->space) {
		p->space = p->space ? p->space * 2 : 4;
		p->places = mem_realloc(p->places, p->space * sizeof(*p->places));
	}
	p->places[p->n++] = (struct mark){start, end};
}

/* Where to begin when the text has grown: at a space some words before its end. */
static size_t
settled_end(const char *text, size_t n)
{
	size_t at = n > OPEN_BYTES ? n - OPEN_BYTES : 0, least = n > OPEN_BYTES_MOST ? n - OPEN_BYTES_MOST : 0;

	while (at > least && text[at] != ' ' && text[at] != '\n')
		at--;
	return at > 0 && text[at] != ' ' && text[at] != '\n' ? utf8_floor(text, at) : at;
}

static void map_settled(struct hits_part *, const char *text);

/* Looks through what is new up to there; what stands near the end is looked for again. */
static void
look_through(struct hits *h, struct hits_part *p, const char *text, size_t end)
{
	size_t at = p->settled, settled = settled_end(text, end);
	struct find_range found;

	h->looked_through += end - at;
	while (p->n > 0 && p->places[p->n - 1].end > at)
		at = p->places[--p->n].start < at ? p->places[p->n].start : at;
	while (p->n < HITS_MAX && find_next(&h->find, text, end, at, &found)) {
		add_place(p, found.start, found.start + found.len);
		at = found.start + found.len;
	}
	p->looked = end;
	p->settled = settled > p->settled ? settled : p->settled;
	map_settled(p, text);
}

static void
forget_places(struct hits *h, struct hits_message *m, unsigned moves)
{
	h->total -= m->parts[THOUGHT].n + m->parts[CONTENT].n;
	release_message(m);
	*m = (struct hits_message){.id = m->id, .moves = moves};
}

/* Up to a bound. False: there is more. */
static bool
update_message(struct hits *h, struct hits_message *m, const struct message *message, size_t *left)
{
	const struct buf *texts[PARTS] = {[THOUGHT] = &message->reasoning, [CONTENT] = &message->content};

	if (m->moves != message->moves)
		forget_places(h, m, message->moves);
	for (int part = 0; part < PARTS; part++) {
		struct hits_part *p = &m->parts[part];
		size_t new = texts[part]->len - p->settled, some = new < *left ? new : *left;

		if (p->looked == texts[part]->len)
			continue;
		h->total -= p->n;
		look_through(h, p, buf_text(texts[part]), utf8_floor(buf_text(texts[part]), p->settled + some));
		h->total += p->n;
		*left -= some;
		if (some < new)
			return false;
	}
	return true;
}

static size_t
count_in(const struct hits_message *m)
{
	return m->parts[THOUGHT].n + m->parts[CONTENT].n;
}

static void
look_at_all(struct hits *h, struct message *const *path)
{
	size_t left = HITS_AT_ONCE, i = 0;

	h->full = h->total >= HITS_MAX;
	while (!h->full && i < h->n && left > 0 && update_message(h, &h->messages[i], path[i], &left)) {
		h->full = h->total >= HITS_MAX;
		i++;
	}
	h->complete = h->full || i == h->n;
}

void
hits_update(struct hits *h, struct conversation *c)
{
	size_t n, same = 0;
	struct message *const *path = conversation_path(c, &n);

	while (same < h->n && same < n && h->messages[same].id == path[same]->id)
		same++;
	for (size_t i = same; i < h->n; i++)
		h->total -= count_in(&h->messages[i]);
	drop_messages(h, same);
	if (n > h->space) {
		h->space = n * 2;
		h->messages = mem_realloc(h->messages, h->space * sizeof(*h->messages));
	}
	for (; h->n < n; h->n++)
		h->messages[h->n] = (struct hits_message){.id = path[h->n]->id};
	look_at_all(h, path);
}

/* ---- going from one to another ---- */

static const struct hits_part *
part_of(const struct hits *h, const struct hit *at)
{
	return &h->messages[at->message].parts[at->part == SPOT_THOUGHT ? THOUGHT : CONTENT];
}

bool
hits_has(const struct hits *h, const struct hit *at)
{
	return at->message < h->n && at->i < part_of(h, at)->n;
}

bool
hits_first_in(const struct hits *h, size_t message, struct hit *at)
{
	for (size_t i = message; i < h->n; i++)
		if (count_in(&h->messages[i]) > 0) {
			*at = (struct hit){i, h->messages[i].parts[THOUGHT].n > 0 ? SPOT_THOUGHT : SPOT_CONTENT, 0};
			return true;
		}
	return false;
}

bool
hits_first(const struct hits *h, struct hit *at)
{
	return hits_first_in(h, 0, at);
}

/* The last one before this message. */
static bool
last_before(const struct hits *h, size_t message, struct hit *at)
{
	for (size_t i = message; i-- > 0;)
		if (count_in(&h->messages[i]) > 0) {
			bool content = h->messages[i].parts[CONTENT].n > 0;

			*at = (struct hit){i, content ? SPOT_CONTENT : SPOT_THOUGHT, 0};
			at->i = part_of(h, at)->n - 1;
			return true;
		}
	return false;
}

bool
hits_last(const struct hits *h, struct hit *at)
{
	return last_before(h, h->n, at);
}

bool
hits_next(const struct hits *h, struct hit *at)
{
	if (at->i + 1 < part_of(h, at)->n) {
		at->i++;
		return true;
	}
	if (at->part == SPOT_THOUGHT && h->messages[at->message].parts[CONTENT].n > 0) {
		*at = (struct hit){at->message, SPOT_CONTENT, 0};
		return true;
	}
	return hits_first_in(h, at->message + 1, at);
}

bool
hits_previous(const struct hits *h, struct hit *at)
{
	size_t thought = h->messages[at->message].parts[THOUGHT].n;

	if (at->i > 0) {
		at->i--;
		return true;
	}
	if (at->part == SPOT_CONTENT && thought > 0) {
		*at = (struct hit){at->message, SPOT_THOUGHT, thought - 1};
		return true;
	}
	return last_before(h, at->message, at);
}

size_t
hits_number(const struct hits *h, const struct hit *at)
{
	size_t number = at->i + 1;

	for (size_t i = 0; i < at->message; i++)
		number += count_in(&h->messages[i]);
	return number + (at->part == SPOT_CONTENT ? h->messages[at->message].parts[THOUGHT].n : 0);
}

uint64_t
hits_message(const struct hits *h, const struct hit *at)
{
	return h->messages[at->message].id;
}

/* ---- marks ---- */

static void
map_place(struct hits_part *p, struct clean_map *map, const char *text, size_t i)
{
	size_t start = clean_map_to(map, text, p->places[i].start);

	marked_add(&p->cleaned, start, clean_map_to(map, text, p->places[i].end));
}

/* So that what is after the last settled place is not gone through again for those that are not. */
static void
advance_map(struct hits_part *p, const char *text)
{
	size_t open = p->places[p->n_mapped].start;

	clean_map_to(&p->map, text, open < p->settled ? open : p->settled);
}

static void
map_settled(struct hits_part *p, const char *text)
{
	for (; p->n_mapped < p->n && p->places[p->n_mapped].end <= p->settled; p->n_mapped++) {
		p->cleaned.n = p->n_mapped;
		map_place(p, &p->map, text, p->n_mapped);
	}
	p->cleaned.n = p->n_mapped;
	if (p->n_mapped < p->n)
		advance_map(p, text);
	else
		clean_map_to(&p->map, text, p->settled);
}

/* Places that are settled are mapped once; those after them from there on each time. */
const struct mark *
hits_marks(struct hits *h, size_t message, enum spot_part part, const struct message *m, size_t *n)
{
	struct hits_part *p = &h->messages[message].parts[part == SPOT_THOUGHT ? THOUGHT : CONTENT];
	const char *text = buf_text(part == SPOT_THOUGHT ? &m->reasoning : &m->content);
	struct clean_map open;

	p->cleaned.n = p->n_mapped;
	open = p->map;
	open.out = (struct buf){0};
	for (size_t i = p->n_mapped; i < p->n; i++)
		map_place(p, &open, text, i);
	buf_release(&open.out);
	*n = p->cleaned.n;
	return p->cleaned.marks;
}
