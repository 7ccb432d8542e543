/*
 * watch.c - what the net thread says of a server as it comes and goes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

#define HEALTHY "on GET /health\nfile wire/health-ready.http\non GET /props\nfile wire/props.http\n"
#define ANOTHER "on any\nstatus 200 OK\nheader Server: nginx\nbody \"ok\"\n"
#define NOBODY  "refuse\non any\nhang\n"

enum {
	WATCH = 5, /* its id */
};

static const struct queue_record *
next_but_defaults(struct rig *rig)
{
	const struct queue_record *r = rig_event(rig);

	while (r && r->type == NET_DEFAULTS) {
		net_consume(rig->net);
		r = rig_event(rig);
	}
	return r;
}

/* The next word of the watch. */
static struct net_server
next_word(struct rig *rig)
{
	const struct queue_record *r = next_but_defaults(rig);
	struct net_server word = {0};

	if (r) {
		CU_ASSERT(r->type == NET_SERVER && r->id == WATCH);
		memcpy(&word, r->data, sizeof(word));
		net_consume(rig->net);
	}
	return word;
}

static void
watch(struct rig *rig)
{
	const struct model_client *client = rig->client;

	net_watch(rig->net, WATCH, &client, 1);
}

static void
says_what_it_finds(void)
{
	static const struct {
		const char *script;
		enum server_state state;
		enum err_code code;
	} rows[] = {
	        {HEALTHY, SERVER_READY, ERR_NONE},
	        {"on any\nfile wire/health-loading.http\n", SERVER_LOADING, ERR_LOADING},
	        {"on GET /health\nfile wire/health-ready.http\non GET /props\nfile wire/key-none-get-props.http\n",
	                SERVER_UNAUTHORISED, ERR_UNAUTHORISED},
	        {"on any\nclose\n", SERVER_FAILING, ERR_INCOMPLETE},
	        {"on any\nstatus 404 Not Found\nheader Server: nginx\nbody \"no\"\n", SERVER_FAILING, ERR_SERVER},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct rig rig;
		struct net_server word;

		rig_init(&rig, rows[i].script, 0);
		watch(&rig);
		word = next_word(&rig);
		HARNESS_CHECK(word.info.state == rows[i].state && word.info.error.code == rows[i].code,
		        "row %zu: %s, %s: %s", i, server_state_word(word.info.state), err_name(word.info.error.code),
		        word.info.error.text);
		rig_release(&rig);
	}
}

static void
knows_the_model(void)
{
	struct rig rig;
	struct net_server word;

	rig_init(&rig, HEALTHY, 0);
	watch(&rig);
	word = next_word(&rig);
	HARNESS_EQUAL(word.info.model, "tiny-stories");
	HARNESS_EQUAL(word.info.build, "b11669-Debian");
	CU_ASSERT(word.info.n_ctx > 0 && word.info.is_llama_server && !word.info.router);
	rig_release(&rig);
}

/* Down, up, down; only the pace of the probes is hurried here. */
static void
follows_a_server_that_comes_and_goes(void)
{
	struct rig rig;
	struct net_server word;

	rig_init(&rig, HEALTHY, 0);
	standin_listen(rig.server, false);
	watch(&rig);
	word = next_word(&rig);
	CU_ASSERT(word.info.state == SERVER_NOT_RUNNING);
	standin_listen(rig.server, true);
	net_probe(rig.net, WATCH);
	word = next_word(&rig);
	CU_ASSERT(word.info.state == SERVER_READY);
	HARNESS_EQUAL(word.info.model, "tiny-stories");
	standin_listen(rig.server, false);
	net_probe(rig.net, WATCH);
	word = next_word(&rig);
	CU_ASSERT(word.info.state == SERVER_NOT_RUNNING);
	rig_release(&rig);
}

/* A failed request makes it look at once, not after 15 s. */
static void
looks_when_a_stream_fails(void)
{
	struct rig rig;
	struct net_server word;
	struct err end;

	rig_init(&rig, HEALTHY "on POST /*\nhang\n", 0);
	watch(&rig);
	word = next_word(&rig);
	CU_ASSERT(word.info.state == SERVER_READY);
	rig_ask(&rig, 1, "hi", true);
	CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 3, PATIENCE_MS));
	standin_listen(rig.server, false);
	free(rig_read(&rig, 1, &end));
	CU_ASSERT(end.code == ERR_INCOMPLETE);
	word = next_word(&rig);
	CU_ASSERT(word.info.state == SERVER_NOT_RUNNING);
	rig_release(&rig);
}

