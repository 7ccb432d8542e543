/*
 * screen-shape.c - the second floor of bench/screen, flynn's shape with nothing in it: a thread with curl_multi, the
 * queue, its wake-up, and a thread that waits for it and for keys, and puts text on the screen.
 * Usage: screen-shape http://127.0.0.1:PORT
 */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/mem.h"
#include "base/queue.h"
#include "base/wake.h"
#include "floor.h"

enum {
	QUEUE_SIZE = 256 * 1024,
	AN_HOUR_MS = 3600 * 1000,
};

struct shape {
	CURLM *multi;
	CURL *easy;
	struct queue *queue;
	struct wake wake;
	struct buf in;
	atomic_bool ask, quit;
};

static void
ring(void *arg)
{
	struct shape *s = arg;

	wake_ring(&s->wake);
}

/* ---- the net thread ---- */

static void
push(void *arg, const char *text, size_t n)
{
	struct shape *s = arg;
	struct queue_record *r = queue_reserve(s->queue, 1, 1, n);

	if (!r)
		abort(); /* the benchmark never fills it */
	memcpy(r->data, text, n);
	queue_push(s->queue);
}

static size_t
on_body(char *bytes, size_t size, size_t count, void *arg)
{
	struct shape *s = arg;

	buf_put(&s->in, bytes, size * count);
	floor_events(&s->in, push, s);
	return size * count;
}

static void
begin(struct shape *s)
{
	curl_multi_remove_handle(s->multi, s->easy);
	curl_multi_add_handle(s->multi, s->easy);
}

static void *
net_thread(void *arg)
{
	struct shape *s = arg;
	int running;

	while (!atomic_load(&s->quit)) {
		if (atomic_exchange(&s->ask, false))
			begin(s);
		curl_multi_perform(s->multi, &running);
		queue_publish(s->queue);
		curl_multi_poll(s->multi, NULL, 0, AN_HOUR_MS, NULL);
	}
	return NULL;
}

/* ---- the other ---- */

static void
set_up(struct shape *s, const char *endpoint)
{
	char *url = mem_printf("%s/v1/chat/completions", endpoint);
	struct err err;

	curl_global_init(CURL_GLOBAL_DEFAULT);
	if (!wake_init(&s->wake, &err))
		abort();
	s->queue = queue_new(QUEUE_SIZE, ring, NULL, s);
	s->multi = curl_multi_init();
	s->easy = curl_easy_init();
	curl_easy_setopt(s->easy, CURLOPT_URL, url);
	curl_easy_setopt(s->easy, CURLOPT_POSTFIELDS, "{}");
	curl_easy_setopt(s->easy, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(s->easy, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(s->easy, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(s->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(s->easy, CURLOPT_BUFFERSIZE, 64 * 1024L);
	curl_easy_setopt(s->easy, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(s->easy, CURLOPT_WRITEDATA, s);
	free(url);
}

static void
take(struct shape *s)
{
	const struct queue_record *r;

	while ((r = queue_peek(s->queue))) {
		floor_put((const char *)r->data, r->size);
		queue_consume(s->queue);
	}
}

static void
run(struct shape *s)
{
	struct pollfd fds[2] = {{STDIN_FILENO, POLLIN, 0}, {s->wake.read_fd, POLLIN, 0}};
	enum floor_key key = FLOOR_NOTHING;

	while (key != FLOOR_QUIT) {
		poll(fds, 2, queue_sleep(s->queue) ? -1 : 0);
		queue_wake_up(s->queue);
		if (fds[1].revents)
			wake_clear(&s->wake);
		key = fds[0].revents ? floor_read() : FLOOR_NOTHING;
		if (key == FLOOR_ENTER) {
			atomic_store(&s->ask, true);
			curl_multi_wakeup(s->multi);
		}
		take(s);
		floor_show();
	}
}

int
main(int argc, char **argv)
{
	struct shape s = {0};
	pthread_t thread;

	if (argc != 2)
		return 2;
	set_up(&s, argv[1]);
	if (pthread_create(&thread, NULL, net_thread, &s) != 0)
		return 1;
	floor_open();
	run(&s);
	atomic_store(&s.quit, true);
	curl_multi_wakeup(s.multi);
	pthread_join(thread, NULL);
	floor_close();
	curl_multi_remove_handle(s.multi, s.easy);
	curl_easy_cleanup(s.easy);
	curl_multi_cleanup(s.multi);
	queue_free(s.queue);
	wake_release(&s.wake);
	buf_release(&s.in);
	return 0;
}
