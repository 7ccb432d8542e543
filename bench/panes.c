/*
 * panes.c - flynn with several panes that stream at once: how long a token takes to the terminal, how soon keys are heard
 * meanwhile, whether a token is lost, and what it costs against as many flynns with one pane.
 *
 * Usage: panes [four] [lost] [sixteen]: those parts, or all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "process.h"
#include "rig.h"
#include "samples.h"
#include "setup.h"
#include "store/history.h"
#include "store/load.h"

enum {
	ROUNDS = 3,
	SECONDS = 3, /* of one stream */
	MS = 1000000,
	KEY_MS = 37, /* between two keys: in step with nothing */
	LINE_KEYS = 40,
	ROWS = 48, /* of the terminal with panes; one pane alone has a quarter of it */
	COLS = 160,
	FOUR = 4,
	SIXTEEN = 16,
	RATE_FOUR = 500, /* tokens a second in each */
	RATE_SIXTEEN = 100,
};

static struct rig rig;
static const char *flynn;

/* Alt+W and a letter, and so on. */
static const char four_panes[] = "\x1bwv\x1bws\x1b[1;3D\x1bws";
static const char sixteen_panes[] = "\x1bwv\x1bwv\x1bwv\x1bw=\x1bws\x1bws\x1bws\x1b[1;3D\x1bws\x1bws\x1bws\x1b[1;3D"
                                    "\x1bws\x1bws\x1bws\x1b[1;3D\x1bws\x1bws\x1bws\x1bw=";

static double
ms(int64_t from_ns, int64_t to_ns)
{
	return (double)(to_ns - from_ns) / MS;
}

/* ---- the program ---- */

/* Keys as a person presses them: what comes at once would be a paste. */
static void
press(const char *keys)
{
	for (const char *end; *keys; keys = end) {
		char key[8];

		for (end = keys + 1; *end && *end != '\x1b' && (keys[0] == '\x1b' && keys[1] == '['); end++)
			continue;
		if (keys[0] == '\x1b' && keys[1] != '[')
			end = keys + 2;
		snprintf(key, sizeof(key), "%.*s", (int)(end - keys), keys);
		rig_type(&rig, key);
		rig_run(&rig, clock_ns() + 40 * MS);
	}
}

/* Panes, and one prompt to all of them. */
static bool
start(size_t panes, const char *keys, bool keep)
{
	static const char *const kept[] = {"--new", "-e", NULL}, *const forgotten[] = {"--no-history", "-e", NULL};
	int64_t end = clock_ns() + 5000ll * MS;

	rig.rows = panes > 1 ? ROWS : ROWS / 2;
	rig.cols = panes > 1 ? COLS : COLS / 2;
	rig.panes = panes;
	if (!rig_start(&rig, flynn, keep ? kept : forgotten)) {
		fprintf(stderr, "panes: %s does not start\n", flynn);
		return false;
	}
	rig_run(&rig, clock_ns() + 300 * MS);
	if (panes == 1)
		return rig_ask(&rig);
	press(keys);
	rig_type(&rig, "/compare hi");
	rig_run(&rig, clock_ns() + 100 * MS);
	rig_type(&rig, "\r");
	while (rig.requests < panes && clock_ns() < end)
		rig_run(&rig, clock_ns() + 10 * MS);
	if (rig.requests != panes) {
		fprintf(stderr, "panes: %zu requests of %zu came\n", rig.requests, panes);
		return false;
	}
	rig_begin_all(&rig);
	rig_run(&rig, clock_ns() + 100 * MS);
	return true;
}

static void
stop(void)
{
	if (rig.panes > 1)
		rig_end_all(&rig);
	else
		rig_end(&rig);
	rig_run(&rig, clock_ns() + 300 * MS);
	rig_stop(&rig);
}

/* Tokens to all panes in turn, and keys between them. */
static void
stream(int per_second, struct samples *echoes)
{
	static const char keys[] = "=~^{}_+";
	int64_t start_ns = clock_ns(), gap = 1000 * (int64_t)MS / (per_second * (int64_t)rig.panes), typed = 0;
	int64_t next_key = start_ns, n = (int64_t)per_second * SECONDS * (int64_t)rig.panes;
	size_t n_keys = 0;

	for (int64_t i = 0; i < n;) {
		int64_t due, now = clock_ns();

		if (typed && rig.key_ns) {
			samples_add(echoes, ms(typed, rig.key_ns));
			typed = 0;
		}
		if (typed == 0 && next_key <= now) {
			bool full = ++n_keys % LINE_KEYS == 0;
			char key[2] = {full ? 'u' - '`' : keys[n_keys % (sizeof(keys) - 1)], '\0'};

			rig.key = full ? '\0' : key[0];
			typed = rig_type(&rig, key);
			typed = full ? 0 : typed;
			next_key = now + (int64_t)KEY_MS * MS;
		}
		for (; i < n && start_ns + i * gap <= now; i++)
			rig_token_in_turn(&rig);
		due = start_ns + i * gap;
		rig_run(&rig, next_key < due && typed == 0 ? next_key : due);
	}
	rig_run(&rig, clock_ns() + 100 * MS);
}

/* ---- measurements ---- */

static void
add_tokens(struct samples *to)
{
	for (size_t i = 0; i < rig.sent; i++)
		if (rig.seen_ns[i])
			samples_add(to, ms(rig.sent_ns[i], rig.seen_ns[i]));
}