/* What a probe on its way finds may be old by then. */
static void
looks_again_when_asked_while_it_looks(void)
{
	struct rig rig;

	rig_init(&rig,
	        "on GET /health\nwait\nfile wire/health-ready.http\n"
	        "then\nfile wire/health-loading.http\n"
	        "on GET /props\nfile wire/props.http\nthen\nfile wire/health-loading.http\n",
	        0);
	watch(&rig);
	CU_ASSERT(standin_wait(rig.server, STANDIN_REQUEST, 1, PATIENCE_MS));
	net_probe(rig.net, WATCH);
	standin_go(rig.server);
	CU_ASSERT(next_word(&rig).info.state == SERVER_READY);
	CU_ASSERT(next_word(&rig).info.state == SERVER_LOADING);
	rig_release(&rig);
}

/* Before the server is said to be ready; again only when they are others. */
static void
tells_the_defaults_of_the_server(void)
{
	static const char all[] =
	        "on GET /health\njson 200 {\"status\":\"ok\"}\n"
	        "on GET /props\njson 200 "
	        "{\"default_generation_settings\":{\"params\":{\"temperature\":0.5}},\"is_sleeping\":false}\n"
	        "then\njson 200 "
	        "{\"default_generation_settings\":{\"params\":{\"temperature\":0.5}},\"is_sleeping\":true}\n"
	        "then\njson 200 {\"is_sleeping\":false}\n";
	static const struct {
		enum net_event_type type;
		const char *defaults;
	} rows[] = {{NET_DEFAULTS, "{\"temperature\":0.5}"}, {NET_SERVER, ""}, {NET_SERVER, ""}, {NET_DEFAULTS, ""},
	        {NET_SERVER, ""}};
	struct rig rig;

	rig_init(&rig, all, 0);
	watch(&rig);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct queue_record *r = rig_event(&rig);

		CU_ASSERT_FATAL(r != NULL);
		HARNESS_CHECK(r->type == rows[i].type, "row %zu: %d", i, r->type);
		if (r->type == NET_DEFAULTS)
			CU_ASSERT(
			        r->size == strlen(rows[i].defaults) && memcmp(r->data, rows[i].defaults, r->size) == 0);
		if (r->type == NET_SERVER)
			net_probe(rig.net, WATCH);
		net_consume(rig.net);
	}
	rig_release(&rig);
}

#define ROUTER "on GET /health\nfile wire/router-health.http\non GET /props\nfile wire/router-props.http\n"

static void
put_offer(const struct queue_record *r, struct buf *names)
{
	struct net_offer offer = {0};

	memcpy(&offer, r->data, r->size);
	buf_printf(names, "[%s", offer.name);
	if (offer.inputs)
		buf_printf(names, " %u", offer.inputs);
	buf_putc(names, ']');
}

/* Names of models, until the list is as long as that. */
static char *
next_offers(struct rig *rig, size_t n)
{
	struct buf names = {0};

	for (size_t i = 0; i <= n; i++) {
		const struct queue_record *r = rig_event(rig);

		CU_ASSERT_FATAL(r != NULL);
		CU_ASSERT(r->type == NET_OFFER && r->id == WATCH && (r->size == 0) == (i == 0));
		put_offer(r, &names);
		net_consume(rig->net);
	}
	return buf_take(&names);
}

static void
tells_the_models_of_a_server_of_several(void)
{
	struct rig rig;
	char *names;

	rig_init(&rig,
	        ROUTER "on GET /v1/models\njson 200 "
	               "{\"data\":[{\"id\":\"tiny-a\",\"architecture\":{\"input_modalities\":[\"text\",\"image\"]}},{"
	               "\"id\":\"tiny-b\"}]}\n"
	               "then\njson 200 {\"data\":[{\"id\":\"tiny-c\"}]}\n",
	        0);
	watch(&rig);
	CU_ASSERT(next_word(&rig).info.router);
	names = next_offers(&rig, 2);
	HARNESS_EQUAL(names, "[][tiny-a 3][tiny-b]");
	free(names);
	/* Asked again when somebody asks, who is told the state again too. */
	net_probe(rig.net, WATCH);
	CU_ASSERT(next_word(&rig).info.state == SERVER_READY);
	names = next_offers(&rig, 1);
	HARNESS_EQUAL(names, "[][tiny-c]");
	free(names);
	rig_release(&rig);
}

