/*
 * markdown.c - what it costs to show replies as Markdown while they stream: beside the same bytes shown as they are written,
 * at the start of a reply and after 1,000,000 tokens of it, in a new conversation and after 1,000 replies, and when they all
 * come at once.
 *
 * Usage: markdown [100] [1000] [reply] [replies] [flood]: those parts, or all.
 *
 * The tokens are those of bench/rig.h, in lists, tables, code and prose by turns.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "process.h"
#include "rig.h"
#include "samples.h"
#include "setup.h"

enum {
	ROUNDS = 5,
	SECONDS = 3,
	MS = 1000000,
	TOKENS = 1024, /* that are measured at each stage: four of all that `around` has, */
	RATE = 500,    /* so many a second */
	FLOOD = 100000,
	SHORT = 1000, /* of the reply that a longer one is compared with */
	PAIRS = 6,    /* so often: as often one first as the other */
	PART = 64,    /* tokens of a list, a table, code, prose */
};

static const char raw_key[] = "\x1bv", *flynn;
static struct rig rig;

static double
ms(int64_t from_ns, int64_t to_ns)
{
	return (double)(to_ns - from_ns) / MS;
}

/* ---- tokens ---- */

/* What stands around the i-th token, as it stands in JSON. */
struct around {
	const char *before, *after;
};

static struct around
in_list(size_t i)
{
	return (struct around){i == 0 ? "\\n\\n- " : i % 8 == 0 ? "\\n- " : "", " "};
}

static struct around
in_table(size_t i)
{
	const char *before = i == 0 ? "\\n\\n| " : "| ";

	return (struct around){before, i == 3 ? " |\\n|---|:-:|--:|---|\\n" : i % 4 == 3 ? " |\\n" : " "};
}

static struct around
in_code(size_t i)
{
	return (struct around){i == 0 ? "\\n```c\\n" : "", i == PART - 1 ? "\\n```\\n\\n" : i % 8 == 7 ? "\\n" : " "};
}

static struct around
in_prose(size_t i)
{
	static const struct around kinds[] = {{"**", "** "}, {"", " "}, {"`", "` "}, {"", ", "}, {"*", ""}, {"", "* "}};

	if (i % 16 == 15)
		return (struct around){"", ".\\n\\n"};
	return kinds[i % ARRAY_LEN(kinds)];
}

static struct around
around(size_t i)
{
	static struct around (*const parts[])(size_t) = {in_list, in_table, in_code, in_prose};

	return parts[i / PART % ARRAY_LEN(parts)](i % PART);
}

static void
send_tokens(size_t n, int per_second)
{
	int64_t start = clock_ns(), gap = 1000 * (int64_t)MS / per_second;

	for (size_t i = 0; i < n; i++) {
		struct around a = around(rig.sent);

		rig_run(&rig, start + (int64_t)i * gap);
		rig_token_in(&rig, a.before, a.after);
	}
	rig_run(&rig, clock_ns() + 100 * MS);
}

/* The same, as fast as they are taken, an event each; they are not looked for on the screen. */
static size_t
pour(size_t n)
{
	size_t bytes = 0;

	for (size_t i = 0; i < n; i++) {
		struct around a = around(i);
		char text[64];

		snprintf(text, sizeof(text), "%s%c%c%c%c%s", a.before, (int)('a' + i % 26), (int)('a' + i / 26 % 26),
		        (int)('a' + i / 676 % 26), (int)('a' + i / 17576 % 26), a.after);
		bytes += strlen(text);
		rig_say(&rig, text);
	}
	return bytes;
}

/* ---- the program ---- */

static bool
start(bool raw)
{
	static const char *const words[] = {"--no-history", "-e", NULL};

	if (!rig_start(&rig, flynn, words)) {
		fprintf(stderr, "markdown: %s does not start\n", flynn);
		return false;
	}
	rig_run(&rig, clock_ns() + 300ll * MS);
	if (raw)
		rig_type(&rig, raw_key);
	return true;
}

struct cost {
	double p50, p99, cpu, bytes;
	size_t lost;
};

