/*
 * worker.c - the UI thread's end of the net thread's two queues: commands go in, events come out. The other end is
 * worker_thread.c.
 */
#include "net/worker.h"

#include <assert.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/start_limit.h"
#include "base/thread.h"
#include "net/worker_inside.h"

enum {
	EVENTS_SIZE = 256 * 1024,  /* bytes: some 2,000 tokens ahead of the screen */
	COMMANDS_SIZE = 64 * 1024, /* bytes: some 1,000 commands */
	LOOKS = 5,                 /* that find the thread in the same turn, until it is late */
	END_MS = 2000,             /* for the thread to end */
};

static void
wake_ui(void *arg)
{
	struct net *net = arg;

	wake_ring(&net->wake);
}

static void
wake_net(void *arg)
{
	struct net *net = arg;

	transport_wake(net->transport);
}

struct net *
net_prepare(struct log *log, struct err *err)
{
	struct net *net = mem_alloc(sizeof(*net));

	if (!wake_init(&net->wake, err)) {
		free(net);
		return NULL;
	}
	net->log = log_share(log);
	atomic_init(&net->holders, 1);
	net->transport = transport_new(err);
	if (net->transport) {
		net->events = queue_new(EVENTS_SIZE, wake_ui, wake_net, net);
		net->commands = queue_new(COMMANDS_SIZE, wake_net, NULL, net);
		net->notes.queue = net->events;
		net->slots.transport = net->transport;
		net->slots.queue = net->events;
		return net;
	}
	worker_let_go(net);
	return NULL;
}

bool
net_start(struct net *net, struct err *err)
{
	atomic_fetch_add(&net->holders, 1);
	net->started = thread_start(&net->thread, worker_run, net, err);
	if (!net->started)
		atomic_fetch_sub(&net->holders, 1);
	return net->started;
}

struct net *
net_new(struct log *log, struct err *err)
{
	struct net *net = net_prepare(log, err);

	if (!net || net_start(net, err))
		return net;
	(void)!net_free(net);
	return NULL;
}

static bool
is_known_late(const struct net *net)
{
	return net->looks >= LOOKS;
}

/* False: the time is over. */
static bool
wait_for_end(struct net *net)
{
	struct pollfd fd = {net_fd(net), POLLIN, 0};
	int64_t end_ms = clock_ms() + (is_known_late(net) ? 0 : END_MS), left;

	while (!atomic_load(&net->ended)) {
		if ((left = end_ms - clock_ms()) <= 0)
			return false;
		poll(&fd, 1, (int)left);
		wake_clear(&net->wake);
	}
	return true;
}

bool
net_free(struct net *net)
{
	bool ended = true;

	if (!net)
		return true;
	atomic_store(&net->quit, true);
	transport_wake(net->transport);
	if (net->started && wait_for_end(net))
		pthread_join(net->thread, NULL);
	else if (net->started)
		ended = false;
	if (!ended)
		thread_leave(net->thread);
	worker_let_go(net);
	return ended;
}

/* ---- a thread that is stuck ---- */

/* Looks are counted, not milliseconds: a program that was stopped (Ctrl+Z) has missed them all. One that finds the thread computing,
 * or without a processor on a busy machine, does not count. */
bool
net_is_late(struct net *net, int *again_ms)
{
	uint64_t turn = transport_waits(net->transport);
	int look_ms = start_limit_ms() / LOOKS;

	if (turn != net->turn_seen) {
		net->turn_seen = turn;
		net->looks = 0;
		net->looked_ms = clock_ms();
	}
	*again_ms = net->started && (atomic_exchange(&net->begins, false) || turn % 2 == 1) ? look_ms : -1;
	if (!net->started || turn % 2 == 0)
		return false;
	if (clock_ms() - net->looked_ms >= look_ms) {
		net->looks += !thread_wants_processor(atomic_load(&net->number));
		net->looked_ms = clock_ms();
	}
	return is_known_late(net);
}

bool
net_set_late(struct err *err)
{
	return err_set(err, ERR_SYSTEM, "the disk does not answer (a file that the network needs)");
}

int
net_fd(const struct net *net)
{
	return net->wake.read_fd;
}

bool
net_sleep(struct net *net)
{
	return queue_sleep(net->events);
}

void
net_awake(struct net *net, bool readable)
{
	queue_wake_up(net->events);
	if (readable)
		wake_clear(&net->wake);
}

const struct queue_record *
net_peek(struct net *net)
{
	return queue_peek(net->events);
}

void
net_consume(struct net *net)
{
	queue_consume(net->events);
}

uint64_t
net_new_stream(struct net *net)
{
	return ++net->last_stream;
}

static bool
command(struct net *net, enum command_type type, uint64_t id, const void *data, size_t size)
{
	struct queue_record *r = queue_reserve(net->commands, (uint16_t)type, id, size);

	if (!r)
		return false;
	if (size > 0)
		memcpy(r->data, data, size);
	queue_push(net->commands);
	queue_publish(net->commands);
	atomic_store(&net->begins, true);
	return true;
}

struct unsent {
	enum command_type type;
	uint64_t id;
	size_t size; /* bytes of its data, which follow */
};

/* What did not fit goes out before the next command. */
static void
send_unsent(struct net *net)
{
	struct unsent u;

	while (net->unsent.len > 0) {
		memcpy(&u, net->unsent.data, sizeof(u));
		if (!command(net, u.type, u.id, net->unsent.data + sizeof(u), u.size))
			return;
		buf_drop(&net->unsent, sizeof(u) + u.size);
	}
}

