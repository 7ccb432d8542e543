/*
 * saver_take.c - makes a save: the text and fields that the history lacks of each message that is due, and what
 * differs of the conversation.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "store/saver.h"
#include "store/saving.h"

enum {
	SHARE_LEAST = 1024, /* bytes of a text that is shared with the conversation instead of copied (base/buf.h) */
};

static void
copy(struct buf *to, const struct buf *from, size_t at)
{
	buf_put(to, buf_text(from) + at, from->len - at);
}

/* A long text is shared. */
static void
copy_or_share(struct buf *to, struct buf *from)
{
	if (from->len >= SHARE_LEAST)
		buf_share(to, from);
	else
		copy(to, from, 0);
}

static struct save_link
link_to(struct saver *s, uint64_t id)
{
	return id ? (struct save_link){saver_told_of(&s->list, id)->row, id} : (struct save_link){0, 0};
}

static void
add_fields(struct save_message *to, struct message *m)
{
	copy(&to->model, &m->model, 0);
	copy(&to->endpoint, &m->endpoint, 0);
	copy(&to->parameters, &m->parameters, 0);
	copy(&to->finish_reason, &m->finish_reason, 0);
	copy(&to->stream, &m->stream, 0);
	copy_or_share(&to->pieces, &m->pieces);
	to->stream_content = m->stream_content;
	to->stream_reasoning = m->stream_reasoning;
	if (m->error) {
		to->error = mem_alloc(sizeof(*to->error));
		*to->error = *m->error;
	}
	to->timings = m->timings;
	to->created_ms = m->created_ms;
	to->tool_calls = m->tool_calls;
	to->is_edited = m->is_edited;
	to->is_summary = m->is_summary;
}

/* A message that was only deleted, brought back or muted says nothing about the rest of it: another flynn may know
 * better. */
static bool
has_fields(const struct saver_told *told, const struct message *m, enum message_state state)
{
	bool grew = m->content.len != told->content || m->reasoning.len != told->reasoning;

	if (state != told->state || m->is_edited != told->edited || (m->stream.len > 0) != told->stream)
		return true;
	if (state == MESSAGE_STREAMING)
		return (m->model.len > 0 && !told->model) || (m->usage.prompt_tokens >= 0 && !told->counted);
	return grew || (m->is_deleted == told->deleted && m->is_muted == told->muted);
}

/* Whether all of its text is to replace what the history has. */
static bool
needs_whole(const struct saver_told *told, const struct message *m)
{
	return told->row == 0 || told->lost || m->moves != told->moves || m->content.len < told->content ||
	       m->reasoning.len < told->reasoning;
}

static unsigned
what_of(const struct saver_told *told, const struct message *m, enum message_state state)
{
	unsigned what = 0;

	if (needs_whole(told, m))
		what |= SAVE_WHOLE | SAVE_FIELDS;
	if (has_fields(told, m, state))
		what |= SAVE_FIELDS;
	if (state != MESSAGE_STREAMING && m->tokens.len != told->tokens)
		what |= SAVE_TOKENS;
	if (m->is_deleted != told->deleted)
		what |= m->is_deleted ? SAVE_DELETE : SAVE_UNDELETE;
	else if (m->is_deleted)
		what |= SAVE_UNDELETE | SAVE_DELETE; /* it was here again, and may have got children */
	if (told->row == 0 || m->is_muted != told->muted)
		what |= SAVE_MUTED;
	return what;
}

static bool
has_other_counts(const struct saver_told *told, const struct message *m)
{
	return saving_counts(&m->usage, m->thought_tokens, m->thought_ms) != told->counts;
}

/* The text from `at` on, or as much of it as there is room for. Returns the room that is left. */
static size_t
take_part(struct buf *to, struct buf *from, size_t at, size_t room)
{
	size_t n = from->len - at;

	if (at == 0 && n >= SHARE_LEAST && n <= room) {
		buf_share(to, from);
		return room - n;
	}
	if (n > room)
		n = utf8_floor(from->data + at, room);
	buf_put(to, buf_text(from) + at, n);
	return room - n;
}

