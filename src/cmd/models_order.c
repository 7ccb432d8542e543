/*
 * models_order.c - first the models, then the server's events and the order, then the models again every now and then until the
 * model is what it is to be: a server without events is asked more often, for they tell at once.
 */
#include "cmd/models_order.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/signals.h"
#include "cmd/history_tools.h"
#include "cmd/models_ask.h"
#include "cmd/say.h"
#include "net/events.h"

enum {
	LOOK_AGAIN_MS = 2000,   /* while events tell */
	LOOK_OFTEN_MS = 500,    /* where none do */
	UNMOVED_LOOKS_MOST = 4, /* at a model that is not being loaded although the server said that it would be */
	FIRST_EVENT_MS = 1000,  /* for the beginning of the events, before the order is given without them */
};

struct order {
	struct models_ask ask;
	size_t server;
	const char *name;         /* on the server */
	bool load;                /* else unload */
	uint64_t follows, orders; /* calls that run; 0: none */
	bool hears;               /* events */
	bool ordered;             /* the server said yes */
	bool moved;               /* it was seen being loaded since */
	int unmoved;              /* looks that did not see it */
	struct buf body;          /* of the order's answer */
	bool over;
	struct err err; /* once it is over; ERR_NONE: it is so */
	int64_t look_ms;
	struct progress progress;
};

static struct served *
served_of(struct order *o)
{
	return &o->ask.items[o->server].served;
}

static const struct model_client *
client_of(const struct order *o)
{
	return models_ask_client(&o->ask, o->server);
}

static void
end_order(struct order *o)
{
	o->over = true;
	o->err = (struct err){0};
}

/* ---- has it come to that? ---- */

static void
fail(struct order *o, const struct served_model *model)
{
	char why[SERVED_WHY_MAX];

	o->over = true;
	served_put_why(model, why);
	err_set(&o->err, ERR_SERVER, "model \"%s\" failed to load%s%s", o->name, *why ? ": " : "", why);
}

static void
judge_loading(struct order *o, const struct served_model *model, bool is_look)
{
	o->moved |= model_state_is_on_its_way(model->state);
	o->unmoved += is_look && !o->moved;
	if (model->state == MODEL_LOADED || model->state == MODEL_SLEEPING) {
		end_order(o);
	} else if (model->state == MODEL_FAILED) {
		fail(o, model);
	} else if (model->state == MODEL_UNLOADED && (o->moved || o->unmoved > UNMOVED_LOOKS_MOST)) {
		o->over = true;
		err_set(&o->err, ERR_SERVER, "model \"%s\" was not loaded: the server has unloaded it", o->name);
	}
}

/* What is known of the server has changed. A look is a whole list, an event is none. */
static void
judge(struct order *o, bool is_look)
{
	const struct served *served = served_of(o);
	const struct served_model *model = served_find(served, o->name);

	if (!o->ordered || o->over)
		return;
	if (served->state == MODEL_UNREACHABLE) {
		o->over = true;
		o->err = served->error;
	} else if (served->state == MODEL_LOADED && !model) {
		o->over = true;
		err_set(&o->err, ERR_SERVER, "the server has no model \"%s\" any more", o->name);
	} else if (model && o->load) {
		judge_loading(o, model, is_look);
	} else if (model && (model->state == MODEL_UNLOADED || model->state == MODEL_FAILED)) {
		end_order(o);
	}
}

/* ---- what comes ---- */

static void
look_at_once(struct order *o)
{
	o->look_ms = 0;
}

static void
take_order_answer(struct order *o, const struct net_answer *answer)
{
	struct err err = {0};

	o->orders = 0;
	if (answer->broken.code != ERR_NONE)
		err = answer->broken;
	else if (served_take_order(client_of(o), answer->status, buf_text(&o->body), o->body.len, &err))
		err = (struct err){0};
	o->ordered = err.code == ERR_NONE;
	look_at_once(o);
	if (o->ordered && o->load)
		served_expect_loading(served_of(o), o->name);
	if (o->ordered)
		return;
	o->over = true;
	err_set(&o->err, err.code, "model \"%s\": %s", o->name, err.text);
}

static void
take_event(struct order *o, const char *text, size_t n)
{
	o->hears = true;
	if (n == 0 || !served_take_event(served_of(o), text, n))
		look_at_once(o);
	judge(o, false);
}

static void
take_other(void *arg, const struct queue_record *r)
{
	struct order *o = arg;
	struct net_answer answer;

	if (r->id == o->follows && r->type == NET_EVENT) {
		take_event(o, (const char *)r->data, r->size);
	} else if (r->id == o->follows && r->type == NET_ANSWER) {
		o->follows = 0;
		o->hears = false;
	} else if (r->id == o->orders && r->type == NET_ANSWER_BODY) {
		buf_put(&o->body, (const char *)r->data, r->size);
	} else if (r->id == o->orders && r->type == NET_ANSWER) {
		memcpy(&answer, r->data, sizeof(answer));
		take_order_answer(o, &answer);
	}
}

/* ---- the course of it ---- */

static bool
send_order(struct order *o, struct err *err)
{
	struct http_request request = {0};

	if (!model_is_llama_server(client_of(o)))
		return err_set(
		        err, ERR_SERVER, "%s: its server is no llama-server, and loads no models when asked", o->name);
	if (!(o->load ? served_load_request : served_unload_request)(client_of(o), o->name, &request, err))
		return false;
	o->orders = net_new_stream(o->ask.net);
	if (net_call(o->ask.net, o->orders, &request, MODELS_ANSWER_MS, err))
		return true;
	http_request_release(&request);
	return false;
}