static struct cost
measure(size_t n, int per_second)
{
	struct samples *times = mem_alloc(sizeof(*times));
	size_t first = rig.sent, bytes = rig.bytes;
	double cpu = process_cpu_ms(rig.pid);
	struct cost cost = {0};

	send_tokens(n, per_second);
	cost.cpu = (process_cpu_ms(rig.pid) - cpu) * 1000 / (double)n;
	cost.bytes = (double)(rig.bytes - bytes) / (double)n;
	for (size_t i = first; i < rig.sent; i++) {
		if (rig.seen_ns[i])
			samples_add(times, ms(rig.sent_ns[i], rig.seen_ns[i]));
		cost.lost += !rig.seen_ns[i];
	}
	cost.p50 = samples_quantile(times, 0.5);
	cost.p99 = samples_quantile(times, 0.99);
	free(times);
	return cost;
}

/* ---- beside plain text ---- */

static bool
stream_once(bool raw, int per_second, struct cost *cost)
{
	if (!start(raw) || !rig_ask(&rig))
		return false;
	*cost = measure((size_t)(per_second * SECONDS), per_second);
	rig_end(&rig);
	rig_stop(&rig);
	return true;
}

static bool
compare(int per_second)
{
	struct samples *p50 = mem_alloc(sizeof(*p50)), *cpu = mem_alloc(sizeof(*cpu));
	struct cost costs[2] = {0}, worst = {0};
	size_t tokens = 0;

	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < 2; i++) {
			bool raw = (i + round) % 2 == 0;

			if (!stream_once(raw, per_second, &costs[raw]))
				return false;
		}
		samples_add(p50, costs[0].p50 / costs[1].p50);
		samples_add(cpu, costs[0].cpu / costs[1].cpu);
		worst.p99 = costs[0].p99 > worst.p99 ? costs[0].p99 : worst.p99;
		worst.lost += costs[0].lost;
		tokens += (size_t)(per_second * SECONDS);
	}
	printf("markdown: %d tokens/s: token to screen p50, times the same as it is written ", per_second);
	samples_print_ratio(p50);
	printf("; CPU ");
	samples_print_ratio(cpu);
	printf("\nmarkdown: %d tokens/s: p50 %.2f ms, p99 at most %.2f ms, CPU %.1f ms per 1,000 tokens, %.1f bytes a "
	       "token "
	       "(as written: %.2f ms, CPU %.1f ms, %.1f bytes); %zu of %zu tokens not recognised\n",
	        per_second, costs[0].p50, worst.p99, costs[0].cpu, costs[0].bytes, costs[1].p50, costs[1].cpu,
	        costs[1].bytes, worst.lost, tokens);
	free(p50);
	free(cpu);
	return true;
}

/* ---- the more there is ---- */

static void
tell(const char *where, size_t n, const struct cost *cost, const struct cost *first)
{
	printf("markdown: after %zu %s: CPU %.1f ms per 1,000 tokens (times the first %.2f), p50 %.2f ms (%.2f), p99 "
	       "%.2f "
	       "ms, %.1f bytes a token\n",
	        n, where, cost->cpu, cost->cpu / first->cpu, cost->p50, cost->p50 / first->p50, cost->p99, cost->bytes);
}

/* A flynn that has so many tokens of a reply. */
static bool
start_long(size_t tokens)
{
	if (!start(false) || !rig_ask(&rig))
		return false;
	pour(tokens);
	rig_run(&rig, clock_ns() + 1000ll * MS);
	return true;
}

static void
stop_long(void)
{
	rig_end(&rig);
	rig_stop(&rig);
}

/* The one that is served from now on. */
static void
swap_rigs(struct rig *other)
{
	struct rig *now = mem_alloc(sizeof(*now));

	*now = rig;
	rig = *other;
	*other = *now;
	free(now);
}

/* Each of the two, in turn: what a machine does that gets slower meanwhile, or faster, is in both. */
static void
measure_pair(struct rig *shorter, bool shorter_first, struct cost costs[static 2])
{
	for (int i = 0; i < 2; i++) {
		bool is_shorter = shorter_first == (i == 0);

		if (is_shorter)
			swap_rigs(shorter);
		costs[is_shorter ? 0 : 1] = measure(TOKENS, RATE);
		if (is_shorter)
			swap_rigs(shorter);
	}
}

