/*
 * slot_watch.c - a stream that waits for a slot, one that does not, and one that is stopped: what the server is asked, and what
 * is told of it.
 */
#include "net/slot_watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

#define BUSY(task, tokens, decoded)                                                                                    \
	"{\"is_processing\":true,\"id_task\":" task ",\"n_prompt_tokens\":" tokens                                     \
	",\"next_token\":[{\"n_decoded\":" decoded "}]}"
#define FREE "{\"is_processing\":false}"

enum {
	STOP = 77,
	HASTE = 20,
};

/* The text of a reply that comes when its turn has come. */
#define REPLY "on POST /v1/chat/completions\nwait\nstream\ntoken \"late\"\nfinish stop\ndone\nlast\n"

static size_t
count_looks(struct rig *rig)
{
	size_t looks = 0, n = standin_count(rig->server, STANDIN_REQUEST);

	for (size_t i = 0; i < n; i++) {
		size_t len;
		char *request = standin_request(rig->server, i, &len);

		looks += strncmp(request, "GET /slots ", 11) == 0;
		free(request);
	}
	return looks;
}

/* Requests are counted before they are looked at: one that comes in between ends the wait. */
static void
wait_for_looks(struct rig *rig, size_t want)
{
	for (;;) {
		size_t n = standin_count(rig->server, STANDIN_REQUEST);

		if (count_looks(rig) >= want)
			return;
		CU_ASSERT_TRUE_FATAL(standin_wait(rig->server, STANDIN_REQUEST, n + 1, PATIENCE_MS));
	}
}

/* The next NET_SLOTS of the stream; false: the stream ended before. */
static bool
read_slots(struct rig *rig, struct net_slots *slots, struct err *end)
{
	const struct queue_record *r;
	bool found = false, ended = false;

	while (!found && !ended && (r = rig_event(rig)) != NULL) {
		found = r->id == 1 && r->type == NET_SLOTS;
		ended = r->id == 1 && r->type == NET_END;
		if (found)
			memcpy(slots, r->data, sizeof(*slots));
		if (ended)
			memcpy(end, r->data, sizeof(*end));
		net_consume(rig->net);
	}
	return found;
}

/* The time-out is over many times before the slot is free. */
static void
waits_while_all_slots_are_busy(void)
{
	struct rig rig;
	struct net_slots slots;
	struct err end;
	char *text;

	rig_init(&rig, "on GET /slots\njson 200 [" BUSY("1", "9", "3") "," BUSY("2", "9", "3") "]\n" REPLY, 120);
	rig_ask(&rig, 1, "hi", true);
	CU_ASSERT_TRUE_FATAL(read_slots(&rig, &slots, &end));
	CU_ASSERT(slots.told && slots.total == 2 && slots.busy == 2);
	wait_for_looks(&rig, 8);
	standin_go(rig.server);
	text = rig_read(&rig, 1, &end);
	HARNESS_CHECK(end.code == ERR_NONE, "%s", end.text);
	HARNESS_EQUAL(text, "late");
	free(text);
	rig_release(&rig);
}

