/*
 * slot_watch.c - a stream that waits for a slot, one that does not, and one that is stopped: what the server is asked, and what
 * is told of it.
 */
#include "net/slot_watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/net/held_clock.h"
#include "tests/net/tests.h"

#define BUSY(task, tokens, decoded)                                                                                    \
	"{\"is_processing\":true,\"id_task\":" task ",\"n_prompt_tokens\":" tokens                                     \
	",\"next_token\":[{\"n_decoded\":" decoded "}]}"
#define FREE "{\"is_processing\":false}"

/* The clock is held: what is due is done when it is due, and what is silent for too long is, whatever the machine does besides. */
enum {
	STOP = 77,
	LOOK_MS = 2000,     /* between two looks for a stream */
	STOP_LOOK_MS = 100, /* between the first ones after a stop */
	STOP_MS = 5000,     /* then nobody looks any more */
	TIME_OUT_MS = 5000,
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
	bool waits = true;

	while (waits) {
		size_t n = standin_count(rig->server, STANDIN_REQUEST);

		waits = count_looks(rig) < want && standin_wait(rig->server, STANDIN_REQUEST, n + 1, PATIENCE_MS);
	}
	CU_ASSERT(count_looks(rig) >= want);
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

/* The stand-in has answered so many requests, and the net thread has read that. False: it has not. */
static bool
wait_for_answers(struct rig *rig, size_t n)
{
	bool answered = standin_wait(rig->server, STANDIN_ANSWERED, n, PATIENCE_MS);

	CU_ASSERT(answered);
	rig_turn(rig);
	return answered;
}

/* So often it is time for a look, and it is answered. */
static void
look_often(struct rig *rig, size_t looks)
{
	bool answered = true;

	for (size_t i = 1; i <= looks && answered; i++) {
		clock_pass(rig, LOOK_MS);
		answered = wait_for_answers(rig, i);
	}
}

/* False: the test is skipped. */
static bool
begin(struct rig *rig, const char *script, long timeout_ms)
{
	if (!clock_hold())
		return false;
	rig_init(rig, script, timeout_ms);
	rig_ask(rig, 1, "hi", true);
	CU_ASSERT(standin_wait(rig->server, STANDIN_REQUEST, 1, PATIENCE_MS));
	return true;
}

static void
end_rig(struct rig *rig)
{
	clock_let_go();
	rig_release(rig);
}

/* The time-out is over three times before the slot is free. */
static void
waits_while_all_slots_are_busy(void)
{
	enum { LOOKS = 3 * TIME_OUT_MS / LOOK_MS + 1 };
	struct rig rig;
	struct net_slots slots = {0};
	struct err end;
	char *text;

	if (!begin(&rig, "on GET /slots\njson 200 [" BUSY("1", "9", "3") "," BUSY("2", "9", "3") "]\n" REPLY,
	            TIME_OUT_MS))
		return;
	look_often(&rig, LOOKS);
	CU_ASSERT(read_slots(&rig, &slots, &end));
	CU_ASSERT(slots.told && slots.total == 2 && slots.busy == 2);
	CU_ASSERT(count_looks(&rig) == LOOKS);
	standin_go(rig.server);
	text = rig_read(&rig, 1, &end);
	HARNESS_CHECK(end.code == ERR_NONE, "%s", end.text);
	HARNESS_EQUAL(text, "late");
	free(text);
	end_rig(&rig);
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
		if (!begin(&rig, script, TIME_OUT_MS))
			return;
		look_often(&rig, 2);
		HARNESS_CHECK(read_slots(&rig, &slots, &end) && slots.told == rows[i].told, "row %zu", i);
		CU_ASSERT_PTR_NULL(net_peek(rig.net)); /* the same again is no news */
		clock_pass(&rig, TIME_OUT_MS - 2 * LOOK_MS);
		CU_ASSERT(!read_slots(&rig, &slots, &end) && end.code == ERR_TIMEOUT);
		end_rig(&rig);
	}
}

/* A look that is not answered says nothing, and no other is sent meanwhile. */
static void
asks_one_at_a_time(void)
{
	struct rig rig;
	struct net_slots slots;
	struct err end;

	if (!begin(&rig, "on GET /slots\nhang\n" REPLY, TIME_OUT_MS))
		return;
	clock_pass(&rig, LOOK_MS);
	wait_for_looks(&rig, 1);
	clock_pass(&rig, LOOK_MS);
	clock_pass(&rig, TIME_OUT_MS - 2 * LOOK_MS);
	CU_ASSERT(!read_slots(&rig, &slots, &end));
	CU_ASSERT(end.code == ERR_TIMEOUT && count_looks(&rig) == 1);
	end_rig(&rig);
}

