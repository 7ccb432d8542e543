/*
 * slot_watch.c - one small request after another; what each answer says is written only when it is news.
 *
 * llama-server answers no byte to a request that waits for a slot, and does not say which slot a reply has. So the slot of
 * a stopped reply is looked for once, by its counts of tokens, and then followed by the number of its task.
 */
#include "net/slot_watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "net/events.h"

enum {
	WAIT_MS = 2000, /* of silence after a prompt, and between two looks; half of a time-out that is shorter */
	STOP_MS = 5000,
	STOP_FIRST_MS = 100, /* then twice as long each time, */
	STOP_LAST_MS = 1000, /* up to this */
	ANSWER_MS = 5000,
	BODY_MAX = 4 * 1024 * 1024,
};

struct slot_watch {
	struct event_writer events;
	const struct model_client *client;
	int64_t due_ms, step_ms; /* of the next request */
	bool over;               /* the last record is written, or held */

	/* the running request */
	struct transfer *transfer; /* NULL: none */
	int64_t asked_ms;
	bool ended;
	struct net_answer answer;
	struct buf body;

	/* of a stream that waits */
	struct net_slots told;
	bool anything_told;
	int64_t patient_ms;

	/* of one that was stopped */
	bool stops;
	struct slot_trace trace;
	int64_t end_ms;
	int64_t task; /* -1: not known yet */
	bool seen;    /* it was busy with this stream */
};

static int hastened = 1;

void
slot_watch_hasten(int times)
{
	hastened = times;
}

/* ---- a request ---- */

static void
on_head(void *arg, const struct http_head *head)
{
	struct slot_watch *w = arg;

	w->answer.status = head->status;
}

static bool
on_body(void *arg, const char *bytes, size_t n)
{
	struct slot_watch *w = arg;
	bool fits = buf_append(&w->body, bytes, n);

	(void)fits; /* what is too long is no JSON either */
	return true;
}

static void
on_end(void *arg, const struct err *broken)
{
	struct slot_watch *w = arg;

	w->ended = true;
	if (broken)
		w->answer.broken = *broken;
}

static const struct transfer_handler handler = {on_head, on_body, on_end};

static void
ask(struct slot_watch *w, struct transport *transport, int64_t now_ms)
{
	struct http_request request = {0};

	slots_request(w->client, &request);
	w->answer = (struct net_answer){0};
	buf_clear(&w->body);
	w->asked_ms = now_ms;
	w->transfer = transport_start(transport, &request, &handler, w, &w->answer.broken);
	w->ended = !w->transfer;
}

static void
close_request(struct slot_watch *w)
{
	transfer_free(w->transfer);
	w->transfer = NULL;
	w->ended = false;
}

/* ---- answers ---- */

static void
tell_slots(struct slot_watch *w, const struct net_slots *now)
{
	if (w->anything_told && memcmp(now, &w->told, sizeof(*now)) == 0)
		return;
	w->told = *now;
	w->anything_told = true;
	(void)event_write_record(&w->events, NET_SLOTS, now, sizeof(*now));
}

static void
take_while_waiting(struct slot_watch *w, const struct slots *slots, int64_t now_ms)
{
	struct net_slots now = {0};

	now.told = slots->n > 0;
	now.total = (int)slots->n;
	now.busy = (int)slots->n_busy;
	if (now.told && now.busy == now.total)
		w->patient_ms = now_ms;
	tell_slots(w, &now);
}

static void
end_stop(struct slot_watch *w, enum net_stopped outcome)
{
	close_request(w);
	w->over = true;
	(void)event_write_record(&w->events, NET_STOPPED, &outcome, sizeof(outcome));
}

static void
take_after_stop(struct slot_watch *w, const struct slots *slots)
{
	if (slots->n == 0) {
		end_stop(w, NET_STOPPED_UNKNOWN);
		return;
	}
	if (w->task < 0)
		w->task = slot_trace_task(&w->trace, slots);
	w->seen = w->task >= 0 && slot_trace_is_on(slots, w->task);
	if (!w->seen)
		end_stop(w, NET_STOPPED_DONE);
}

static void
give_up(struct slot_watch *w, int64_t now_ms)
{
	close_request(w);
	w->due_ms = now_ms + w->step_ms;
}

/* One that is broken says nothing: what is the matter with the server is told by its watch. */
static void
take_answer(struct slot_watch *w, int64_t now_ms)
{
	struct slots slots;
	struct err ignored;
	bool whole = w->answer.broken.code == ERR_NONE;

	close_request(w);
	w->due_ms = now_ms + w->step_ms;
	if (w->stops && w->step_ms < STOP_LAST_MS / hastened)
		w->step_ms *= 2;
	if (!whole)
		return;
	if (!slots_read(&slots, w->client, w->answer.status, buf_text(&w->body), w->body.len, &ignored))
		slots.n = 0; /* not told */
	if (w->stops)
		take_after_stop(w, &slots);
	else
		take_while_waiting(w, &slots, now_ms);
	slots_release(&slots);
}

