/*
 * saver.c - for each message how much of it was told, and which ones are due. What a save that is on its way tells counts
 * as told only when it comes back.
 */
#include "store/saver.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* What the history has of a message. */
struct told {
	int64_t row;               /* 0: nothing */
	size_t content, reasoning; /* bytes */
	enum message_state state;
	bool model, deleted;
	bool lost; /* what the history has of it is not what we told */
	bool due;  /* stands in the list */
};

/* What the history has of the conversation, besides. */
struct told_info {
	struct buf title, system;
	enum title_by titled;
	bool pinned, archived;
	uint64_t leaf;
};

struct saver {
	uint64_t handle;
	struct told *told; /* told[id - 1] */
	size_t n_told, told_space;
	struct told_info info;
	bool has_row, info_due;
	uint64_t *due; /* ids */
	size_t n_due, due_space;
	int64_t *removed; /* rows */
	size_t n_removed;
	struct buf draft, told_draft;
	uint64_t seen, told_seen;
	int64_t seen_line, told_line;
	bool on_its_way;
	int64_t next_ms; /* not before */
};

struct saver *
saver_new(uint64_t handle)
{
	struct saver *s = mem_alloc(sizeof(*s));

	s->handle = handle;
	return s;
}

void
saver_free(struct saver *s)
{
	if (!s)
		return;
	buf_release(&s->info.title);
	buf_release(&s->info.system);
	buf_release(&s->draft);
	buf_release(&s->told_draft);
	free(s->told);
	free(s->due);
	free(s->removed);
	free(s);
}

static void
set_text(struct buf *to, const char *text)
{
	buf_clear(to);
	buf_puts(to, text ? text : "");
}

static bool
is_text(const struct buf *b, const char *text)
{
	return strcmp(buf_text(b), text ? text : "") == 0;
}

/* ---- what was told ---- */

static struct told *
told_of(struct saver *s, uint64_t id)
{
	if (id > s->told_space) {
		s->told_space = (size_t)id + s->told_space / 2 + 16;
		s->told = mem_realloc(s->told, s->told_space * sizeof(*s->told));
	}
	if (id > s->n_told) {
		memset(s->told + s->n_told, 0, ((size_t)id - s->n_told) * sizeof(*s->told));
		s->n_told = (size_t)id;
	}
	return &s->told[id - 1];
}

static void
make_due(struct saver *s, uint64_t id)
{
	struct told *told = told_of(s, id);

	if (told->due)
		return;
	told->due = true;
	if (s->n_due == s->due_space) {
		s->due_space = s->due_space * 2 + 8;
		s->due = mem_realloc(s->due, s->due_space * sizeof(*s->due));
	}
	s->due[s->n_due++] = id;
}

static void
add_removed(struct saver *s, int64_t row)
{
	s->removed = mem_realloc(s->removed, (s->n_removed + 1) * sizeof(*s->removed));
	s->removed[s->n_removed++] = row;
}

static uint64_t
id_of(const struct message *m)
{
	return m ? m->id : 0;
}

/* Moves the conversation's list of changes into ours. */
static void
drain(struct saver *s, struct conversation *c)
{
	struct message *m;
	uint64_t id;

	while ((m = conversation_take_changed(c)) != NULL)
		make_due(s, m->id);
	while ((id = conversation_take_removed(c)) != 0)
		if (told_of(s, id)->row != 0)
			add_removed(s, told_of(s, id)->row);
	s->info_due |= conversation_take_info(c);
}

static void
forget_changes(struct saver *s, struct conversation *c)
{
	drain(s, c);
	for (size_t i = 0; i < s->n_due; i++)
		told_of(s, s->due[i])->due = false;
	s->n_due = s->n_removed = 0;
	s->info_due = false;
}

