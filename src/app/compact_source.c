/*
 * compact_source.c - the path from the first message to the leaf, from its end.
 */
#include "app/compact_source.h"

/* The index in the path of the first message of the last turns; 0: there is nothing before them. */
static size_t
find_first_kept(struct message *const *path, size_t n)
{
	int prompts = 0;

	for (size_t i = n; i-- > 0;)
		if (path[i]->role == CHAT_USER && ++prompts == COMPACT_TURNS_KEPT)
			return i;
	return 0;
}

/* A summary is made of text: of a picture or a sound it can only know that there was one. */
static void
put_file(struct buf *to, const struct attachment *a)
{
	if (to->len > 0)
		buf_putc(to, '\n');
	if (a->kind != ATTACHMENT_TEXT) {
		buf_printf(to, "(attached: %s, %s that is not shown here)", a->name,
		        a->kind == ATTACHMENT_IMAGE ? "a picture" : "a sound");
		return;
	}
	buf_printf(to, "(attached: %s)\n", a->name);
	buf_put(to, a->data, a->size);
	buf_printf(to, "%s(end of %s)", a->size > 0 && a->data[a->size - 1] == '\n' ? "" : "\n", a->name);
}

static void
add_files(struct compact_text *to, const struct message *m)
{
	struct buf text = {0};

	for (size_t i = 0; i < m->attachments.n; i++)
		put_file(&text, m->attachments.items[i]);
	if (text.len > 0)
		compact_text_add(to, m->role, &text);
	buf_release(&text);
}

static void
add_message(struct compact_text *to, struct message *m)
{
	if (message_is_muted(m))
		return;
	if (m->content.len > 0)
		compact_text_add(to, m->role, &m->content);
	add_files(to, m);
}

bool
compact_source_collect(
        struct conversation *conversation, struct compact_text *out, uint64_t *first_kept, uint64_t *leaf)
{
	size_t n, kept, start = out->len;
	struct message *const *path = conversation_path(conversation, &n);

	kept = find_first_kept(path, n);
	for (size_t i = 0; i < kept; i++)
		add_message(out, path[i]);
	if (kept > 0) {
		*first_kept = path[kept]->id;
		*leaf = path[n - 1]->id;
	}
	return out->len > start;
}

int
compact_source_turns(struct conversation *conversation)
{
	size_t n;
	struct message *const *path = conversation_path(conversation, &n);
	int turns = 0;

	for (size_t i = n; i-- > 0 && turns <= COMPACT_TURNS_KEPT;)
		turns += path[i]->role == CHAT_USER;
	return turns;
}
