/*
 * kept.c - each message that has a text, by its conversation's row.
 */
#include "tests/keys_fuzz/kept.h"

#include <stdlib.h>
#include <string.h>

#include "app/talk.h"
#include "base/mem.h"
#include "store/history.h"
#include "store/load.h"

struct kept_text {
	int64_t row;
	char *text;
	size_t len;
};

struct kept {
	struct kept_text *texts;
	size_t n;
};

static void
keep(struct kept *k, int64_t row, const struct buf *text)
{
	char *copy = mem_alloc(text->len + 1);

	memcpy(copy, buf_text(text), text->len);
	k->texts = mem_realloc(k->texts, (k->n + 1) * sizeof(*k->texts));
	k->texts[k->n++] = (struct kept_text){row, copy, text->len};
}

/* Neither it nor what it stands below was deleted. */
static bool
is_there(const struct message *m)
{
	while (m && !m->is_deleted)
		m = m->parent;
	return !m;
}

struct kept *
kept_new(const struct app *app)
{
	struct kept *k = mem_alloc(sizeof(*k));

	for (size_t i = 0; i < app->n_talks; i++) {
		struct conversation *c = app->talks[i]->session.conversation;
		int64_t row = conversation_info(c)->row;

		for (struct message *m = conversation_next(c, NULL); row && m; m = conversation_next(c, m))
			if (is_there(m) && m->content.len > 0)
				keep(k, row, &m->content);
	}
	return k;
}

void
kept_free(struct kept *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->n; i++)
		free(k->texts[i].text);
	free(k->texts);
	free(k);
}

static bool
holds(const struct loaded *l, const struct kept_text *t)
{
	const struct conversation *c = l->conversation;

	for (const struct message *m = conversation_next(c, NULL); m; m = conversation_next(c, m))
		if (m->content.len == t->len && memcmp(m->content.data, t->text, t->len) == 0)
			return true;
	return false;
}

/* Those of one conversation, from the i-th on. */
static size_t
look_at_conversation(const struct kept *k, size_t i, struct history *h, volatile long *count, struct buf *why)
{
	int64_t row = k->texts[i].row;
	struct loaded loaded = {0};
	struct err err;
	bool there = load_conversation(h, row, &loaded, &err);

	if (!there)
		buf_printf(why, "conversation %lld is not in the history: %s\n", (long long)row, err.text);
	for (; i < k->n && k->texts[i].row == row; i++) {
		if (there && !holds(&loaded, &k->texts[i]))
			buf_printf(why, "conversation %lld is without \"%.*s\"\n", (long long)row,
			        k->texts[i].len < 60 ? (int)k->texts[i].len : 60, k->texts[i].text);
		++*count;
	}
	if (there)
		loaded_release(&loaded);
	return i;
}

bool
kept_is_in(const struct kept *k, const char *path, volatile long *count, struct buf *why)
{
	size_t len = why->len;
	struct err err;
	struct history *h = k->n > 0 ? history_open(path, HISTORY_READ, &err) : NULL;

	if (k->n > 0 && !h)
		buf_printf(why, "%s\n", err.text);
	for (size_t i = 0; h && i < k->n;)
		i = look_at_conversation(k, i, h, count, why);
	if (h)
		history_close(h);
	return why->len == len;
}