void
saver_loaded(struct saver *s, struct conversation *c, const char *draft, uint64_t seen, int64_t seen_line)
{
	const struct conversation_info *info = conversation_info(c);

	for (const struct message *m = NULL; (m = conversation_next(c, m)) != NULL;)
		*told_of(s, m->id) = (struct told){.row = m->row,
		        .content = m->content.len,
		        .reasoning = m->reasoning.len,
		        .state = m->state,
		        .model = m->model.len > 0,
		        .deleted = m->is_deleted};
	forget_changes(s, c);
	s->has_row = info->row != 0;
	set_text(&s->info.title, buf_text(&info->title));
	set_text(&s->info.system, conversation_system(c));
	s->info.titled = info->titled;
	s->info.pinned = info->pinned;
	s->info.archived = info->archived;
	s->info.leaf = id_of(conversation_leaf(c));
	set_text(&s->draft, draft);
	set_text(&s->told_draft, draft);
	s->seen = s->told_seen = seen;
	s->seen_line = s->told_line = seen_line;
}

void
saver_restored(struct saver *s, const char *draft)
{
	set_text(&s->told_draft, draft);
}

void
saver_set_draft(struct saver *s, const char *draft)
{
	if (!is_text(&s->draft, draft))
		set_text(&s->draft, draft);
}

void
saver_set_place(struct saver *s, uint64_t seen, int64_t seen_line)
{
	s->seen = seen;
	s->seen_line = seen_line;
}

/* ---- when ---- */

static bool
draft_is_due(const struct saver *s)
{
	return s->draft.len != s->told_draft.len || !is_text(&s->draft, buf_text(&s->told_draft));
}

static bool
place_is_due(const struct saver *s)
{
	return s->seen != s->told_seen || s->seen_line != s->told_line;
}

/* A place, a title and a leaf say nothing of a conversation that has no message. */
static bool
has_news(const struct saver *s, const struct conversation *c)
{
	bool any = s->n_due > 0 || s->n_removed > 0 || s->info_due || place_is_due(s) || conversation_is_changed(c);

	return draft_is_due(s) || (any && (s->has_row || conversation_next(c, NULL)));
}

bool
saver_is_dirty(const struct saver *s, const struct conversation *c)
{
	return s->on_its_way || has_news(s, c);
}

int
saver_wait_ms(const struct saver *s, const struct conversation *c, int64_t now_ms)
{
	int64_t left = s->next_ms - now_ms;

	if (s->on_its_way || !has_news(s, c))
		return -1;
	return left > 0 ? (int)left : 0;
}

/* ---- making a save ---- */

static void
copy(struct buf *to, const struct buf *from, size_t at)
{
	buf_put(to, buf_text(from) + at, from->len - at);
}

static struct save_link
link_to(struct saver *s, uint64_t id)
{
	return id ? (struct save_link){told_of(s, id)->row, id} : (struct save_link){0, 0};
}

static void
add_fields(struct save_message *to, const struct message *m)
{
	to->state = m->state;
	copy(&to->model, &m->model, 0);
	copy(&to->endpoint, &m->endpoint, 0);
	copy(&to->parameters, &m->parameters, 0);
	copy(&to->finish_reason, &m->finish_reason, 0);
	if (m->error) {
		to->error = mem_alloc(sizeof(*to->error));
		*to->error = *m->error;
	}
	to->usage = m->usage;
	to->timings = m->timings;
	to->thought_tokens = m->thought_tokens;
	to->thought_ms = m->thought_ms;
	to->created_ms = m->created_ms;
	to->tool_calls = m->tool_calls;
}

/* A message that was only deleted or brought back says nothing about the rest of it: another flynn may know better. */
static bool
has_fields(const struct told *told, const struct message *m)
{
	bool grew = m->content.len != told->content || m->reasoning.len != told->reasoning;

	if (m->state != told->state)
		return true;
	if (m->state == MESSAGE_STREAMING)
		return m->model.len > 0 && !told->model;
	return grew || m->is_deleted == told->deleted;
}

