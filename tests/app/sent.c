/*
 * sent.c - what was sent is made again to the byte, whatever becomes of the conversation.
 */
#include "app/sent.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "chat/conversation.h"
#include "llama/http_body.h"
#include "llama/model_client.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

enum {
	STREAM = 7,
};

static struct model_client *
client(void)
{
	struct err err;

	return model_client_new(&(struct model_settings){.endpoint = "http://h"}, &err);
}

static void
grow(struct buf *text, const char *by)
{
	CU_ASSERT(buf_append_string(text, by));
}

static char *
body_of(const struct model_client *c, const struct chat_request *request)
{
	struct http_request http;
	struct buf body = {0};
	struct err err;

	CU_ASSERT_FATAL(model_encode(c, request, &http, &err));
	http_body_put(&http, &body);
	http_request_release(&http);
	return buf_take(&body);
}

/* The request for a reply below `last`, as a turn makes it; its body goes to `*body`. */
static struct sent *
send(struct conversation *c, const struct message *last, const struct model_client *to, char **body)
{
	struct chat_order *order = conversation_order(c, last);
	struct model_encoder *encoder;
	struct http_request http;
	struct buf whole = {0};
	struct sent *sent;
	struct err err;

	order->stream = order->answer_now = true;
	parameters_set(&order->parameters, parameter_named("top_k"), mem_strdup("40"));
	sent = sent_new(c, order, to, last, STREAM);
	encoder = chat_order_encoder(order, to);
	CU_ASSERT_FATAL(model_encoder_step(encoder, SIZE_MAX, &http, &err) == MODEL_ENCODED);
	model_encoder_free(encoder);
	http_body_put(&http, &whole);
	*body = buf_take(&whole);
	http_request_release(&http);
	chat_order_free(order);
	return sent;
}

static void
expect_again(const struct sent *sent, const struct conversation *c, const char *body, bool is_changed)
{
	struct sent_again again;
	char *now;

	sent_again(sent, c, NULL, &again);
	now = body_of(sent_client(sent), &again.request);
	HARNESS_CHECK((strcmp(now, body) != 0) == is_changed, "%s is now %s", body, now);
	CU_ASSERT(again.is_changed == is_changed);
	CU_ASSERT(again.left_out == 0);
	free(now);
	sent_again_release(&again);
}

/* "1?", "One.", "2?", and a reply that is cut: "Two, but". */
static struct conversation *
made(struct message *m[4])
{
	struct conversation *c = conversation_new("Be brief.");

	m[0] = conversation_add(c, NULL, CHAT_USER, "1?");
	m[1] = conversation_add(c, m[0], CHAT_ASSISTANT, "One.");
	m[2] = conversation_add(c, m[1], CHAT_USER, "2?");
	m[3] = conversation_add(c, m[2], CHAT_ASSISTANT, "Two, but");
	grow(&m[3]->reasoning, "Hm");
	return c;
}

static void
is_the_same_whatever_happens(void)
{
	struct message *m[4];
	struct conversation *c = made(m);
	struct model_client *to = client();
	char *body;
	struct sent *sent = send(c, m[3], to, &body);

	CU_ASSERT(sent_stream(sent) == STREAM && sent_client(sent) == to && sent_stream(NULL) == 0);
	CU_ASSERT(sent_bytes(sent) == strlen("Be brief."
	                                     "1?"
	                                     "One."
	                                     "2?"
	                                     "Two, but"
	                                     "Hm"));
	expect_again(sent, c, body, false);
	grow(&m[3]->content, " three.");
	grow(&m[3]->reasoning, " Hm");
	expect_again(sent, c, body, false);
	m[0]->is_muted = m[1]->is_muted = true;
	conversation_set_system(c, NULL);
	conversation_add(c, m[3], CHAT_USER, "3?");
	expect_again(sent, c, body, false);
	conversation_set_leaf(c, m[0]);
	expect_again(sent, c, body, false);
	conversation_delete(c, m[1]);
	expect_again(sent, c, body, false);
	sent_free(sent);
	free(body);
	conversation_free(c);
	model_client_free(to);
}

/* Muted messages, a summary and a reply without text are not in it. */
static void
has_what_was_sent_of_the_path(void)
{
	struct message *m[4], *summary, *prompt;
	struct conversation *c = made(m);
	struct model_client *to = client();
	struct sent *sent;
	char *body;

	summary = conversation_add(c, m[3], CHAT_SYSTEM, "They counted.");
	summary->is_summary = true;
	m[2]->is_muted = m[3]->is_muted = true;
	prompt = conversation_add(c, summary, CHAT_USER, "3?");
	conversation_add(c, conversation_add(c, prompt, CHAT_ASSISTANT, ""), CHAT_USER, "1?");
	sent = send(c, conversation_leaf(c), to, &body);
	CU_ASSERT(strstr(body, "They counted.") && !strstr(body, "Two") && !strstr(body, "3?"));
	expect_again(sent, c, body, false);
	m[2]->is_muted = m[3]->is_muted = false;
	expect_again(sent, c, body, false);
	sent_free(sent);
	free(body);
	conversation_free(c);
	model_client_free(to);
}

