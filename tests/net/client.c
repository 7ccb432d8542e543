/*
 * client.c - the two calls of the specification: chat_stream and chat.
 */
#include "net/client.h"

#include <stdlib.h>
#include <string.h>

#include "base/wake.h"
#include "llama/token_pack.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

static const struct chat_message message = {CHAT_USER, "hi", NULL, NULL};
static const struct chat_request request = {.messages = &message, .n_messages = 1, .stream = true};

struct seen {
	struct buf text;
	size_t events, lulls;
	size_t stop_after; /* events; 0: never */
};

static bool
see(void *arg, const struct chat_event *e)
{
	struct seen *s = arg;

	if (e->type == CHAT_EVENT_CONTENT)
		buf_put(&s->text, e->text, e->len);
	s->lulls += e->type == CHAT_EVENT_LULL;
	return ++s->events != s->stop_after;
}

static void
tells_each_event(void)
{
	struct rig rig;
	struct seen seen = {0};
	struct err err;

	rig_init(&rig, "on any\nfile wire/chat-unicode-stream.http\n", 0);
	CU_ASSERT(chat_stream(rig.net, rig.client, &request, see, &seen, -1, &err));
	HARNESS_EQUAL(buf_text(&seen.text), "Grüße, 世界 👋🏽");
	CU_ASSERT(seen.lulls > 0);
	buf_release(&seen.text);
	rig_release(&rig);
}

static void
stops_when_told_to(void)
{
	struct rig rig;
	struct seen seen = {.stop_after = 3};
	struct err err;

	rig_init(&rig, "on any\nstream\nrole\nrepeat\ntoken \"a\"\nend\n", 0);
	CU_ASSERT(!chat_stream(rig.net, rig.client, &request, see, &seen, -1, &err));
	CU_ASSERT(err.code == ERR_CANCELLED);
	CU_ASSERT(seen.events == 3);
	CU_ASSERT(standin_wait(rig.server, STANDIN_LEFT, 1, PATIENCE_MS));
	buf_release(&seen.text);
	rig_release(&rig);
}

/* The descriptor is looked at even while events never cease. */
static void
stops_when_the_descriptor_says_so(void)
{
	static const char *const scripts[] = {"on any\nhang\n", "on any\nstream\nrole\nrepeat\ntoken \"a\"\nend\n"};

	for (size_t i = 0; i < 2; i++) {
		struct rig rig;
		struct seen seen = {0};
		struct wake wake;
		struct err err;

		CU_ASSERT_FATAL(wake_init(&wake, &err));
		rig_init(&rig, scripts[i], 0);
		wake_ring(&wake);
		CU_ASSERT(!chat_stream(rig.net, rig.client, &request, see, &seen, wake.read_fd, &err));
		CU_ASSERT(err.code == ERR_CANCELLED);
		buf_release(&seen.text);
		rig_release(&rig);
		wake_release(&wake);
	}
}

static void
brings_a_whole_reply(void)
{
	struct rig rig;
	struct chat_response response;
	struct err err;
	char *sent;

	rig_init(&rig, "on any\nfile wire/chat-reasoning.http\n", 0);
	chat_response_init(&response);
	CU_ASSERT(chat(rig.net, rig.client, &request, &response, -1, &err));
	CU_ASSERT(response.content.len > 0 && response.reasoning.len > 0);
	CU_ASSERT(response.usage.prompt_tokens > 0 && response.usage.completion_tokens > 0);
	HARNESS_EQUAL(buf_text(&response.model), "tiny-stories");
	HARNESS_EQUAL(buf_text(&response.finish_reason), "stop");
	sent = standin_request(rig.server, 0, NULL);
	CU_ASSERT_PTR_NOT_NULL(strstr(sent, "\"stream\":false"));
	free(sent);
	chat_response_release(&response);
	rig_release(&rig);
}

/* Whole, one after the other. */
static void
brings_the_tokens_of_a_whole_reply(void)
{
	struct rig rig;
	struct chat_response response;
	struct token_told told;
	struct buf texts = {0};
	struct err err;
	const char *s, *end;
	size_t n;

	rig_init(&rig, "on any\nfile wire/chat-logprobs.http\n", 0);
	chat_response_init(&response);
	CU_ASSERT(chat(rig.net, rig.client, &request, &response, -1, &err));
	s = buf_text(&response.tokens);
	end = s + response.tokens.len;
	for (; token_read_number(&s, end, &n) && token_read_told(s, n, &told); s += n)
		buf_put(&texts, told.s, told.n);
	CU_ASSERT(s == end && texts.len > 0);
	HARNESS_EQUAL(buf_text(&texts), buf_text(&response.content));
	buf_release(&texts);
	chat_response_release(&response);
	rig_release(&rig);
}

static void
keeps_what_came_before_an_error(void)
{
	struct rig rig;
	struct seen seen = {0};
	struct err err;

	rig_init(&rig, "on any\nfile wire/context-shared-a-stream.http\n", 0);
	CU_ASSERT(!chat_stream(rig.net, rig.client, &request, see, &seen, -1, &err));
	CU_ASSERT(err.code == ERR_SERVER);
	HARNESS_EQUAL(err.text, "Context size has been exceeded.");
	CU_ASSERT(seen.text.len > 100);
	buf_release(&seen.text);
	rig_release(&rig);
}

/* What another watch hears is not the answer. */
static void
waits_for_the_probe_it_asked_for(void)
{
	struct rig rig, other;
	struct net_server found = {0};
	struct err err;
	const struct model_client *client;

	rig_init(&rig, "on GET /health\nfile wire/health-ready.http\non GET /props\nfile wire/props.http\n", 0);
	rig_init(&other, "on any\nfile wire/health-loading.http\n", 0);
	client = other.client;
	net_watch(rig.net, 1000, &client, 1);
	CU_ASSERT_PTR_NOT_NULL(rig_event(&rig)); /* it is there before the other one is asked */
	client = rig.client;
	CU_ASSERT(client_probe(rig.net, &client, 1, -1, &found, &err));
	CU_ASSERT(found.info.state == SERVER_READY);
	HARNESS_EQUAL(found.info.model, "tiny-stories");
	CU_ASSERT(net_free(rig.net));
	rig.net = NULL;
	rig_release(&other);
	rig_release(&rig);
}

CU_TestInfo client_tests[] = {
        {"tells each event", tells_each_event},
        {"stops when told to", stops_when_told_to},
        {"stops when the descriptor says so", stops_when_the_descriptor_says_so},
        {"brings a whole reply", brings_a_whole_reply},
        {"brings the tokens of a whole reply", brings_the_tokens_of_a_whole_reply},
        {"keeps what came before an error", keeps_what_came_before_an_error},
        {"waits for the probe it asked for", waits_for_the_probe_it_asked_for},
        CU_TEST_INFO_NULL,
};
