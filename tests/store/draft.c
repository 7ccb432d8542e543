/*
 * draft.c - what is being typed into conversations without a message: each flynn has its own.
 */
#include "store/draft.h"

#include <stdlib.h>

#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static const char kept[] = "SELECT coalesce(group_concat(value, ', '), '') FROM"
                           " (SELECT value FROM setting WHERE key LIKE 'draft%' ORDER BY key)";

static struct talk *
type(struct history *h, const char *draft)
{
	struct talk *t = talk_join(h, conversation_new("system"));

	saver_set_draft(t->saver, draft);
	talk_save(t);
	return t;
}

/* Its flynn ends. */
static void
leave(struct talk *t)
{
	history_close(t->history);
	talk_drop(t);
}

static void
it_goes_with_its_conversation(void)
{
	struct talk *t;

	place_make();
	t = type(place_open(), "not sent");
	place_expect(t->history, "SELECT count(*) FROM conversation", "0");
	place_expect(t->history, kept, "not sent");
	saver_set_draft(t->saver, "");
	conversation_add(t->conversation, NULL, CHAT_USER, "sent");
	talk_save(t);
	place_expect(t->history, kept, "");
	talk_free(t);
}

static void
expect_left(struct history *h, const char *first, const char *second)
{
	struct drafts d;
	struct err err;
	bool own;

	CU_ASSERT(drafts_left(h, &d, &err));
	HARNESS_EQUAL(d.n > 0 ? d.texts[0] : "", first);
	HARNESS_EQUAL(d.n > 1 ? d.texts[1] : "", second);
	CU_ASSERT(drafts_take_up(h, &d, &own, &err));
	CU_ASSERT(own == (d.n > 0));
	drafts_release(&d);
}

static void
each_flynn_has_its_own(void)
{
	struct talk *one, *two, *asking;
	struct history *next;

	if (!place_has_two_users())
		return;
	place_make();
	one = type(place_open(), "one's");
	two = type(place_open(), "two's");
	asking = talk_join(place_open(), conversation_new(NULL));
	conversation_add(asking->conversation, NULL, CHAT_USER, "two's");
	talk_save(asking);
	leave(asking);
	place_expect(one->history, kept, "one's, two's");
	expect_left(one->history, "", "");
	leave(two);
	saver_set_draft(one->saver, "one's, longer");
	talk_save(one);
	place_expect(one->history, kept, "one's, longer, two's");
	leave(one);
	next = place_open();
	expect_left(next, "one's, longer", "two's");
	place_expect(next, kept, "two's");
	expect_left(next, "", "");
	history_close(next);
	next = place_open();
	expect_left(next, "two's", "");
	history_close(next);
	place_remove();
}

/* Both have seen it. */
static void
one_of_two_takes_it_up(void)
{
	struct history *one, *two;
	struct drafts first, second;
	struct err err;
	bool own;

	place_make();
	leave(type(place_open(), "left"));
	one = place_open();
	two = place_open();
	CU_ASSERT(drafts_left(one, &first, &err) && drafts_left(two, &second, &err));
	CU_ASSERT(drafts_take_up(one, &first, &own, &err) && own);
	CU_ASSERT(drafts_take_up(two, &second, &own, &err) && !own);
	place_expect(one, kept, "left");
	drafts_release(&first);
	drafts_release(&second);
	history_close(two);
	history_close(one);
	place_remove();
}

static void
expect_recalled(const char *want)
{
	char *path = place_path("prompts");

	talk_expect_prompts(path, want);
	free(path);
}

/* Typed before flynn has seen what another one had left. */
static void
what_was_left_can_be_recalled(void)
{
	struct talk *t;
	struct history *h;

	place_make();
	leave(type(place_open(), "left"));
	h = place_open();
	expect_left(h, "left", "");
	t = type(h, "typed at once");
	place_expect(h, kept, "typed at once");
	expect_recalled("left");
	talk_free(t);
}

/* Two flynns show one conversation. */
static void
what_another_one_types_can_be_recalled(void)
{
	static const char draft[] = "SELECT draft FROM conversation";
	struct talk *one, *two;

	place_make();
	one = talk_new(conversation_new(NULL));
	talk_end(one, talk_begin(one, "hello"), MESSAGE_COMPLETE);
	two = talk_new(conversation_new(NULL));
	talk_load(two, conversation_info(one->conversation)->row);
	saver_set_draft(one->saver, "waits\x1e"
	                            "one's");
	talk_save(one);
	saver_set_draft(two->saver, "two's");
	talk_save(two);
	place_expect(two->history, draft, "two's");
	expect_recalled("waits|one's");
	saver_set_draft(two->saver, "two's, longer");
	talk_save(two);
	expect_recalled("waits|one's");
	saver_set_draft(one->saver, "");
	talk_save(one);
	place_expect(two->history, draft, "");
	expect_recalled("waits|one's|two's, longer");
	leave(one);
	talk_free(two);
}

CU_TestInfo draft_tests[] = {
        {"it goes with its conversation", it_goes_with_its_conversation},
        {"each flynn has its own", each_flynn_has_its_own},
        {"one of two takes it up", one_of_two_takes_it_up},
        {"what was left can be recalled", what_was_left_can_be_recalled},
        {"what another one types can be recalled", what_another_one_types_can_be_recalled},
        CU_TEST_INFO_NULL,
};
