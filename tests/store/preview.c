/*
 * preview.c - a look into a conversation: what of it is shown.
 */
#include "store/preview.h"

#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

/* The last message of the preview. */
static const struct preview_message *
look(struct talk *t, struct preview *p)
{
	struct err err;

	CU_ASSERT_FATAL(preview_load(t->history, 1, 0, NULL, p, &err) && p->n > 0);
	return &p->messages[p->n - 1];
}

static void
a_reply_on_its_way_is_shown(void)
{
	struct talk *t;
	struct message *reply;
	const struct preview_message *last;
	struct preview p;

	place_make();
	t = talk_new(conversation_new(NULL));
	reply = talk_begin(t, "hello");
	last = look(t, &p);
	CU_ASSERT(p.n == 2 && last->text.len == 0 && !last->in_reasoning);
	preview_release(&p);
	for (int i = 0; i < 3; i++) {
		talk_put(&reply->content, i < 2 ? "well, " : "hello");
		conversation_touch(t->conversation, reply);
		talk_save(t);
	}
	HARNESS_EQUAL(buf_text(&look(t, &p)->text), "well, well, hello");
	preview_release(&p);
	talk_end(t, reply, MESSAGE_COMPLETE);
	HARNESS_EQUAL(buf_text(&look(t, &p)->text), "well, well, hello");
	preview_release(&p);
	talk_free(t);
}

CU_TestInfo preview_tests[] = {
        {"a reply on its way is shown", a_reply_on_its_way_is_shown},
        CU_TEST_INFO_NULL,
};
