/*
 * screen.c - flynn on a pseudo-terminal against two floors: how long a token takes from the server's socket to the
 * terminal, what it costs, how soon keys are heard meanwhile, and what an idle flynn needs.
 *
 * Usage: screen [100] [saved] [1000] [keys] [enter] [deaf] [slow] [idle] [bytes]: those parts, or all.
 *
 * Each round runs the programs side by side and sends the next token to each in turn, so that the machine is in the same mood for
 * all; ratios are those of a round. What has no floor to be held against (keys, idleness, a terminal that does not read) is
 * told as it is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "bytes.h"
#include "process.h"
#include "rig.h"
#include "samples.h"
#include "setup.h"

enum {
	ROUNDS = 5,
	SECONDS = 3,      /* of one stream */
	SIDE_SECONDS = 6, /* of those side by side: the second half scrolls */
	MS = 1000000,
	KEY_MS = 37, /* between two keys: in step with nothing */
	LINE_KEYS = 40,
	IDLE_SECONDS = 20,
	DEAF_MS = 2000,
	SLOW_WIDTH = 10, /* bytes a millisecond */
	SLOW_KEYS = 8,
	SLOW_MS = 500, /* of the flood before each */
};

enum { SHAPE, ONE, FLYNN, PROGRAMS, SAVED = PROGRAMS, ALL_PROGRAMS };

struct program {
	const char *name;
	const char *words[3];
	char *path;
};

static struct program programs[ALL_PROGRAMS] = {{"the bare shape", {NULL}, NULL}, {"one thread", {NULL}, NULL},
        {"flynn", {"--no-history", "-e"}, NULL}, {"flynn with its history", {"--new", "-e"}, NULL}};
static struct rig rig, side[PROGRAMS]; /* those that run side by side */

static double
ms(int64_t from_ns, int64_t to_ns)
{
	return (double)(to_ns - from_ns) / MS;
}

/* ---- the program ---- */

static bool
start_in(struct rig *r, int which)
{
	if (rig_start(r, programs[which].path, programs[which].words))
		return true;
	fprintf(stderr, "screen: %s does not start\n", programs[which].path);
	return false;
}

static bool
start(int which)
{
	return start_in(&rig, which);
}

/* Sends tokens at a rate, and types keys every so many milliseconds (0: none), whose echoes it times. */
static void
stream(int per_second, int key_ms, struct samples *echoes)
{
	static const char keys[] = "=~^{}|_+";
	int64_t start_ns = clock_ns(), gap = 1000 * (int64_t)MS / per_second, typed = 0, next_key = start_ns;
	size_t n_keys = 0;

	for (int64_t i = 0; i < (int64_t)per_second * SECONDS;) {
		int64_t due = start_ns + i * gap, now = clock_ns();
		bool key_due = key_ms > 0 && next_key <= now;

		if (typed && rig.key_ns) {
			samples_add(echoes, ms(typed, rig.key_ns));
			typed = 0;
		}
		if (key_due && typed == 0) {
			bool full = ++n_keys % LINE_KEYS == 0;
			char key[2] = {full ? 'u' - '`' : keys[n_keys % (sizeof(keys) - 1)], '\0'};

			rig.key = full ? '\0' : key[0];
			typed = rig_type(&rig, key);
			typed = full ? 0 : typed;
			next_key += (int64_t)key_ms * MS;
		}
		if (due <= now) {
			rig_token(&rig);
			i++;
		}
		due = start_ns + i * gap;
		rig_run(&rig, key_ms > 0 && next_key < due && typed == 0 ? next_key : due);
	}
	rig_run(&rig, clock_ns() + 100 * MS);
}

/* ---- tokens ---- */

struct cost {
	double p50, p99, cpu, first, bytes;
	size_t lost;
};

