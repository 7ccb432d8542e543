/*
 * history-screen.c - a big history on the screen: flynn on a pseudo-terminal, from a key, or from its start, to the frame
 * that shows what was asked for; and the tokens of a reply while the history's log is written back.
 *
 * Usage: history-screen [browser] [long] [huge] [checkpoint]: those parts, or all. The first two want the history that
 * bench/history has made; huge makes its own, with one conversation of 100,000 messages.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "found.h"
#include "process.h"
#include "rig.h"
#include "samples.h"
#include "setup.h"
#include "store/database.h"
#include "store/history.h"

enum {
	ROUNDS = 10,
	COLD_ROUNDS = 5,
	MS = 1000000,
	SETTLE_MS = 300,
	CHECK_BEGINS_MS = 2000, /* the check of the search index, after a second without a save */
	TOKENS_PER_SECOND = 200,
	BEFORE_MS = 3000,
	AFTER_MS = 6000,
	LOG_MIB = 64,
	CHUNK = 1024 * 1024,
	HUGE_MESSAGES = 100000,
	OTHER_MESSAGES = 1000, /* of the conversation beside it */
	HUGE_ROUNDS = 5,
	HUGE_TOKENS = 300,
	HUGE_RATE = 100,
	QUIET_MS = 3, /* of the processor in SETTLE_MS */
	QUIET_TRIES = 100,
};

static struct rig rig;
static char *flynn, *maker;

static double
ms(int64_t from_ns, int64_t to_ns)
{
	return (double)(to_ns - from_ns) / MS;
}

static void
print(const char *what, struct samples *s)
{
	printf("history-screen: %s: p50 %.1f, at most %.1f ms (%zu)\n", what, samples_quantile(s, 0.5),
	        samples_quantile(s, 1), s->n);
	s->n = 0;
}

/* ---- the browser ---- */

static void
start(const char *const *words)
{
	if (!rig_start(&rig, flynn, words))
		found_give_up("flynn does not start");
}

static void
add(struct samples *s, double took)
{
	if (took < 0)
		found_give_up("what was waited for is not on the screen");
	samples_add(s, took);
}

static void
open_browser(const struct wanted *w, struct samples *s)
{
	static const char *const words[] = {"--new", "-e", NULL};

	start(words);
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	add(s, rig_type_for(&rig, "\x1bOR", w->listed));
	rig_stop(&rig);
}

static bool
browser(void)
{
	struct samples *s = mem_alloc(sizeof(*s));
	struct wanted w = found_choose(found_path());

	for (int i = 0; i < ROUNDS; i++)
		open_browser(&w, s);
	print("F3 to the frame with the list", s);
	for (int i = 0; i < COLD_ROUNDS; i++) {
		setup_make_cold(w.path);
		open_browser(&w, s);
	}
	print("F3 to the frame with the list, nothing in the cache", s);
	found_release(&w);
	free(s);
	return true;
}

/* ---- a conversation of 10,000 messages ---- */

static void
resume(const struct wanted *w, struct samples *s)
{
	const char *words[] = {"resume", w->number, "-e", NULL};

	rig.word = w->end;
	rig.word_ns = 0;
	start(words);
	if (!rig_await(&rig, &rig.word_ns))
		found_give_up("the conversation is not on the screen");
	samples_add(s, ms(rig.started_ns, rig.word_ns));
	rig_stop(&rig);
}

static void
open_it(const struct wanted *w, struct samples *s, bool cold)
{
	static const char *const words[] = {"--new", "-e", NULL};
	start(words);
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	rig_type(&rig, "\x1bOR");
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	if (rig_type_for(&rig, w->title, "10000") < 0) /* messages, its row says */
		found_give_up("the conversation is not found");
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	if (cold)
		setup_make_cold(w->path);
	add(s, rig_type_for(&rig, "\r", w->end));
	rig_stop(&rig);
}

