/*
 * saver.c - what is to be saved next, and when, without a database: saves are written onto a shelf, or fail, or come back
 * late.
 */
#include "store/saver.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/store/shelf.h"
#include "tests/store/tests.h"

enum { HANDLE = 9 };

struct scene {
	struct conversation *conversation;
	struct saver *saver;
	struct shelf *shelf;
	int64_t now_ms;
};

static struct scene
begin(void)
{
	return (struct scene){conversation_new(NULL), saver_new(HANDLE), mem_alloc(sizeof(struct shelf)), 1000};
}

static void
end(struct scene *s)
{
	shelf_clear(s->shelf);
	free(s->shelf);
	saver_free(s->saver);
	conversation_free(s->conversation);
}

static struct message *
add(struct scene *s, enum chat_role role, const char *text)
{
	return conversation_add(s->conversation, conversation_leaf(s->conversation), role, text);
}

static void
append(struct scene *s, struct message *m, const char *text)
{
	CU_ASSERT(buf_append_string(&m->content, text));
	conversation_touch(s->conversation, m);
}

static struct save *
take(struct scene *s)
{
	struct save *save = saver_take(s->saver, s->conversation, s->now_ms);

	CU_ASSERT_FATAL(save != NULL);
	CU_ASSERT(save->handle == HANDLE);
	return save;
}

static void
saved(struct scene *s, struct save *save)
{
	shelf_write(s->shelf, save);
	saver_saved(s->saver, s->conversation, save, s->now_ms);
}

static void
save_all(struct scene *s)
{
	for (struct save *save; (save = saver_take(s->saver, s->conversation, s->now_ms)) != NULL;)
		saved(s, save);
	CU_ASSERT_FALSE(saver_is_dirty(s->saver, s->conversation));
	shelf_check(s->shelf, s->conversation);
}

static int
wait_ms(struct scene *s)
{
	return saver_wait_ms(s->saver, s->conversation, s->now_ms);
}

/* ---- when ---- */

static void
keeps_its_pace(void)
{
	struct scene s = begin();
	struct save *save;

	CU_ASSERT(wait_ms(&s) == -1 && !saver_take(s.saver, s.conversation, s.now_ms));
	add(&s, CHAT_USER, "a");
	CU_ASSERT(wait_ms(&s) == 0);
	save = take(&s);
	add(&s, CHAT_USER, "b");
	CU_ASSERT(wait_ms(&s) == -1 && saver_is_dirty(s.saver, s.conversation)); /* one is on its way */
	CU_ASSERT(!saver_take(s.saver, s.conversation, s.now_ms));
	s.now_ms += 30;
	saved(&s, save);
	CU_ASSERT(wait_ms(&s) > 0 && wait_ms(&s) < SAVER_LIMIT_MS - 30); /* it came 30 ms ago */
	s.now_ms += SAVER_LIMIT_MS;
	CU_ASSERT(wait_ms(&s) == 0);
	save = take(&s);
	saver_failed(s.saver, save, s.now_ms);
	CU_ASSERT(wait_ms(&s) == SAVER_RETRY_MS);
	save_all(&s);
	CU_ASSERT(wait_ms(&s) == -1);
	end(&s);
}

/* Of what is said while a save is on its way, it lacks all until the next one has come back. */
static void
lacks_what_no_save_has(void)
{
	struct scene s = begin();
	struct save *save;
	int64_t since_ms;

	CU_ASSERT_FALSE(saver_lacks(s.saver, s.conversation, s.now_ms));
	add(&s, CHAT_USER, "a");
	save = take(&s);
	add(&s, CHAT_USER, "b");
	since_ms = s.now_ms += 10;
	s.now_ms += 10;
	saved(&s, save);
	CU_ASSERT(saver_lacks(s.saver, s.conversation, since_ms));
	saver_failed(s.saver, take(&s), s.now_ms);
	CU_ASSERT(saver_lacks(s.saver, s.conversation, since_ms));
	save = take(&s);
	add(&s, CHAT_USER, "c");
	CU_ASSERT(saver_lacks(s.saver, s.conversation, since_ms));
	saved(&s, save);
	CU_ASSERT_FALSE(saver_lacks(s.saver, s.conversation, since_ms));
	CU_ASSERT(saver_lacks(s.saver, s.conversation, s.now_ms));
	save_all(&s);
	CU_ASSERT_FALSE(saver_lacks(s.saver, s.conversation, s.now_ms));
	end(&s);
}