static void
add_message(struct saver *s, struct save *save, struct message *m)
{
	const struct saver_told *told = saver_told_of(&s->list, m->id);
	struct save_message *to = &save->messages[save->n_messages];
	bool whole = needs_whole(told, m);
	size_t content_at = whole ? 0 : told->content, reasoning_at = whole ? 0 : told->reasoning;
	bool cut = m->content.len - content_at + m->reasoning.len - reasoning_at > SAVE_TEXT_MAX;
	enum message_state state = cut ? MESSAGE_STREAMING : m->state;
	unsigned what = what_of(told, m, state);

	if (what == 0 && m->content.len == told->content && m->reasoning.len == told->reasoning)
		return;
	if (state == MESSAGE_STREAMING && !(what & SAVE_FIELDS) && has_other_counts(told, m))
		what |= SAVE_COUNTS;
	save->n_messages++;
	*to = (struct save_message){.what = what,
	        .id = m->id,
	        .row = told->row,
	        .parent = link_to(s, saving_id_of(m->parent)),
	        .role = m->role,
	        .cut = cut,
	        .is_muted = m->is_muted,
	        .state = state,
	        .moves = m->moves,
	        .usage = m->usage,
	        .thought_tokens = m->thought_tokens,
	        .thought_ms = m->thought_ms,
	        .content_at = content_at,
	        .reasoning_at = reasoning_at};
	memcpy(to->uuid, m->uuid, sizeof(to->uuid));
	(void)take_part(&to->content, &m->content, content_at,
	        take_part(&to->reasoning, &m->reasoning, reasoning_at, SAVE_TEXT_MAX));
	if (told->row == 0)
		attachments_add_all(&to->attachments, &m->attachments);
	if (what & SAVE_FIELDS)
		add_fields(to, m);
	if (what & SAVE_TOKENS)
		buf_share(&to->tokens, &m->tokens);
}

static int
by_id(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* And go after them. */
static int
by_row_last_first(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x < *y) - (*x > *y);
}

/* Parents come before their children: their ids are smaller. */
static void
add_messages(struct saver *s, struct save *save, const struct conversation *c)
{
	if (s->list.n_due == 0)
		return;
	qsort(s->list.due, s->list.n_due, sizeof(*s->list.due), by_id);
	save->messages = mem_alloc(s->list.n_due * sizeof(*save->messages));
	for (size_t i = 0; i < s->list.n_due; i++) {
		struct message *m = conversation_find(c, s->list.due[i]);

		saver_told_of(&s->list, s->list.due[i])->due = false;
		if (m)
			add_message(s, save, m);
	}
	s->list.n_due = 0;
}

static void
add_info(struct saver *s, struct save *save, struct conversation *c)
{
	const struct conversation_info *info = conversation_info(c);

	save->row = info->row;
	memcpy(save->uuid, info->uuid, sizeof(save->uuid));
	save->created_ms = info->created_ms;
	save->updated_ms = info->updated_ms;
	save->titled = info->titled;
	save->pinned = info->pinned;
	save->archived = info->archived;
	save->leaf = link_to(s, saving_id_of(conversation_leaf(c)));
	save->what |= saving_differences(s, c);
	if (save->what & SAVE_TITLE)
		copy(&save->title, &info->title, 0);
	if (save->what & SAVE_SYSTEM)
		saving_set_text(&save->system, conversation_system(c));
	if (save->what & SAVE_PARAMETERS)
		parameters_copy(&save->parameters, &info->parameters);
	if (save->what & SAVE_PRESET)
		copy(&save->preset, &info->preset, 0);
	tags_difference(&save->tagged, &info->tags, &s->info.tags);
	tags_difference(&save->untagged, &s->info.tags, &info->tags);
	s->info_due = false;
}

static void
add_view(struct saver *s, struct save *save, const struct conversation *c)
{
	if (!conversation_find(c, s->seen)) {
		s->seen = 0;
		s->seen_line = 0;
	}
	if (saving_draft_is_due(s) || save->row == 0) {
		save->what |= SAVE_DRAFT;
		copy(&save->draft, &s->draft, 0);
		copy(&save->told_draft, &s->told_draft, 0);
	}
	if (saving_place_is_due(s) || save->row == 0)
		save->what |= SAVE_PLACE;
	save->seen = link_to(s, s->seen);
	save->seen_line = s->seen_line;
}

struct save *
saver_take(struct saver *s, struct conversation *c, int64_t now_ms)
{
	struct save *save;

	if (s->on_its_way || !saving_has_news(s, c))
		return NULL;
	saving_drain(s, c);
	save = mem_alloc(sizeof(*save));
	save->handle = s->handle;
	add_messages(s, save, c);
	add_info(s, save, c);
	add_view(s, save, c);
	if (save->row == 0 && save->n_messages == 0)
		save->what = saving_draft_is_due(s) ? SAVE_DRAFT : 0;
	if (s->list.n_removed > 1)
		qsort(s->list.removed, s->list.n_removed, sizeof(*s->list.removed), by_row_last_first);
	save->removed = s->list.removed;
	save->n_removed = s->list.n_removed;
	s->list.removed = NULL;
	s->list.n_removed = 0;
	if (save->what == 0 && save->n_messages == 0 && save->n_removed == 0) {
		save_free(save);
		return NULL;
	}
	s->on_its_way = true;
	s->carries_words =
	        save->n_messages > 0 || save->n_removed > 0 || (save->what & ~(unsigned)(SAVE_LEAF | SAVE_PLACE));
	s->taken_ms = now_ms;
	s->due_ms = 0;
	s->at_once = false;
	return save;
}
