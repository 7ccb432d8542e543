/*
 * main.c - the tests of src/net, against the stand-in.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "net/worker_inside.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

enum {
	NOBODY =
	        1000000, /* is watched under this number: asking for its health wakes the thread, and does nothing else */
};

void
rig_init(struct rig *rig, const char *script, long timeout_ms)
{
	struct model_settings settings = {.timeout_ms = timeout_ms};
	struct err err = {0};
	char *dir = harness_path("");

	rig->server = standin_new(script, dir, NULL, &err);
	free(dir);
	CU_ASSERT_PTR_NOT_NULL_FATAL(rig->server);
	settings.endpoint = standin_endpoint(rig->server);
	rig->client = model_client_new(&settings, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(rig->client);
	rig->net = net_new(NULL, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(rig->net);
}

void
rig_release(struct rig *rig)
{
	CU_ASSERT(net_free(rig->net));
	model_client_free(rig->client);
	standin_free(rig->server);
}

void
rig_ask(struct rig *rig, uint64_t id, const char *prompt, bool stream)
{
	struct chat_message message = {CHAT_USER, prompt, NULL, NULL};
	struct chat_request request = {.messages = &message, .n_messages = 1, .stream = stream};
	struct err err;

	CU_ASSERT(net_chat(rig->net, id, rig->client, chat_order_copy(&request), &err));
}

void
rig_ask_kept(struct rig *rig, uint64_t id, const char *stream_id)
{
	struct chat_message message = {CHAT_USER, "hi", NULL, NULL};
	struct chat_request request = {.messages = &message, .n_messages = 1, .stream = true, .stream_id = stream_id};
	struct err err;

	CU_ASSERT(net_chat(rig->net, id, rig->client, chat_order_copy(&request), &err));
}

struct chat_order *
rig_bad_order(void)
{
	struct chat_order *order = chat_order_new(1);
	struct attachments *files;
	struct buf data = {0};

	while (data.len < 16 << 20)
		buf_puts(&data, "a chat with eight of these is larger than any server takes");
	chat_order_add_text(order, CHAT_USER, "hi");
	order->stream = true;
	files = &order->messages[0].attachments;
	attachments_add(files, attachment_new(ATTACHMENT_IMAGE, "p", NULL, "image/png", &data));
	while (files->n < 8)
		attachments_add(files, attachment_hold(files->items[0]));
	return order;
}

const struct queue_record *
rig_event(struct rig *rig)
{
	const struct queue_record *r;
	bool waits = true;

	while (!(r = net_peek(rig->net)) && waits) {
		struct pollfd fd = {.fd = net_fd(rig->net), .events = POLLIN};

		if (net_sleep(rig->net))
			waits = poll(&fd, 1, PATIENCE_MS) != 0;
		net_awake(rig->net, fd.revents != 0);
	}
	CU_ASSERT_PTR_NOT_NULL(r);
	return r;
}

void
rig_wait(struct rig *rig, enum net_event_type type)
{
	const struct queue_record *r;
	bool found = false;

	while (!found && (r = rig_event(rig))) {
		found = r->type == type;
		net_consume(rig->net);
	}
}

/* The number is even while it waits. A wait that begins from now on sees what is there by now, and the next one begins when all is
 * done that follows. */
void
rig_turn(struct rig *rig)
{
	const struct transport *transport = rig->net->transport;
	uint64_t waits = transport_waits(transport), last = waits + (waits % 2 ? 3 : 4);

	while (transport_waits(transport) < last) {
		net_probe(rig->net, NOBODY);
		poll(NULL, 0, 1);
	}
}

char *
rig_read(struct rig *rig, uint64_t id, struct err *end)
{
	const struct queue_record *r;
	struct buf text = {0};
	bool ended = false;

	err_set(end, ERR_SYSTEM, "the test saw no end");
	while (!ended && (r = rig_event(rig))) {
		if (r->id == id && r->type == NET_CONTENT)
			buf_put(&text, (const char *)r->data, r->size);
		if (r->id == id && r->type == NET_END) {
			memcpy(end, r->data, sizeof(*end));
			ended = true;
		}
		net_consume(rig->net);
	}
	return buf_take(&text);
}

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"call", NULL, NULL, NULL, NULL, call_tests},
	        {"curl_command", NULL, NULL, NULL, NULL, curl_command_tests},
	        {"head", NULL, NULL, NULL, NULL, head_tests},
	        {"process", NULL, NULL, NULL, NULL, process_tests},
	        {"resume", NULL, NULL, NULL, NULL, resume_tests},
	        {"slot_watch", NULL, NULL, NULL, NULL, slot_watch_tests},
	        {"sockets", NULL, NULL, NULL, NULL, sockets_tests},
	        {"stream", NULL, NULL, NULL, NULL, stream_tests},
	        {"token_command", NULL, NULL, NULL, NULL, token_command_tests},
	        {"watch", NULL, NULL, NULL, NULL, watch_tests},
	        {"client", NULL, NULL, NULL, NULL, client_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
