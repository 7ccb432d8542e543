/*
 * saving.c - what the history lacks of a conversation. Asked by saver.c, which says when it is saved, and by
 * saver_take.c, which makes the save.
 */
#include "store/saving.h"

#include <string.h>

#include "base/compiler.h"
#include "base/mix.h"
#include "store/save.h"

unsigned
saving_counts(const struct chat_usage *usage, int64_t thought_tokens, int64_t thought_ms)
{
	const int64_t counts[] = {
	        usage->prompt_tokens, usage->completion_tokens, usage->cached_tokens, thought_tokens, thought_ms};
	uint64_t all = 0;

	for (size_t i = 0; i < ARRAY_LEN(counts); i++)
		all = mix_number(all, (uint64_t)counts[i]);
	return (unsigned)all;
}

uint64_t
saving_id_of(const struct message *m)
{
	return m ? m->id : 0;
}

void
saving_set_text(struct buf *to, const char *text)
{
	buf_clear(to);
	buf_puts(to, text ? text : "");
}

bool
saving_is_text(const struct buf *b, const char *text)
{
	return strcmp(buf_text(b), text ? text : "") == 0;
}

void
saving_drain(struct saver *s, struct conversation *c)
{
	struct message *m;
	uint64_t id;

	while ((m = conversation_take_changed(c)) != NULL)
		saver_told_make_due(&s->list, m->id);
	while ((id = conversation_take_removed(c)) != 0)
		if (saver_told_of(&s->list, id)->row != 0)
			saver_told_remove(&s->list, saver_told_of(&s->list, id)->row);
	s->info_due |= conversation_take_info(c);
}

bool
saving_draft_is_due(const struct saver *s)
{
	return s->draft.len != s->told_draft.len || !saving_is_text(&s->draft, buf_text(&s->told_draft));
}

bool
saving_place_is_due(const struct saver *s)
{
	return s->seen != s->told_seen || s->seen_line != s->told_line;
}

bool
saving_has_news(const struct saver *s, const struct conversation *c)
{
	bool any = s->list.n_due > 0 || s->list.n_removed > 0 || s->info_due || saving_place_is_due(s) ||
	           conversation_is_changed(c);

	return saving_draft_is_due(s) || (any && (s->has_row || conversation_next(c, NULL)));
}

unsigned
saving_differences(const struct saver *s, struct conversation *c)
{
	const struct conversation_info *info = conversation_info(c);
	const struct told_info *told = &s->info;
	bool is_new = info->row == 0;
	unsigned what = 0;

	if (is_new || info->titled != told->titled || !saving_is_text(&told->title, buf_text(&info->title)))
		what |= SAVE_TITLE;
	if (is_new || !saving_is_text(&told->system, conversation_system(c)))
		what |= SAVE_SYSTEM;
	if (is_new || info->pinned != told->pinned || info->archived != told->archived)
		what |= SAVE_MARKS;
	if (is_new || saving_id_of(conversation_leaf(c)) != told->leaf)
		what |= SAVE_LEAF;
	if (is_new || !parameters_equal(&told->parameters, &info->parameters))
		what |= SAVE_PARAMETERS;
	if (is_new || !saving_is_text(&told->preset, buf_text(&info->preset)))
		what |= SAVE_PRESET;
	if (!tags_equal(&told->tags, &info->tags))
		what |= SAVE_TAGS;
	return what;
}