/* ---- a watch ---- */

static struct slot_watch *
add(struct slot_watches *all, uint64_t id, const struct model_client *client, int64_t due_ms, int64_t step_ms)
{
	struct slot_watch *w = mem_alloc(sizeof(*w));

	w->events.queue = all->queue;
	w->events.id = id;
	w->client = client;
	w->due_ms = due_ms;
	w->step_ms = step_ms;
	w->task = -1;
	buf_init(&w->body, BODY_MAX);
	all->items = mem_realloc(all->items, (all->n + 1) * sizeof(struct slot_watch *));
	all->items[all->n++] = w;
	return w;
}

static void
watch_free(struct slot_watch *w)
{
	transfer_free(w->transfer);
	buf_release(&w->events.held);
	buf_release(&w->body);
	free(w);
}

/* Only a llama-server has slots to look at. */
static void
look(struct slot_watch *w, struct transport *transport, int64_t now_ms)
{
	if (model_is_llama_server(w->client)) {
		ask(w, transport, now_ms);
	} else if (w->stops) {
		end_stop(w, NET_STOPPED_UNKNOWN);
	} else {
		tell_slots(w, &(struct net_slots){0});
		w->due_ms = INT64_MAX;
	}
}

static void
watch_turn(struct slot_watch *w, struct transport *transport, int64_t now_ms)
{
	if (w->over)
		return;
	if (w->ended)
		take_answer(w, now_ms);
	else if (w->transfer && now_ms >= w->asked_ms + ANSWER_MS)
		give_up(w, now_ms);
	if (!w->over && w->stops && now_ms >= w->end_ms)
		end_stop(w, w->seen ? NET_STOPPED_WORKS : NET_STOPPED_UNKNOWN);
	if (!w->over && !w->transfer && now_ms >= w->due_ms)
		look(w, transport, now_ms);
}

static int64_t
watch_deadline_ms(const struct slot_watch *w)
{
	int64_t next = w->transfer ? w->asked_ms + ANSWER_MS : w->due_ms;

	if (w->over)
		return INT64_MAX;
	if (w->ended)
		return 0;
	return w->stops && w->end_ms < next ? w->end_ms : next;
}

/* ---- all of them ---- */

void
slot_watches_release(struct slot_watches *all)
{
	for (size_t i = 0; i < all->n; i++)
		watch_free(all->items[i]);
	free(all->items);
	*all = (struct slot_watches){0};
}

void
slot_watches_wait(struct slot_watches *all, uint64_t stream, const struct model_client *client)
{
	int64_t step_ms = WAIT_MS / hastened;

	if (client->timeout_ms > 0 && client->timeout_ms / 2 < step_ms)
		step_ms = client->timeout_ms / 2;
	add(all, stream, client, clock_ms() + step_ms, step_ms);
}

static struct slot_watch *
find(const struct slot_watches *all, uint64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->items[i]->events.id == id)
			return all->items[i];
	return NULL;
}

int64_t
slot_watches_patient_ms(const struct slot_watches *all, uint64_t stream)
{
	const struct slot_watch *w = find(all, stream);

	return w ? w->patient_ms : 0;
}

void
slot_watches_stop(
        struct slot_watches *all, uint64_t id, const struct model_client *client, const struct slot_trace *trace)
{
	int64_t now_ms = clock_ms();
	struct slot_watch *w = add(all, id, client, now_ms, STOP_FIRST_MS / hastened);

	w->stops = true;
	w->trace = *trace;
	w->end_ms = now_ms + STOP_MS / hastened;
}

static void
remove_at(struct slot_watches *all, size_t i)
{
	watch_free(all->items[i]);
	all->items[i] = all->items[--all->n];
}

void
slot_watches_drop(struct slot_watches *all, uint64_t id)
{
	for (size_t i = all->n; i-- > 0;)
		if (all->items[i]->events.id == id)
			remove_at(all, i);
}

bool
slot_watches_turn(struct slot_watches *all, int64_t now_ms)
{
	bool held = false;

	for (size_t i = all->n; i-- > 0;) {
		struct slot_watch *w = all->items[i];
		bool written;

		watch_turn(w, all->transport, now_ms);
		written = event_write_held(&w->events);
		held |= !written;
		if (w->over && written)
			remove_at(all, i);
	}
	return held;
}

int64_t
slot_watches_deadline_ms(const struct slot_watches *all)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < all->n; i++)
		if (watch_deadline_ms(all->items[i]) < next)
			next = watch_deadline_ms(all->items[i]);
	return next;
}
