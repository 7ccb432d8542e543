/*
 * compact_source.c - what is summed up of a conversation: the texts of its files too, and of pictures that they were there.
 */
#include "app/compact_source.h"

#include <string.h>

#include "tests/app/tests.h"
#include "tests/harness.h"

static void
attach(struct message *m, enum attachment_kind kind, const char *name, const char *data)
{
	struct buf bytes = {0};

	buf_puts(&bytes, data);
	attachments_add(&m->attachments, attachment_new(kind, name, NULL, "type", &bytes));
}

static struct message *
say(struct conversation *c, enum chat_role role, const char *text)
{
	return conversation_add(c, conversation_leaf(c), role, text);
}

static struct conversation *
make(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *m = say(c, CHAT_USER, "Look.");

	attach(m, ATTACHMENT_IMAGE, "a.png", "bytes of a picture");
	attach(m, ATTACHMENT_TEXT, "b.txt", "one\ntwo\n");
	attach(m, ATTACHMENT_AUDIO, "c.wav", "bytes of a sound");
	say(c, CHAT_ASSISTANT, "A cat.");
	attach(say(c, CHAT_USER, ""), ATTACHMENT_TEXT, "d.c", "int x;");
	say(c, CHAT_ASSISTANT, "Code.");
	m = say(c, CHAT_USER, "muted");
	m->is_muted = true;
	attach(m, ATTACHMENT_TEXT, "e.txt", "muted too");
	say(c, CHAT_USER, "kept");
	say(c, CHAT_USER, "kept too");
	return c;
}

static void
has_what_was_attached(void)
{
	struct conversation *c = make();
	struct compact_text text = {0};
	struct buf all = {0};
	uint64_t kept, leaf;

	CU_ASSERT_FATAL(compact_source_collect(c, &text, &kept, &leaf));
	compact_text_put(&text, 0, text.len, &all);
	HARNESS_EQUAL(buf_text(&all), "User: Look.\n\n"
	                              "User: (attached: a.png, a picture that is not shown here)\n"
	                              "(attached: b.txt)\none\ntwo\n(end of b.txt)\n"
	                              "(attached: c.wav, a sound that is not shown here)\n\n"
	                              "Assistant: A cat.\n\n"
	                              "User: (attached: d.c)\nint x;\n(end of d.c)\n\n"
	                              "Assistant: Code.\n\n");
	buf_release(&all);
	compact_text_release(&text);
	conversation_free(c);
}

CU_TestInfo compact_source_tests[] = {
        {"has what was attached", has_what_was_attached},
        CU_TEST_INFO_NULL,
};
