/*
 * chat_order.c - an order is encoded as the request that it was made of, whatever becomes of the texts meanwhile.
 */
#include "llama/chat_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "llama/http_body.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static struct model_client *
client(void)
{
	struct err err;

	return model_client_new(&(struct model_settings){.endpoint = "http://h"}, &err);
}

/* Encoded in steps of so many bytes. */
static char *
body_in_steps(struct chat_order *order, size_t most)
{
	struct model_client *to = client();
	struct model_encoder *encoder = chat_order_encoder(order, to);
	enum model_encoded encoded = MODEL_ENCODES;
	struct http_request http;
	struct buf body = {0};
	struct err err;

	while (encoded == MODEL_ENCODES)
		encoded = model_encoder_step(encoder, most, &http, &err);
	CU_ASSERT_FATAL(encoded == MODEL_ENCODED);
	model_encoder_free(encoder);
	http_body_put(&http, &body);
	http_request_release(&http);
	model_client_free(to);
	return buf_take(&body);
}

static char *
body_of(struct chat_order *order)
{
	return body_in_steps(order, SIZE_MAX);
}

static const char *const want =
        "{\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"assistant\",\"content\":\"Hi\","
        "\"reasoning_content\":\"They greet.\"},{\"role\":\"user\",\"content\":\"\"}],\"stream\":true,\"top_k\":40,"
        "\"stream_options\":{\"include_usage\":true},\"return_progress\":true,\"reasoning_control\":true}";

static void
expect_body(struct chat_order *order)
{
	char *body = body_of(order);

	HARNESS_EQUAL(body, want);
	free(body);
}

static void
keeps_texts_as_they_were(void)
{
	struct buf content = {0}, thought = {0}, none = {0};
	struct chat_order *order = chat_order_new(1);

	buf_puts(&content, "Hi");
	buf_puts(&thought, "They greet.");
	chat_order_add_text(order, CHAT_SYSTEM, "Be kind.");
	chat_order_add(order, CHAT_ASSISTANT, &content, &thought, NULL);
	chat_order_add(order, CHAT_USER, &none, &none, NULL);
	order->stream = order->answer_now = true;
	parameters_fix(&order->parameters, "top_k", "40");
	CU_ASSERT(order->messages[1].content.data == content.data);
	expect_body(order);
	buf_puts(&content, " there");
	buf_release(&thought);
	buf_puts(&none, "x");
	expect_body(order);
	buf_release(&content);
	buf_release(&none);
	expect_body(order);
	chat_order_free(order);
	chat_order_free(NULL);
}

static void
copies_a_request(void)
{
	char content[] = "Hi", stream_id[] = "name";
	struct parameters parameters = {0};
	const struct chat_message messages[] = {{CHAT_SYSTEM, "Be kind.", NULL, NULL},
	        {CHAT_ASSISTANT, content, "They greet.", NULL}, {CHAT_USER, "", NULL, NULL}};
	struct chat_request request = {.messages = messages,
	        .n_messages = 3,
	        .stream = true,
	        .answer_now = true,
	        .parameters = &parameters,
	        .stream_id = stream_id};
	struct chat_order *order;

	parameters_fix(&parameters, "top_k", "40");
	order = chat_order_copy(&request);
	parameters_release(&parameters);
	memset(content, 'x', 2);
	memset(stream_id, 'x', 4);
	expect_body(order);
	HARNESS_EQUAL(order->stream_id, "name");
	chat_order_free(order);
}

static struct attachment *
file(enum attachment_kind kind, const char *text)
{
	struct buf data = {0};

	buf_puts(&data, text);
	return attachment_new(kind, "f", NULL, kind == ATTACHMENT_TEXT ? "text/plain" : "image/png", &data);
}

/* Of characters of several bytes, and files between them. */
static void
is_the_same_in_any_steps(void)
{
	struct chat_order *order = chat_order_new(3);
	struct attachments files = {0};
	struct buf text = {0}, thought = {0};
	char *whole, *body;

	buf_puts(&text, "\"日本語\"\n👋🏽 ä");
	buf_puts(&thought, "…\t…");
	attachments_add(&files, file(ATTACHMENT_TEXT, "äöü ```"));
	attachments_add(&files, file(ATTACHMENT_IMAGE, "0123456789"));
	chat_order_add(order, CHAT_USER, &text, NULL, &files);
	chat_order_add(order, CHAT_ASSISTANT, &text, &thought, NULL);
	chat_order_add(order, CHAT_USER, &text, NULL, &files);
	whole = body_of(order);
	for (size_t most = 1; most < 40; most++) {
		body = body_in_steps(order, most);
		HARNESS_EQUAL(body, whole);
		free(body);
	}
	free(whole);
	chat_order_free(order);
	attachments_release(&files);
	buf_release(&text);
	buf_release(&thought);
}

CU_TestInfo chat_order_tests[] = {
        {"is the same in any steps", is_the_same_in_any_steps},
        {"keeps texts as they were", keeps_texts_as_they_were},
        {"copies a request", copies_a_request},
        CU_TEST_INFO_NULL,
};
