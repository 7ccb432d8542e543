/*
 * watch.c - probes of one server, one after the other: /health, after a good one /props when the server is new, and after
 * that /v1/models where it has several, and the /props of the model that is used there, which is asked for in each round
 * until the server has loaded it, and then to see whether it sleeps. If /props tells whether the server sleeps, a round asks
 * only for /props, and for /health only when /props has changed. A server that is no llama-server is asked for /v1/models alone,
 * which is its health.
 *
 * With several clients (no endpoint is configured, so the default ones are tried) a round asks each in order until one
 * answers as llama-server; that one is then chosen, and asked alone until it is gone.
 */
#include "net/watch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "llama/client_secret.h"
#include "llama/defaults.h"
#include "llama/server.h"
#include "net/timed_out.h"

enum {
	PROBE_MS = 5000,
	AGAIN_WHEN_DOWN_MS = 2000,
	AGAIN_WHEN_FINE_MS = 15000,
	BODY_MAX = 1024 * 1024,
	NONE = WATCH_CLIENTS_MAX,
};

enum question {
	ASKS_HEALTH,
	ASKS_PROPS,
	ASKS_MODELS,
	ASKS_MODEL_PROPS, /* on a router */
};

struct watch {
	struct transport *transport;
	struct event_writer events;
	const struct model_client *clients[WATCH_CLIENTS_MAX];
	size_t n, chosen; /* chosen: NONE while it is open which client counts */

	/* the running probe */
	struct transfer *transfer; /* NULL: none */
	size_t asked;              /* which client */
	size_t keyed;              /* the client whose /health needs the key; NONE: none is known to */
	enum question asks;
	bool asks_props_alone; /* this round has not asked for /health */
	bool ended, broke;
	struct err broken;
	struct http_head head;
	struct buf server, body;
	struct buf defaults; /* as last told */
	int64_t started_ms;

	int process; /* of the server that is up, see net/process.h; -1: not known */
	bool process_sought;
	int64_t due_ms; /* of the next probe */
	bool again; /* a probe was asked for during a round, which may have come too early: another round follows at once */
	bool props_known;        /* since the server last became ready */
	bool models_known;       /* since then, or since somebody asked */
	bool model_props_known;  /* since props_known */
	struct server_info info; /* what the present round has found */
	struct net_server told;  /* the last one written */
	bool anything_told;
	bool told_is_old; /* a probe was asked for: the next round tells even what is still the same */
};

/* ---- one probe ---- */

static void
on_head(void *arg, const struct http_head *head)
{
	struct watch *w = arg;

	buf_clear(&w->server);
	buf_puts(&w->server, head->server);
	w->head = (struct http_head){.status = head->status,
	        .reason = "",
	        .content_type = "",
	        .location = "",
	        .server = buf_text(&w->server)};
}

static bool
on_body(void *arg, const char *bytes, size_t n)
{
	struct watch *w = arg;
	bool fits = buf_append(&w->body, bytes, n);

	(void)fits; /* an answer too long for llama-server is judged by its beginning */
	return true;
}

static void
on_end(void *arg, const struct err *broken)
{
	struct watch *w = arg;

	w->ended = true;
	w->broke = broken != NULL;
	if (broken)
		w->broken = *broken;
}

static const struct transfer_handler handler = {on_head, on_body, on_end};

static void
start_probe(struct watch *w, size_t which, enum question asks, int64_t now_ms)
{
	static void (*const requests[])(const struct model_client *, struct http_request *) = {
	        [ASKS_HEALTH] = server_health_request,
	        [ASKS_PROPS] = server_props_request,
	        [ASKS_MODELS] = server_models_request,
	        [ASKS_MODEL_PROPS] = server_model_props_request,
	};
	struct http_request request = {0};

	requests[asks](w->clients[which], &request);
	if (asks == ASKS_HEALTH && which == w->keyed)
		client_authorise(w->clients[which], &request);
	w->asked = which;
	w->asks = asks;
	w->ended = w->broke = false;
	w->started_ms = now_ms;
	buf_clear(&w->body);
	w->transfer = transport_start(w->transport, &request, &handler, w, &w->broken);
	if (!w->transfer)
		w->ended = w->broke = true;
}

/* ---- the server's process ---- */