enum {
	STREAM_KNOWN_MS = 3000, /* by then the saver knows how long a save takes */
	STREAM_END_MS = 13000,
	STREAM_TOKENS_MAX = 13000,
};

/* A reply of so many tokens a second, and saves that take so long. */
struct stream {
	int per_second, took_ms;
	size_t n;
	int came_ms[STREAM_TOKENS_MAX];
	struct save *save;    /* on its way, */
	int taken_ms;         /* since then */
	int early;            /* saves before that */
	int saves, latest_ms; /* in ten seconds; a token at the most until it was saved */
};

static void
take_tokens(struct scene *s, struct stream *stream, struct message *reply, int ms)
{
	while (stream->n < (size_t)ms * (size_t)stream->per_second / 1000) {
		append(s, reply, "x");
		stream->came_ms[stream->n++] = ms;
	}
}

static void
bring_back(struct scene *s, struct stream *stream, int ms)
{
	int late_ms = ms - stream->came_ms[stream->save->messages[0].content_at];

	if (ms >= STREAM_KNOWN_MS && late_ms > stream->latest_ms)
		stream->latest_ms = late_ms;
	saved(s, stream->save);
	stream->save = NULL;
}

static void
play(struct stream *stream)
{
	struct scene s = begin();
	struct message *reply = add(&s, CHAT_ASSISTANT, "");
	int64_t start_ms = s.now_ms;

	reply->state = MESSAGE_STREAMING;
	for (int ms = 0; ms < STREAM_END_MS; ms++) {
		s.now_ms = start_ms + ms;
		take_tokens(&s, stream, reply, ms);
		if (stream->save && ms - stream->taken_ms >= stream->took_ms)
			bring_back(&s, stream, ms);
		if (wait_ms(&s) != 0)
			continue;
		stream->save = take(&s);
		stream->taken_ms = ms;
		*(ms >= STREAM_KNOWN_MS ? &stream->saves : &stream->early) += 1;
	}
	if (stream->save)
		saved(&s, stream->save);
	save_all(&s);
	end(&s);
}

/* The first one shows how long they take: no more of them are made than later. */
static void
believes_the_first_save(void)
{
	struct stream *stream = mem_alloc(sizeof(*stream));

	stream->per_second = 100;
	stream->took_ms = 3;
	play(stream);
	HARNESS_CHECK(stream->early <= 13, "%d saves in three seconds", stream->early);
	free(stream);
}

/* A save each 250 ms, or as many more as are needed to have the text in the history in time. */
static void
saves_a_stream_seldom_and_in_time(void)
{
	static const struct {
		int per_second, took_ms, least, most;
	} cases[] = {
	        {100, 1, 38, 40},
	        {100, 3, 38, 42},
	        {1000, 1, 38, 42},
	        {20, 3, 30, 40},
	        {3, 3, 28, 31}, /* each token by itself */
	        {100, 20, 38, 50},
	        {100, 60, 50, 90},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct stream *stream = mem_alloc(sizeof(*stream));

		stream->per_second = cases[i].per_second;
		stream->took_ms = cases[i].took_ms;
		play(stream);
		HARNESS_CHECK(stream->saves >= cases[i].least && stream->saves <= cases[i].most &&
		                      stream->latest_ms <= SAVER_LIMIT_MS,
		        "%d tokens/s, %d ms: %d saves in 10 s, at most %d ms late", stream->per_second, stream->took_ms,
		        stream->saves, stream->latest_ms);
		free(stream);
	}
}

static bool
tells_counts(struct scene *s, struct message *reply)
{
	struct save *save;
	bool tells;

	append(s, reply, "more");
	save = take(s);
	tells = save->messages[0].what & SAVE_COUNTS;
	saved(s, save);
	return tells;
}