/* The model is not loaded for that; once it is, its defaults and context are known. */
static void
tells_the_defaults_of_a_routers_model(void)
{
	struct model_settings settings = {.model = "tiny a/\xc3\xa4"};
	struct model_client *client;
	const struct queue_record *r;
	struct net_server word;
	struct rig rig;
	struct err err;
	char *defaults;

	rig_init(&rig,
	        "on GET /props?model=tiny%20a%2F%C3%A4&autoload=false*\nfile wire/router-chat-no-autoload.http\n"
	        "then\nfile wire/router-props-model.http\n" ROUTER "on GET /v1/models\njson 200 {\"data\":[]}\n",
	        0);
	settings.endpoint = standin_endpoint(rig.server);
	client = model_client_new(&settings, &err);
	CU_ASSERT_FATAL(client != NULL);
	net_watch(rig.net, WATCH, (const struct model_client *const *)&client, 1);
	word = next_word(&rig);
	CU_ASSERT(word.info.router && word.info.n_ctx == 0);
	free(next_offers(&rig, 0));
	CU_ASSERT(standin_wait(rig.server, STANDIN_ANSWERED, 4, PATIENCE_MS));
	net_probe(rig.net, WATCH);
	while ((r = rig_event(&rig)) && r->type != NET_DEFAULTS)
		net_consume(rig.net);
	CU_ASSERT_FATAL(r != NULL);
	defaults = mem_strndup((const char *)r->data, r->size);
	CU_ASSERT(strstr(defaults, "\"temperature\":0.8,") != NULL);
	free(defaults);
	net_consume(rig.net);
	do {
		word = next_word(&rig);
	} while (word.info.n_ctx == 0);
	CU_ASSERT(word.info.router && word.info.n_ctx == 4096);
	rig_release(&rig);
	model_client_free(client);
}

/* The states that it tells, whatever else it does. */
static void
expect_states(struct rig *rig, const enum server_state *states, size_t n)
{
	const struct queue_record *r;

	for (size_t i = 0; i < n;) {
		struct net_server word;

		r = rig_event(rig);
		CU_ASSERT_PTR_NOT_NULL_FATAL(r);
		if (r->type == NET_SERVER) {
			memcpy(&word, r->data, sizeof(word));
			HARNESS_CHECK(
			        word.info.state == states[i], "word %zu is %s", i, server_state_word(word.info.state));
			i++;
		}
		net_consume(rig->net);
	}
}

#define MODELS_NONE        "on GET /v1/models\njson 200 {\"data\":[]}\n"
#define MODEL_SLEEPS(word) "json 200 {\"is_sleeping\":" word ",\"default_generation_settings\":{\"n_ctx\":512}}\nthen\n"

/* The router is up all the while. A look says of the model what the last one did, until its /props have come. */
static void
tells_that_a_routers_model_sleeps(void)
{
	static const struct {
		enum server_state states[2];
	} looks[] = {
	        {{SERVER_READY, SERVER_READY}}, /* its context is not known, is known */
	        {{SERVER_READY, SERVER_SLEEPING}}, {{SERVER_SLEEPING, SERVER_READY}}, {{SERVER_READY, SERVER_SLEEPING}},
	        {{SERVER_SLEEPING, SERVER_READY}}, /* it is not loaded any more */
	};
	struct model_settings settings = {.model = "tiny"};
	struct model_client *client;
	struct rig rig;
	struct err err;

	rig_init(&rig,
	        "on GET /props?model=tiny&autoload=false*\n" MODEL_SLEEPS("false") MODEL_SLEEPS("true") MODEL_SLEEPS(
	                "false") MODEL_SLEEPS("true") "file wire/router-chat-no-autoload.http\n" ROUTER MODELS_NONE,
	        0);
	settings.endpoint = standin_endpoint(rig.server);
	client = model_client_new(&settings, &err);
	CU_ASSERT_FATAL(client != NULL);
	net_watch(rig.net, WATCH, (const struct model_client *const *)&client, 1);
	for (size_t i = 0; i < ARRAY_LEN(looks); i++) {
		if (i > 0)
			net_probe(rig.net, WATCH);
		expect_states(&rig, looks[i].states, ARRAY_LEN(looks[i].states));
	}
	rig_release(&rig);
	model_client_free(client);
}