static unsigned
what_of(const struct told *told, const struct message *m)
{
	unsigned what = 0;

	if (told->row == 0 || told->lost || m->content.len < told->content || m->reasoning.len < told->reasoning)
		what |= SAVE_WHOLE | SAVE_FIELDS;
	if (has_fields(told, m))
		what |= SAVE_FIELDS;
	if (m->is_deleted != told->deleted)
		what |= m->is_deleted ? SAVE_DELETE : SAVE_UNDELETE;
	else if (m->is_deleted)
		what |= SAVE_UNDELETE | SAVE_DELETE; /* it was here again, and may have got children */
	return what;
}

static void
add_message(struct saver *s, struct save *save, const struct message *m)
{
	const struct told *told = told_of(s, m->id);
	struct save_message *to = &save->messages[save->n_messages];
	unsigned what = what_of(told, m);
	bool whole = what & SAVE_WHOLE;

	if (what == 0 && m->content.len == told->content && m->reasoning.len == told->reasoning)
		return;
	save->n_messages++;
	*to = (struct save_message){.what = what,
	        .id = m->id,
	        .row = told->row,
	        .parent = link_to(s, id_of(m->parent)),
	        .role = m->role,
	        .state = m->state,
	        .content_at = whole ? 0 : told->content,
	        .reasoning_at = whole ? 0 : told->reasoning};
	copy(&to->content, &m->content, to->content_at);
	copy(&to->reasoning, &m->reasoning, to->reasoning_at);
	if (what & SAVE_FIELDS)
		add_fields(to, m);
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
	if (s->n_due == 0)
		return;
	qsort(s->due, s->n_due, sizeof(*s->due), by_id);
	save->messages = mem_alloc(s->n_due * sizeof(*save->messages));
	for (size_t i = 0; i < s->n_due; i++) {
		const struct message *m = conversation_find(c, s->due[i]);

		told_of(s, s->due[i])->due = false;
		if (m)
			add_message(s, save, m);
	}
	s->n_due = 0;
}

static void
add_info(struct saver *s, struct save *save, struct conversation *c)
{
	const struct conversation_info *info = conversation_info(c);
	const struct told_info *told = &s->info;
	uint64_t leaf = id_of(conversation_leaf(c));
	bool is_new = info->row == 0;

	save->row = info->row;
	memcpy(save->uuid, info->uuid, sizeof(save->uuid));
	save->created_ms = info->created_ms;
	save->updated_ms = info->updated_ms;
	save->titled = info->titled;
	save->pinned = info->pinned;
	save->archived = info->archived;
	save->leaf = link_to(s, leaf);
	if (is_new || info->titled != told->titled || !is_text(&told->title, buf_text(&info->title)))
		save->what |= SAVE_TITLE;
	if (is_new || !is_text(&told->system, conversation_system(c)))
		save->what |= SAVE_SYSTEM;
	if (is_new || info->pinned != told->pinned || info->archived != told->archived)
		save->what |= SAVE_MARKS;
	if (is_new || leaf != told->leaf)
		save->what |= SAVE_LEAF;
	if (save->what & SAVE_TITLE)
		copy(&save->title, &info->title, 0);
	if (save->what & SAVE_SYSTEM)
		set_text(&save->system, conversation_system(c));
	s->info_due = false;
}

static void
add_view(struct saver *s, struct save *save, const struct conversation *c)
{
	if (!conversation_find(c, s->seen))
		saver_set_place(s, 0, 0);
	if (draft_is_due(s) || save->row == 0) {
		save->what |= SAVE_DRAFT;
		copy(&save->draft, &s->draft, 0);
	}
	if (save->row == 0)
		copy(&save->told_draft, &s->told_draft, 0);
	if (place_is_due(s) || save->row == 0)
		save->what |= SAVE_PLACE;
	save->seen = link_to(s, s->seen);
	save->seen_line = s->seen_line;
}

