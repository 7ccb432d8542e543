/*
 * main.c - flynn is killed with SIGKILL at random moments, TORTURE_ROUNDS times: while it streams and saves attached files, while its history is
 * searched, updated to a newer schema, and imported into, and while it quits, with a disk that is well or is not. After each round the history must be whole, with all that was on
 * the screen 250 ms before, and nothing twice. The next round goes on with the same history.
 *
 * What happens is decided by chance; TORTURE_SEED has the same happen again, but for its timing. TORTURE_LIMIT_MS is for
 * machines that do other things meanwhile.
 */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/child.h"
#include "tests/screen/pty.h"
#include "tests/torture/bad.h"
#include "tests/torture/chance.h"
#include "tests/torture/files.h"
#include "tests/torture/ledger.h"
#include "tests/torture/report.h"
#include "tests/torture/whole.h"

enum {
	ROUNDS = 16, /* unless told otherwise */
};

struct torture {
	char *folder, *history, *prompts;
	struct ledger *ledger;
	int round, limit_ms;
	bool made; /* the history: there is something to be read */
};

static long
setting(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text && *text ? strtol(text, NULL, 10) : otherwise;
}

/* ---- the history ---- */

/* Sometimes the next flynn is the first to see what the last one left: this only reads then. A flynn that was killed while
 * it made the history has left nothing to read. */
static void
look(struct torture *t)
{
	enum history_mode mode = chance_percent(50) && t->made ? HISTORY_READ : HISTORY_CREATE;
	struct err err = {0};
	struct history *h = history_open(t->history, mode, &err);

	t->made = true;
	if (!h)
		report_failure("%s", err.text);
	else
		ledger_look(t->ledger, h);
	if (h && *history_notice(h))
		report_failure("%s", history_notice(h));
	history_close(h);
}

/* ---- rounds with one flynn or two ---- */

static int64_t
some_time(void)
{
	return clock_ms() + (chance_percent(15) ? chance_below(80) : chance_from_to(80, 700));
}

static void
run(struct subject *a, struct subject *b, int64_t until_ms)
{
	while (clock_ms() < until_ms) {
		subject_step(a);
		if (b)
			subject_step(b);
	}
}

static struct subject *
begin(struct torture *t, enum subject_kind kind, char who)
{
	struct subject *s = subject_new(kind, t->round, who);

	ledger_enter(t->ledger, s);
	return s;
}

static void
end(struct torture *t, struct subject *s)
{
	if ((s->kind == SUBJECT_CHAT || s->kind == SUBJECT_NEW) && chance_percent(20))
		subject_quit(s);
	else
		subject_kill(s);
	look(t);
}

static void
one_flynn(struct torture *t, enum subject_kind kind)
{
	struct subject *a = begin(t, kind, 'a'), *b = NULL;

	if (chance_percent(25))
		b = begin(t, chance_percent(60) ? SUBJECT_NEW : SUBJECT_ASK, 'b');
	run(a, b, some_time());
	end(t, a);
	if (b) {
		run(b, NULL, clock_ms() + chance_below(300));
		end(t, b);
	}
	subject_free(a);
	subject_free(b);
}

static void
stream(struct torture *t)
{
	one_flynn(t, SUBJECT_CHAT);
}

static void
ask(struct torture *t)
{
	one_flynn(t, chance_percent(50) ? SUBJECT_ASK : SUBJECT_ASK_ON);
}

static void
search(struct torture *t)
{
	one_flynn(t, SUBJECT_SEARCH);
}

static void
import(struct torture *t)
{
	whole_import(t->history, t->round);
	look(t);
}

static void
migrate(struct torture *t)
{
	whole_migrate(t->history, t->folder);
	look(t);
}

/* Ctrl+Q, and what it begins then is not let come to its end, or is. */
static void
quit(struct torture *t)
{
	struct subject *s = begin(t, chance_percent(50) ? SUBJECT_CHAT : SUBJECT_NEW, 'a');
	int64_t until_ms;

	run(s, NULL, some_time());
	pty_keys(s->pty, "\x11");
	until_ms = clock_ms() + chance_below(60);
	while (clock_ms() < until_ms)
		(void)pty_pump(s->pty, 1);
	subject_kill(s);
	look(t);
	subject_free(s);
}