/* Of those that must not be lost: they are few, and made by a person. */
static void
command_surely(struct net *net, enum command_type type, uint64_t id, const void *data, size_t size)
{
	const struct unsent u = {type, id, size};

	buf_put(&net->unsent, (const char *)&u, sizeof(u));
	if (size > 0)
		buf_put(&net->unsent, data, size);
	send_unsent(net);
}

static bool
order(struct net *net, enum command_type type, uint64_t id, const struct order_command *o, struct err *err)
{
	send_unsent(net);
	if (command(net, type, id, o, sizeof(*o)))
		return true;
	chat_order_free(o->order);
	return err_set(err, ERR_SYSTEM, "too many requests are waiting: try again");
}

bool
net_chat(struct net *net, uint64_t stream, const struct model_client *client, struct chat_order *o, struct err *err)
{
	return order(net, COMMAND_CHAT, stream, &(struct order_command){.client = client, .order = o}, err);
}

bool
net_call_about(struct net *net, uint64_t id, const struct model_client *client, struct chat_order *o, int64_t limit_ms,
        struct err *err)
{
	return order(net, COMMAND_CALL_ABOUT, id, &(struct order_command){client, o, limit_ms}, err);
}

bool
net_call(struct net *net, uint64_t id, struct http_request *request, int64_t limit_ms, struct err *err)
{
	struct call_command call = {mem_alloc(sizeof(*call.request)), limit_ms};

	send_unsent(net);
	*call.request = *request;
	*request = (struct http_request){0};
	if (command(net, COMMAND_CALL, id, &call, sizeof(call)))
		return true;
	http_request_release(call.request);
	free(call.request);
	return err_set(err, ERR_SYSTEM, "too many requests are waiting: try again");
}

bool
net_follow(struct net *net, uint64_t id, struct http_request *request, struct err *err)
{
	return net_call(net, id, request, CALL_FOLLOWS, err);
}

void
net_cancel(struct net *net, uint64_t stream)
{
	command_surely(net, COMMAND_CANCEL, stream, NULL, 0);
}

/* False: a thousand commands wait already. */
static bool
command_kept(
        struct net *net, enum command_type type, uint64_t id, const struct model_client *client, const char *stream_id)
{
	struct kept_command c = {.client = client};

	assert(model_resume(client) && strlen(stream_id) < sizeof(c.stream_id));
	strcpy(c.stream_id, stream_id);
	send_unsent(net);
	return command(net, type, id, &c, sizeof(c));
}

void
net_stop(struct net *net, const struct model_client *client, const char *stream_id)
{
	/* Then it is of no use any more. */
	if (!model_resume(client) || !command_kept(net, COMMAND_STOP, 0, client, stream_id))
		return;
}

bool
net_take_up(struct net *net, uint64_t stream, const struct model_client *client, const char *stream_id, struct err *err)
{
	return command_kept(net, COMMAND_TAKE_UP, stream, client, stream_id) ||
	       err_set(err, ERR_SYSTEM, "too many requests are waiting: try again");
}

/* True: the record with this id came. What else comes is dropped. */
static bool
take_settled(struct net *net, uint64_t id)
{
	const struct queue_record *r;
	bool settled = false;

	while (!settled && (r = net_peek(net))) {
		settled = r->type == NET_SETTLED && r->id == id;
		net_consume(net);
	}
	return settled;
}

void
net_settle(struct net *net, int ms)
{
	int64_t end_ms = clock_ms() + ms, left;
	uint64_t id = net_new_stream(net);
	struct pollfd fd = {.fd = net_fd(net), .events = POLLIN};

	send_unsent(net);
	if (is_known_late(net) || !command(net, COMMAND_SETTLE, id, NULL, 0))
		return;
	while (!take_settled(net, id) && (left = end_ms - clock_ms()) > 0) {
		if (net_sleep(net))
			poll(&fd, 1, (int)left);
		net_awake(net, fd.revents != 0);
	}
}

/* A full queue holds a thousand other commands: then nothing is said of this stop. */
void
net_watch_stop(struct net *net, uint64_t stream, uint64_t id, const struct slot_trace *trace)
{
	struct stop_command c = {stream, *trace};

	(void)command(net, COMMAND_WATCH_STOP, id, &c, sizeof(c));
}

void
net_unwatch_stop(struct net *net, uint64_t id)
{
	(void)command(net, COMMAND_UNWATCH_STOP, id, NULL, 0);
}

void
net_be_patient(struct net *net, uint64_t stream)
{
	send_unsent(net);
	/* A full queue is a busy net thread: it is said again. */
	if (!command(net, COMMAND_PATIENT, stream, NULL, 0))
		return;
}

void
net_watch(struct net *net, uint64_t watch, const struct model_client *const *clients, size_t n)
{
	struct watch_command c = {.n = n};

	assert(n <= WATCH_CLIENTS_MAX);
	memcpy(c.clients, clients, n * sizeof(*clients));
	command_surely(net, COMMAND_WATCH, watch, &c, sizeof(c));
}

void
net_unwatch(struct net *net, uint64_t watch)
{
	command_surely(net, COMMAND_UNWATCH, watch, NULL, 0);
}

void
net_probe(struct net *net, uint64_t watch)
{
	send_unsent(net);
	/* A full queue holds a thousand other commands, and the next probe is near. */
	if (!command(net, COMMAND_PROBE, watch, NULL, 0))
		return;
}

void
net_hasten(int times)
{
	stream_hasten(times);
}

void
net_send_notes(struct net *net)
{
	atomic_store(&net->wants_notes, true);
}