static void
counts_are_told_when_they_change(void)
{
	struct scene s = begin();
	struct message *reply = add(&s, CHAT_ASSISTANT, "");

	reply->state = MESSAGE_STREAMING;
	save_all(&s);
	CU_ASSERT(!tells_counts(&s, reply));
	reply->thought_ms = 20;
	CU_ASSERT(tells_counts(&s, reply) && !tells_counts(&s, reply));
	reply->thought_tokens = 20;
	reply->thought_ms = 0;
	CU_ASSERT(tells_counts(&s, reply) && !tells_counts(&s, reply));
	reply->usage.completion_tokens++;
	append(&s, reply, "lost");
	saver_failed(s.saver, take(&s), s.now_ms);
	CU_ASSERT(tells_counts(&s, reply) && !tells_counts(&s, reply));
	save_all(&s);
	end(&s);
}

/* A title, a place and a leaf are not worth a row while nothing was said. */
static void
an_empty_conversation_has_only_its_draft(void)
{
	struct scene s = begin();
	struct save *save;

	conversation_info(s.conversation)->pinned = true;
	conversation_touch_info(s.conversation);
	saver_set_place(s.saver, 3, 4);
	CU_ASSERT(wait_ms(&s) == -1 && !saver_is_dirty(s.saver, s.conversation));
	saver_set_draft(s.saver, "half a");
	save = take(&s);
	CU_ASSERT(save->row == 0 && save->what == SAVE_DRAFT && save->n_messages == 0);
	saved(&s, save);
	saver_set_draft(s.saver, "");
	add(&s, CHAT_USER, "half a prompt");
	save = take(&s);
	HARNESS_EQUAL(buf_text(&save->told_draft), "half a");
	CU_ASSERT((save->what & (SAVE_DRAFT | SAVE_MARKS | SAVE_TITLE | SAVE_LEAF)) ==
	          (SAVE_DRAFT | SAVE_MARKS | SAVE_TITLE | SAVE_LEAF));
	CU_ASSERT(save->pinned);
	saved(&s, save);
	HARNESS_EQUAL(buf_text(&s.shelf->draft), "");
	save_all(&s);
	end(&s);
}

/* ---- what ---- */

static void
a_reply_is_told_piece_by_piece(void)
{
	struct scene s = begin();
	struct message *reply;
	struct save *save;

	add(&s, CHAT_USER, "tell me");
	reply = add(&s, CHAT_ASSISTANT, "");
	reply->state = MESSAGE_STREAMING;
	save_all(&s);
	append(&s, reply, "one, ");
	save = take(&s);
	append(&s, reply, "two, ");
	CU_ASSERT(save->n_messages == 1 && save->messages[0].what == 0 && save->what == 0);
	HARNESS_EQUAL(buf_text(&save->messages[0].content), "one, ");
	saved(&s, save);
	append(&s, reply, "three");
	save = take(&s);
	CU_ASSERT(save->messages[0].content_at == 5);
	HARNESS_EQUAL(buf_text(&save->messages[0].content), "two, three");
	saved(&s, save);
	reply->state = MESSAGE_COMPLETE;
	append(&s, reply, ".");
	save = take(&s);
	CU_ASSERT(save->messages[0].what == SAVE_FIELDS && save->messages[0].state == MESSAGE_COMPLETE);
	HARNESS_EQUAL(buf_text(&save->messages[0].content), ".");
	saved(&s, save);
	save_all(&s);
	end(&s);
}

/* However much came behind it, and though a save of the old text may be on its way. */
static void
a_text_that_became_a_thought_is_told_whole(void)
{
	for (int late = 0; late < 2; late++) {
		struct scene s = begin();
		struct message *reply;
		struct save *save;

		add(&s, CHAT_USER, "tell me");
		reply = add(&s, CHAT_ASSISTANT, "");
		reply->state = MESSAGE_STREAMING;
		save_all(&s);
		append(&s, reply, "a plan");
		save = take(&s);
		if (!late)
			saved(&s, save);
		CU_ASSERT(buf_append_string(&reply->reasoning, "a plan"));
		buf_clear(&reply->content);
		reply->moves++;
		append(&s, reply, "a longer answer");
		if (late)
			saved(&s, save);
		save = take(&s);
		CU_ASSERT(save->messages[0].what == (SAVE_WHOLE | SAVE_FIELDS));
		HARNESS_EQUAL(buf_text(&save->messages[0].content), "a longer answer");
		saved(&s, save);
		append(&s, reply, ".");
		save = take(&s);
		CU_ASSERT(save->messages[0].what == 0);
		saved(&s, save);
		save_all(&s);
		end(&s);
	}
}