/* A list that cannot be had says nothing about the server. */
static void
stays_ready_without_a_list(void)
{
	struct rig rig;

	rig_init(&rig, ROUTER "on GET /v1/models\nclose\n", 0);
	watch(&rig);
	CU_ASSERT(next_word(&rig).info.state == SERVER_READY);
	CU_ASSERT(standin_wait(rig.server, STANDIN_ANSWERED, 3, PATIENCE_MS));
	standin_listen(rig.server, false);
	net_probe(rig.net, WATCH);
	CU_ASSERT(next_word(&rig).info.state == SERVER_NOT_RUNNING);
	rig_release(&rig);
}

/* /health says nothing of it, /props do. */
static void
tells_that_it_sleeps(void)
{
	struct rig rig;
	struct net_server word;
	struct err end;

	rig_init(&rig,
	        "on GET /health\nfile wire/sleeping-health.http\n"
	        "on GET /props\nfile wire/sleep-before-props.http\nthen\nfile wire/sleeping-props.http\n"
	        "then\nfile wire/sleep-before-props.http\n"
	        "on POST /*\nfile wire/sleeping-chat-stream.http\n",
	        0);
	watch(&rig);
	CU_ASSERT(next_word(&rig).info.state == SERVER_READY);
	net_probe(rig.net, WATCH);
	word = next_word(&rig);
	CU_ASSERT(word.info.state == SERVER_SLEEPING && word.info.error.code == ERR_NONE);
	HARNESS_EQUAL(word.info.model, "tiny-stories");
	/* What wakes it is heard of at once, not after 15 s. */
	rig_ask(&rig, 1, "hi", true);
	free(rig_read(&rig, 1, &end));
	CU_ASSERT(end.code == ERR_NONE);
	CU_ASSERT(next_word(&rig).info.state == SERVER_READY);
	rig_release(&rig);
}

static void
expect_request(struct rig *rig, size_t index, const char *line)
{
	char *request = standin_request(rig->server, index, NULL);

	CU_ASSERT_PTR_NOT_NULL_FATAL(request);
	HARNESS_CHECK(strncmp(request, line, strlen(line)) == 0, "request %zu: %.30s", index, request);
	free(request);
}

/* Each look wakes a machine: one request a look. */
static void
looks_at_one_that_sleeps_by_one_request(void)
{
	struct rig rig;

	rig_init(&rig,
	        "on GET /health\nfile wire/sleeping-health.http\n"
	        "on GET /props\nfile wire/sleep-before-props.http\nthen\nfile wire/sleeping-props.http\n"
	        "then\nfile wire/sleep-before-props.http\nthen\nfile wire/sleeping-props.http\n",
	        0);
	watch(&rig);
	CU_ASSERT(next_word(&rig).info.state == SERVER_READY);
	for (int i = 0; i < 3; i++) {
		net_probe(rig.net, WATCH);
		CU_ASSERT(next_word(&rig).info.state == (i == 1 ? SERVER_READY : SERVER_SLEEPING));
	}
	CU_ASSERT_EQUAL(standin_count(rig.server, STANDIN_REQUEST), 5);
	expect_request(&rig, 0, "GET /health ");
	for (size_t i = 1; i < 5; i++)
		expect_request(&rig, i, "GET /props ");
	rig_release(&rig);
}

/* /props that are not what they were: /health is asked in the same round. */
static void
asks_for_health_where_props_do_not_say(void)
{
	static const struct {
		const char *props;
		enum server_state state;
	} rows[] = {
	        {"close\n", SERVER_LOADING},
	        {"status 500 Internal Server Error\nbody \"no\"\n", SERVER_LOADING},
	        {"status 404 Not Found\nbody \"no\"\n", SERVER_LOADING},
	        {"status 200 OK\nbody \"<html>\"\n", SERVER_LOADING},
	        {"json 200 {}\n", SERVER_LOADING},
	        {"file wire/key-none-get-props.http\n", SERVER_LOADING},
	        {"json 200 {\"is_sleeping\":true}\n", SERVER_SLEEPING},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct net_server word;
		struct buf script = {0};
		struct rig rig;

		buf_printf(&script,
		        "on GET /health\nfile wire/sleeping-health.http\nthen\nfile wire/health-loading.http\n"
		        "on GET /props\nfile wire/sleep-before-props.http\nthen\n%s",
		        rows[i].props);
		rig_init(&rig, buf_text(&script), 0);
		watch(&rig);
		CU_ASSERT(next_word(&rig).info.state == SERVER_READY);
		net_probe(rig.net, WATCH);
		word = next_word(&rig);
		HARNESS_CHECK(word.info.state == rows[i].state, "row %zu: %s", i, server_state_word(word.info.state));
		CU_ASSERT_EQUAL(standin_count(rig.server, STANDIN_REQUEST), rows[i].state == SERVER_LOADING ? 4 : 3);
		rig_release(&rig);
		buf_release(&script);
	}
}

