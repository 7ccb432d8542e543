/*
 * bad.c - see bad.h. What is kept is put together as one text, in which every word must be found.
 */
#include "tests/torture/bad.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/import.h"
#include "tests/child.h"
#include "tests/screen/pty.h"
#include "tests/torture/base.h"
#include "tests/torture/chance.h"
#include "tests/torture/report.h"
#include "tests/torture/subject.h"

enum {
	PATIENCE_MS = 20000,
};

struct bad {
	enum bad_disk how;
	char *dir;
	struct subject *subject;
	struct database other; /* that has it locked */
	int64_t since_ms;      /* the disk is bad */
	bool killed;           /* before it was done */
	int status;            /* of a flynn that ended by itself */
	struct buf kept;
};

/* ---- the disk ---- */

static void
tell_disk(const struct bad *b, bool is_bad)
{
	char *path = mem_printf("%s/%s", b->dir, b->how == BAD_FULL ? "full" : "stalled");
	FILE *file = is_bad ? fopen(path, "w") : NULL;

	if (is_bad ? !file || fclose(file) != 0 : unlink(path) != 0)
		report_failure("cannot tell the disk that it is bad");
	free(path);
}

/* Not while flynn itself is writing. */
static bool
lock(struct bad *b)
{
	char *path = mem_printf("%s/flynn/history.db", b->dir);
	struct err err;
	bool good = database_open(&b->other, path, DATABASE_WRITE, &err) && database_begin(&b->other, &err);

	if (!good)
		database_close(&b->other);
	free(path);
	return good;
}

static void
go_bad(struct bad *b)
{
	if (b->how != BAD_LOCKED)
		tell_disk(b, true);
	while (b->how == BAD_LOCKED && !lock(b))
		subject_step(b->subject);
	b->since_ms = clock_ms();
}

static void
heal(struct bad *b)
{
	if (b->how == BAD_LOCKED)
		database_close(&b->other);
	else
		tell_disk(b, false);
}

/* ---- flynn ---- */

static void
run_until(struct bad *b, int64_t until_ms)
{
	while (clock_ms() < until_ms)
		subject_step(b->subject);
}

static void
start(struct bad *b, int round)
{
	char *good = mem_strdup(getenv("FLYNN")),
	     *program = mem_printf("%s/tests/flynn_on_bad_disk", getenv("FLYNN_BUILD"));

	setenv("FLYNN", program, 1);
	setenv("FLYNN_BAD_DISK", b->dir, 1);
	pty_home(b->dir);
	b->subject = subject_new(chance_percent(50) ? SUBJECT_CHAT : SUBJECT_NEW, round, 'a');
	unsetenv("FLYNN_BAD_DISK");
	setenv("FLYNN", good, 1);
	free(program);
	free(good);
	for (int64_t end_ms = clock_ms() + PATIENCE_MS; !b->subject->is_up && clock_ms() < end_ms;)
		subject_step(b->subject);
}

/* Some are killed at once, some while they quit, and some may end. */
static void
end(struct bad *b)
{
	struct subject *s = b->subject;
	int status;

	b->killed = chance_percent(50);
	if (!b->killed || chance_percent(80))
		pty_keys(s->pty, "\x11");
	for (int64_t end_ms = clock_ms() + chance_below(1800); b->killed && clock_ms() < end_ms;)
		(void)pty_pump(s->pty, 20);
	if (b->killed)
		pty_kill(s->pty);
	status = pty_wait_end(s->pty);
	s->end_ms = clock_ms();
	b->killed = WIFSIGNALED(status);
	b->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	if (!b->killed && b->status != 0 && b->status != 1)
		report_failure("flynn ended with %x", (unsigned)status);
}

/* ---- what is kept ---- */

static void
take_text(void *arg, sqlite3_stmt *s)
{
	buf_puts(arg, base_text(s, 0));
	buf_putc(arg, '\n');
}