/* What failed is told again, and what came since with it; nothing is told twice. */
static void
what_failed_is_due_again(void)
{
	struct scene s = begin();
	struct message *gone, *reply;

	add(&s, CHAT_USER, "a");
	gone = add(&s, CHAT_USER, "b");
	save_all(&s);
	conversation_remove(s.conversation, gone);
	reply = add(&s, CHAT_ASSISTANT, "c");
	for (int i = 0; i < 3; i++) {
		struct save *save = take(&s);

		CU_ASSERT(save->n_removed == 1 && save->n_messages == 1 && save->messages[0].what & SAVE_WHOLE);
		CU_ASSERT(save->messages[0].content.len == 1 + (size_t)i);
		append(&s, reply, "c");
		saver_failed(s.saver, save, s.now_ms);
	}
	save_all(&s);
	end(&s);
}

/* It got its row after it was taken back. */
static void
what_is_taken_back_on_its_way_is_removed(void)
{
	struct scene s = begin();
	struct message *m;
	struct save *save;

	add(&s, CHAT_USER, "a");
	m = add(&s, CHAT_USER, "b");
	save = take(&s);
	conversation_remove(s.conversation, m);
	saved(&s, save);
	save = take(&s);
	CU_ASSERT(save->n_removed == 1 && save->n_messages == 0);
	saved(&s, save);
	save_all(&s);
	end(&s);
}

static void
mute(struct scene *s, struct message *m)
{
	m->is_muted = !m->is_muted;
	conversation_touch(s->conversation, m);
}

/* Nor does muting, and what is told of it is told once. */
static void
muting_tells_only_that(void)
{
	struct scene s = begin();
	struct message *m;
	struct save *save;

	m = add(&s, CHAT_USER, "a");
	add(&s, CHAT_ASSISTANT, "b");
	save_all(&s);
	for (int i = 0; i < 3; i++) {
		mute(&s, m);
		save = take(&s);
		CU_ASSERT(save->n_messages == 1 && save->messages[0].what == SAVE_MUTED && save->what == 0);
		CU_ASSERT(save->messages[0].is_muted == m->is_muted);
		saved(&s, save);
		save_all(&s);
	}
	mute(&s, m);
	saver_failed(s.saver, take(&s), s.now_ms);
	mute(&s, m);
	save_all(&s);
	end(&s);
}

/* One that is new and muted, one that grows and is muted, and an edited one. */
static void
muting_tells_what_else_is_new(void)
{
	struct scene s = begin();
	struct message *m;
	struct save *save;

	m = add(&s, CHAT_ASSISTANT, "b");
	m->is_muted = true;
	save = take(&s);
	CU_ASSERT(save->messages[0].what == (SAVE_WHOLE | SAVE_FIELDS | SAVE_MUTED) && save->messages[0].is_muted);
	saved(&s, save);
	mute(&s, m);
	append(&s, m, "c");
	save = take(&s);
	CU_ASSERT(save->messages[0].what == (SAVE_FIELDS | SAVE_MUTED));
	saved(&s, save);
	m->is_edited = true;
	mute(&s, m);
	save = take(&s);
	CU_ASSERT(save->messages[0].what == (SAVE_FIELDS | SAVE_MUTED) && save->messages[0].is_edited);
	saved(&s, save);
	save_all(&s);
	end(&s);
}

/* Each by itself: another flynn may have changed the other. */
static void
parameters_and_preset_are_told_when_they_differ(void)
{
	struct scene s = begin();
	struct conversation_info *info = conversation_info(s.conversation);
	struct save *save;

	parameters_fix(&info->parameters, "temperature", "0.5");
	add(&s, CHAT_USER, "a");
	save = take(&s);
	CU_ASSERT((save->what & SAVE_PARAMETERS) && (save->what & SAVE_PRESET));
	saved(&s, save);
	conversation_touch_info(s.conversation);
	CU_ASSERT(!saver_take(s.saver, s.conversation, s.now_ms));
	parameters_fix(&info->parameters, "temperature", "0.7");
	conversation_touch_info(s.conversation);
	save = take(&s);
	CU_ASSERT(save->what == SAVE_PARAMETERS && parameters_equal(&save->parameters, &info->parameters));
	saver_failed(s.saver, save, s.now_ms);
	save = take(&s);
	CU_ASSERT(save->what == SAVE_PARAMETERS && saver_has_words(s.saver, s.conversation));
	saved(&s, save);
	buf_puts(&info->preset, "terse");
	conversation_touch_info(s.conversation);
	save = take(&s);
	CU_ASSERT(save->what == SAVE_PRESET);
	HARNESS_EQUAL(buf_text(&save->preset), "terse");
	saved(&s, save);
	save_all(&s);
	end(&s);
}

