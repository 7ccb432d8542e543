/*
 * edit_history.c - a list of edits, and how many of them are done.
 */
#include "tui/edit_history.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static size_t
size_of(const struct edit *e)
{
	return sizeof(*e) + e->removed.len + e->inserted.len + (e->before.n + e->after.n) * sizeof(struct pasted_part);
}

/* Forgets edits[from..to). */
static void
forget(struct edit_history *h, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		h->bytes -= size_of(&h->edits[i]);
		buf_release(&h->edits[i].removed);
		buf_release(&h->edits[i].inserted);
		pasted_release(&h->edits[i].before);
		pasted_release(&h->edits[i].after);
	}
	if (to < h->n)
		memmove(h->edits + from, h->edits + to, (h->n - to) * sizeof(*h->edits));
	h->n -= to - from;
}

void
edit_history_release(struct edit_history *h)
{
	forget(h, 0, h->n);
	free(h->edits);
	*h = (struct edit_history){.n = 0};
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Does typing go on with the word, or the spaces after it? */
static bool
same_word(const struct buf *typed, const struct buf *more)
{
	return !is_blank(typed->data[typed->len - 1]) || is_blank(more->data[0]);
}

static void
put_before(struct buf *to, const struct buf *front)
{
	struct buf joined = {0};

	buf_put(&joined, buf_text(front), front->len);
	buf_put(&joined, buf_text(to), to->len);
	buf_release(to);
	*to = joined;
}

/* False: it is an edit of its own. */
static bool
join(struct edit *last, enum edit_kind kind, const struct edit *e)
{
	bool goes_on = e->at == last->at + last->inserted.len;

	if (kind == EDIT_ERASED && e->at == last->at) {
		buf_put(&last->removed, e->removed.data, e->removed.len);
	} else if (kind == EDIT_ERASED && e->at + e->removed.len == last->at) {
		put_before(&last->removed, &e->removed);
		last->at = e->at;
	} else if (goes_on &&
	           ((kind == EDIT_TYPED && same_word(&last->inserted, &e->inserted)) || kind == EDIT_PASTED)) {
		buf_put(&last->inserted, e->inserted.data, e->inserted.len);
	} else {
		return false;
	}
	return true;
}

static void
append(struct edit_history *h, const struct edit *e)
{
	struct edit *copy;

	if (h->n == h->space) {
		h->space = h->space > 0 ? 2 * h->space : 16;
		h->edits = mem_realloc(h->edits, h->space * sizeof(*h->edits));
	}
	copy = &h->edits[h->n++];
	*copy = (struct edit){.at = e->at, .cursor = e->cursor};
	buf_put(&copy->removed, buf_text(&e->removed), e->removed.len);
	buf_put(&copy->inserted, buf_text(&e->inserted), e->inserted.len);
	pasted_copy(&copy->before, &e->before);
	h->bytes += size_of(copy);
}

bool
edit_history_add(struct edit_history *h, enum edit_kind kind, const struct edit *e)
{
	bool joins = kind != EDIT_WHOLE && kind != EDIT_KILLED && kind == h->last && h->done > 0;

	forget(h, h->done, h->n);
	joins = joins && join(&h->edits[h->n - 1], kind, e);
	if (joins)
		h->bytes += e->removed.len + e->inserted.len;
	else
		append(h, e);
	while (h->bytes > EDIT_HISTORY_BYTES_MAX && h->n > 1)
		forget(h, 0, 1);
	h->done = h->n;
	h->last = kind;
	return joins;
}

void
edit_history_set_after(struct edit_history *h, const struct pasted *after)
{
	struct edit *last = &h->edits[h->n - 1];

	h->bytes -= size_of(last);
	pasted_release(&last->after);
	pasted_copy(&last->after, after);
	h->bytes += size_of(last);
}

void
edit_history_close(struct edit_history *h)
{
	h->last = EDIT_WHOLE;
}

const struct edit *
edit_history_undo(struct edit_history *h)
{
	edit_history_close(h);
	return h->done > 0 ? &h->edits[--h->done] : NULL;
}

const struct edit *
edit_history_redo(struct edit_history *h)
{
	edit_history_close(h);
	return h->done < h->n ? &h->edits[h->done++] : NULL;
}