static void
follow(struct order *o)
{
	struct http_request request = {0};
	struct err ignored;

	served_events_request(client_of(o), &request);
	o->follows = net_new_stream(o->ask.net);
	if (net_follow(o->ask.net, o->follows, &request, &ignored))
		return;
	http_request_release(&request);
	o->follows = 0;
}

/* The order is given when its events can be heard, so that none is missed. False: a signal came. */
static bool
wait_for_events(struct order *o)
{
	int64_t until_ms = clock_ms() + FIRST_EVENT_MS, left;

	follow(o);
	while (o->follows && !o->hears && (left = until_ms - clock_ms()) > 0)
		if (!models_ask_turn(&o->ask, (int)left))
			return false;
	return true;
}

static void
tell_progress(struct order *o)
{
	const struct served_model *model = served_find(served_of(o), o->name);

	if (!o->load)
		progress_tell(&o->progress, "unloading %s", o->name);
	else if (model && model->percent >= 0)
		progress_tell(&o->progress, "%s %s %d %%", model_state_word(model->state), o->name, model->percent);
	else
		progress_tell(&o->progress, "loading %s", o->name);
}

/* A new look, when it is time. True: one is on its way. */
static bool
looks(struct order *o)
{
	int64_t now_ms = clock_ms();

	if (!models_ask_is_done(&o->ask))
		return true;
	if (!o->orders && now_ms >= o->look_ms) {
		models_ask_server(&o->ask, o->server);
		o->look_ms = now_ms + (o->hears ? LOOK_AGAIN_MS : LOOK_OFTEN_MS);
		return true;
	}
	return false;
}

/* False: a signal came. */
static bool
wait_until_over(struct order *o)
{
	while (!o->over) {
		bool looked = looks(o);

		tell_progress(o);
		if (!models_ask_turn(&o->ask, LOOK_OFTEN_MS / 2))
			return false;
		if (looked && models_ask_is_done(&o->ask))
			judge(o, true);
	}
	return true;
}

/* A server that is loading its only model: no order is needed. */
static bool
waits_for_only_model(struct order *o)
{
	while (served_of(o)->state == MODEL_LOADING) {
		progress_tell(&o->progress, "loading");
		models_ask_server(&o->ask, o->server);
		if (!models_ask_wait(&o->ask) ||
		        (served_of(o)->state == MODEL_LOADING && !models_ask_turn(&o->ask, LOOK_OFTEN_MS)))
			return false;
	}
	return true;
}

/* ---- what is there ---- */

static void
put_names(const struct served *served, struct buf *out)
{
	for (size_t i = 0; i < served->n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", served->models[i].name);
}

static void
refuse_unknown(struct order *o)
{
	struct buf names = {0};

	put_names(served_of(o), &names);
	if (o->name)
		err_set(&o->err, ERR_SERVER, "the server has no model \"%s\": it has %s", o->name, buf_text(&names));
	else
		err_set(&o->err, ERR_SERVER, "the server has several models, name one of them: %s", buf_text(&names));
	buf_release(&names);
	o->over = true;
}

/* Of a server with one model: it is there, and stays. */
static void
judge_only_model(struct order *o)
{
	const struct served *served = served_of(o);
	bool asks_another =
	        o->ask.config.model->asked && served->n == 1 && !served_is_called(&served->models[0], o->name);

	if (served->n == 0 || asks_another) {
		refuse_unknown(o);
	} else if (o->load) {
		end_order(o);
	} else {
		o->over = true;
		err_set(&o->err, ERR_SERVER, "%s keeps the model that it was started with: it unloads none",
		        client_of(o)->endpoint.text);
	}
}

/* Over, or an order is needed. */
static void
judge_list(struct order *o)
{
	const struct served *served = served_of(o);
	const struct served_model *model = o->name ? served_find(served, o->name) : NULL;

	if (served->state != MODEL_LOADED) {
		o->over = true;
		o->err = served->error;
	} else if (!served_has_several(served)) {
		judge_only_model(o);
	} else if (!model) {
		refuse_unknown(o);
	} else {
		o->name = model->name;
		if (o->load ? model->state == MODEL_LOADED : model->state == MODEL_UNLOADED)
			end_order(o);
	}
}

/* ---- the command ---- */

/* False: a signal came. */
static bool
carry_out(struct order *o)
{
	char *name;
	bool waited;

	models_ask_server(&o->ask, o->server);
	if (!models_ask_wait(&o->ask) || !waits_for_only_model(o))
		return false;
	judge_list(o);
	if (o->over)
		return true;
	o->name = name = mem_strdup(o->name);
	waited = wait_for_events(o);
	if (waited && !o->over && !send_order(o, &o->err))
		o->over = true;
	waited = waited && wait_until_over(o);
	o->name = NULL;
	free(name);
	return waited;
}

static int
run(const struct options *options, bool load)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct config_flags flags = options->config;
	struct order o = {.load = load};
	struct err err;
	bool done;
	int status;

	flags.model = options->words[0];
	if (!signals_init(signals, ARRAY_LEN(signals), &err) || !models_ask_init(&o.ask, &flags, &err))
		return say_err(&err);
	o.ask.other = take_other;
	o.ask.arg = &o;
	o.server = o.ask.servers.of[o.ask.config.model - o.ask.config.models];
	o.name = o.ask.config.model->model;
	done = carry_out(&o);
	progress_end(&o.progress);
	status = !done ? 128 + signals_take() : o.err.code != ERR_NONE ? say_err(&o.err) : 0;
	buf_release(&o.body);
	models_ask_release(&o.ask);
	return status;
}

int
cmd_models_load(const struct options *options)
{
	return run(options, true);
}

int
cmd_models_unload(const struct options *options)
{
	return run(options, false);
}