static void
compare_lengths(struct rig *shorter, size_t tokens)
{
	struct samples *own = mem_alloc(sizeof(*own)), *cpu = mem_alloc(sizeof(*cpu)), *p50 = mem_alloc(sizeof(*p50));
	struct cost costs[2];

	for (int i = 0; i < PAIRS; i++) {
		measure_pair(shorter, i % 2 == 0, costs);
		samples_add(own, costs[1].cpu);
		samples_add(cpu, costs[1].cpu / costs[0].cpu);
		samples_add(p50, costs[1].p50 / costs[0].p50);
	}
	printf("markdown: after %zu tokens of the reply: CPU per 1,000 tokens ", tokens);
	samples_print_ms(own);
	printf(", times that after %d ", SHORT);
	samples_print_ratio(cpu);
	printf("; token to screen p50, the same ");
	samples_print_ratio(p50);
	printf("\n");
	free(own);
	free(cpu);
	free(p50);
}

static bool
one_reply(void)
{
	static const size_t stages[] = {10000, 100000, 1000000};
	struct rig *shorter = mem_alloc(sizeof(*shorter));
	bool good = start_long(SHORT);

	for (size_t i = 0; i < ARRAY_LEN(stages) && good; i++) {
		*shorter = rig;
		good = start_long(stages[i]);
		if (good) {
			compare_lengths(shorter, stages[i]);
			stop_long();
		}
		swap_rigs(shorter);
	}
	stop_long();
	free(shorter);
	return good;
}

static bool
turn(void)
{
	rig.request_ns = 0;
	rig_type(&rig, "hi\r");
	if (!rig_await(&rig, &rig.request_ns))
		return false;
	rig_begin(&rig);
	rig_say(&rig,
	        "# Head\\n\\n- one\\n- **two**\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n```c\\nint a;\\n```\\n");
	rig_end(&rig);
	return rig_await(&rig, &rig.left_ns);
}

static bool
many_replies(void)
{
	static const size_t stages[] = {10, 100, 1000};
	struct cost costs[ARRAY_LEN(stages)];
	size_t there = 0;

	if (!start(false))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(stages); i++) {
		for (; there < stages[i]; there++)
			if (!turn())
				return false;
		if (!rig_ask(&rig))
			return false;
		costs[i] = measure(TOKENS, RATE);
		rig_end(&rig);
		rig_run(&rig, clock_ns() + 100 * MS);
		tell("replies", stages[i], &costs[i], &costs[0]);
	}
	rig_stop(&rig);
	return true;
}

/* ---- all at once ---- */

static bool
flood(void)
{
	double cpu;
	size_t bytes;
	int64_t begun;

	if (!start(false) || !rig_ask(&rig))
		return false;
	cpu = process_cpu_ms(rig.pid);
	begun = clock_ns();
	bytes = pour(FLOOD);
	rig.word = "LAST";
	rig.word_seen = 0;
	rig.word_ns = 0;
	rig_say(&rig, "\\n\\nLAST");
	if (!rig_await(&rig, &rig.word_ns))
		return false;
	cpu = process_cpu_ms(rig.pid) - cpu;
	printf("markdown: a flood of %d tokens (%zu bytes of text): on the screen after %.2f s and %.2f s of CPU; "
	       "%ld KiB resident, at most %zu asked for (4 times the text and 16 MiB)\n",
	        FLOOD, bytes, ms(begun, rig.word_ns) / 1000, cpu / 1000, process_resident_kib(rig.pid),
	        bytes * 4 / 1024 + 16 * 1024);
	rig_end(&rig);
	rig_stop(&rig);
	return true;
}

/* ---- parts ---- */

static bool
slow_tokens(void)
{
	return compare(100);
}

static bool
fast_tokens(void)
{
	return compare(1000);
}

static const struct part parts[] = {
        {"100", slow_tokens},
        {"1000", fast_tokens},
        {"reply", one_reply},
        {"replies", many_replies},
        {"flood", flood},
};

int
main(UNUSED int argc, char **argv)
{
	flynn = getenv("FLYNN") ? getenv("FLYNN") : "./flynn";
	setup_environment();
	setvbuf(stdout, NULL, _IOLBF, 0);
	return !setup_run(parts, ARRAY_LEN(parts), argv + 1);
}