static void
forget_process(struct watch *w)
{
	if (w->process >= 0)
		close(w->process);
	w->process = -1;
	w->process_sought = false;
}

/* Sought once while the server is up: it costs a look at all processes. */
static void
seek_process(struct watch *w)
{
	if (w->process_sought)
		return;
	w->process = transfer_process(w->transfer);
	w->process_sought = true;
}

/* ---- the state, from all answers ---- */

static void
offer(void *arg, const char *name, const char *state, unsigned inputs)
{
	struct watch *w = arg;
	struct net_offer offer = {.inputs = inputs};

	snprintf(offer.name, sizeof(offer.name), "%s", name);
	snprintf(offer.state, sizeof(offer.state), "%s", state);
	event_write_record(&w->events, NET_OFFER, &offer, sizeof(offer));
}

static void
take_models(struct watch *w)
{
	event_write_record(&w->events, NET_OFFER, NULL, 0);
	server_models(w->clients[w->asked], &w->head, buf_text(&w->body), w->body.len, offer, w);
}

static void
take_defaults(struct watch *w)
{
	struct buf now = {0};

	if (w->head.status == 200)
		defaults_put(buf_text(&w->body), w->body.len, &now);
	if (strcmp(buf_text(&now), buf_text(&w->defaults)) != 0)
		event_write_record(&w->events, NET_DEFAULTS, now.data, now.len);
	buf_release(&w->defaults);
	w->defaults = now;
}

static void
take_props(struct watch *w)
{
	server_props(&w->info, w->clients[w->asked], &w->head, buf_text(&w->body), w->body.len);
	take_defaults(w);
}

static void
take_model_props(struct watch *w)
{
	w->model_props_known = server_model_props(&w->info, &w->head, buf_text(&w->body), w->body.len);
	take_defaults(w);
}

/* Of a server that is no llama-server it is the list of its models. */
static void
take_health(struct watch *w)
{
	const struct model_client *client = w->clients[w->asked];

	server_health(&w->info, client, &w->head, buf_text(&w->body), w->body.len);
	if (!model_is_llama_server(client) && w->info.state == SERVER_READY)
		take_models(w);
}

static void
judge_answer(struct watch *w)
{
	if (w->asks == ASKS_PROPS)
		w->info.tells_sleep = false; /* until this answer does */
	if (w->broke && w->broken.code == ERR_UNAUTHORISED)
		server_broken(&w->info, &w->broken); /* its command told no token */
	if (w->broke && w->asks != ASKS_HEALTH)
		return; /* the next /health says why */
	if (w->asks == ASKS_MODELS) {
		take_models(w);
		return;
	}
	if (w->asks == ASKS_MODEL_PROPS) {
		take_model_props(w);
		return;
	}
	memset(&w->info.error, 0, sizeof(w->info.error));
	if (w->broke)
		server_broken(&w->info, &w->broken);
	else if (w->asks == ASKS_PROPS)
		take_props(w);
	else
		take_health(w);
}

static void
take_answer(struct watch *w)
{
	judge_answer(w);
	if (w->asks == ASKS_HEALTH && server_state_is_up(w->info.state))
		seek_process(w);
	else if (w->asks == ASKS_HEALTH)
		forget_process(w);
	transfer_free(w->transfer);
	w->transfer = NULL;
	w->ended = false;
}

/* None of several endpoints answers as llama-server: one sentence about them all. */
static void
blame_all(struct watch *w)
{
	struct buf others = {0};

	for (size_t i = 1; i < w->n; i++)
		buf_printf(&others, "%s %s", i == 1 ? "nor at" : ",", w->clients[i]->endpoint.text);
	memset(&w->info, 0, sizeof(w->info));
	w->info.state = SERVER_NOT_RUNNING;
	err_set(&w->info.error, ERR_UNREACHABLE, "llama-server not running at %s (%s)", w->clients[0]->endpoint.text,
	        buf_text(&others));
	buf_release(&others);
}

/* Writes the state if it has changed. */
static void
tell(struct watch *w, size_t which)
{
	struct net_server now = {.which = which, .info = w->info};

	if (w->anything_told && memcmp(&now.info, &w->told.info, sizeof(now.info)) == 0 && now.which == w->told.which)
		return;
	w->told = now;
	w->anything_told = true;
	event_write_record(&w->events, NET_SERVER, &now, sizeof(now));
}

