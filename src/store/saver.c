/*
 * saver.c - when a save is due, and what follows from its result: its content counts as saved only when it has come
 * back. saver_take.c makes the saves.
 */
#include "store/saver.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/saving.h"

enum {
	TOOK_FIRST_MS = 50, /* a save, before one has shown it */
	SPARE_MS = 5,       /* for the threads to wake up */
	DUE_LEAST_MS = 50,  /* however long a save takes */
};

struct saver *
saver_new(uint64_t handle)
{
	struct saver *s = mem_alloc(sizeof(*s));

	s->handle = handle;
	s->taken_ms = s->whole_ms = -SAVER_LIMIT_MS;
	s->took_ms = TOOK_FIRST_MS;
	return s;
}

void
saver_free(struct saver *s)
{
	if (!s)
		return;
	buf_release(&s->info.title);
	buf_release(&s->info.system);
	buf_release(&s->info.preset);
	parameters_release(&s->info.parameters);
	tags_release(&s->info.tags);
	buf_release(&s->draft);
	buf_release(&s->told_draft);
	saver_told_release(&s->list);
	free(s);
}

/* ---- what was told ---- */

static void
set_parameters(struct saver *s, const struct parameters *told)
{
	parameters_release(&s->info.parameters);
	parameters_copy(&s->info.parameters, told);
}

static void
set_tags(struct saver *s, const struct tags *told)
{
	tags_release(&s->info.tags);
	tags_copy(&s->info.tags, told);
}

static void
forget_changes(struct saver *s, struct conversation *c)
{
	saving_drain(s, c);
	for (size_t i = 0; i < s->list.n_due; i++)
		saver_told_of(&s->list, s->list.due[i])->due = false;
	s->list.n_due = s->list.n_removed = 0;
	s->info_due = false;
}

void
saver_loaded(struct saver *s, struct conversation *c, const char *draft, uint64_t seen, int64_t seen_line)
{
	const struct conversation_info *info = conversation_info(c);

	for (const struct message *m = NULL; (m = conversation_next(c, m)) != NULL;)
		*saver_told_of(&s->list, m->id) = (struct saver_told){.row = m->row,
		        .content = m->content.len,
		        .reasoning = m->reasoning.len,
		        .tokens = m->tokens.len,
		        .moves = m->moves,
		        .state = m->state,
		        .model = m->model.len > 0,
		        .deleted = m->is_deleted,
		        .muted = m->is_muted,
		        .edited = m->is_edited,
		        .stream = m->stream.len > 0};
	forget_changes(s, c);
	s->has_row = info->row != 0;
	saving_set_text(&s->info.title, buf_text(&info->title));
	saving_set_text(&s->info.system, conversation_system(c));
	saving_set_text(&s->info.preset, buf_text(&info->preset));
	set_parameters(s, &info->parameters);
	set_tags(s, &info->tags);
	s->info.titled = info->titled;
	s->info.pinned = info->pinned;
	s->info.archived = info->archived;
	s->info.leaf = saving_id_of(conversation_leaf(c));
	saving_set_text(&s->draft, draft);
	saving_set_text(&s->told_draft, draft);
	s->seen = s->told_seen = seen;
	s->seen_line = s->told_line = seen_line;
}

void
saver_restored(struct saver *s, const char *draft)
{
	saving_set_text(&s->told_draft, draft);
}

void
saver_set_draft(struct saver *s, const char *draft)
{
	if (!saving_is_text(&s->draft, draft))
		saving_set_text(&s->draft, draft);
}

void
saver_set_place(struct saver *s, uint64_t seen, int64_t seen_line)
{
	s->seen = seen;
	s->seen_line = seen_line;
}

/* ---- when ---- */

bool
saver_is_dirty(const struct saver *s, const struct conversation *c)
{
	return s->on_its_way || saving_has_news(s, c);
}

bool
saver_lacks(const struct saver *s, const struct conversation *c, int64_t since_ms)
{
	return s->whole_ms <= since_ms && saver_is_dirty(s, c);
}

bool
saver_is_waiting(const struct saver *s)
{
	return s->on_its_way;
}

bool
saver_has_words(struct saver *s, struct conversation *c)
{
	bool has_messages = s->has_row || conversation_next(c, NULL);

	saving_drain(s, c);
	if ((s->on_its_way && s->carries_words) || saving_draft_is_due(s))
		return true;
	return has_messages && (s->list.n_due > 0 || s->list.n_removed > 0 || (saving_differences(s, c) & ~SAVE_LEAF));
}

const char *
saver_draft(const struct saver *s)
{
	return buf_text(&s->draft);
}

bool
saver_lacks_draft(const struct saver *s)
{
	return saving_draft_is_due(s);
}

/* For what is new since just now. The next save may take twice as long as the last ones. */
static int64_t
due_ms(const struct saver *s, int64_t now_ms)
{
	int64_t wait = SAVER_LIMIT_MS - SPARE_MS - 2 * s->took_ms;

	if (now_ms - s->taken_ms >= SAVER_LIMIT_MS)
		return now_ms;
	return now_ms + (wait > DUE_LEAST_MS ? wait : DUE_LEAST_MS);
}

int
saver_wait_ms(struct saver *s, const struct conversation *c, int64_t now_ms)
{
	if (!saving_has_news(s, c)) {
		s->due_ms = 0;
		return -1;
	}
	if (s->due_ms == 0)
		s->due_ms = due_ms(s, now_ms);
	if (s->on_its_way)
		return -1;
	return s->at_once || s->due_ms <= now_ms ? 0 : (int)(s->due_ms - now_ms);
}