/* The next token for each in turn, in another order each time: who comes after whom finds more or less in the caches. */
static void
stream_to_all(struct rig *const *rigs, size_t n, int per_second)
{
	int64_t start_ns = clock_ns(), gap = 1000 * (int64_t)MS / per_second / (int64_t)n;

	for (size_t i = 0; i < (size_t)per_second * SIDE_SECONDS; i++)
		for (size_t k = 0; k < n; k++) {
			size_t turn = i / n % 2 ? k : n - 1 - k;

			rig_run_all(rigs, n, start_ns + (int64_t)(i * n + k) * gap);
			rig_token(rigs[(turn + i) % n]);
		}
	rig_run_all(rigs, n, clock_ns() + 100 * MS);
}

static void
note_tokens(const struct rig *r, struct cost *cost, struct samples *all)
{
	struct samples *own = mem_alloc(sizeof(*own));

	for (size_t i = 0; i < r->sent; i++)
		if (r->seen_ns[i]) {
			samples_add(own, ms(r->sent_ns[i], r->seen_ns[i]));
			samples_add(all, ms(r->sent_ns[i], r->seen_ns[i]));
		}
	cost->p50 = samples_quantile(own, 0.5);
	cost->p99 = samples_quantile(own, 0.99);
	cost->lost = r->sent - r->seen;
	free(own);
}

/* Of these programs, side by side. */
static bool
measure(const int *which, size_t n, int per_second, struct cost *costs, struct samples *const *all)
{
	struct rig *rigs[PROGRAMS];
	size_t bytes[PROGRAMS];
	double cpu[PROGRAMS];

	for (size_t i = 0; i < n; i++) {
		rigs[i] = &side[i];
		if (!start_in(rigs[i], which[i]))
			return false;
		costs[i].first = ms(rigs[i]->started_ns, rigs[i]->first_ns);
	}
	rig_run_all(rigs, n, clock_ns() + 300 * MS);
	for (size_t i = 0; i < n; i++)
		if (!rig_ask(rigs[i]))
			return false;
	rig_run_all(rigs, n, clock_ns() + 100 * MS);
	for (size_t i = 0; i < n; i++) {
		cpu[i] = process_cpu_ms(rigs[i]->pid);
		bytes[i] = rigs[i]->bytes;
	}
	stream_to_all(rigs, n, per_second);
	for (size_t i = 0; i < n; i++) {
		costs[i].cpu = (process_cpu_ms(rigs[i]->pid) - cpu[i]) * 1000 / (double)rigs[i]->sent;
		costs[i].bytes = (double)(rigs[i]->bytes - bytes[i]) / (double)rigs[i]->sent;
		note_tokens(rigs[i], &costs[i], all[i]);
		rig_end(rigs[i]);
		rig_stop(rigs[i]);
	}
	return true;
}

enum { P50, CPU, FIRST, P99, FIGURES };

static double
figure(const struct cost *cost, int which)
{
	return which == P50 ? cost->p50 : which == CPU ? cost->cpu : which == FIRST ? cost->first : cost->p99;
}

static void
print_figure(int per_second, const char *what, int which, struct cost costs[][PROGRAMS])
{
	struct samples *own = mem_alloc(sizeof(*own)), *to[2] = {mem_alloc(sizeof(*own)), mem_alloc(sizeof(*own))};

	for (int i = 0; i < ROUNDS; i++) {
		double flynn = figure(&costs[i][FLYNN], which);

		samples_add(own, flynn);
		samples_add(to[SHAPE], flynn / figure(&costs[i][SHAPE], which));
		samples_add(to[ONE], flynn / figure(&costs[i][ONE], which));
	}
	printf("screen: %d tokens/s: %s ", per_second, what);
	samples_print_ms(own);
	for (int i = 0; i < 2; i++) {
		printf(", times %s ", programs[i].name);
		samples_print_ratio(to[i]);
		free(to[i]);
	}
	printf("\n");
	free(own);
}