/* A server without an answer to /props is asked for them in the next round too. */
static void
asks_again_for_props_that_broke(void)
{
	struct rig rig;
	struct net_server word;

	rig_init(&rig,
	        "on GET /health\nfile wire/health-ready.http\n"
	        "on GET /props\nclose\nthen\nfile wire/props.http\n",
	        0);
	watch(&rig);
	word = next_word(&rig);
	CU_ASSERT(word.info.state == SERVER_READY && word.info.model[0] == '\0');
	net_probe(rig.net, WATCH);
	word = next_word(&rig);
	HARNESS_EQUAL(word.info.model, "tiny-stories");
	rig_release(&rig);
}

/* Another server at the same address, whose /props came while it began: its name is asked for in the same round. */
static void
asks_another_server_for_its_props(void)
{
	struct rig rig;
	struct net_server word;

	rig_init(&rig,
	        "on GET /health\nfile wire/sleeping-health.http\n"
	        "on GET /props\nfile wire/sleep-before-props.http\nthen\njson 200 {}\n"
	        "then\njson 200 {\"model_alias\":\"other\"}\n",
	        0);
	watch(&rig);
	HARNESS_EQUAL(next_word(&rig).info.model, "tiny-stories");
	net_probe(rig.net, WATCH);
	word = next_word(&rig);
	HARNESS_EQUAL(word.info.model, "other");
	CU_ASSERT(word.info.state == SERVER_READY && !word.info.tells_sleep);
	rig_release(&rig);
}

/* Two default endpoints: the one that is llama-server counts, whatever else answers at the other. */
static void
finds_the_one_that_is_llama_server(void)
{
	static const struct {
		const char *first, *second;
		size_t which;
		enum server_state state;
	} rows[] = {
	        {NOBODY, HEALTHY, 1, SERVER_READY},
	        {HEALTHY, HEALTHY, 0, SERVER_READY},
	        {ANOTHER, HEALTHY, 1, SERVER_READY},
	        {"on any\nfile wire/health-loading.http\n", HEALTHY, 0, SERVER_LOADING},
	        {NOBODY, NOBODY, 0, SERVER_NOT_RUNNING},
	        {ANOTHER, NOBODY, 0, SERVER_NOT_RUNNING},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct rig first, second;
		const struct model_client *clients[2];
		struct net_server word;

		rig_init(&first, rows[i].first, 0);
		rig_init(&second, rows[i].second, 0);
		clients[0] = first.client;
		clients[1] = second.client;
		net_watch(first.net, WATCH, clients, 2);
		word = next_word(&first);
		HARNESS_CHECK(word.which == rows[i].which && word.info.state == rows[i].state, "row %zu: %zu, %s: %s",
		        i, word.which, server_state_word(word.info.state), word.info.error.text);
		/* The net may still ask: its thread ends before the clients do. */
		CU_ASSERT(net_free(first.net));
		first.net = NULL;
		rig_release(&second);
		rig_release(&first);
	}
}

/* ---- a server whose /health needs the key, as behind some proxies ---- */

#define KEYED_HEALTH                                                                                                   \
	"on GET /health\nfile wire/key-none-get-props.http\nthen\nfile wire/health-ready.http\n"                       \
	"on GET /props\nfile wire/props.http\n"

static struct model_client *
keyed_client(const struct rig *rig)
{
	const struct model_settings settings = {.endpoint = standin_endpoint(rig->server), .auth_token = "hush"};
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);

	CU_ASSERT_PTR_NOT_NULL_FATAL(client);
	return client;
}

static bool
has_key(const struct rig *rig, size_t which)
{
	char *request = standin_request(rig->server, which, NULL);
	bool has = request && strstr(request, "Authorization: Bearer hush");

	free(request);
	return has;
}

