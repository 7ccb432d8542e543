/*
 * kept.c - replies that their servers keep too: the name of the stream is saved with what came of it, and one flynn alone takes it up.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "store/database.h"
#include "store/instance.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

#define ID "0a1b2c3d-0000-4000-8000-00000000000f"

static void
say(struct talk *t, struct message *reply, const char *text)
{
	talk_put(&reply->content, text);
	conversation_touch(t->conversation, reply);
	talk_save(t);
}

static struct message *
begin_kept(struct talk *t)
{
	struct message *reply = talk_begin(t, "tell");

	buf_puts(&reply->stream, ID);
	say(t, reply, "ab ");
	return reply;
}

/* A process that is killed in the midst of a reply: a new one, or one that goes on behind these bytes. */
static void
die_in_a_kept_reply(bool continued)
{
	pid_t child = fork();

	CU_ASSERT_FATAL(child >= 0);
	if (child == 0) {
		struct talk *t = talk_new(conversation_new(NULL));
		struct message *reply = begin_kept(t);

		if (continued) {
			buf_clear(&reply->stream);
			talk_end(t, reply, MESSAGE_STOPPED);
			buf_puts(&reply->stream, ID);
			reply->stream_content = reply->content.len;
			talk_end(t, reply, MESSAGE_STREAMING);
			say(t, reply, "cd ");
		}
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

static struct message *
load_reply(struct history *h, struct loaded *loaded)
{
	struct err err;

	CU_ASSERT_FATAL(load_conversation(h, 1, loaded, &err));
	return conversation_find(loaded->conversation, 2);
}

static void
the_name_is_saved_with_what_came(void)
{
	for (int continued = 0; continued < 2; continued++) {
		struct history *h;
		struct loaded loaded;
		struct message *reply;

		place_make();
		die_in_a_kept_reply(continued);
		h = place_open();
		reply = load_reply(h, &loaded);
		CU_ASSERT(reply->state == MESSAGE_INTERRUPTED);
		HARNESS_EQUAL(buf_text(&reply->content), continued ? "ab cd " : "ab ");
		HARNESS_EQUAL(buf_text(&reply->stream), ID);
		CU_ASSERT(reply->stream_content == (continued ? 3 : 0) && reply->stream_reasoning == 0);
		loaded_release(&loaded);
		history_close(h);
		place_remove();
	}
}

static void
a_reply_that_is_over_has_none(void)
{
	static const enum message_state states[] = {MESSAGE_COMPLETE, MESSAGE_STOPPED, MESSAGE_FAILED};

	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		struct talk *t;
		struct message *reply;

		place_make();
		t = talk_new(conversation_new(NULL));
		reply = begin_kept(t);
		buf_clear(&reply->stream);
		talk_end(t, reply, states[i]);
		place_expect(t->history, "SELECT group_concat(stream, '') FROM message", "");
		talk_free(t);
	}
}

/* The state is what it was: the name alone has changed. */
static void
a_name_that_is_forgotten_is_gone(void)
{
	struct talk *t;
	struct message *reply;

	place_make();
	t = talk_new(conversation_new(NULL));
	talk_end(t, begin_kept(t), MESSAGE_INTERRUPTED);
	talk_reopen(t);
	reply = conversation_find(t->conversation, 2);
	HARNESS_EQUAL(buf_text(&reply->stream), ID);
	buf_clear(&reply->stream);
	conversation_touch(t->conversation, reply);
	talk_save(t);
	place_expect(t->history, "SELECT group_concat(stream, '') || count(*) FROM message", "2");
	talk_free(t);
}

/* It becomes a part of an address. */
static void
only_a_name_of_ours_is_read(void)
{
	static const char *const wrong[] = {
	        "stream = '../health?x=0a1b2c3d-0000-4000-8000-0'",
	        "stream = '" ID "&from=7'",
	        "stream_content = 4",
	        "stream_content = -1",
	        "stream_reasoning = 1",
	        "state = 'complete'",
	        "role = 'user'",
	};

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		struct history *h;
		struct loaded loaded;
		struct message *reply;
		char sql[128];

		place_make();
		die_in_a_kept_reply(false);
		h = place_open();
		snprintf(sql, sizeof(sql), "UPDATE message SET %s WHERE id = 2", wrong[i]);
		place_run(h, sql);
		reply = load_reply(h, &loaded);
		HARNESS_CHECK(reply->stream.len == 0, "%s: %s", wrong[i], buf_text(&reply->stream));
		loaded_release(&loaded);
		history_close(h);
		place_remove();
	}
}

static bool
claims(struct history *h, int64_t message)
{
	struct err err;
	bool claimed;

	CU_ASSERT_FATAL(instance_claim(h, message, &claimed, &err));
	return claimed;
}

static void
one_flynn_takes_it_up(void)
{
	struct history *a, *b;
	struct loaded loaded;
	const struct message *reply;

	if (!place_has_two_users())
		return;
	place_make();
	die_in_a_kept_reply(false);
	a = place_open();
	b = place_open();
	CU_ASSERT(claims(a, 2) && !claims(b, 2) && !claims(a, 2));
	CU_ASSERT(!claims(b, 1) && !claims(b, 99));
	/* For the other one it streams. */
	reply = load_reply(b, &loaded);
	CU_ASSERT(reply->state == MESSAGE_STREAMING && reply->stream.len == 0);
	loaded_release(&loaded);
	/* And when that one has ended too: */
	history_close(a);
	reply = load_reply(b, &loaded);
	CU_ASSERT(reply->state == MESSAGE_INTERRUPTED && reply->stream.len > 0);
	loaded_release(&loaded);
	CU_ASSERT(claims(b, 2));
	place_check(b);
	history_close(b);
	place_remove();
}

CU_TestInfo kept_tests[] = {
        {"the name is saved with what came", the_name_is_saved_with_what_came},
        {"a reply that is over has none", a_reply_that_is_over_has_none},
        {"a name that is forgotten is gone", a_name_that_is_forgotten_is_gone},
        {"only a name of ours is read", only_a_name_of_ours_is_read},
        {"one flynn takes it up", one_flynn_takes_it_up},
        CU_TEST_INFO_NULL,
};