static bool
compare_streams(int per_second)
{
	static const int those[] = {SHAPE, ONE, FLYNN};
	struct cost costs[ROUNDS][PROGRAMS];
	struct samples *all[PROGRAMS];
	size_t lost[PROGRAMS] = {0};

	for (int i = 0; i < PROGRAMS; i++)
		all[i] = mem_alloc(sizeof(*all[i]));
	for (int round = 0; round < ROUNDS; round++) {
		if (!measure(those, PROGRAMS, per_second, costs[round], all))
			return false;
		for (int i = 0; i < PROGRAMS; i++)
			lost[i] += costs[round][i].lost;
	}
	print_figure(per_second, "token to screen p50", P50, costs);
	print_figure(per_second, "CPU per 1,000 tokens", CPU, costs);
	print_figure(per_second, "first frame", FIRST, costs);
	for (int i = 0; i < PROGRAMS; i++) {
		printf("screen: %d tokens/s: %s: p50 %.2f, p99 %.2f, at most %.2f ms, %.1f bytes a token, %zu tokens, "
		       "%zu not "
		       "recognised\n",
		        per_second, programs[i].name, samples_quantile(all[i], 0.5), samples_quantile(all[i], 0.99),
		        samples_quantile(all[i], 1), costs[ROUNDS - 1][i].bytes, all[i]->n, lost[i]);
		free(all[i]);
	}
	return true;
}

/* What the history adds: the two threads that it has count too. */
static bool
compare_saved(void)
{
	static const int those[] = {SHAPE, SAVED};
	struct samples *own = mem_alloc(sizeof(*own)), *times = mem_alloc(sizeof(*times)),
	               *tokens[2] = {mem_alloc(sizeof(*own)), mem_alloc(sizeof(*own))};
	char *home = setup_history();
	bool good = home != NULL;

	for (int i = 0; i < ROUNDS && good; i++) {
		struct cost costs[ARRAY_LEN(those)];

		good = measure(those, ARRAY_LEN(those), 100, costs, tokens);
		if (good) {
			samples_add(own, costs[1].cpu);
			samples_add(times, costs[1].cpu / costs[0].cpu);
		}
	}
	if (good) {
		printf("screen: 100 tokens/s, saved as they come: CPU per 1,000 tokens ");
		samples_print_ms(own);
		printf(", times %s ", programs[SHAPE].name);
		samples_print_ratio(times);
		printf("; token to screen p50 %.2f, p99 %.2f, at most %.2f ms\n", samples_quantile(tokens[1], 0.5),
		        samples_quantile(tokens[1], 0.99), samples_quantile(tokens[1], 1));
	}
	setup_remove_history(home);
	free(own);
	free(times);
	free(tokens[0]);
	free(tokens[1]);
	return good;
}

/* ---- keys ---- */

static bool
echo(int per_second)
{
	for (int which = 0; which < PROGRAMS; which++) {
		struct samples *echoes = mem_alloc(sizeof(*echoes));

		for (int i = 0; i < ROUNDS; i++) {
			if (!start(which))
				return false;
			rig_run(&rig, clock_ns() + 300 * MS);
			if (!rig_ask(&rig))
				return false;
			stream(per_second, KEY_MS, echoes);
			rig_end(&rig);
			rig_stop(&rig);
		}
		printf("screen: %d tokens/s: key echo of %s: p50 %.2f, p99 %.2f, at most %.2f ms, %zu keys\n",
		        per_second, programs[which].name, samples_quantile(echoes, 0.5), samples_quantile(echoes, 0.99),
		        samples_quantile(echoes, 1), echoes->n);
		free(echoes);
	}
	return true;
}