/* And in the next round at once. */
static void
gives_the_key_where_health_needs_it(void)
{
	struct rig rig;
	struct model_client *client;

	rig_init(&rig, KEYED_HEALTH, 0);
	client = keyed_client(&rig);
	net_watch(rig.net, WATCH, (const struct model_client *const *)&client, 1);
	CU_ASSERT_EQUAL(next_word(&rig).info.state, SERVER_READY);
	CU_ASSERT(!has_key(&rig, 0) && has_key(&rig, 1) && has_key(&rig, 2));
	net_probe(rig.net, WATCH);
	CU_ASSERT_EQUAL(next_word(&rig).info.state, SERVER_READY);
	CU_ASSERT(has_key(&rig, 3));
	CU_ASSERT(net_free(rig.net));
	rig.net = NULL;
	model_client_free(client);
	rig_release(&rig);
}

/* Neither without a key, nor with a wrong one, nor what may be another program. */
static void
asks_for_health_once_more_at_the_most(void)
{
	static const char locked[] = "on any\nfile wire/key-none-get-props.http\n",
	                  other[] = "on any\nstatus 401 Unauthorized\nheader Server: nginx\nbody \"no\"\n";
	struct rig rig, second;
	struct model_client *clients[2];

	rig_init(&rig, locked, 0);
	watch(&rig);
	CU_ASSERT_EQUAL(next_word(&rig).info.state, SERVER_UNAUTHORISED);
	CU_ASSERT_EQUAL(standin_count(rig.server, STANDIN_REQUEST), 1);
	rig_release(&rig);

	rig_init(&rig, locked, 0);
	clients[0] = keyed_client(&rig);
	net_watch(rig.net, WATCH, (const struct model_client *const *)clients, 1);
	CU_ASSERT_EQUAL(next_word(&rig).info.state, SERVER_UNAUTHORISED);
	CU_ASSERT_EQUAL(standin_count(rig.server, STANDIN_REQUEST), 2);
	CU_ASSERT(net_free(rig.net));
	rig.net = NULL;
	model_client_free(clients[0]);
	rig_release(&rig);

	rig_init(&rig, other, 0);
	rig_init(&second, KEYED_HEALTH, 0);
	clients[0] = keyed_client(&rig);
	clients[1] = keyed_client(&second);
	net_watch(rig.net, WATCH, (const struct model_client *const *)clients, 2);
	CU_ASSERT_EQUAL(next_word(&rig).which, 1);
	CU_ASSERT_EQUAL(standin_count(rig.server, STANDIN_REQUEST), 1);
	CU_ASSERT(!has_key(&rig, 0) && !has_key(&second, 0) && has_key(&second, 1));
	CU_ASSERT(net_free(rig.net));
	rig.net = NULL;
	model_client_free(clients[0]);
	model_client_free(clients[1]);
	rig_release(&second);
	rig_release(&rig);
}

CU_TestInfo watch_tests[] = {
        {"says what it finds", says_what_it_finds},
        {"knows the model", knows_the_model},
        {"follows a server that comes and goes", follows_a_server_that_comes_and_goes},
        {"looks when a stream fails", looks_when_a_stream_fails},
        {"looks again when asked while it looks", looks_again_when_asked_while_it_looks},
        {"tells the models of a server of several", tells_the_models_of_a_server_of_several},
        {"tells the defaults of a router's model", tells_the_defaults_of_a_routers_model},
        {"tells that a router's model sleeps", tells_that_a_routers_model_sleeps},
        {"stays ready without a list", stays_ready_without_a_list},
        {"tells the defaults of its server", tells_the_defaults_of_the_server},
        {"tells that it sleeps", tells_that_it_sleeps},
        {"looks at one that sleeps by one request", looks_at_one_that_sleeps_by_one_request},
        {"asks for health where /props do not say", asks_for_health_where_props_do_not_say},
        {"asks another server for its props", asks_another_server_for_its_props},
        {"asks again for /props that broke", asks_again_for_props_that_broke},
        {"finds the one that is llama-server", finds_the_one_that_is_llama_server},
        {"gives the key where health needs it", gives_the_key_where_health_needs_it},
        {"asks for health once more at the most", asks_for_health_once_more_at_the_most},
        CU_TEST_INFO_NULL,
};