static void
stall(struct torture *t)
{
	bad_round(BAD_STALLED, t->folder, t->round, t->limit_ms);
}

static void
fill(struct torture *t)
{
	bad_round(BAD_FULL, t->folder, t->round, t->limit_ms);
}

static void
lock(struct torture *t)
{
	bad_round(BAD_LOCKED, t->folder, t->round, t->limit_ms);
}

/* ---- all of them ---- */

static struct deed {
	const char *name;
	void (*run)(struct torture *);
	int share; /* of a hundred rounds */
	int rounds, failed;
} deeds[] = {
        {"streaming", stream, 36, 0, 0},
        {"asking", ask, 13, 0, 0},
        {"searching", search, 13, 0, 0},
        {"importing", import, 10, 0, 0},
        {"migrating", migrate, 10, 0, 0},
        {"quitting", quit, 9, 0, 0},
        {"quitting on a disk that does not answer", stall, 3, 0, 0},
        {"quitting on a full disk", fill, 3, 0, 0},
        {"quitting with a history that is locked", lock, 3, 0, 0},
};

enum {
	DEEDS = ARRAY_LEN(deeds),
};

/* The first rounds are one of each; the very first makes a history. */
static struct deed *
choose(int round)
{
	int at = chance_below(100);
	struct deed *deed = deeds;

	if (round <= DEEDS)
		return &deeds[round - 1];
	while (at >= deed->share)
		at -= deed++->share;
	return deed;
}

static void
run_rounds(struct torture *t, int rounds)
{
	for (t->round = 1; t->round <= rounds; t->round++) {
		struct deed *deed = choose(t->round);
		int before = report_failures();

		report_round(t->round, deed->name);
		deed->run(t);
		deed->rounds++;
		deed->failed += report_failures() > before;
	}
}

static void
tell(const struct torture *t, int rounds, int64_t took_ms)
{
	struct ledger_counts f = ledger_counts(t->ledger);

	printf("# %d rounds in %d s; at most %d ms behind the screen, %ld words of %ld seen too new to be kept; %d "
	       "messages "
	       "(%ld KiB)\n",
	        rounds, (int)(took_ms / 1000), f.worst_ms, f.lost, f.words, f.messages, f.bytes / 1024);
	printf("1..%d\n", DEEDS);
	for (int i = 0; i < DEEDS; i++)
		printf("%s %d - killed while %s: %d rounds, %d of them bad\n", deeds[i].failed ? "not ok" : "ok", i + 1,
		        deeds[i].name, deeds[i].rounds, deeds[i].failed);
}

int
main(void)
{
	long rounds = setting("TORTURE_ROUNDS", ROUNDS),
	     seed = setting("TORTURE_SEED", (long)(clock_unix_ms() % 1000000));
	struct torture t = {.folder = child_dir()};
	int64_t start_ms = clock_ms();

	if (!getenv("FLYNN")) {
		puts("Bail out! FLYNN does not say which program");
		return 1;
	}
	setlocale(LC_ALL, "");
	signal(SIGPIPE, SIG_IGN);
	t.history = mem_printf("%s/flynn/history.db", t.folder);
	t.prompts = mem_printf("%s/flynn/prompts", t.folder);
	t.limit_ms = (int)setting("TORTURE_LIMIT_MS", LEDGER_LIMIT_MS);
	t.ledger = ledger_new(t.prompts, t.limit_ms);
	pty_home(t.folder);
	files_make(t.folder);
	printf("# TORTURE_SEED=%ld TORTURE_ROUNDS=%ld\n", seed, rounds);
	fflush(stdout);
	chance_begin((uint64_t)seed);
	run_rounds(&t, (int)rounds);
	tell(&t, (int)rounds, clock_ms() - start_ms);
	if (report_failures() == 0)
		child_dir_remove(t.folder);
	else
		printf("# the history is left in %s\n", t.folder);
	ledger_free(t.ledger);
	files_forget();
	free(t.history);
	free(t.prompts);
	free(t.folder);
	return report_failures() > 0;
}
