/*
 * failing.c - a short session of the real program in which one call fails, once for each call that it makes: it ends with
 * words and the terminal as it was, or goes on; and the history has what it had.
 *
 * `make check` takes some calls of each kind; FLYNN_FAILURES says how many, or "all"; FLYNN_FAILURE is
 * the name of one of `faults`.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/memory_find.h"
#include "store/database.h"
#include "tests/child.h"
#include "tests/failing.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	SLICE_MS = 5,
	PATIENCE_MS = 20000, /* with what must come */
	LESS_MS = 1000,      /* with what need not come, for a call has failed */
	SAMPLE = 4,          /* calls of each row of `faults` */
};

static const char server[] = "on GET /health\njson 200 {\"status\":\"ok\"}\n"
                             "on POST /v1/chat/completions\nstream\nrole\ntoken \"Kept.\"\nfinish stop\ndone\n"
                             "then\nstream\nrole\ntoken \"Blue.\"\nfinish stop\ndone\n"
                             "then\nstream\nrole\ntoken \"Grey.\"\nfinish stop\ndone\n";

enum must {
	MUST_END,   /* out of memory */
	MUST_GO_ON, /* as if nothing had been */
	MAY_EITHER,
};

static const struct fault {
	const char *name;
	enum failing_kind kind;
	int error;
	enum must must;
} faults[] = {
        {"memory", FAILING_ALLOC, ENOMEM, MUST_END},
        {"open, too many files", FAILING_OPEN, EMFILE, MAY_EITHER},
        {"open, a broken disk", FAILING_OPEN, EIO, MAY_EITHER},
        {"read, interrupted", FAILING_READ, EINTR, MUST_GO_ON},
        {"read, nothing there", FAILING_READ, EAGAIN, MAY_EITHER},
        {"read, broken", FAILING_READ, EIO, MAY_EITHER},
        {"write, interrupted", FAILING_WRITE, EINTR, MUST_GO_ON},
        {"write, no room now", FAILING_WRITE, EAGAIN, MUST_GO_ON},
        {"write, a full disk", FAILING_WRITE, ENOSPC, MAY_EITHER},
        {"write, broken", FAILING_WRITE, EIO, MAY_EITHER},
        {"poll, interrupted", FAILING_POLL, EINTR, MUST_GO_ON},
        {"poll, no memory", FAILING_POLL, ENOMEM, MAY_EITHER},
        {"thread", FAILING_THREAD, EAGAIN, MAY_EITHER},
        {"terminal, broken", FAILING_TTY, EIO, MAY_EITHER},
        {"terminal, interrupted", FAILING_TTY, EINTR, MUST_GO_ON},
        {"file, broken", FAILING_FILE, EIO, MAY_EITHER},
};

struct scene {
	char *dir, *program;
	struct standin *standin;
	struct pty *pty;
	const struct fault *fault; /* NULL: none */
	unsigned long call;
	bool ended;
	int status;
};

/* ---- the session ---- */

/* Until the screen shows it, or flynn has ended. False: neither. */
static bool
wait_for(struct scene *s, const char *text)
{
	bool may_fail = s->fault && s->fault->must != MUST_GO_ON;
	int64_t end = clock_ms() + (may_fail ? LESS_MS : PATIENCE_MS);

	while (!s->ended && clock_ms() < end) {
		char *screen = pty_text(s->pty);
		bool shown = strstr(screen, text) != NULL;

		free(screen);
		if (shown)
			return true;
		if (!pty_pump(s->pty, SLICE_MS))
			s->ended = pty_has_ended(s->pty);
	}
	return s->ended || may_fail;
}

