/*
 * whole.c - a child process does it, and is killed at a moment within the time that it took to its end before.
 */
#include "tests/torture/whole.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "store/import.h"
#include "store/schema.h"
#include "tests/torture/base.h"
#include "tests/torture/chance.h"
#include "tests/torture/files.h"
#include "tests/torture/report.h"
#include "tests/torture/word.h"

struct job {
	bool (*run)(const struct job *); /* in the child */
	const char *history, *file;
};

/* True: the child came to its end, a good one. */
static bool
run_until(const struct job *job, int64_t kill_ns)
{
	struct timespec moment = {kill_ns / 1000000000, kill_ns % 1000000000};
	pid_t child;
	int status = -1;

	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(job->run(job) ? 0 : 1);
	if (kill_ns >= 0) {
		nanosleep(&moment, NULL);
		kill(child, SIGKILL);
	}
	waitpid(child, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		report_failure("it failed by itself");
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Kills it within the time that it took last, which `whole_ns` knows. */
static void
run_and_kill(const struct job *job, int64_t whole_ns)
{
	run_until(job, whole_ns / 1000 * chance_below(1000));
}

static void
run_to_the_end(const struct job *job, int64_t *whole_ns)
{
	int64_t start = clock_ns();

	run_until(job, -1);
	*whole_ns = clock_ns() - start;
}

static struct history *
open_history(const char *path, const struct schema *schema)
{
	struct err err = {0};
	struct history *h = history_open_as(path, HISTORY_CREATE, schema, &err);

	if (!h)
		report_failure("%s", err.text);
	return h;
}

/* ---- importing ---- */

static void
put_message(FILE *file, struct word *w, int i)
{
	struct buf text = {0};

	w->index++;
	word_put(&text, w);
	fprintf(file, "%s{\"id\":%d,\"parent\":%s%.0d,\"role\":\"%s\",\"content\":\"%s and so on\"", i > 1 ? "," : "",
	        i, i > 1 ? "" : "null", i - 1, i % 2 ? "user" : "assistant", buf_text(&text));
	if (i % 2 && chance_percent(2)) {
		fputc(',', file);
		files_put_any(file);
	}
	fputc('}', file);
	buf_release(&text);
}

/* The number of its messages. */
static int
write_file(const char *path, int round)
{
	struct word w = {WORD_IMPORTED, round, 'a', 0, 0};
	int conversations = chance_from_to(1, 60);
	FILE *file = fopen(path, "w");

	if (!file) {
		printf("Bail out! %s: %s\n", path, strerror(errno));
		exit(1);
	}
	fputs("{\"format\":\"flynn-history\",\"version\":1,\"conversations\":[", file);
	for (int c = 0; c < conversations; c++) {
		int messages = chance_from_to(1, 40);

		fprintf(file, "%s{\"uuid\":\"%08x-%04x-4000-8000-000000000000\",\"messages\":[", c > 0 ? "," : "",
		        round, c);
		for (int i = 1; i <= messages; i++)
			put_message(file, &w, i);
		fputs("]}", file);
	}
	fputs("]}", file);
	fclose(file);
	return w.index;
}

static bool
import(const struct job *job)
{
	struct import_counts counts;
	struct err err;
	struct history *h = history_open(job->history, HISTORY_CREATE, &err);
	FILE *file = fopen(job->file, "r");

	return h && file && import_json(h, file, job->file, NULL, NULL, &counts, &err);
}

static void
expect_imported(const char *path, int round, int messages, bool all)
{
	struct history *h = open_history(path, schema_current());
	char *count = mem_printf("SELECT count(*) FROM message WHERE content LIKE 'i%da0.%%'", round);
	char *distinct = mem_printf("SELECT count(DISTINCT content) FROM message WHERE content LIKE 'i%da0.%%'", round);
	int64_t n;

	if (h) {
		base_check(h);
		n = base_number(h, count);
		if ((n != 0 || all) && n != messages)
			report_failure("%d of %d messages were imported", (int)n, messages);
		if (base_number(h, distinct) != n)
			report_failure("a message was imported twice");
	}
	history_close(h);
	free(count);
	free(distinct);
}

void
whole_import(const char *history, int round)
{
	static int64_t whole_ns = 50000000;
	struct job job = {import, history, mem_printf("%s.import.json", history)};
	int messages = write_file(job.file, round);

	run_and_kill(&job, whole_ns);
	expect_imported(history, round, messages, false);
	if (chance_percent(30)) {
		run_to_the_end(&job, &whole_ns);
		expect_imported(history, round, messages, true);
	}
	unlink(job.file);
	free((char *)job.file);
}

/* ---- migrating ---- */

static const char add_colour[] = "ALTER TABLE conversation ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'";
static const char add_notes[] = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT);"
                                "INSERT INTO note (text) SELECT content FROM message";

/* A version beyond that of this flynn. */
static const struct schema *
next_schema(void)
{
	static const char *steps[16];
	static struct schema next;
	const struct schema *now = schema_current();

	next = (struct schema){.version = now->version + 2, .create = now->create, .steps = steps};
	for (int i = 0; i + 1 < now->version; i++)
		steps[i] = now->steps[i];
	steps[now->version - 1] = add_colour;
	steps[now->version] = add_notes;
	return &next;
}

static bool
update(const struct job *job)
{
	struct err err;

	return history_open_as(job->history, HISTORY_CREATE, next_schema(), &err) != NULL;
}

static void
copy_file(const char *from, const char *to)
{
	FILE *in = fopen(from, "rb"), *out = in ? fopen(to, "wb") : NULL;
	char bytes[65536];
	size_t n;

	while (out && (n = fread(bytes, 1, sizeof(bytes), in)) > 0)
		fwrite(bytes, 1, n, out);
	if (in)
		fclose(in);
	if (out)
		fclose(out);
}

/* With its write-ahead log, as the last flynn left it. */
static void
copy_history(const char *from, const char *to)
{
	static const char *const ends[] = {"", "-wal"};

	for (size_t i = 0; i < 2; i++) {
		char *in = mem_printf("%s%s", from, ends[i]), *out = mem_printf("%s%s", to, ends[i]);

		copy_file(in, out);
		free(in);
		free(out);
	}
}

static void
remove_history(const char *path)
{
	static const char *const ends[] = {"", "-wal", "-shm", ".new", ".new-journal"};
	char *kept = mem_printf("%s.v%d.bak", path, schema_current()->version), *again = mem_printf("%s2", kept);

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		char *name = mem_printf("%s%s", path, ends[i]);

		unlink(name);
		free(name);
	}
	if (access(kept, F_OK) < 0 || access(again, F_OK) == 0)
		report_failure("the older version is kept once: not so");
	unlink(kept);
	unlink(again);
	free(kept);
	free(again);
}

static const char messages_sum[] = "SELECT count(*) * 1000000 + coalesce(sum(length(content) + id), 0) FROM message";

static void
expect_updated(const char *path, int64_t sum)
{
	struct history *h = open_history(path, next_schema());

	if (h) {
		base_check(h);
		if (base_number(h, messages_sum) != sum)
			report_failure("messages are not what they were");
		if (base_number(h, "SELECT (SELECT count(*) FROM note) = (SELECT count(*) FROM message)") != 1)
			report_failure("the update is there in part, or twice");
	}
	history_close(h);
}

void
whole_migrate(const char *history, const char *folder)
{
	static int64_t whole_ns = 80000000;
	struct job job = {update, mem_printf("%s/older.db", folder), NULL};
	struct history *h = open_history(history, schema_current());
	int64_t sum = h ? base_number(h, messages_sum) : -1;

	history_close(h);
	copy_history(history, job.history);
	for (int again = chance_from_to(1, 3); again > 0; again--)
		run_and_kill(&job, whole_ns);
	if (chance_percent(50))
		run_to_the_end(&job, &whole_ns);
	expect_updated(job.history, sum);
	remove_history(job.history);
	free((char *)job.history);
}