struct save *
saver_take(struct saver *s, struct conversation *c, int64_t now_ms)
{
	struct save *save;

	if (s->on_its_way || !has_news(s, c))
		return NULL;
	drain(s, c);
	save = mem_alloc(sizeof(*save));
	save->handle = s->handle;
	add_messages(s, save, c);
	add_info(s, save, c);
	add_view(s, save, c);
	if (save->row == 0 && save->n_messages == 0)
		save->what = draft_is_due(s) ? SAVE_DRAFT : 0;
	if (s->n_removed > 1)
		qsort(s->removed, s->n_removed, sizeof(*s->removed), by_row_last_first);
	save->removed = s->removed;
	save->n_removed = s->n_removed;
	s->removed = NULL;
	s->n_removed = 0;
	if (save->what == 0 && save->n_messages == 0 && save->n_removed == 0) {
		save_free(save);
		return NULL;
	}
	s->on_its_way = true;
	s->next_ms = now_ms + SAVER_PACE_MS;
	return save;
}

/* ---- what became of it ---- */

static void
message_saved(struct saver *s, struct conversation *c, const struct save_message *saved)
{
	struct told *told = told_of(s, saved->id);
	struct message *m = conversation_find(c, saved->id);

	/* It was taken back while it was on its way. */
	if (!m && told->row == 0) {
		add_removed(s, saved->row);
		return;
	}
	told->row = saved->row;
	told->content = saved->content_at + saved->content.len;
	told->reasoning = saved->reasoning_at + saved->reasoning.len;
	told->state = saved->state;
	told->lost = saved->lost;
	told->model |= saved->model.len > 0;
	if (saved->what & (SAVE_DELETE | SAVE_UNDELETE))
		told->deleted = saved->what & SAVE_DELETE;
	if (told->lost)
		make_due(s, saved->id);
	if (m)
		m->row = saved->row;
}

static void
info_saved(struct saver *s, const struct save *save)
{
	if (save->what & SAVE_TITLE) {
		set_text(&s->info.title, buf_text(&save->title));
		s->info.titled = save->titled;
	}
	if (save->what & SAVE_SYSTEM)
		set_text(&s->info.system, buf_text(&save->system));
	if (save->what & SAVE_MARKS) {
		s->info.pinned = save->pinned;
		s->info.archived = save->archived;
	}
	if (save->what & SAVE_LEAF)
		s->info.leaf = save->leaf.id;
	if (save->what & SAVE_DRAFT)
		set_text(&s->told_draft, buf_text(&save->draft));
	if (save->what & SAVE_PLACE) {
		s->told_seen = save->seen.id;
		s->told_line = save->seen_line;
	}
}

void
saver_saved(struct saver *s, struct conversation *c, struct save *save)
{
	struct conversation_info *info = conversation_info(c);

	assert(s->on_its_way && save->handle == s->handle);
	s->on_its_way = false;
	for (size_t i = 0; i < save->n_messages; i++)
		message_saved(s, c, &save->messages[i]);
	info_saved(s, save);
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
	s->next_ms = now_ms + SAVER_RETRY_MS;
	s->info_due = true;
	for (size_t i = 0; i < save->n_messages; i++)
		make_due(s, save->messages[i].id);
	for (size_t i = 0; i < save->n_removed; i++)
		add_removed(s, save->removed[i]);
	save_free(save);
}

void
saver_start_over(struct saver *s, struct conversation *c, struct save *save)
{
	struct conversation_info *info = conversation_info(c);

	assert(s->on_its_way && save->handle == s->handle);
	save_free(save);
	forget_changes(s, c);
	s->n_told = 0;
	s->has_row = false;
	for (struct message *m = NULL; (m = conversation_next(c, m)) != NULL;) {
		m->row = 0;
		make_due(s, m->id);
	}
	info->row = 0;
	info->uuid[0] = '\0';
	buf_clear(&s->told_draft);
	s->told_seen = 0;
	s->told_line = 0;
	s->info_due = true;
	s->on_its_way = false;
	s->next_ms = 0;
}
