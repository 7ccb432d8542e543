/*
 * worker_thread.c - pointers over queues, what is freed with the last thread, and what both threads do: report to the
 * UI, and wait for it.
 */
#include "store/worker_thread.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/vote.h"

/* ---- pointers ---- */

void *
pointer_take(struct queue *q)
{
	const struct queue_record *r = queue_peek(q);
	void *pointer = NULL;

	if (r) {
		memcpy(&pointer, r->data, sizeof(pointer));
		queue_consume(q);
	}
	return pointer;
}

bool
pointer_put(struct queue *q, const void *pointer)
{
	struct queue_record *r = queue_reserve(q, 0, 0, sizeof(pointer));

	if (!r)
		return false;
	memcpy(r->data, &pointer, sizeof(pointer));
	queue_push(q);
	queue_publish(q);
	return true;
}

/* ---- the end ---- */

void
command_free(struct command *c)
{
	if (!c)
		return;
	save_free(c->save);
	free(c->key);
	free(c->text);
	conversation_free(c->conversation);
	vote_free(c->vote);
	free(c);
}

/* One that was never made is zeroed. */
static void
end_release(struct end *end, void (*drop)(void *))
{
	struct store_result *r;
	void *asked;

	if (!end->to_ui)
		return;
	while ((asked = pointer_take(end->from_ui)) != NULL)
		drop(asked);
	while ((r = pointer_take(end->to_ui)) != NULL)
		store_result_free(r);
	queue_free(end->from_ui);
	queue_free(end->to_ui);
	wake_release(&end->wake);
}

static void
drop_command(void *command)
{
	command_free(command);
}

static void
drop_question(void *question)
{
	((struct store_question *)question)->free(question);
}

static void
release(struct store *store)
{
	end_release(&store->writer, drop_command);
	end_release(&store->reader, drop_question);
	wake_release(&store->for_ui);
	free(store->path);
	free(store->prompts_path);
	(void)log_close(store->log);
	free(store);
}

void
store_let_go(struct store *store)
{
	if (atomic_fetch_sub(&store->holders, 1) == 1)
		release(store);
}

/* ---- while it runs ---- */

struct store_result *
thread_result(enum store_type type, int64_t id)
{
	struct store_result *r = mem_alloc(sizeof(*r));

	r->type = type;
	r->id = id;
	return r;
}

void
thread_tell(struct store *store, struct end *end, struct store_result *result)
{
	while (!pointer_put(end->to_ui, result)) {
		struct pollfd fd = {end->wake.read_fd, POLLIN, 0};

		if (atomic_load(&store->quit)) {
			store_result_free(result);
			return;
		}
		if (queue_wait_room(end->to_ui, sizeof(result)) && poll(&fd, 1, -1) > 0)
			wake_clear(&end->wake);
	}
}

bool
thread_wait(struct store *store, struct end *end, int ms)
{
	struct pollfd fd = {end->wake.read_fd, POLLIN, 0};
	bool came = true;

	if (queue_sleep(end->from_ui) && !atomic_load(&store->quit))
		came = poll(&fd, 1, ms) != 0;
	queue_wake_up(end->from_ui);
	if (fd.revents)
		wake_clear(&end->wake);
	return came;
}

void
thread_end(struct store *store, struct end *end)
{
	atomic_store(&end->ended, true);
	wake_ring(&store->for_ui);
	store_let_go(store);
}