static void
read_history(struct bad *b, struct history *h)
{
	base_check(h);
	base_rows(h,
	        "SELECT content || ' ' || reasoning || ' ' || coalesce((SELECT group_concat(content || ' ' || "
	        "reasoning, ' ')"
	        "  FROM journal WHERE message = message.id), '') FROM message",
	        take_text, &b->kept);
	base_rows(h, "SELECT draft FROM conversation", take_text, &b->kept);
	base_rows(h, "SELECT value FROM setting WHERE key LIKE 'draft%'", take_text, &b->kept);
}

/* A flynn that was killed may have written half of it. */
static void
import(struct bad *b, struct history *h, const char *path)
{
	FILE *file = fopen(path, "r");
	struct import_counts counts;
	struct err err = {0};

	if (!file || !import_json(h, file, path, NULL, NULL, &counts, &err)) {
		if (!b->killed)
			report_failure("%s", err.text);
	}
	if (file)
		fclose(file);
}

static void
import_all(struct bad *b, struct history *h)
{
	char *pattern = mem_printf("%s/flynn/rescue-*.json", b->dir);
	glob_t found = {0};

	/* A disk that stalls when all was saved keeps flynn waiting, and leaves nothing to write elsewhere. */
	if (glob(pattern, 0, NULL, &found) != 0 && b->status == 1 && b->how != BAD_STALLED)
		report_failure("flynn ended with status 1, and left no file");
	for (size_t i = 0; i < found.gl_pathc; i++)
		import(b, h, found.gl_pathv[i]);
	if (found.gl_pathc > 0 && b->status == 0)
		report_failure("flynn ended with status 0, and left a file");
	globfree(&found);
	free(pattern);
}

static void
read_all(struct bad *b)
{
	char *path = mem_printf("%s/flynn/history.db", b->dir);
	struct err err = {0};
	struct history *h = history_open(path, HISTORY_CREATE, &err);

	if (!h) {
		report_failure("%s", err.text);
	} else {
		if (*history_notice(h))
			report_failure("%s", history_notice(h));
		base_check(h);
		import_all(b, h);
		read_history(b, h);
	}
	history_close(h);
	free(path);
}

/* ---- judging ---- */

static void
judge(const struct bad *b, const struct sight *sight, struct word w, const char *what, int limit_ms)
{
	for (int i = 0; i < sight->n; i++) {
		struct buf text = {0};
		bool may_be_lost = b->killed && b->since_ms - sight->seen_ms[i] < limit_ms;

		w.index = i + 1;
		word_put(&text, &w);
		if (!may_be_lost && !strstr(buf_text(&b->kept), buf_text(&text)))
			report_failure("%s: %s was on the screen, and is lost (%s, status %d)", what, buf_text(&text),
			        b->killed ? "killed" : "ended", b->status);
		buf_release(&text);
	}
}

static void
judge_all(const struct bad *b, int limit_ms)
{
	const struct subject *s = b->subject;

	judge(b, &s->seen, (struct word){WORD_TYPED, s->round, s->who, 0, 1}, "input", limit_ms);
	for (int i = 0; i < WORD_REPLIES; i++) {
		judge(b, &s->replies[i], (struct word){WORD_REPLY, s->round, s->who, i + 1, 1}, "reply", limit_ms);
		judge(b, &s->thoughts[i], (struct word){WORD_THOUGHT, s->round, s->who, i + 1, 1}, "reasoning",
		        limit_ms);
	}
}

void
bad_round(enum bad_disk how, const char *folder, int round, int limit_ms)
{
	struct bad b = {.how = how, .dir = child_dir()};

	start(&b, round);
	run_until(&b, clock_ms() + chance_from_to(80, 700));
	go_bad(&b);
	run_until(&b, clock_ms() + chance_from_to(0, 1500));
	end(&b);
	heal(&b);
	read_all(&b);
	judge_all(&b, limit_ms);
	pty_home(folder);
	subject_free(b.subject);
	child_dir_remove(b.dir);
	buf_release(&b.kept);
	free(b.dir);
}