static void
play(struct scene *s)
{
	static const struct {
		const char *keys, *shown;
	} steps[] = {
	        {"", " ready"},
	        {"Which colour?\r", "Blue."},
	        {"\x1bwv", "\xe2\x94\x81 2"},
	        {"And now?\r", "Grey."},
	        {"\x1bORKept", "Kept from before"},
	};

	for (size_t i = 0; i < ARRAY_LEN(steps) && !s->ended; i++) {
		if (i > 0)
			pty_keys(s->pty, steps[i].keys);
		HARNESS_CHECK(wait_for(s, steps[i].shown), "%s, call %lu, step %zu: the screen does not show \"%s\"",
		        s->fault ? s->fault->name : "no failure", s->call, i, steps[i].shown);
	}
	if (!s->ended)
		pty_keys(s->pty, "\x11");
	s->status = pty_wait_end(s->pty);
}

/* ---- before and after ---- */

static char *
path_in(const struct scene *s, const char *name)
{
	return mem_printf("%s/%s", s->dir, name);
}

static void
write_zeros(const char *path, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	CU_ASSERT_FATAL(fd >= 0 && ftruncate(fd, (off_t)n) == 0);
	close(fd);
}

static void
read_count(const struct scene *s, struct failing_count *count)
{
	char *path = path_in(s, "count");
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	CU_ASSERT_FATAL(fd >= 0 && read(fd, count, sizeof(*count)) == sizeof(*count));
	close(fd);
	free(path);
}

/* A history with one conversation, which flynn has made. */
static void
make_history(const struct scene *s)
{
	char *data = mem_printf("XDG_DATA_HOME=%s", s->dir);
	const char *argv[] = {getenv("FLYNN"), "ask", "-e", standin_endpoint(s->standin), "Kept from before", NULL};
	const char *env[] = {data, NULL};
	struct child_output output = {0};

	child_run((struct child){.argv = argv, .env = env, .dir = s->dir}, "", 0, PATIENCE_MS, &output);
	HARNESS_CHECK(output.status == 0, "%s", buf_text(&output.err));
	child_output_release(&output);
	free(data);
}

static int64_t
number(struct database *db, const char *sql)
{
	struct err err;
	int64_t n = -1;

	HARNESS_CHECK(database_number(db, sql, &n, &err), "%s: %s", sql, err.text);
	return n;
}