static bool
conversation(void)
{
	struct samples *s = mem_alloc(sizeof(*s));
	struct wanted w = found_choose(found_path());

	for (int i = 0; i < ROUNDS; i++)
		open_it(&w, s, false);
	print("Enter in the browser to the frame with the longest conversation", s);
	for (int i = 0; i < COLD_ROUNDS; i++)
		open_it(&w, s, true);
	print("the same, nothing in the cache", s);
	for (int i = 0; i < ROUNDS; i++)
		resume(&w, s);
	print("from the start of flynn to its frame with that conversation", s);
	found_release(&w);
	free(s);
	return true;
}

/* ---- a conversation of 100,000 messages ---- */

static char *
huge_path(void)
{
	char *path = mem_printf("%s/history-huge.db", found_cache), *half = mem_printf("%s.half", path);
	char *command = mem_printf("%s %s 2 %d %d", maker, half, HUGE_MESSAGES + OTHER_MESSAGES, HUGE_MESSAGES);

	mkdir("bench", 0777);
	mkdir(found_cache, 0777);
	if (access(path, F_OK) < 0) {
		unlink(half);
		if (system(command) != 0 || rename(half, path) < 0)
			found_give_up("the history cannot be made");
	}
	free(command);
	free(half);
	return path;
}

/* Replies into it make it another one: they go to a copy. */
static void
copy_history(const struct wanted *w)
{
	char *command = mem_printf(
	        "rm -f %s/data/flynn/history.db* && cp %s %s/data/flynn/history.db", found_cache, w->path, found_cache);

	if (system(command) != 0)
		found_give_up("the history cannot be copied");
	free(command);
}

/* It has checked its index, and read what it shows. */
static void
await_rest(void)
{
	double cpu, before = 0;

	for (int i = 0; i < QUIET_TRIES; i++, before = cpu) {
		rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
		cpu = process_cpu_ms(rig.pid);
		if (cpu - before < QUIET_MS)
			return;
	}
	found_give_up("flynn does not rest");
}

/* Processor time for 1,000 tokens of a reply to the conversation with that number; NULL: to a new one. */
static double
token_cost(const char *number)
{
	const char *old[] = {"resume", number, "-e", NULL}, *new[] = {"--new", "-e", NULL};
	int64_t start_ns;
	double cpu;

	start(number ? old : new);
	rig_run(&rig, clock_ns() + CHECK_BEGINS_MS * (int64_t)MS);
	await_rest();
	if (!rig_ask(&rig))
		found_give_up("flynn asks nothing");
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	cpu = process_cpu_ms(rig.pid);
	start_ns = clock_ns();
	for (int i = 0; i < HUGE_TOKENS; i++) {
		rig_run(&rig, start_ns + i * (1000 * (int64_t)MS / HUGE_RATE));
		rig_token(&rig);
	}
	rig_run(&rig, clock_ns() + 100 * MS);
	cpu = process_cpu_ms(rig.pid) - cpu;
	rig_end(&rig);
	rig_stop(&rig);
	return cpu * 1000 / HUGE_TOKENS;
}

static void
compare_tokens(const struct wanted *w)
{
	struct samples *own = mem_alloc(sizeof(*own)), *times = mem_alloc(sizeof(*times));

	copy_history(w);
	for (int i = 0; i < HUGE_ROUNDS; i++) {
		double first = token_cost(i % 2 ? w->number : NULL), second = token_cost(i % 2 ? NULL : w->number);
		double huge = i % 2 ? first : second, new = i % 2 ? second : first;

		samples_add(own, huge);
		samples_add(times, huge / new);
	}
	printf("history-screen: %d tokens/s into a conversation of 100,000 messages: CPU per 1,000 tokens ", HUGE_RATE);
	samples_print_ms(own);
	printf(", times a new one ");
	samples_print_ratio(times);
	printf("\n");
	free(own);
	free(times);
}

static bool
huge(void)
{
	struct samples *s = mem_alloc(sizeof(*s));
	struct wanted w = found_choose(huge_path());

	for (int i = 0; i < ROUNDS; i++)
		open_it(&w, s, false);
	print("Enter in the browser to the end of 100,000 messages", s);
	for (int i = 0; i < COLD_ROUNDS; i++)
		open_it(&w, s, true);
	print("Enter in the browser to the end of 100,000 messages, nothing in the cache", s);
	for (int i = 0; i < COLD_ROUNDS; i++) {
		setup_make_cold(w.path);
		resume(&w, s);
	}
	print("from the start of flynn to the end of 100,000 messages, nothing in the cache", s);
	compare_tokens(&w);
	found_release(&w);
	free(s);
	return true;
}

