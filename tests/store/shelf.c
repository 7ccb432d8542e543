/*
 * shelf.c - see shelf.h.
 */
#include "tests/store/shelf.h"

#include <stdio.h>
#include <string.h>

#include "tests/harness.h"

static int64_t
row_of(const struct save *save, struct save_link link)
{
	if (link.row != 0 || link.id == 0)
		return link.row;
	for (size_t i = 0; i < save->n_messages; i++)
		if (save->messages[i].id == link.id)
			return save->messages[i].row;
	return 0;
}

static void
put(struct buf *to, const struct buf *from, bool whole, size_t at)
{
	if (whole)
		buf_clear(to);
	HARNESS_CHECK(to->len == at, "it has %zu bytes, these begin at %zu", to->len, at);
	buf_put(to, buf_text(from), from->len);
}

static void
change_below(struct shelf *s, int64_t row, int64_t from, int64_t to)
{
	if (s->messages[row].deleted == from)
		s->messages[row].deleted = to;
	for (int64_t i = row + 1; i <= s->last; i++)
		if (s->messages[i].there && s->messages[i].parent == row)
			change_below(s, i, from, to);
}

static void
write_message(struct shelf *s, const struct save *save, struct save_message *m)
{
	bool whole = m->what & SAVE_WHOLE;
	struct shelf_message *to;

	if (m->row == 0) {
		CU_ASSERT_FATAL((m->what & SAVE_FIELDS) && whole && s->last + 1 < SHELF_ROWS);
		m->row = ++s->last;
		s->messages[m->row].there = true;
		s->messages[m->row].parent = row_of(save, m->parent);
		CU_ASSERT(m->parent.id == 0 || s->messages[m->row].parent != 0);
	}
	to = &s->messages[m->row];
	CU_ASSERT_FATAL(to->there);
	put(&to->content, &m->content, whole, m->content_at);
	put(&to->reasoning, &m->reasoning, whole, m->reasoning_at);
	if (m->what & SAVE_FIELDS) {
		to->state = m->state;
		to->edited = m->is_edited;
	}
	if (m->what & SAVE_MUTED)
		to->muted = m->is_muted;
}

static void
bring_back(struct shelf *s, const struct save *save)
{
	for (size_t i = save->n_messages; i-- > 0;) {
		int64_t row = save->messages[i].row;

		if (row != 0 && (save->messages[i].what & SAVE_UNDELETE))
			change_below(s, row, s->messages[row].deleted, 0);
	}
}

static void delete (struct shelf *s, const struct save *save)
{
	for (size_t i = save->n_messages; i-- > 0;)
		if (save->messages[i].what & SAVE_DELETE)
			change_below(s, save->messages[i].row, 0, ++s->deletions);
}

static void
remove_row(struct shelf *s, int64_t row)
{
	CU_ASSERT_FATAL(row > 0 && s->messages[row].there);
	for (int64_t i = 1; i <= s->last; i++)
		CU_ASSERT(!s->messages[i].there || s->messages[i].parent != row);
	s->messages[row].there = false;
	buf_clear(&s->messages[row].content);
	buf_clear(&s->messages[row].reasoning);
}

static void
tag(struct shelf *s, const struct save *save)
{
	for (size_t i = 0; i < save->untagged.n; i++)
		CU_ASSERT(tags_remove(&s->tags, save->untagged.names[i]));
	for (size_t i = 0; i < save->tagged.n; i++)
		CU_ASSERT(tags_add(&s->tags, save->tagged.names[i]));
}

void
shelf_write(struct shelf *s, struct save *save)
{
	if (save->row == 0 && save->n_messages == 0) {
		CU_ASSERT(save->what == SAVE_DRAFT && save->n_removed == 0);
	} else {
		if (save->row == 0)
			save->row = ++s->conversation;
		CU_ASSERT(save->row == s->conversation);
		strcpy(save->uuid, "u");
		bring_back(s, save);
		for (size_t i = 0; i < save->n_messages; i++)
			write_message(s, save, &save->messages[i]);
		for (size_t i = 0; i < save->n_removed; i++)
			remove_row(s, save->removed[i]);
		delete (s, save);
	}
	if (save->what & SAVE_LEAF)
		s->leaf = row_of(save, save->leaf);
	if (save->what & SAVE_PLACE)
		s->seen = row_of(save, save->seen);
	if (save->what & SAVE_DRAFT) {
		buf_clear(&s->draft);
		buf_puts(&s->draft, buf_text(&save->draft));
	}
	if (save->what & SAVE_TITLE) {
		buf_clear(&s->title);
		buf_puts(&s->title, buf_text(&save->title));
	}
	if (save->what & SAVE_PARAMETERS) {
		parameters_release(&s->parameters);
		parameters_copy(&s->parameters, &save->parameters);
	}
	if (save->what & SAVE_TAGS)
		tag(s, save);
	if (save->what & SAVE_PRESET) {
		buf_clear(&s->preset);
		buf_puts(&s->preset, buf_text(&save->preset));
	}
}

void
shelf_clear(struct shelf *s)
{
	for (int64_t i = 0; i < SHELF_ROWS; i++) {
		buf_release(&s->messages[i].content);
		buf_release(&s->messages[i].reasoning);
		s->messages[i] = (struct shelf_message){0};
	}
	buf_release(&s->title);
	buf_release(&s->preset);
	tags_release(&s->tags);
	parameters_release(&s->parameters);
	buf_release(&s->draft);
	s->leaf = s->seen = 0;
}

static void
check_message(const struct shelf *s, const struct message *m)
{
	const struct shelf_message *kept = &s->messages[m->row];

	CU_ASSERT_FATAL(m->row > 0 && kept->there);
	CU_ASSERT(kept->parent == (m->parent ? m->parent->row : 0) && kept->state == m->state);
	CU_ASSERT(kept->edited == m->is_edited && kept->muted == m->is_muted);
	HARNESS_EQUAL(buf_text(&kept->content), buf_text(&m->content));
	HARNESS_EQUAL(buf_text(&kept->reasoning), buf_text(&m->reasoning));
	for (; m && !m->is_deleted; m = m->parent)
		;
	CU_ASSERT((kept->deleted != 0) == (m != NULL));
}

void
shelf_check(const struct shelf *s, struct conversation *c)
{
	size_t kept = 0, held = 0;

	for (const struct message *m = NULL; (m = conversation_next(c, m)) != NULL; held++)
		check_message(s, m);
	for (int64_t i = 1; i <= s->last; i++)
		kept += s->messages[i].there;
	HARNESS_CHECK(kept == held, "%zu are kept, of %zu", kept, held);
	CU_ASSERT(s->leaf == (conversation_leaf(c) ? conversation_leaf(c)->row : 0));
	HARNESS_EQUAL(buf_text(&s->title), buf_text(&conversation_info(c)->title));
	HARNESS_EQUAL(buf_text(&s->preset), buf_text(&conversation_info(c)->preset));
	CU_ASSERT(parameters_equal(&s->parameters, &conversation_info(c)->parameters));
	CU_ASSERT(tags_equal(&s->tags, &conversation_info(c)->tags));
}