static void
check_history(const struct scene *s, bool whole)
{
	static const char said[] =
	        "SELECT count(*) FROM message WHERE content IN ('Which colour?', 'Blue.', 'And now?', 'Grey.')";
	const char *name = s->fault ? s->fault->name : "no failure";
	char *path = path_in(s, "flynn/history.db");
	struct database db = {0};
	struct err err;

	if (database_open(&db, path, DATABASE_READ, &err)) {
		HARNESS_CHECK(
		        number(&db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1,
		        "%s, call %lu: the history is damaged", name, s->call);
		HARNESS_CHECK(number(&db, "SELECT count(*) FROM message WHERE content = 'Kept from before'") == 1,
		        "%s, call %lu: what was there before is gone", name, s->call);
		HARNESS_CHECK(!whole || number(&db, said) == 4, "%s, call %lu: not all is saved", name, s->call);
	} else {
		HARNESS_CHECK(false, "%s", err.text);
	}
	database_close(&db);
	free(path);
}

static void
begin(struct scene *s)
{
	*s = (struct scene){.dir = child_dir(),
	        .program = mem_printf("%s/tests/flynn_failing", getenv("FLYNN_BUILD")),
	        .standin = steps_serve(server)};
	pty_home(s->dir);
	make_history(s);
}

static void
end(struct scene *s)
{
	pty_home(NULL);
	standin_free(s->standin);
	child_dir_remove(s->dir);
	free(s->dir);
	free(s->program);
}

/* ---- one run ---- */

static void
run(struct scene *s, const struct fault *fault, unsigned long call)
{
	char *count = path_in(s, "count"),
	     *words = mem_printf("%d %lu %d", fault ? (int)fault->kind : FAILING_KINDS, call, fault ? fault->error : 0);

	s->fault = fault;
	s->call = call;
	write_zeros(count, sizeof(struct failing_count));
	setenv("FLYNN_FAIL_COUNT", count, 1);
	setenv("FLYNN_FAIL", words, 1);
	s->pty = pty_new_program(
	        s->program, (const char *[]){"-e", standin_endpoint(s->standin), NULL}, 24, 120, "xterm-256color");
	unsetenv("FLYNN_FAIL");
	unsetenv("FLYNN_FAIL_COUNT");
	play(s);
	free(count);
	free(words);
}

static bool
sent(const struct scene *s, const char *words)
{
	const struct buf *bytes = pty_bytes(s->pty);

	return memory_find(bytes->data, bytes->len, words, strlen(words)) != NULL;
}

static void
check_end(const struct scene *s, unsigned long call, bool failed)
{
	const char *name = s->fault ? s->fault->name : "no failure";
	enum must must = failed ? s->fault->must : MUST_GO_ON;
	int status = WIFEXITED(s->status) ? WEXITSTATUS(s->status) : -1;

	HARNESS_CHECK(status >= 0, "%s, call %lu: it ended with %x", name, call, (unsigned)s->status);
	/* A terminal that cannot be read, written or set has gone, like one that hangs up. */
	if (status == 128 + SIGHUP && must == MAY_EITHER)
		return check_history(s, false);
	HARNESS_CHECK(pty_is_restored(s->pty), "%s, call %lu: the terminal is not as it was", name, call);
	HARNESS_CHECK(must != MUST_GO_ON || status == 0, "%s, call %lu: status %d", name, call, status);
	HARNESS_CHECK(must != MUST_END || (status == 1 && sent(s, "flynn: out of memory")),
	        "%s, call %lu: status %d, and no words", name, call, status);
	HARNESS_CHECK(status == 0 || sent(s, "flynn: "), "%s, call %lu: status %d, and no words", name, call, status);
	HARNESS_CHECK(!memchr(pty_bytes(s->pty)->data, 0, pty_bytes(s->pty)->len), "%s, call %lu: a zero was sent",
	        name, call);
	check_history(s, must == MUST_GO_ON);
}

/* Whether the call failed: a session may make fewer than the one before. */
static bool
play_with(const struct fault *fault, unsigned long call, struct failing_count *count)
{
	struct scene s;
	bool failed;

	begin(&s);
	run(&s, fault, call);
	read_count(&s, count);
	failed = atomic_load(&count->failed) > 0;
	check_end(&s, call, failed);
	pty_free(s.pty);
	end(&s);
	return failed;
}

/* ---- all of them ---- */

static struct failing_count calls;

static void
a_session_makes_calls(void)
{
	(void)play_with(NULL, 0, &calls);
	for (int i = 0; i < FAILING_KINDS; i++)
		HARNESS_CHECK(atomic_load(&calls.calls[i]) > 0, "kind %d is never called", i);
}

static unsigned long
wanted(unsigned long all)
{
	const char *words = getenv("FLYNN_FAILURES");
	unsigned long n = words ? strtoul(words, NULL, 10) : SAMPLE;

	return (words && strcmp(words, "all") == 0) || n > all ? all : n;
}

static bool
is_asked_for(const struct fault *fault)
{
	const char *name = getenv("FLYNN_FAILURE");

	return !name || strcmp(name, fault->name) == 0;
}

/* Spread over the session, and the first. */
static void
fail_calls(const struct fault *fault)
{
	unsigned long all = atomic_load(&calls.calls[fault->kind]), n = wanted(all), failed = 0;
	struct failing_count count;

	for (unsigned long k = 0; k < n; k++)
		failed += play_with(fault, k * all / n, &count);
	printf("# %s: %lu of %lu calls failed\n", fault->name, failed, all);
	fflush(stdout);
}

static void
each_fault_ends_well(void)
{
	for (size_t i = 0; i < ARRAY_LEN(faults); i++)
		if (is_asked_for(&faults[i]))
			fail_calls(&faults[i]);
}

static CU_TestInfo failing_tests[] = {
        {"a session makes calls of all kinds", a_session_makes_calls},
        {"whatever fails, it ends well or goes on", each_fault_ends_well},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"failing", NULL, NULL, NULL, NULL, failing_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