static void
keeps_a_prompt_that_went_back(void)
{
	struct message *m[4], *prompt;
	struct conversation *c = made(m);
	struct model_client *to = client();
	struct sent *sent;
	char *body;

	prompt = conversation_add(c, m[3], CHAT_USER, "3?");
	sent = send(c, prompt, to, &body);
	conversation_remove(c, prompt);
	expect_again(sent, c, body, true);
	sent_keep_prompt(sent, "3?");
	expect_again(sent, c, body, false);
	sent_keep_prompt(NULL, "3?");
	sent_free(sent);
	free(body);
	conversation_free(c);
	model_client_free(to);
}

/* Where a server's template opened the thought, what was content becomes reasoning: that text is gone. */
static void
knows_when_a_text_is_another(void)
{
	struct message *m[4];
	struct conversation *c = made(m);
	struct model_client *to = client();
	char *body;
	struct sent *sent = send(c, m[3], to, &body);

	grow(&m[3]->reasoning, buf_text(&m[3]->content));
	buf_clear(&m[3]->content);
	m[3]->moves++;
	expect_again(sent, c, body, true);
	sent_free(sent);
	free(body);
	conversation_free(c);
	model_client_free(to);
}

static void
is_shortened_between_characters(void)
{
	static const struct sent_limits limits = {.text = 30, .first = 2, .last = 1};
	struct conversation *c = conversation_new(NULL);
	struct model_client *to = client();
	struct message *m = NULL;
	struct sent_again again;
	struct sent *sent;
	char *body;

	for (int i = 0; i < 9; i++)
		m = conversation_add(c, m, i % 2 ? CHAT_ASSISTANT : CHAT_USER,
		        i ? "Short." : "ä日本語日本語日本語日本語日本語日本語日本語日本語");
	sent = send(c, m, to, &body);
	sent_again(sent, c, &limits, &again);
	CU_ASSERT(again.request.n_messages == 3 && again.left_out == 6 && !again.is_changed);
	HARNESS_EQUAL(again.messages[0].content, "ä日本語日本語\n… 42 bytes are left out here …\n語日本語");
	HARNESS_EQUAL(again.messages[1].content, "Short.");
	sent_again_release(&again);
	sent_free(sent);
	free(body);
	conversation_free(c);
	model_client_free(to);
}

static struct attachment *
file(enum attachment_kind kind, const char *name, size_t size)
{
	struct buf data = {0};

	while (data.len < size)
		buf_puts(&data, "ä");
	return attachment_new(kind, name, NULL, kind == ATTACHMENT_TEXT ? "text/plain" : "image/png", &data);
}

/* The prompt that had them is gone. */
static void
keeps_the_files(void)
{
	static const struct sent_limits limits = {.text = 30, .first = 20, .last = 80};
	struct conversation *c = conversation_new(NULL);
	struct model_client *to = client();
	struct message *m = conversation_add(c, NULL, CHAT_USER, "?");
	struct sent_again again;
	struct sent *sent;
	char *body, *shown;

	attachments_add(&m->attachments, file(ATTACHMENT_TEXT, "t.md", 100));
	attachments_add(&m->attachments, file(ATTACHMENT_IMAGE, "p.png", 1000));
	sent = send(c, m, to, &body);
	CU_ASSERT(sent_bytes(sent) == 101 && sent_media_bytes(sent) == 1336);
	expect_again(sent, c, body, false);
	conversation_remove(c, m);
	sent_keep_prompt(sent, "?");
	expect_again(sent, c, body, false);
	sent_again(sent, c, &limits, &again);
	shown = body_of(to, &again.request);
	CU_ASSERT_PTR_NOT_NULL(strstr(shown, "ä\\n… 70 bytes are left out here …\\nä"));
	free(shown);
	sent_again_release(&again);
	sent_free(sent);
	free(body);
	conversation_free(c);
	model_client_free(to);
}

CU_TestInfo sent_tests[] = {
        {"keeps the files", keeps_the_files},
        {"is the same whatever happens", is_the_same_whatever_happens},
        {"has what was sent of the path", has_what_was_sent_of_the_path},
        {"keeps a prompt that went back", keeps_a_prompt_that_went_back},
        {"knows when a text is another", knows_when_a_text_is_another},
        {"is shortened between characters", is_shortened_between_characters},
        CU_TEST_INFO_NULL,
};
