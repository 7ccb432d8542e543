/*
 * thread.c - what both threads do: tell the UI, and wait for it.
 */
#include "store/thread.h"

#include <poll.h>

#include "base/mem.h"

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
		if (queue_wait_room(end->to_ui, sizeof(result)))
			poll(&fd, 1, -1);
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