/* Only what changed, for another flynn may have given it others; again as long as no save came back. */
static void
tags_are_told_when_they_change(void)
{
	struct scene s = begin();
	struct conversation_info *info = conversation_info(s.conversation);
	struct save *save;

	CU_ASSERT(tags_add(&info->tags, "work"));
	conversation_touch_info(s.conversation);
	CU_ASSERT(!saver_take(s.saver, s.conversation, s.now_ms));
	saver_set_draft(s.saver, "typed");
	save = take(&s);
	CU_ASSERT(save->what == SAVE_DRAFT);
	saved(&s, save);
	add(&s, CHAT_USER, "a");
	save = take(&s);
	CU_ASSERT((save->what & SAVE_TAGS) && save->tagged.n == 1 && save->untagged.n == 0);
	saved(&s, save);
	CU_ASSERT(tags_add(&info->tags, "home") && tags_remove(&info->tags, "work"));
	conversation_touch_info(s.conversation);
	save = take(&s);
	CU_ASSERT(save->what == SAVE_TAGS && saver_has_words(s.saver, s.conversation));
	HARNESS_EQUAL(save->tagged.names[0], "home");
	HARNESS_EQUAL(save->untagged.names[0], "work");
	CU_ASSERT(tags_add(&info->tags, "late"));
	saver_failed(s.saver, save, s.now_ms);
	save = take(&s);
	CU_ASSERT(save->what == SAVE_TAGS && save->tagged.n == 2 && save->untagged.n == 1);
	saved(&s, save);
	save_all(&s);
	end(&s);
}

/* Deleting says nothing of the message's text or state, which another flynn may have changed. */
static void
deleting_tells_only_that(void)
{
	struct scene s = begin();
	struct message *m;
	struct save *save;

	add(&s, CHAT_USER, "a");
	m = add(&s, CHAT_ASSISTANT, "b");
	add(&s, CHAT_USER, "c");
	save_all(&s);
	conversation_delete(s.conversation, m);
	save = take(&s);
	CU_ASSERT(save->n_messages == 1 && save->messages[0].what == SAVE_DELETE);
	saved(&s, save);
	save_all(&s);
	conversation_undelete(s.conversation);
	save = take(&s);
	CU_ASSERT(save->n_messages == 1 && save->messages[0].what == SAVE_UNDELETE);
	saved(&s, save);
	save_all(&s);
	end(&s);
}

static void
what_was_lost_is_told_whole(void)
{
	struct scene s = begin();
	struct message *reply;
	struct save *save;

	reply = add(&s, CHAT_ASSISTANT, "one, ");
	save_all(&s);
	append(&s, reply, "two");
	save = take(&s);
	save->messages[0].lost = true;
	buf_clear(&s.shelf->messages[1].content);
	saver_saved(s.saver, s.conversation, save, s.now_ms);
	save = take(&s);
	CU_ASSERT(save->messages[0].what == (SAVE_WHOLE | SAVE_FIELDS) && save->messages[0].content_at == 0);
	saved(&s, save);
	save_all(&s);
	end(&s);
}

static void
what_was_loaded_is_not_told(void)
{
	struct scene s = begin(), other;
	struct save *save;

	add(&s, CHAT_USER, "a");
	save_all(&s);
	other = s;
	other.saver = saver_new(HANDLE);
	saver_loaded(other.saver, s.conversation, "draft", 1, 7);
	CU_ASSERT_FALSE(saver_is_dirty(other.saver, s.conversation));
	saver_set_draft(other.saver, "draft");
	saver_set_place(other.saver, 1, 7);
	CU_ASSERT_FALSE(saver_is_dirty(other.saver, s.conversation));
	saver_set_place(other.saver, 1, 8);
	save = take(&other);
	CU_ASSERT(save->what == SAVE_PLACE && save->n_messages == 0 && save->seen.row == 1 && save->seen_line == 8);
	saved(&other, save);
	CU_ASSERT_FALSE(saver_is_dirty(other.saver, s.conversation));
	saver_free(other.saver);
	end(&s);
}