/* ---- what became of it ---- */

static void
message_saved(struct saver *s, struct conversation *c, const struct save_message *saved)
{
	struct saver_told *told = saver_told_of(&s->list, saved->id);
	struct message *m = conversation_find(c, saved->id);

	/* It was taken back while it was on its way. */
	if (!m && told->row == 0) {
		saver_told_remove(&s->list, saved->row);
		return;
	}
	told->row = saved->row;
	told->content = saved->content_at + saved->content.len;
	told->reasoning = saved->reasoning_at + saved->reasoning.len;
	told->moves = saved->moves;
	told->counts = saving_counts(&saved->usage, saved->thought_tokens, saved->thought_ms);
	told->state = saved->state;
	told->lost = saved->lost;
	told->model |= saved->model.len > 0;
	if (saved->what & SAVE_FIELDS) {
		told->edited = saved->is_edited;
		told->stream = saved->stream.len > 0;
		told->counted = saved->usage.prompt_tokens >= 0;
	}
	if ((saved->what & SAVE_TOKENS) && !saved->lost)
		told->tokens = saved->tokens.len;
	if (saved->what & SAVE_MUTED)
		told->muted = saved->is_muted;
	if (saved->what & (SAVE_DELETE | SAVE_UNDELETE))
		told->deleted = saved->what & SAVE_DELETE;
	if (told->lost || saved->cut)
		saver_told_make_due(&s->list, saved->id);
	s->at_once |= saved->cut;
	if (!m)
		return;
	m->row = saved->row;
	memcpy(m->uuid, saved->uuid, sizeof(m->uuid));
}

/* One that took long is remembered for a while. */
static void
note_time(struct saver *s, int64_t now_ms)
{
	int64_t took = now_ms - s->taken_ms;

	if (took > SAVER_LIMIT_MS)
		took = SAVER_LIMIT_MS;
	s->took_ms = took > s->took_ms || !s->timed ? (int)took : (3 * s->took_ms + (int)took) / 4;
	s->timed = true;
}

/* These and no others: more may have come meanwhile. */
static void
tags_saved(struct saver *s, const struct save *save)
{
	for (size_t i = 0; i < save->untagged.n; i++)
		(void)tags_remove(&s->info.tags, save->untagged.names[i]);
	tags_difference(&s->info.tags, &save->tagged, &s->info.tags);
}

static void
info_saved(struct saver *s, const struct save *save)
{
	if (save->what & SAVE_TITLE) {
		saving_set_text(&s->info.title, buf_text(&save->title));
		s->info.titled = save->titled;
	}
	if (save->what & SAVE_SYSTEM)
		saving_set_text(&s->info.system, buf_text(&save->system));
	if (save->what & SAVE_PARAMETERS)
		set_parameters(s, &save->parameters);
	if (save->what & SAVE_TAGS)
		tags_saved(s, save);
	if (save->what & SAVE_PRESET)
		saving_set_text(&s->info.preset, buf_text(&save->preset));
	if (save->what & SAVE_MARKS) {
		s->info.pinned = save->pinned;
		s->info.archived = save->archived;
	}
	if (save->what & SAVE_LEAF)
		s->info.leaf = save->leaf.id;
	if (save->what & SAVE_DRAFT)
		saving_set_text(&s->told_draft, buf_text(&save->draft));
	if (save->what & SAVE_PLACE) {
		s->told_seen = save->seen.id;
		s->told_line = save->seen_line;
	}
}

void
saver_saved(struct saver *s, struct conversation *c, struct save *save, int64_t now_ms)
{
	struct conversation_info *info = conversation_info(c);

	assert(s->on_its_way && save->handle == s->handle);
	s->on_its_way = false;
	note_time(s, now_ms);
	for (size_t i = 0; i < save->n_messages; i++)
		message_saved(s, c, &save->messages[i]);
	info_saved(s, save);
	if (!s->at_once)
		s->whole_ms = s->taken_ms;
	info->row = save->row;
	memcpy(info->uuid, save->uuid, sizeof(info->uuid));
	s->has_row = save->row != 0;
	save_free(save);
}

void
saver_failed(struct saver *s, struct save *save, int64_t now_ms)
{
	assert(s->on_its_way && save->handle == s->handle);
	s->on_its_way = false;
	s->due_ms = now_ms + SAVER_RETRY_MS;
	s->info_due = true;
	for (size_t i = 0; i < save->n_messages; i++)
		saver_told_make_due(&s->list, save->messages[i].id);
	for (size_t i = 0; i < save->n_removed; i++)
		saver_told_remove(&s->list, save->removed[i]);
	save_free(save);
}

void
saver_start_over(struct saver *s, struct conversation *c, struct save *save)
{
	struct conversation_info *info = conversation_info(c);

	assert(s->on_its_way && save->handle == s->handle);
	save_free(save);
	forget_changes(s, c);
	s->list.n = 0;
	s->has_row = false;
	for (struct message *m = NULL; (m = conversation_next(c, m)) != NULL;) {
		m->row = 0;
		saver_told_make_due(&s->list, m->id);
	}
	info->row = 0;
	info->uuid[0] = '\0';
	buf_clear(&s->told_draft);
	tags_release(&s->info.tags);
	s->told_seen = 0;
	s->told_line = 0;
	s->info_due = true;
	s->on_its_way = false;
	s->whole_ms = -SAVER_LIMIT_MS;
	s->at_once = true;
}