/* Once a byte has come, the head alone, a slot has it: nothing is asked, however long the rest takes. The stand-in has sent the head
 * when it has answered what was asked after it. */
static void
asks_nothing_while_bytes_come(void)
{
	struct rig rig;
	struct err end;
	char *text;

	if (!begin(&rig,
	            "on GET /slots\njson 200 [" FREE "]\non POST /v1/chat/completions\nstream\nwait\ntoken \"a\"\n"
	            "wait\ntoken \"b\"\nfinish stop\ndone\nlast\nthen\nstream\nfinish stop\ndone\nlast\n",
	            0))
		return;
	rig_ask(&rig, 2, "hi", true);
	free(rig_read(&rig, 2, &end));
	CU_ASSERT(end.code == ERR_NONE);
	rig_turn(&rig);
	clock_pass(&rig, LOOK_MS);
	standin_go(rig.server);
	rig_wait(&rig, NET_CONTENT);
	clock_pass(&rig, LOOK_MS);
	standin_go(rig.server);
	text = rig_read(&rig, 1, &end);
	HARNESS_EQUAL(text, "b");
	CU_ASSERT(count_looks(&rig) == 0);
	free(text);
	end_rig(&rig);
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
tells_what_became_of_a_stopped_reply(void)
{
	static const struct {
		const char *looks;
		size_t answers; /* to looks, before the time is over */
		enum net_stopped want;
	} rows[] = {
	        {"json 200 [" FREE "]\n", 1, NET_STOPPED_DONE},
	        {"json 200 [" BUSY("5", "13", "3") "]\nthen\njson 200 [" FREE "]\n", 2, NET_STOPPED_DONE},
	        {"json 200 [" BUSY("5", "13", "3") "]\nthen\njson 200 [" BUSY("6", "13", "3") "]\n", 2,
	                NET_STOPPED_DONE},
	        {"json 200 [" BUSY("5", "90", "3") "," FREE "]\n", 1, NET_STOPPED_DONE}, /* somebody else's */
	        {"json 200 [" BUSY("5", "13", "3") "]\n", 2, NET_STOPPED_WORKS},
	        {"json 200 [" BUSY("5", "13", "3") "]\nthen\nhang\n", 1, NET_STOPPED_WORKS},
	        {"json 501 {}\n", 1, NET_STOPPED_UNKNOWN},
	        {"hang\n", 0, NET_STOPPED_UNKNOWN},
	};
	const struct slot_trace trace = {.prompt = 10, .tokens = 1};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char script[1024];
		struct rig rig;
		enum net_stopped outcome;

		snprintf(script, sizeof(script),
		        "on GET /slots\n%son POST /v1/chat/completions\nstream\ntoken \"a\"\nhang\n", rows[i].looks);
		if (!begin(&rig, script, 0))
			return;
		rig_wait(&rig, NET_CONTENT);
		net_watch_stop(rig.net, 1, STOP, &trace);
		net_cancel(rig.net, 1);
		rig_turn(&rig);
		for (size_t n = 1; n <= rows[i].answers && wait_for_answers(&rig, n); n++)
			if (n < rows[i].answers)
				clock_pass(&rig, STOP_LOOK_MS);
		if (rows[i].want != NET_STOPPED_DONE)
			clock_pass(&rig, STOP_MS);
		outcome = read_stop(&rig);
		HARNESS_CHECK(outcome == rows[i].want, "row %zu: %d", i, (int)outcome);
		end_rig(&rig);
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
	rig_wait(&rig, NET_CONTENT);
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

CU_TestInfo slot_watch_tests[] = {
        {"waits while all slots are busy", waits_while_all_slots_are_busy},
        {"times out all the same", times_out_all_the_same},
        {"asks one at a time", asks_one_at_a_time},
        {"asks nothing while bytes come", asks_nothing_while_bytes_come},
        {"tells what became of a stopped reply", tells_what_became_of_a_stopped_reply},
        {"lets go of a stop", lets_go_of_a_stop},
        CU_TEST_INFO_NULL,
};