/* Where it becomes known in the midst of a reply; once. */
static void
the_model_is_told_when_it_is_known(void)
{
	struct scene s = begin();
	struct message *reply = add(&s, CHAT_ASSISTANT, "a");
	struct save *save;

	reply->state = MESSAGE_STREAMING;
	save_all(&s);
	CU_ASSERT(buf_append_string(&reply->model, "tiny"));
	append(&s, reply, "b");
	save = take(&s);
	CU_ASSERT(save->messages[0].what == SAVE_FIELDS && save->messages[0].state == MESSAGE_STREAMING);
	HARNESS_EQUAL(buf_text(&save->messages[0].model), "tiny");
	saved(&s, save);
	append(&s, reply, "c");
	save = take(&s);
	CU_ASSERT(save->messages[0].what == 0);
	saved(&s, save);
	end(&s);
}

/* It is not worth keeping, and not kept where its message is gone. */
static void
a_place_is_no_word(void)
{
	struct scene s = begin();
	struct message *m;
	struct save *save;

	add(&s, CHAT_USER, "a");
	m = add(&s, CHAT_USER, "b");
	save_all(&s);
	saver_set_place(s.saver, m->id, 17);
	save = take(&s);
	CU_ASSERT(save->what == SAVE_PLACE && !saver_has_words(s.saver, s.conversation));
	saved(&s, save);
	conversation_info(s.conversation)->pinned = true;
	conversation_touch_info(s.conversation);
	conversation_remove(s.conversation, m);
	save = take(&s);
	CU_ASSERT(save->what == (SAVE_PLACE | SAVE_MARKS | SAVE_LEAF) && saver_has_words(s.saver, s.conversation));
	CU_ASSERT(save->seen.row == 0 && save->seen.id == 0 && save->seen_line == 0);
	saved(&s, save);
	end(&s);
}

/* That the history has it already, in its own place, is no reason to leave it there. */
static void
a_draft_goes_with_its_conversation(void)
{
	struct scene s = begin();
	struct save *save;

	saver_restored(s.saver, "half");
	saver_set_draft(s.saver, "half");
	add(&s, CHAT_USER, "a");
	save = take(&s);
	CU_ASSERT(save->what & SAVE_DRAFT);
	HARNESS_EQUAL(buf_text(&save->draft), "half");
	HARNESS_EQUAL(buf_text(&save->told_draft), "half");
	saved(&s, save);
	end(&s);
}

static void
starting_over_tells_all(void)
{
	struct scene s = begin();

	add(&s, CHAT_USER, "a");
	conversation_delete(s.conversation, add(&s, CHAT_USER, "b"));
	save_all(&s);
	add(&s, CHAT_USER, "c");
	shelf_clear(s.shelf);
	saver_start_over(s.saver, s.conversation, take(&s));
	CU_ASSERT(conversation_info(s.conversation)->row == 0 && wait_ms(&s) == 0);
	save_all(&s);
	CU_ASSERT(conversation_info(s.conversation)->row == 2);
	end(&s);
}

/* ---- anything ---- */

static unsigned
below(unsigned n)
{
	static uint64_t seed = 20240229;

	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((seed >> 33) % n);
}

/* Any message, or NULL. */
static struct message *
any(struct scene *s)
{
	struct message *found = NULL;
	unsigned n = 0;

	for (struct message *m = NULL; (m = conversation_next(s->conversation, m)) != NULL;)
		if (!m->is_deleted && below(++n) == 0)
			found = m;
	return found;
}

static bool
is_out_of_sight(const struct message *m)
{
	for (; m; m = m->parent)
		if (m->is_deleted)
			return true;
	return false;
}

/* Deleted ones count too. */
static bool
has_children(struct scene *s, const struct message *parent)
{
	for (const struct message *m = NULL; (m = conversation_next(s->conversation, m)) != NULL;)
		if (m->parent == parent)
			return true;
	return false;
}