/* Enter to the whole request at the server, in turns of one token each. */
static bool
enter(void)
{
	for (int which = 0; which < PROGRAMS; which++) {
		struct samples *times = mem_alloc(sizeof(*times));

		if (!start(which))
			return false;
		rig_run(&rig, clock_ns() + 300 * MS);
		for (int i = 0; i < 40; i++) {
			int64_t typed;

			rig_type(&rig, "hi");
			rig_run(&rig, clock_ns() + 30 * MS);
			rig.request_ns = 0;
			typed = rig_type(&rig, "\r");
			if (!rig_await(&rig, &rig.request_ns))
				return false;
			samples_add(times, ms(typed, rig.request_ns));
			rig_begin(&rig);
			rig_token(&rig);
			rig_end(&rig);
			rig_run(&rig, clock_ns() + 30 * MS);
		}
		printf("screen: Enter to the request of %s: p50 %.2f, at most %.2f ms, %zu turns\n",
		        programs[which].name, samples_quantile(times, 0.5), samples_quantile(times, 1), times->n);
		free(times);
		rig_stop(&rig);
	}
	return true;
}

/* ---- idleness ---- */

static bool
idle(void)
{
	long before[2], after[2];
	size_t probes, bytes;

	if (!start(FLYNN))
		return false;
	rig_run(&rig, clock_ns() + 1000ll * MS);
	process_waits(rig.pid, &before[0], &before[1]);
	probes = rig.probes;
	bytes = rig.bytes;
	rig_run(&rig, clock_ns() + IDLE_SECONDS * 1000ll * MS);
	process_waits(rig.pid, &after[0], &after[1]);
	printf("screen: idle for %d s: %ld wake-ups of the UI thread, %ld of the net thread for %zu health checks, "
	       "%zu bytes to the terminal, %ld KiB resident, %ld KiB of them its own\n",
	        IDLE_SECONDS, after[0] - before[0], after[1] - before[1], rig.probes - probes, rig.bytes - bytes,
	        process_resident_kib(rig.pid), process_own_kib(rig.pid));
	rig_stop(&rig);
	return true;
}

/* ---- a terminal that does not read ---- */

/* Ctrl+C to the closed connection, Enter to the request: each is a turn of the UI thread with a terminal that is stuck. */
static bool
stop_and_ask(struct samples *stops, struct samples *asks)
{
	int64_t typed = rig_type(&rig, "\x03");

	if (!rig_await(&rig, &rig.left_ns))
		return false;
	samples_add(stops, ms(typed, rig.left_ns));
	rig_run(&rig, clock_ns() + 5 * MS);
	rig.request_ns = 0;
	typed = rig_type(&rig, "hi\r");
	if (!rig_await(&rig, &rig.request_ns))
		return false;
	samples_add(asks, ms(typed, rig.request_ns));
	rig_begin(&rig);
	return true;
}

static bool
deaf(void)
{
	struct samples *stops = mem_alloc(sizeof(*stops)), *asks = mem_alloc(sizeof(*asks));
	bool good = start(FLYNN);
	int64_t end;
	size_t bytes;

	if (!good)
		return false;
	rig_run(&rig, clock_ns() + 300 * MS);
	good = rig_ask(&rig);
	rig.deaf = true;
	end = clock_ns() + (int64_t)DEAF_MS * MS;
	while (good && clock_ns() < end) {
		for (int i = 0; i < 50; i++) {
			rig_token(&rig);
			rig_run(&rig, clock_ns() + MS);
		}
		good = stop_and_ask(stops, asks);
	}
	bytes = rig.bytes;
	rig.deaf = false;
	rig_run(&rig, clock_ns() + 100 * MS);
	printf("screen: a terminal that reads nothing for %d ms (%zu KiB wait): Ctrl+C to the closed connection at "
	       "most "
	       "%.2f ms, Enter to the request at most %.2f ms, %zu times\n",
	        DEAF_MS, (rig.bytes - bytes) / 1024, samples_quantile(stops, 1), samples_quantile(asks, 1), asks->n);
	rig_stop(&rig);
	free(stops);
	free(asks);
	return good;
}

/* ---- a slow line ---- */