/* A slot is free, or nobody knows: then the server is slow, and the time-out holds. */
static void
times_out_all_the_same(void)
{
	static const struct {
		const char *answer;
		bool told;
	} rows[] = {
	        {"json 200 [" BUSY("1", "9", "3") "," FREE "]\n", true},
	        {"json 501 {\"error\":{\"message\":\"off\"}}\n", false},
	        {"json 404 {}\n", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char script[1024];
		struct rig rig;
		struct net_slots slots;
		struct err end;

		snprintf(script, sizeof(script), "on GET /slots\n%s" REPLY, rows[i].answer);
		rig_init(&rig, script, 300);
		rig_ask(&rig, 1, "hi", true);
		HARNESS_CHECK(read_slots(&rig, &slots, &end) && slots.told == rows[i].told, "row %zu", i);
		CU_ASSERT(!read_slots(&rig, &slots, &end)); /* the same again is no news */
		CU_ASSERT(end.code == ERR_TIMEOUT);
		rig_release(&rig);
	}
}

/* A look that is not answered says nothing, and no other is sent meanwhile. */
static void
asks_one_at_a_time(void)
{
	struct rig rig;
	struct net_slots slots;
	struct err end;

	rig_init(&rig, "on GET /slots\nhang\n" REPLY, 300);
	rig_ask(&rig, 1, "hi", true);
	CU_ASSERT(!read_slots(&rig, &slots, &end));
	CU_ASSERT(end.code == ERR_TIMEOUT && count_looks(&rig) == 1);
	rig_release(&rig);
}

/* Once a byte has come, the head alone, a slot has it: nothing is asked, however long the rest takes. */
static void
asks_nothing_while_bytes_come(void)
{
	struct rig rig;
	struct err end;
	char *text;

	rig_init(&rig,
	        "on GET /slots\njson 200 [" FREE "]\non POST /v1/chat/completions\nstream\ndelay 400\ntoken \"a\"\n"
	        "delay 400\ntoken \"b\"\nfinish stop\ndone\nlast\n",
	        0);
	rig_ask(&rig, 1, "hi", true);
	text = rig_read(&rig, 1, &end);
	HARNESS_EQUAL(text, "ab");
	CU_ASSERT(count_looks(&rig) == 0);
	free(text);
	rig_release(&rig);
}

/* ---- stopping ---- */

static enum net_stopped
read_stop(struct rig *rig)
{
	enum net_stopped outcome = NET_STOPPED_UNKNOWN;
	const struct queue_record *r;
	bool found = false;

	while (!found && (r = rig_event(rig)) != NULL) {
		found = r->id == STOP && r->type == NET_STOPPED;
		if (found)
			memcpy(&outcome, r->data, sizeof(outcome));
		net_consume(rig->net);
	}
	CU_ASSERT(found);
	return outcome;
}

static void
wait_for_text(struct rig *rig)
{
	const struct queue_record *r;
	bool came = false;

	while (!came && (r = rig_event(rig)) != NULL) {
		came = r->type == NET_CONTENT;
		net_consume(rig->net);
	}
	CU_ASSERT(came);
}

static void
tells_what_became_of_a_stopped_reply(void)
{
	static const struct {
		const char *looks;
		enum net_stopped want;
	} rows[] = {
	        {"json 200 [" FREE "]\n", NET_STOPPED_DONE},
	        {"json 200 [" BUSY("5", "13", "3") "]\nthen\njson 200 [" FREE "]\n", NET_STOPPED_DONE},
	        {"json 200 [" BUSY("5", "13", "3") "]\nthen\njson 200 [" BUSY("6", "13", "3") "]\n", NET_STOPPED_DONE},
	        {"json 200 [" BUSY("5", "90", "3") "," FREE "]\n", NET_STOPPED_DONE}, /* somebody else's */
	        {"json 200 [" BUSY("5", "13", "3") "]\n", NET_STOPPED_WORKS},
	        {"json 200 [" BUSY("5", "13", "3") "]\nthen\nhang\n", NET_STOPPED_WORKS},
	        {"json 501 {}\n", NET_STOPPED_UNKNOWN},
	        {"hang\n", NET_STOPPED_UNKNOWN},
	};
	const struct slot_trace trace = {.prompt = 10, .tokens = 1};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char script[1024];
		struct rig rig;
		enum net_stopped outcome;

		snprintf(script, sizeof(script),
		        "on GET /slots\n%son POST /v1/chat/completions\nstream\ntoken \"a\"\nhang\n", rows[i].looks);
		rig_init(&rig, script, 0);
		rig_ask(&rig, 1, "hi", true);
		wait_for_text(&rig);
		net_watch_stop(rig.net, 1, STOP, &trace);
		net_cancel(rig.net, 1);
		outcome = read_stop(&rig);
		HARNESS_CHECK(outcome == rows[i].want, "row %zu: %d", i, (int)outcome);
		rig_release(&rig);
	}
}

/* Another turn has begun, or the net ends. */
static void
lets_go_of_a_stop(void)
{
	struct rig rig;
	const struct slot_trace trace = {.prompt = 10, .tokens = 1};
	struct err end;

	rig_init(&rig,
	        "on GET /slots\nhang\non POST /v1/chat/completions\nstream\ntoken \"a\"\nhang\nthen\n"
	        "stream\ntoken \"b\"\nfinish stop\ndone\nlast\n",
	        0);
	rig_ask(&rig, 1, "hi", true);
	wait_for_text(&rig);
	net_watch_stop(rig.net, 1, STOP, &trace);
	wait_for_looks(&rig, 1);
	net_watch_stop(rig.net, 99, STOP + 1, &trace); /* of no stream */
	net_cancel(rig.net, 1);
	net_unwatch_stop(rig.net, STOP);
	free(rig_read(&rig, 1, &end));
	CU_ASSERT(end.code == ERR_CANCELLED);
	rig_ask(&rig, 2, "hi", true);
	free(rig_read(&rig, 2, &end));
	CU_ASSERT(end.code == ERR_NONE);
	CU_ASSERT(standin_wait(rig.server, STANDIN_LEFT, 2, PATIENCE_MS));
	rig_release(&rig);
}

static void
run_hastened(void (*test)(void))
{
	slot_watch_hasten(HASTE);
	test();
	slot_watch_hasten(1);
}

#define HASTENED(test)                                                                                                 \
	static void hastened_##test(void)                                                                              \
	{                                                                                                              \
		run_hastened(test);                                                                                    \
	}

HASTENED(waits_while_all_slots_are_busy)
HASTENED(times_out_all_the_same)
HASTENED(asks_one_at_a_time)
HASTENED(asks_nothing_while_bytes_come)
HASTENED(tells_what_became_of_a_stopped_reply)
HASTENED(lets_go_of_a_stop)

CU_TestInfo slot_watch_tests[] = {
        {"waits while all slots are busy", hastened_waits_while_all_slots_are_busy},
        {"times out all the same", hastened_times_out_all_the_same},
        {"asks one at a time", hastened_asks_one_at_a_time},
        {"asks nothing while bytes come", hastened_asks_nothing_while_bytes_come},
        {"tells what became of a stopped reply", hastened_tells_what_became_of_a_stopped_reply},
        {"lets go of a stop", hastened_lets_go_of_a_stop},
        CU_TEST_INFO_NULL,
};
