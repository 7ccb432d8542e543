/*
 * worker.c - the UI thread's end of the queues to and from the store's two threads.
 */
#include "config.h"

#include "store/worker.h"

#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/thread.h"
#include "store/reader.h"
#include "store/worker_thread.h"
#include "store/writer.h"

enum {
	QUEUE_SIZE = 64 * 1024, /* bytes: two thousand pointers */
	END_MS = 4000,          /* for the threads to end */
	PATIENCE_MS = 20,       /* for the result of a save: tokens come sooner, and a person sees no difference */
	BUSY_PART = 50, /* of the time, that a thread which computes has a processor on all but the busiest machines */
};

/* ---- beginning and end ---- */

static void
wake_ui(void *arg)
{
	struct end *end = arg;

	wake_ring(end->for_ui);
}

static void
wake_thread(void *arg)
{
	struct end *end = arg;

	wake_ring(&end->wake);
}

static bool
end_init(struct end *end, struct wake *for_ui, struct err *err)
{
	if (!wake_init(&end->wake, err))
		return false;
	end->for_ui = for_ui;
	end->to_ui = queue_new(QUEUE_SIZE, wake_ui, wake_thread, end);
	end->from_ui = queue_new(QUEUE_SIZE, wake_thread, NULL, end);
	return true;
}

/* One that did not start may have no wake-up, and its descriptor would be standard input. */
static void
ring(struct end *end)
{
	if (end->started)
		wake_ring(&end->wake);
}

static void
quit(struct store *store)
{
	atomic_store(&store->quit, true);
	ring(&store->writer);
	ring(&store->reader);
}

/* The thread is one of those that hold the store before it runs. */
static bool
start_thread(struct store *store, struct end *end, void *(*run)(void *), struct err *err)
{
	atomic_fetch_add(&store->holders, 1);
	end->started = thread_start(&end->thread, run, store, err);
	if (!end->started)
		atomic_fetch_sub(&store->holders, 1);
	return end->started;
}

static bool
make_ends(struct store *store, struct err *err)
{
	if (!end_init(&store->writer, &store->for_ui, err) || !end_init(&store->reader, &store->for_ui, err))
		return false;
	gate_init(&store->gate, &store->writer.wake, &store->reader.wake);
	return true;
}

struct store *
store_prepare(const char *history, const char *prompts, struct log *log, struct err *err)
{
	struct store *store = mem_alloc(sizeof(*store));

	if (!wake_init(&store->for_ui, err)) {
		free(store);
		return NULL;
	}
	store->path = mem_strdup(history);
	store->prompts_path = mem_strdup(prompts);
	store->log = log_share(log);
	store->last_command = store->last_urgent = history ? 1 : 0;
	store->busy_ms = clock_ms();
	atomic_init(&store->holders, 1);
	if (make_ends(store, err))
		return store;
	store_free(store);
	return NULL;
}

bool
store_start(struct store *store, struct err *err)
{
	return start_thread(store, &store->writer, writer_run, err) &&
	       start_thread(store, &store->reader, reader_run, err);
}

struct store *
store_new(const char *history, const char *prompts, struct log *log, struct err *err)
{
	struct store *store = store_prepare(history, prompts, log, err);

	if (!store || store_start(store, err))
		return store;
	store_free(store);
	return NULL;
}

/* ---- the end ---- */

static bool
has_ended(struct end *end)
{
	return !end->started || atomic_load(&end->ended);
}

bool
store_end(struct store *store, int ms)
{
	struct pollfd fd = {store->for_ui.read_fd, POLLIN, 0};
	int64_t end_ms = clock_ms() + ms, left;

	quit(store);
	while (!has_ended(&store->writer) || !has_ended(&store->reader)) {
		if ((left = end_ms - clock_ms()) <= 0)
			return false;
		poll(&fd, 1, (int)left);
		wake_clear(&store->for_ui);
	}
	return true;
}

/* -1: it has ended, or the system does not tell. */
static int64_t
computed_ns(const struct end *end)
{
#ifdef HAVE_PTHREAD_GETCPUCLOCKID
	struct timespec t;
	clockid_t clock;

	if (end->started && pthread_getcpuclockid(end->thread, &clock) == 0 && clock_gettime(clock, &t) == 0)
		return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
#else
	(void)end;
#endif
	return -1;
}

bool
store_computes(struct store *store)
{
	int64_t ns = computed_ns(&store->writer), now_ns = clock_ns();
	bool computed = ns >= 0 && (ns - store->computed_ns) * BUSY_PART > now_ns - store->computed_at_ns;

	store->computed_ns = ns;
	store->computed_at_ns = now_ns;
	return computed || (!has_ended(&store->writer) && thread_wants_processor(atomic_load(&store->writer.number)));
}

bool
store_end_computing(struct store *store, int ms)
{
	int64_t last_ms = clock_ms() + ms + STORE_LONGER_MS;
	bool ended, computes = true;

	(void)store_computes(store);
	ended = store_end(store, ms);
	while (!ended && computes) {
		computes = store_computes(store) && clock_ms() < last_ms;
		ended = store_end(store, STORE_COMPUTING_MS);
	}
	return ended;
}