/* A round; CPU is that of the stream, in ms. */
static bool
measure(size_t panes, const char *keys, int per_second, struct samples *tokens, struct samples *echoes, double *cpu)
{
	double before;

	if (!start(panes, keys, false))
		return false;
	before = process_cpu_ms(rig.pid);
	stream(per_second, echoes);
	*cpu = process_cpu_ms(rig.pid) - before;
	add_tokens(tokens);
	stop();
	return true;
}

static void
print(size_t panes, int per_second, struct samples *tokens, struct samples *echoes)
{
	printf("panes: %zu at %d tokens/s each: token to screen p50 %.2f, p99 %.2f, at most %.2f ms, %zu tokens; key "
	       "echo "
	       "p50 %.2f, p99 %.2f, at most %.2f ms, %zu keys\n",
	        panes, per_second, samples_quantile(tokens, 0.5), samples_quantile(tokens, 0.99),
	        samples_quantile(tokens, 1), tokens->n, samples_quantile(echoes, 0.5), samples_quantile(echoes, 0.99),
	        samples_quantile(echoes, 1), echoes->n);
}

static bool
run(size_t panes, const char *keys, int per_second, bool against_single)
{
	struct samples *tokens = mem_alloc(sizeof(*tokens)), *echoes = mem_alloc(sizeof(*echoes));
	struct samples *single = mem_alloc(sizeof(*single)), *ratios = mem_alloc(sizeof(*ratios));
	struct samples *unused = mem_alloc(sizeof(*unused)), *costs = mem_alloc(sizeof(*costs));
	double cpu = 0, alone = 0;
	bool good = true;

	for (int i = 0; good && i < ROUNDS; i++) {
		good = measure(panes, keys, per_second, tokens, echoes, &cpu);
		samples_add(costs, cpu * 1000 / ((double)per_second * SECONDS * (double)panes));
		if (!good || !against_single)
			continue;
		good = measure(1, NULL, per_second, single, unused, &alone);
		samples_add(ratios, cpu / (alone * (double)panes));
	}
	if (good)
		print(panes, per_second, tokens, echoes);
	printf("panes: %zu at %d tokens/s each: CPU per 1,000 tokens ", panes, per_second);
	samples_print_ms(costs);
	if (against_single) {
		printf(", times %zu flynns with one pane ", panes);
		samples_print_ratio(ratios);
	}
	printf("\n");
	free(tokens);
	free(echoes);
	free(single);
	free(ratios);
	free(unused);
	free(costs);
	return good;
}

static bool
four(void)
{
	return run(FOUR, four_panes, RATE_FOUR, true);
}

static bool
sixteen(void)
{
	return run(SIXTEEN, sixteen_panes, RATE_SIXTEEN, false);
}

/* ---- nothing is lost ---- */

/* What was sent to a pane. */
static char *
sent_to(size_t pane)
{
	struct buf text = {0};
	char word[4];

	for (size_t i = pane; i < rig.sent; i += rig.panes) {
		rig_spell(&rig, i, word);
		buf_printf(&text, "%.4s ", word);
	}
	return buf_take(&text);
}

static const char *
reply_of(struct history *h, int64_t row, struct loaded *l)
{
	struct err err;
	struct message *leaf;

	if (!load_conversation(h, row, l, &err))
		return "";
	leaf = conversation_leaf(l->conversation);
	return leaf ? buf_text(&leaf->content) : "";
}

static bool
has_reply(struct history *h, const char *text)
{
	bool found = false;

	for (int64_t row = 1; row <= FOUR && !found; row++) {
		struct loaded l = {0};

		found = strcmp(reply_of(h, row, &l), text) == 0;
		loaded_release(&l);
	}
	return found;
}

static size_t
count_whole(const char *path)
{
	struct err err;
	struct history *h = history_open(path, HISTORY_READ, &err);
	size_t whole = 0;

	for (size_t pane = 0; h && pane < FOUR; pane++) {
		char *text = sent_to(pane);

		whole += has_reply(h, text);
		free(text);
	}
	history_close(h);
	return whole;
}

/* With a history, which is asked afterwards. */
static bool
lost(void)
{
	struct samples *echoes = mem_alloc(sizeof(*echoes)), *tokens = mem_alloc(sizeof(*tokens));
	char *home = setup_history(), *path = home ? mem_printf("%s/flynn/history.db", home) : NULL;
	bool good = home && start(FOUR, four_panes, true);
	size_t whole = 0;

	if (good) {
		stream(RATE_FOUR, echoes);
		add_tokens(tokens);
		stop();
		whole = count_whole(path);
		print(FOUR, RATE_FOUR, tokens, echoes);
		printf("panes: %d at %d tokens/s each, saved as they come: %zu tokens sent, %zu of %d replies in the "
		       "history "
		       "hold every one of theirs\n",
		        FOUR, RATE_FOUR, rig.sent, whole, FOUR);
	}
	setup_remove_history(home);
	free(path);
	free(echoes);
	free(tokens);
	return good && whole == FOUR;
}

static const struct part parts[] = {
        {"four", four},
        {"lost", lost},
        {"sixteen", sixteen},
};

int
main(UNUSED int argc, char **argv)
{
	const char *set = getenv("FLYNN");

	flynn = set ? set : "./flynn";
	setup_environment();
	setvbuf(stdout, NULL, _IOLBF, 0);
	return !setup_run(parts, ARRAY_LEN(parts), argv + 1);
}