static void
end_round(struct watch *w, size_t which, int64_t now_ms)
{
	bool fine = server_state_is_up(w->info.state) || w->info.state == SERVER_UNAUTHORISED;

	w->due_ms = w->again ? now_ms : now_ms + (fine ? AGAIN_WHEN_FINE_MS : AGAIN_WHEN_DOWN_MS);
	w->again = false;
	tell(w, which);
}

/* After the round: what a server with several models has, and what the one that is used there tells. */
static void
ask_for_models(struct watch *w, size_t which, int64_t now_ms)
{
	if (!server_state_is_up(w->info.state) || !w->info.router)
		return;
	if (!w->models_known)
		start_probe(w, which, ASKS_MODELS, now_ms);
	else if ((!w->model_props_known || w->info.tells_sleep) && w->clients[which]->model &&
	         w->asks != ASKS_MODEL_PROPS)
		start_probe(w, which, ASKS_MODEL_PROPS, now_ms);
	w->models_known = true;
}

static bool
is_after_round(const struct watch *w)
{
	return w->asks == ASKS_MODELS || w->asks == ASKS_MODEL_PROPS;
}

/* Whether /props of the server tell that it sleeps. On a router those of its model do. */
static bool
server_tells_sleep(const struct watch *w)
{
	return w->info.tells_sleep && !w->info.router;
}

/* A router's /health knows nothing of its model: that sleeps until its /props say otherwise. */
static void
keep_asleep(struct watch *w)
{
	if (w->info.router && w->info.tells_sleep && w->info.state == SERVER_READY &&
	        w->told.info.state == SERVER_SLEEPING)
		w->info.state = SERVER_SLEEPING;
}

/* The state is known. */
static void
settle(struct watch *w, size_t which, int64_t now_ms)
{
	keep_asleep(w);
	end_round(w, which, now_ms);
	ask_for_models(w, which, now_ms);
}

static void
ask_health(struct watch *w, size_t which, int64_t now_ms)
{
	w->asks_props_alone = false;
	start_probe(w, which, ASKS_HEALTH, now_ms);
}

/* llama-server's own /health needs no key; but with a prefix of the path it does, and so may a proxy before it. What is no
 * llama-server for sure is not told the key, but where it stands in the configuration. */
static bool
wants_key(const struct watch *w)
{
	const struct model_client *client = w->clients[w->asked];

	return w->asks == ASKS_HEALTH && !w->broke && w->head.status == 401 && w->asked != w->keyed &&
	       model_is_llama_server(client) && client_has_secret(client) && (w->n == 1 || w->info.is_llama_server);
}

/* After /props. */
static void
go_on_after_props(struct watch *w, int64_t now_ms)
{
	w->models_known = w->models_known && w->props_known;
	w->model_props_known = false;
	w->props_known = server_state_is_up(w->info.state) && !w->broke;
	if (w->asks_props_alone && !w->info.tells_sleep) {
		w->props_known = false; /* it may be another server */
		ask_health(w, w->asked, now_ms);
	} else {
		settle(w, w->asked, now_ms);
	}
}

/* After /health of the client that counts. */
static void
go_on_after_health(struct watch *w, int64_t now_ms)
{
	w->chosen = w->asked;
	w->props_known = w->props_known && w->info.state == SERVER_READY;
	if (w->info.state == SERVER_READY && model_is_llama_server(w->clients[w->asked]) &&
	        (!w->props_known || server_tells_sleep(w)))
		start_probe(w, w->asked, ASKS_PROPS, now_ms);
	else
		settle(w, w->asked, now_ms);
}