static void
leave_thread(struct end *end)
{
	if (!end->started)
		return;
	if (atomic_load(&end->ended))
		pthread_join(end->thread, NULL);
	else
		thread_leave(end->thread);
}

void
store_free(struct store *store)
{
	if (!store)
		return;
	if (!atomic_load(&store->quit))
		(void)!store_end(store, END_MS);
	leave_thread(&store->writer);
	leave_thread(&store->reader);
	store_let_go(store);
}

/* ---- the UI thread ---- */

int
store_fd(const struct store *store)
{
	return store->for_ui.read_fd;
}

int
store_patience_ms(struct store *store, int64_t now_ms)
{
	uint64_t done = atomic_load(&store->done);
	int64_t left = store->saved_ms + PATIENCE_MS - now_ms;

	return done == store->last_command || done < store->last_urgent || left <= 0 ? -1 : (int)left;
}

bool
store_sleep(struct store *store, bool patient)
{
	return (patient || queue_sleep(store->writer.to_ui)) && queue_sleep(store->reader.to_ui);
}

void
store_awake(struct store *store, bool readable)
{
	queue_wake_up(store->writer.to_ui);
	queue_wake_up(store->reader.to_ui);
	if (readable)
		wake_clear(&store->for_ui);
}

struct store_result *
store_take(struct store *store)
{
	struct store_result *r = pointer_take(store->writer.to_ui);

	return r ? r : pointer_take(store->reader.to_ui);
}

int64_t
store_busy_ms(struct store *store, int64_t now_ms)
{
	uint64_t done = atomic_load(&store->done);

	if (done != store->seen_done || done == store->last_command)
		store->busy_ms = now_ms;
	store->seen_done = done;
	return done == store->last_command ? -1 : now_ms - store->busy_ms;
}

static void
note_command(struct store *store, enum command_type type, int64_t now_ms)
{
	store->last_command++;
	if (type == COMMAND_SAVE)
		store->saved_ms = now_ms;
	else if (type != COMMAND_SET && type != COMMAND_PROMPT)
		store->last_urgent = store->last_command;
}

/* Takes what the command holds only when it was sent. */
static bool
send(struct store *store, struct command command)
{
	struct command *c = mem_alloc(sizeof(*c));
	enum command_type type = command.type;
	int64_t now_ms = clock_ms();

	(void)store_busy_ms(store, now_ms);
	*c = command;
	if (pointer_put(store->writer.from_ui, c)) {
		note_command(store, type, now_ms);
		return true;
	}
	free(c);
	return false;
}

static bool
send_texts(struct store *store, struct command command, const char *key, const char *text)
{
	command.key = mem_strdup(key);
	command.text = mem_strdup(text);
	if (send(store, command))
		return true;
	free(command.key);
	free(command.text);
	return false;
}

bool
store_save(struct store *store, struct save *save)
{
	return send(store, (struct command){.type = COMMAND_SAVE, .save = save});
}

bool
store_load(struct store *store, int64_t conversation)
{
	return send(store, (struct command){.type = COMMAND_LOAD, .id = conversation});
}

bool
store_claim(struct store *store, int64_t message)
{
	return send(store, (struct command){.type = COMMAND_CLAIM, .id = message});
}

bool
store_edit(struct store *store, int64_t conversation, enum edit_type edit, const char *title)
{
	return send_texts(store, (struct command){.type = COMMAND_EDIT, .id = conversation, .edit = edit}, NULL, title);
}

bool
store_ask(struct store *store, struct store_question *question)
{
	int kind = question->kind; /* once it is handed over it may be gone */

	assert(kind >= 0 && kind < STORE_KINDS);
	question->number = store->last_question + 1;
	question->after = store->last_command;
	question->patience_ms = clock_ms() + STORE_PATIENCE_MS;
	if (!pointer_put(store->reader.from_ui, question))
		return false;
	atomic_store(&store->newest[kind], ++store->last_question);
	return true;
}

bool
store_set(struct store *store, const char *key, const char *value)
{
	return send_texts(store, (struct command){.type = COMMAND_SET}, key, value);
}

bool
store_export(struct store *store, const char *path, enum export_format format, struct conversation *conversation)
{
	return send_texts(store,
	        (struct command){.type = COMMAND_EXPORT, .format = format, .conversation = conversation}, path, NULL);
}

bool
store_rescue(struct store *store, const char *path, const char *text)
{
	return send_texts(store, (struct command){.type = COMMAND_RESCUE}, path, text);
}

bool
store_prompt(struct store *store, const char *prompt)
{
	return send_texts(store, (struct command){.type = COMMAND_PROMPT}, NULL, prompt);
}

bool
store_vote(struct store *store, struct vote *vote)
{
	return send(store, (struct command){.type = COMMAND_VOTE, .vote = vote});
}