/* ---- while the log is written back ---- */

/* In a process of its own: so much into the log at once, by somebody who does not write it back. */
static void
fill_log(const char *path)
{
	struct history *h = found_open(path, HISTORY_WRITE);
	struct err err;
	char *sql = mem_printf("PRAGMA wal_autocheckpoint = 0; BEGIN IMMEDIATE; CREATE TABLE ballast (x);"
	                       "INSERT INTO ballast WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n"
	                       "  WHERE i < %d) SELECT randomblob(%d) FROM n; COMMIT",
	        LOG_MIB, CHUNK);

	if (!database_script(history_database(h), sql, &err))
		found_give_up(err.text);
	_exit(0);
}

static void
send_tokens(int64_t until_ns)
{
	for (int64_t due = clock_ns(); due < until_ns; due += 1000 * (int64_t)MS / TOKENS_PER_SECOND) {
		rig_run(&rig, due);
		rig_token(&rig);
	}
}

/* A frame with a later token has those before it too: now and then ncurses leaves the letters of one out, for they stand
 * there already. */
static void
add_tokens(struct samples *s, size_t from)
{
	int64_t seen = 0;

	for (size_t i = rig.sent; i-- > from;) {
		if (rig.seen_ns[i] && (!seen || rig.seen_ns[i] < seen))
			seen = rig.seen_ns[i];
		if (seen)
			samples_add(s, ms(rig.sent_ns[i], seen));
	}
}

static long long
file_size(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (long long)st.st_size : 0;
}

static void
print_tokens(const char *what, struct samples *s)
{
	printf("history-screen: token to screen %s: p50 %.2f, p99 %.2f, at most %.2f ms (%zu tokens)\n", what,
	        samples_quantile(s, 0.5), samples_quantile(s, 0.99), samples_quantile(s, 1), s->n);
	s->n = 0;
}

static bool
checkpoint(void)
{
	static const char *const words[] = {"--new", "-e", NULL};
	struct samples *s = mem_alloc(sizeof(*s));
	char *path = mem_printf("%s/data/flynn/history.db", found_cache);
	size_t first;
	pid_t pid;

	found_put(NULL);
	start(words);
	rig_run(&rig, clock_ns() + SETTLE_MS * (int64_t)MS);
	if (!rig_ask(&rig))
		found_give_up("flynn asks nothing");
	send_tokens(clock_ns() + BEFORE_MS * (int64_t)MS);
	add_tokens(s, 0);
	print_tokens("while the history is saved", s);
	first = rig.sent;
	pid = fork();
	if (pid == 0)
		fill_log(path);
	send_tokens(clock_ns() + AFTER_MS * (int64_t)MS);
	waitpid(pid, NULL, 0);
	rig_run(&rig, clock_ns() + 100 * MS);
	add_tokens(s, first);
	if (file_size(path) < LOG_MIB * (long long)CHUNK)
		found_give_up("the log was not written back");
	print_tokens("while another fills the log and 64 MiB of it are written back", s);
	rig_end(&rig);
	rig_stop(&rig);
	unlink(path);
	free(path);
	free(s);
	return true;
}

/* ---- all of it ---- */

static const struct part parts[] = {
        {"browser", browser},
        {"long", conversation},
        {"huge", huge},
        {"checkpoint", checkpoint},
};

int
main(UNUSED int argc, char **argv)
{
	const char *path = getenv("FLYNN"), *slash = strrchr(argv[0], '/');
	bool good;

	flynn = mem_strdup(path ? path : "./flynn");
	maker = mem_printf("%.*shistory-make", slash ? (int)(slash - argv[0]) + 1 : 0, argv[0]);
	setup_environment();
	setvbuf(stdout, NULL, _IOLBF, 0);
	good = setup_run(parts, ARRAY_LEN(parts), argv + 1);
	free(flynn);
	free(maker);
	return !good;
}