/* The round's next step, now that a probe of client `asked` has ended. */
static void
go_on(struct watch *w, int64_t now_ms)
{
	bool there = w->info.state != SERVER_NOT_RUNNING && w->info.state != SERVER_TIMED_OUT;
	bool could_ask = !w->broke || w->broken.code != ERR_SYSTEM;
	bool searches = w->chosen == NONE && w->n > 1 && !w->info.is_llama_server && could_ask;

	if (wants_key(w)) {
		w->keyed = w->asked;
		ask_health(w, w->asked, now_ms);
	} else if (is_after_round(w)) {
		tell(w, w->asked);
		ask_for_models(w, w->asked, now_ms);
	} else if (w->asks == ASKS_PROPS) {
		go_on_after_props(w, now_ms);
	} else if (searches && w->asked + 1 < w->n) {
		ask_health(w, w->asked + 1, now_ms);
	} else if (searches) {
		blame_all(w);
		end_round(w, 0, now_ms);
	} else if (w->n > 1 && w->chosen != NONE && !there) {
		w->chosen = NONE; /* it is gone: look at all of them again */
		w->props_known = false;
		ask_health(w, 0, now_ms);
	} else {
		go_on_after_health(w, now_ms);
	}
}

/* What /props has said stays while the server stays up. */
static void
begin_round(struct watch *w, int64_t now_ms)
{
	w->anything_told = w->anything_told && !w->told_is_old;
	w->told_is_old = false;
	w->asks_props_alone =
	        w->chosen != NONE && w->props_known && server_tells_sleep(w) && server_state_is_up(w->info.state);
	start_probe(w, w->chosen == NONE ? 0 : w->chosen, w->asks_props_alone ? ASKS_PROPS : ASKS_HEALTH, now_ms);
}

/* ---- for worker_thread.c ---- */

struct watch *
watch_new(struct transport *transport, struct queue *queue, uint64_t id, const struct model_client *const *clients,
        size_t n)
{
	struct watch *w = mem_alloc(sizeof(*w));

	w->transport = transport;
	w->events.queue = queue;
	w->events.id = id;
	w->n = n < WATCH_CLIENTS_MAX ? n : WATCH_CLIENTS_MAX;
	memcpy(w->clients, clients, w->n * sizeof(*clients));
	w->chosen = w->keyed = NONE;
	w->process = -1;
	buf_init(&w->body, BODY_MAX);
	return w;
}

void
watch_free(struct watch *w)
{
	transfer_free(w->transfer);
	forget_process(w);
	buf_release(&w->events.held);
	buf_release(&w->server);
	buf_release(&w->body);
	buf_release(&w->defaults);
	free(w);
}

uint64_t
watch_id(const struct watch *w)
{
	return w->events.id;
}

/* At once, or after the round that is on. */
static void
look_again(struct watch *w)
{
	w->due_ms = 0;
	w->again = w->transfer != NULL && !is_after_round(w);
}

void
watch_probe(struct watch *w)
{
	look_again(w);
	w->models_known = false;
	w->told_is_old = true;
}

static bool
is_about(const struct watch *w, const struct model_client *client)
{
	return w->chosen != NONE && w->clients[w->chosen] == client;
}

void
watch_heard(struct watch *w, const struct model_client *client)
{
	if (!is_about(w, client) || w->transfer)
		return;
	if (w->info.state == SERVER_READY)
		w->due_ms = clock_ms() + AGAIN_WHEN_FINE_MS;
	else
		w->due_ms = 0;
}

void
watch_doubt(struct watch *w, const struct model_client *client)
{
	if (!is_about(w, client))
		return;
	w->props_known = false; /* it may come back as another one */
	look_again(w);
}

int
watch_fd(const struct watch *w)
{
	return w->process;
}

void
watch_gone(struct watch *w)
{
	forget_process(w);
	w->props_known = false; /* it may come back as another one */
	look_again(w);
}

bool
watch_turn(struct watch *w, int64_t now_ms)
{
	if (w->transfer && transfer_awaits_token(w->transfer))
		w->started_ms = now_ms;
	if (w->transfer && !w->ended && now_ms >= w->started_ms + PROBE_MS) {
		w->ended = w->broke = true;
		timed_out(&w->broken, w->clients[w->asked]->server_name, "no answer from",
		        w->clients[w->asked]->endpoint.text, PROBE_MS);
	}
	if (w->ended) {
		take_answer(w);
		go_on(w, now_ms);
	} else if (!w->transfer && now_ms >= w->due_ms) {
		begin_round(w, now_ms);
	}
	return event_write_held(&w->events);
}

int64_t
watch_deadline_ms(const struct watch *w)
{
	return w->ended ? 0 : w->transfer ? w->started_ms + PROBE_MS : w->due_ms;
}
