/*
 * talk.c - see talk.h.
 */
#include "tests/store/talk.h"

#include <stdlib.h>

#include "base/mem.h"
#include "store/json_values.h"
#include "store/prompts.h"
#include "store/write.h"
#include "tests/harness.h"
#include "tests/store/place.h"

struct talk *
talk_join(struct history *h, struct conversation *c)
{
	struct talk *t = mem_alloc(sizeof(*t));

	t->history = h;
	t->conversation = c;
	t->saver = saver_new(1);
	return t;
}

struct talk *
talk_new(struct conversation *c)
{
	return talk_join(place_open(), c);
}

void
talk_drop(struct talk *t)
{
	saver_free(t->saver);
	conversation_free(t->conversation);
	loaded_release(&t->loaded);
	free(t);
}

void
talk_free(struct talk *t)
{
	history_close(t->history);
	talk_drop(t);
	place_remove();
}

bool
talk_try_save(struct talk *t, struct err *err)
{
	char *prompts = place_path("prompts");
	struct save *save;
	bool gone, good = true;

	t->now_ms += SAVER_RETRY_MS;
	while (good && (save = saver_take(t->saver, t->conversation, t->now_ms)) != NULL) {
		if (write_save(t->history, save, prompts, &gone, err)) {
			saver_saved(t->saver, t->conversation, save, t->now_ms);
		} else if (gone) {
			saver_start_over(t->saver, t->conversation, save);
		} else {
			saver_failed(t->saver, save, t->now_ms);
			good = false;
		}
	}
	free(prompts);
	return good;
}

void
talk_save(struct talk *t)
{
	struct err err = {0};
	bool saved = talk_try_save(t, &err);

	HARNESS_CHECK(saved, "%s", err.text);
	CU_ASSERT(!saved || !saver_is_dirty(t->saver, t->conversation));
}

char *
talk_prompts(const char *path)
{
	struct buf out = {0};
	size_t n;
	char **prompts = prompts_read(path, &n);

	for (size_t i = 0; i < n; i++) {
		buf_printf(&out, "%s%s", i > 0 ? "|" : "", prompts[i]);
		free(prompts[i]);
	}
	free(prompts);
	return buf_take(&out);
}

void
talk_expect_prompts(const char *path, const char *want)
{
	char *have = talk_prompts(path);

	HARNESS_EQUAL(have ? have : "", want);
	free(have);
}

void
talk_put(struct buf *to, const char *text)
{
	CU_ASSERT(buf_append_string(to, text));
}

struct message *
talk_begin(struct talk *t, const char *prompt)
{
	struct conversation *c = t->conversation;
	struct message *reply;

	reply = conversation_add(c, conversation_add(c, conversation_leaf(c), CHAT_USER, prompt), CHAT_ASSISTANT, "");
	reply->state = MESSAGE_STREAMING;
	talk_save(t);
	return reply;
}

void
talk_end(struct talk *t, struct message *reply, enum message_state state)
{
	reply->state = state;
	conversation_touch(t->conversation, reply);
	talk_save(t);
}

struct talk *
talk_two_versions(void (*come)(struct message *, const char *, unsigned), const char *known)
{
	struct talk *t;
	struct message *first, *second;

	place_make();
	t = talk_new(conversation_new(NULL));
	first = talk_begin(t, "tell");
	come(first, "a", 7);
	conversation_touch(t->conversation, first);
	talk_save(t);
	place_expect(t->history, known, "1 2");
	come(first, "b", 9);
	talk_end(t, first, MESSAGE_COMPLETE);
	second = conversation_add(t->conversation, first->parent, CHAT_ASSISTANT, "");
	come(second, "c", 1);
	talk_end(t, second, MESSAGE_STOPPED);
	return t;
}

void
talk_load(struct talk *t, int64_t row)
{
	struct err err = {0};
	bool good;

	saver_free(t->saver);
	conversation_free(t->conversation);
	loaded_release(&t->loaded);
	t->saver = saver_new(1);
	good = load_conversation(t->history, row, &t->loaded, &err);
	HARNESS_CHECK(good, "%s", err.text);
	t->conversation = good ? t->loaded.conversation : conversation_new(NULL);
	t->loaded.conversation = NULL;
	saver_loaded(t->saver, t->conversation, buf_text(&t->loaded.draft), t->loaded.seen, t->loaded.seen_line);
	CU_ASSERT(!saver_is_dirty(t->saver, t->conversation));
}

void
talk_reopen(struct talk *t)
{
	int64_t row;

	talk_save(t);
	row = conversation_info(t->conversation)->row;
	history_close(t->history);
	t->history = place_open();
	talk_load(t, row);
}

static void
put_message(struct buf *out, const struct message *m)
{
	buf_printf(out, "%d < %d: %s, %s%s\n", (int)m->id, m->parent ? (int)m->parent->id : 0, chat_role_name(m->role),
	        message_state_name(m->state), m->is_deleted ? ", deleted" : "");
	buf_printf(out, "%s%s%s", m->is_edited ? "\tedited\n" : "", m->is_muted ? "\tmuted\n" : "",
	        m->is_summary ? "\tsummary\n" : "");
	buf_printf(out, "\t[%s] [%s]\n", buf_text(&m->reasoning), buf_text(&m->content));
	buf_printf(out, "\t[%s] [%s] [%s] [%s] %d %d %d\n", buf_text(&m->model), buf_text(&m->endpoint),
	        buf_text(&m->parameters), buf_text(&m->finish_reason), (int)m->thought_tokens, (int)m->thought_ms,
	        m->tool_calls);
	for (size_t i = 0; i < m->attachments.n; i++) {
		const struct attachment *a = m->attachments.items[i];

		buf_printf(out, "\t%s %s %s %zu %s\n", a->name, attachment_kind_name(a->kind), a->type, a->size,
		        a->sha256);
	}
	if (m->error)
		buf_printf(out, "\t%s: %s\n", err_name(m->error->code), m->error->text);
	json_put_usage(out, &m->usage);
	json_put_timings(out, &m->timings);
	buf_putc(out, '\n');
}

char *
talk_text(struct conversation *c)
{
	const struct conversation_info *info = conversation_info(c);
	const char *system = conversation_system(c);
	struct buf out = {0};

	buf_printf(&out, "[%s] %s [%s]%s%s\n", buf_text(&info->title), json_titled_name(info->titled),
	        system ? system : "", info->pinned ? " pinned" : "", info->archived ? " archived" : "");
	parameters_put_json(&info->parameters, &out);
	buf_printf(&out, "[%s]\n", buf_text(&info->preset));
	tags_put(&out, &info->tags);
	for (const struct message *m = NULL; (m = conversation_next(c, m)) != NULL;)
		put_message(&out, m);
	buf_printf(&out, "leaf %d\n", conversation_leaf(c) ? (int)conversation_leaf(c)->id : 0);
	return buf_take(&out);
}
