/*
 * stalled.c - a disk that does not answer, under the store's threads: nobody waits for it for long, and what it has taken
 * in the end is whole.
 */
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/saver.h"
#include "store/worker.h"
#include "tests/harness.h"
#include "tests/store/disk.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

/* Until the store has done all that it was told; what it says of that is dropped. */
static void
wait_until_done(struct store *store)
{
	struct pollfd fd = {store_fd(store), POLLIN, 0};

	struct store_result *r;

	while (store_busy_ms(store, clock_ms()) >= 0) {
		if (store_sleep(store, false))
			poll(&fd, 1, 10);
		store_awake(store, fd.revents != 0);
		store_result_free(store_take(store));
	}
	while ((r = store_take(store)) != NULL)
		store_result_free(r);
}

static void
is_not_waited_for(void)
{
	struct conversation *c = conversation_new(NULL);
	struct saver *saver = saver_new(1);
	struct store *store;
	struct history *h;

	place_make();
	disk_install();
	store = place_start();
	wait_until_done(store);
	disk_stall(true);
	conversation_add(c, NULL, CHAT_USER, "hello");
	CU_ASSERT_FATAL(store_save(store, saver_take(saver, c, 0)));
	CU_ASSERT(store_busy_ms(store, clock_ms() + 7000) >= 7000);
	CU_ASSERT(!store_end(store, 50));
	store_free(store);
	disk_stall(false);
	disk_remove();
	h = place_open();
	place_expect(h, "SELECT content FROM message", "hello");
	place_check(h);
	history_close(h);
	saver_free(saver);
	conversation_free(c);
	place_remove();
}

/* Before there is any history. */
static void
does_not_hold_up_a_start(void)
{
	struct store *store;
	struct history *h;

	place_make();
	disk_install();
	disk_stall(true);
	store = place_start();
	CU_ASSERT(store_set(store, "open", "1") && store_load(store, 1));
	CU_ASSERT(store_busy_ms(store, clock_ms() + 7000) >= 7000);
	CU_ASSERT(!store_end(store, 50) && !store_take(store));
	store_free(store);
	disk_stall(false);
	disk_remove();
	h = place_open();
	place_check(h);
	history_close(h);
	place_remove();
}

static void
is_idle_when_it_is_done(void)
{
	struct store *store;

	place_make();
	disk_install();
	store = place_start();
	wait_until_done(store);
	CU_ASSERT(store_busy_ms(store, clock_ms() + 7000) == -1);
	CU_ASSERT(store_set(store, "open", "1"));
	wait_until_done(store);
	CU_ASSERT(store_end(store, 10000));
	CU_ASSERT(store_take(store) == NULL);
	store_free(store);
	disk_remove();
	place_remove();
}

CU_TestInfo stalled_tests[] = {
        {"a disk that does not answer is not waited for", is_not_waited_for},
        {"does not hold up a start", does_not_hold_up_a_start},
        {"is idle when it is done", is_idle_when_it_is_done},
        CU_TEST_INFO_NULL,
};