/* How many bytes reached the terminal between a key and its echo, in a flood. */
static bool
echo_over_line(int64_t width, struct samples *bytes)
{
	for (int i = 0; i < SLOW_KEYS; i++) {
		int64_t end = clock_ns() + SLOW_MS * MS;
		char key[] = {"!$^&*=;~"[i], '\0'}; /* that nothing else on the screen has */
		size_t before;

		rig.width = width;
		rig.moved_ns = clock_ns();
		while (clock_ns() < end) {
			rig_token(&rig);
			rig_run(&rig, clock_ns() + MS / 4);
		}
		before = rig.bytes;
		rig.key = key[0];
		rig_type(&rig, key);
		for (end = clock_ns() + 60 * 1000ll * MS; !rig.key_ns && clock_ns() < end;)
			rig_run(&rig, clock_ns() + MS);
		if (!rig.key_ns)
			return false;
		samples_add(bytes, (double)(rig.bytes - before) / 1000);
	}
	return true;
}

static bool
slow(void)
{
	struct samples *bytes = mem_alloc(sizeof(*bytes));
	bool good = start(FLYNN);
	size_t waited;

	if (!good)
		return false;
	rig_run(&rig, clock_ns() + 300 * MS);
	good = rig_ask(&rig) && echo_over_line(SLOW_WIDTH, bytes);
	waited = rig_line_end(&rig);
	printf("screen: a flood over a line of %d kB/s: key echo after p50 %.1f, at most %.1f kB, %zu keys; %.1f kB "
	       "wait at "
	       "the end\n",
	        SLOW_WIDTH, samples_quantile(bytes, 0.5), samples_quantile(bytes, 1), bytes->n, (double)waited / 1000);
	rig_end(&rig);
	rig_stop(&rig);
	free(bytes);
	return good;
}

/* ---- all of it ---- */

static void
find_programs(const char *self)
{
	const char *slash = strrchr(self, '/'), *flynn = getenv("FLYNN");
	int folder = slash ? (int)(slash - self) + 1 : 0;

	programs[SHAPE].path = mem_printf("%.*sscreen-shape", folder, self);
	programs[ONE].path = mem_printf("%.*sscreen-one", folder, self);
	programs[FLYNN].path = mem_strdup(flynn ? flynn : "./flynn");
	programs[SAVED].path = mem_strdup(programs[FLYNN].path);
}

/* ---- parts ---- */

static bool
slow_tokens(void)
{
	return compare_streams(100);
}

static bool
fast_tokens(void)
{
	return compare_streams(1000);
}

static bool
keys(void)
{
	return echo(100) && echo(1000);
}

static bool
bytes(void)
{
	static const int sizes[][2] = {{24, 80}, {40, 120}};
	bool good = true;

	for (size_t i = 0; i < ARRAY_LEN(sizes) * PROGRAMS && good; i++) {
		const struct program *p = &programs[i % PROGRAMS];
		const struct bytes_program program = {p->name, p->path, p->words, p != &programs[FLYNN]};

		rig.rows = sizes[i / PROGRAMS][0];
		rig.cols = sizes[i / PROGRAMS][1];
		good = bytes_measure(&rig, &program);
	}
	rig.rows = rig.cols = 0;
	return good;
}

static const struct part parts[] = {
        {"100", slow_tokens},
        {"saved", compare_saved},
        {"1000", fast_tokens},
        {"keys", keys},
        {"enter", enter},
        {"deaf", deaf},
        {"slow", slow},
        {"idle", idle},
        {"bytes", bytes},
};

int
main(UNUSED int argc, char **argv)
{
	bool good;

	setup_environment();
	find_programs(argv[0]);
	setvbuf(stdout, NULL, _IOLBF, 0);
	good = setup_run(parts, ARRAY_LEN(parts), argv + 1);
	for (int i = 0; i < ALL_PROGRAMS; i++)
		free(programs[i].path);
	return !good;
}