static void
change(struct scene *s)
{
	struct message *m = any(s);

	if (m && is_out_of_sight(m))
		return;
	switch (below(11)) {
	case 0:
	case 1:
		conversation_add(s->conversation, m, CHAT_USER, "new");
		break;
	case 2:
		if (m && !has_children(s, m))
			conversation_remove(s->conversation, m);
		break;
	case 3:
		if (m)
			conversation_delete(s->conversation, m);
		break;
	case 4:
		(void)conversation_undelete(s->conversation);
		break;
	case 5:
		if (m)
			conversation_set_leaf(s->conversation, m);
		break;
	case 6:
		if (m)
			m->state = m->state == MESSAGE_COMPLETE ? MESSAGE_STREAMING : MESSAGE_COMPLETE;
		if (m)
			append(s, m, " more");
		break;
	case 7:
		if (m)
			mute(s, m);
		break;
	case 8:
		parameters_fix(&conversation_info(s->conversation)->parameters, "seed", below(2) ? "1" : "2");
		conversation_touch_info(s->conversation);
		break;
	case 10: {
		struct tags *tags = &conversation_info(s->conversation)->tags;
		const char *name = below(2) ? "work" : "home";

		if (!tags_add(tags, name))
			(void)tags_remove(tags, name);
		conversation_touch_info(s->conversation);
		break;
	}
	case 9:
		(void)!buf_append_string(&conversation_info(s->conversation)->preset, "p");
		conversation_touch_info(s->conversation);
		break;
	default:
		(void)!buf_append_string(&conversation_info(s->conversation)->title, "t");
		conversation_touch_info(s->conversation);
	}
}

/* What becomes of a save that is on its way; NULL when it has come back. */
static struct save *
go_on(struct scene *s, struct save *save)
{
	switch (below(12)) {
	case 0:
		saver_failed(s->saver, save, s->now_ms);
		return NULL;
	case 1:
		shelf_clear(s->shelf);
		saver_start_over(s->saver, s->conversation, save);
		return NULL;
	case 2:
	case 3:
	case 4:
	case 5:
		saved(s, save);
		return NULL;
	}
	return save;
}

/* Whatever is done, and whatever becomes of saves meanwhile: in the end all of it is kept, once. */
static void
nothing_is_lost_or_told_twice(void)
{
	for (int round = 0; round < 300; round++) {
		struct scene s = begin();
		struct save *save = NULL;

		for (int i = 0; i < 100; i++) {
			change(&s);
			if (!save && below(3) == 0)
				save = saver_take(s.saver, s.conversation, s.now_ms);
			if (save)
				save = go_on(&s, save);
		}
		if (save)
			saved(&s, save);
		save_all(&s);
		end(&s);
	}
}

CU_TestInfo saver_tests[] = {
        {"keeps its pace", keeps_its_pace},
        {"lacks what no save has", lacks_what_no_save_has},
        {"believes the first save", believes_the_first_save},
        {"saves a stream seldom, and in time", saves_a_stream_seldom_and_in_time},
        {"an empty conversation has only its draft", an_empty_conversation_has_only_its_draft},
        {"a reply is told piece by piece", a_reply_is_told_piece_by_piece},
        {"counts are told when they change", counts_are_told_when_they_change},
        {"a text that became a thought is told whole", a_text_that_became_a_thought_is_told_whole},
        {"what failed is due again", what_failed_is_due_again},
        {"what is taken back on its way is removed", what_is_taken_back_on_its_way_is_removed},
        {"deleting tells only that", deleting_tells_only_that},
        {"muting tells only that", muting_tells_only_that},
        {"muting tells what else is new", muting_tells_what_else_is_new},
        {"parameters and preset are told when they differ", parameters_and_preset_are_told_when_they_differ},
        {"tags are told when they change", tags_are_told_when_they_change},
        {"what was lost is told whole", what_was_lost_is_told_whole},
        {"what was loaded is not told", what_was_loaded_is_not_told},
        {"the model is told when it is known", the_model_is_told_when_it_is_known},
        {"a place is no word", a_place_is_no_word},
        {"a draft goes with its conversation", a_draft_goes_with_its_conversation},
        {"starting over tells all", starting_over_tells_all},
        {"nothing is lost or told twice", nothing_is_lost_or_told_twice},
        CU_TEST_INFO_NULL,
};
