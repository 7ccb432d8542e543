/*
 * terminal.c - what flynn is to a terminal, from outside: its colours, and leaving it to the shell for a while.
 */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/capability.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/memory_find.h"
#include "demo/standin.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/play_history.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

#define CHAT                                                                                                           \
	"on GET /health\n"                                                                                             \
	"json 200 {\"status\":\"ok\"}\n"                                                                               \
	"on GET /props\n"                                                                                              \
	"json 200 {\"model_alias\":\"tiny\"}\n"                                                                        \
	"on POST /v1/chat/completions\n"

/* ---- colours ---- */

struct looks {
	const char *prompt, *reply, *error, *status_error, *status;
};

static const struct looks none = {"bold", "plain", "bold", "bold reverse", "reverse"},
                          any = {"5 bold", "plain", "1 bold", "1 bold reverse", "reverse"},
                          dark = {"117 bold", "plain", "210 bold", "231 on 124 bold", "252 on 237"},
                          light = {"25 bold", "plain", "124 bold", "231 on 124 bold", "236 on 253"},
                          dark_8 = {"6 bold", "plain", "1 bold", "1 bold reverse", "reverse"};

static void
expect_look(struct pty *p, int row, int col, const char *want)
{
	char look[PTY_LOOK_MAX];

	pty_look(p, row, col, look);
	HARNESS_EQUAL(look, want);
}

static void
set_or_unset(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void
write_config(const char *path, const char *endpoint, const char *theme)
{
	FILE *file = fopen(path, "w");

	CU_ASSERT_FATAL(file != NULL);
	CU_ASSERT(fprintf(file, "theme: %s\nmodels:\n  one:\n    endpoint: %s\n", theme, endpoint) > 0);
	CU_ASSERT(fclose(file) == 0);
}

/* The file has a folder of its own: the same test may run twice at the same time. */
static struct pty *
start_with_theme(const struct standin *s, const char *theme, const char *term)
{
	char *dir, *path;
	struct pty *p;

	if (!theme)
		return pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 12, 60, term);
	dir = child_dir();
	path = mem_printf("%s/config.yaml", dir);
	write_config(path, standin_endpoint(s), theme);
	p = pty_new((const char *[]){"--no-history", "-c", path, NULL}, 12, 60, term);
	steps_expect(p, " ready");
	child_dir_remove(dir);
	free(path);
	free(dir);
	return p;
}

static void
expect_looks(struct pty *p, const struct looks *want)
{
	steps_expect(p, " ready");
	pty_keys(p, "Go\r");
	steps_expect(p, "Yes.\n");
	pty_keys(p, "Again\r");
	steps_expect(p, "\n! no");
	steps_expect(p, "> Again\n ready · tiny · no");
	expect_look(p, 0, 2, want->prompt);
	expect_look(p, 2, 0, want->reply);
	expect_look(p, 4, 0, want->error);
	expect_look(p, 11, 16, want->status_error);
	expect_look(p, 11, 1, want->status);
	pty_keys(p, "!");
	steps_expect(p, "> Again!\n ready");
	expect_look(p, 11, 1, want->status);
	expect_look(p, 10, 2, "plain");
}

static void
looks_as_the_terminal_allows(void)
{
	static const struct {
		const char *term, *no_color, *colorfgbg, *theme; /* NULL: not said */
		const struct looks *want;
	} rows[] = {
	        {"xterm-256color", NULL, NULL, NULL, &any},
	        {"xterm-256color", NULL, "15;0", NULL, &dark},
	        {"xterm-256color", NULL, "0;default;15", NULL, &light},
	        {"xterm-256color", NULL, "15;0", "light", &light},
	        {"xterm-256color", NULL, NULL, "dark", &dark},
	        {"xterm-256color", "1", "15;0", "dark", &none},
	        {"xterm-256color", "", "15;0", NULL, &dark},
	        {"xterm", NULL, "15;0", NULL, &dark_8},
	        {"vt100", NULL, "15;0", NULL, &none},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct standin *s = steps_serve(CHAT "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n"
		                                     "then\njson 500 {\"error\":{\"code\":500,\"message\":\"no\"}}\n");
		struct pty *p;

		set_or_unset("NO_COLOR", rows[i].no_color);
		set_or_unset("COLORFGBG", rows[i].colorfgbg);
		p = start_with_theme(s, rows[i].theme, rows[i].term);
		expect_looks(p, rows[i].want);
		steps_quit(p);
		standin_free(s);
	}
	unsetenv("NO_COLOR");
	unsetenv("COLORFGBG");
}

/* Names that no machine knows, of the kind that only some do. */
static void
takes_an_unknown_terminal_for_xterm(void)
{
	static const char *const names[] = {"xterm-no-such-kitty", "no-such-terminal", "../no/such", "no\x1bsuch"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct standin *s = steps_serve(CHAT "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");
		struct pty *p =
		        pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 12, 90, names[i]);

		steps_expect(p, "is unknown: used as xterm-256color");
		pty_keys(p, "Go\r");
		steps_expect(p, "> Go\n\nYes.\n");
		expect_look(p, 0, 2, any.prompt);
		pty_keys(p, "ab\x1b[D-");
		steps_expect(p, "> a-b\n");
		steps_quit(p);
		standin_free(s);
	}
}

/* ---- the size ---- */

/* More rows than the description of the terminal says; words at the top while the last row changes. */
static void
fills_every_row(void)
{
	static const char *const terms[] = {"vt100", "vt220", "linux", "xterm-256color"};

	for (size_t i = 0; i < ARRAY_LEN(terms); i++) {
		struct standin *s = steps_serve(
		        CHAT "stream\nrepeat 30\ntoken \"one two three \"\ndelay 5\nend\ntoken \"the end.\"\n"
		             "finish stop\ndone\nlast\n");
		struct pty *p = pty_new((const char *[]){"-e", standin_endpoint(s), NULL}, 40, 60, terms[i]);

		steps_expect(p, " ready");
		pty_keys(p, "Go\r");
		steps_expect(p, "> Go\n\n"
		                "one two three one two three one two three one two three one\n"
		                "two three one two three one two three one two three one two\n"
		                "three one two three one two three one two three one two\n"
		                "three one two three one two three one two three one two\n"
		                "three one two three one two three one two three one two\n"
		                "three one two three one two three one two three one two\n"
		                "three one two three one two three one two three one two\n"
		                "three one two three the end.\n");
		CU_ASSERT(memory_find(buf_text(pty_bytes(p)), pty_bytes(p)->len, "\x1b[1;24r", 7) == NULL);
		steps_quit(p);
		standin_free(s);
	}
}

/* ---- the shell ---- */

/* A shell with job control that starts flynn, and goes on with it after a line. */
static struct pty *
start_in_shell(const struct standin *s)
{
	char *script = mem_printf(
	        "\"$FLYNN\" --no-history -e %s; echo \"left: $?\"; read line; fg; echo \"ended: $?\"; read line",
	        standin_endpoint(s));
	struct pty *p =
	        pty_new_program("/bin/sh", (const char *[]){"-m", "-c", script, NULL}, 12, 60, "xterm-256color");

	free(script);
	return p;
}

static void
comes_back_from_the_shell(void)
{
	struct standin *s = steps_serve(CHAT "stream\ntoken \"Once\"\nwait\ntoken \" upon\"\nwait\ntoken \" a time.\"\n"
	                                     "finish stop\ndone\nlast\n");
	struct pty *p = start_in_shell(s);

	steps_expect(p, " ready");
	pty_keys(p, "Go\r");
	steps_expect(p, "Once\n");
	pty_keys(p, "typed\x1a");
	steps_expect(p, "left: ");
	CU_ASSERT(pty_is_restored(p));
	CU_ASSERT(pty_wait_gone(p, "Once"));
	/* What comes meanwhile waits in the socket, and the terminal has another size when it is back. */
	standin_go(s);
	pty_resize(p, 16, 50);
	pty_keys(p, "\r");
	steps_expect(p, "> Go\n\nOnce upon\n");
	steps_expect(p, "> typed\n");
	CU_ASSERT(!pty_is_restored(p));
	standin_go(s);
	steps_expect(p, "Once upon a time.\n");
	pty_keys(p, "\x1a");
	steps_expect(p, "ended: ");
	CU_ASSERT(pty_is_restored(p));
	pty_free(p);
	standin_free(s);
}

/* Without a shell that could go on with it, it must not stop for good. */
static void
stays_where_nobody_could_go_on_with_it(void)
{
	struct standin *s = steps_serve(CHAT "hang\n");
	struct pty *p =
	        pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 12, 60, "xterm-256color");

	steps_expect(p, " ready");
	pty_keys(p, "typed\x1a and more");
	steps_expect(p, "> typed and more\n");
	steps_quit(p);
	standin_free(s);
}

/* Stopped by a signal that no program can see, the screen may be anybody's until it goes on. */
static void
paints_anew_when_it_goes_on(void)
{
	struct standin *s = steps_serve(CHAT "hang\n");
	struct pty *p =
	        pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 12, 60, "xterm-256color");

	steps_expect(p, " ready");
	pty_keys(p, "typed");
	steps_expect(p, "> typed\n");
	kill(pty_pid(p), SIGSTOP);
	pty_scribble(p, "\x1b[?1049l\x1b[?25h\x1b[2J\x1b[Hmake: *** no rule");
	steps_expect(p, "no rule");
	kill(pty_pid(p), SIGCONT);
	steps_expect(p, "> typed\n ready");
	CU_ASSERT(pty_wait_gone(p, "no rule"));
	steps_quit(p);
	standin_free(s);
}

/* ---- a terminal that may not be opened ---- */

static const char *self; /* this program */

/* As after su(1): the terminal's file is somebody else's, which even root may not pass by; and as after `su -c`, which
 * takes the controlling terminal away too. Then flynn. */
static int
run_as_after_su(char **arguments)
{
	bool controlling = strcmp(arguments[0], "su") == 0;

	if (geteuid() == 0 &&
	        (prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE) < 0 || prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH) < 0))
		return 126;
	if (fchmod(STDOUT_FILENO, 0) < 0)
		return 126;
	if (!controlling) {
		signal(SIGHUP, SIG_IGN);
		ioctl(STDIN_FILENO, TIOCNOTTY);
		signal(SIGHUP, SIG_DFL);
	}
	arguments[0] = getenv("FLYNN");
	execv(arguments[0], arguments);
	return 127;
}

static bool
can_drop_capabilities(void)
{
	return geteuid() != 0 || prctl(PR_CAPBSET_READ, CAP_SETPCAP) == 1;
}

static void
opens_a_terminal_of_somebody_else(void)
{
	static const char *const ways[] = {"su", "su -c"};

	if (!can_drop_capabilities()) {
		harness_skip("root may not drop its capabilities");
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		struct standin *s = steps_serve(CHAT "stream\ntoken \"Hello\"\nfinish stop\ndone\nlast\n");
		struct pty *p = pty_new_program(self,
		        (const char *[]){ways[i], "--no-history", "-e", standin_endpoint(s), NULL}, 12, 60, "xterm");
		steps_expect(p, " ready");
		HARNESS_CHECK(
		        pty_blocks(p) == (i == 0), "%s: the open file is %s", ways[i], i == 0 ? "ours" : "shared");
		pty_keys(p, "hi\r");
		steps_expect(p, "Hello");
		/* The open file is the shell's, and blocks again when flynn is gone. */
		pty_keys(p, "\x11");
		CU_ASSERT(pty_wait_end(p) == 0);
		HARNESS_CHECK(pty_blocks(p), "%s", ways[i]);
		CU_ASSERT(pty_is_restored(p));
		pty_free(p);
		standin_free(s);
	}
}

/* ---- sizes ---- */

static void
bounds_a_huge_window(void)
{
	static const int sizes[][2] = {{32768, 32768}, {65535, 65535}, {1, 65535}, {65535, 1}, {1001, 1000}};
	struct standin *s = steps_serve(CHAT "hang\n");
	struct pty *p = pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 12, 60, "xterm");

	steps_expect(p, " ready");
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		pty_claim_size(p, sizes[i][0], sizes[i][1]);
		while (pty_pump(p, 100))
			;
		pty_resize(p, 12, 60);
		pty_keys(p, "x");
		steps_expect(p, "> x");
		pty_keys(p, "\b");
		CU_ASSERT(pty_wait_gone(p, "> x"));
	}
	steps_quit(p);
	standin_free(s);
}

static void
asks_the_terminal_for_its_size(void)
{
	struct standin *s = steps_serve(CHAT "hang\n");
	struct pty *p;

	setenv("LINES", "20000", 1);
	setenv("COLUMNS", "20000", 1);
	p = pty_new((const char *[]){"--no-history", "-e", standin_endpoint(s), NULL}, 12, 60, "xterm");
	unsetenv("LINES");
	unsetenv("COLUMNS");
	steps_expect(p, ">\n ready");
	steps_quit(p);
	standin_free(s);
}

/* ---- the start ---- */

/* sh reads the first line byte by byte; the rest waits in the terminal when it becomes flynn. */
static void
takes_what_was_typed_before_it_began(void)
{
	struct standin *s = steps_serve(CHAT "hang\n");
	struct pty *p = pty_new_program("/bin/sh",
	        (const char *[]){"-c", "printf 'go on\\n'; read -r line; exec \"$@\"", "sh", getenv("FLYNN"),
	                "--no-history", "-e", standin_endpoint(s), NULL},
	        12, 60, "xterm");

	steps_expect(p, "go on");
	pty_keys(p, "x\nh\xc3\xa4tte ich \x1b[1;5Dnicht ");
	steps_expect(p, "> h\xc3\xa4tte nicht ich");
	steps_quit(p);
	standin_free(s);
}

static void
make_history(const char *home)
{
	char *path = mem_printf("%s/flynn/history.db", home);
	struct err err;
	int64_t open;

	CU_ASSERT_FATAL(play_history_make(
	        path, "conversation 5m Boats\nuser What is a boat?\nreply It floats.\n", "", &open, &err));
	free(path);
}

/* An empty file stands for one that cannot be loaded. */
static struct pty *
start_without(const char *library, const char *dir)
{
	char *path = mem_printf("%s/%s", dir, library);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	struct pty *p;

	CU_ASSERT_FATAL(fd >= 0);
	close(fd);
	free(path);
	pty_home(dir);
	setenv("LD_LIBRARY_PATH", dir, 1);
	p = pty_new((const char *[]){"-e", "http://127.0.0.1:9", NULL}, 12, 60, "xterm");
	unsetenv("LD_LIBRARY_PATH");
	return p;
}

/* What needs no server goes on. The prompt that failed is in the history only where a save came between. */
static void
says_that_libcurl_is_missing(void)
{
	char *dir = child_dir();
	struct pty *p;

	make_history(dir);
	p = start_without(LIBCURL_SONAME, dir);
	steps_expect(p, "\n failing: libcurl cannot be loaded");
	pty_keys(p, "Hello\r");
	steps_expect(p, "! libcurl cannot be loaded\n");
	pty_keys(p, "\x1bOR");
	steps_expect(p, "Boats");
	pty_keys(p, "\x1b");
	CU_ASSERT(pty_wait_gone(p, "Boats"));
	steps_quit(p);
	pty_home(NULL);
	child_dir_remove(dir);
	free(dir);
}

#ifdef LIBSQLITE3_SONAME

/* What needs no history goes on. What could not be saved is beside it when flynn ends. */
static void
says_that_sqlite_is_missing(void)
{
	char *dir = child_dir();
	struct pty *p = start_without(LIBSQLITE3_SONAME, dir);
	int status;

	steps_expect(p, "not saving: SQLite cannot be loaded");
	pty_keys(p, "Hello\r");
	steps_expect(p, "! llama-server not running");
	steps_expect(p, "> Hello\n");
	pty_keys(p, "\x1bOR");
	steps_expect(p, "not available: SQLite cannot be loaded");
	pty_keys(p, "\x1b");
	CU_ASSERT(pty_wait_gone(p, "not available"));
	pty_keys(p, "\x11");
	status = pty_wait_end(p);
	CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	CU_ASSERT(pty_is_restored(p));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_text(pty_bytes(p)), "rescue-"));
	pty_free(p);
	pty_home(NULL);
	child_dir_remove(dir);
	free(dir);
}

#endif

/* ---- emoji sequences ---- */

#define EMOJI                                                                                                          \
	CHAT "stream\ntoken \"| a 👨‍👩‍👧‍👦 b | 🇩🇪 |\\n|---|---|\\n| 👋🏽❤️ | 1️⃣ "  \
	     "|\\n\\nx "                                                                                               \
	     "👨‍👩‍👧‍👦 "                                                                              \
	     "y\"\nfinish stop\ndone\nlast\n"

static size_t
count_sent(const struct pty *p, const char *text)
{
	const struct buf *sent = pty_bytes(p);
	size_t n = 0;

	for (const char *at = buf_text(sent);
	        (at = memory_find(at, (size_t)(sent->data + sent->len - at), text, strlen(text))); at++)
		n++;
	return n;
}

/* Its answers are no keys, and what it was asked with is gone. */
static void
asks_how_sequences_are_drawn(void)
{
	struct standin *s = steps_serve(EMOJI);
	struct pty *p = start_with_theme(s, NULL, "xterm-256color");

	pty_joins(p);
	steps_expect(p, " ready");
	pty_keys(p, "Gone\x7f\x7f\r");
	steps_expect(p, "> Go\n\na 家 b │ 旗\n───────┼───\n手心   │ 键\n\nx 家 y\n");
	pty_keys(p, "ab👋🏽c\x1b[D\x1b[D\x7f"
	            "d");
	steps_expect(p, "> ad手c\n");
	CU_ASSERT(count_sent(p, "\x1b[6n") == 6);
	steps_quit(p);
	standin_free(s);
}

/* It draws each in cells of its own, and is asked once. */
static void
draws_sequences_apart_where_the_terminal_does(void)
{
	struct standin *s = steps_serve(EMOJI);
	struct pty *p = start_with_theme(s, NULL, "xterm-256color");

	pty_answers(p);
	steps_expect(p, " ready");
	pty_keys(p, "Go\r");
	steps_expect(p, "> Go\n\na 👨👩👧👦 b │ DE\n─────────────┼───\n👋🟧❤️         "
	                "│ "
	                "1️⃣\n\nx "
	                "👨👩👧👦 "
	                "y\n");
	pty_keys(p, "👋🏽\r");
	steps_expect(p, "> 👋🟧\n");
	CU_ASSERT(count_sent(p, "\x1b[6n") == 6);
	steps_quit(p);
	standin_free(s);
}

/* Nor one that says nothing, nor tmux, which does not know what the terminal before it does. Without such a text none is. */
static void
asks_nobody_who_cannot_know(void)
{
	static const struct {
		const char *term;
		bool answers;
		const char *typed;
	} rows[] = {{"xterm-256color", false, "👋🏽"}, {"tmux-256color", true, "👋🏽"},
	        {"xterm-256color", true, "世e\xcc\x81👋❤"}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct standin *s = steps_serve(CHAT "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");
		struct pty *p = start_with_theme(s, NULL, rows[i].term);

		if (rows[i].answers)
			pty_answers(p);
		steps_expect(p, " ready");
		pty_keys(p, rows[i].typed);
		pty_keys(p, "\r");
		steps_expect(p, "Yes.");
		pty_keys(p, "more");
		steps_expect(p, "> more");
		CU_ASSERT(count_sent(p, "\x1b[6n") == 0);
		steps_quit(p);
		standin_free(s);
	}
}

static CU_TestInfo terminal_tests[] = {
        {"looks as the terminal allows", looks_as_the_terminal_allows},
        {"takes an unknown terminal for xterm", takes_an_unknown_terminal_for_xterm},
        {"fills every row", fills_every_row},
        {"comes back from the shell", comes_back_from_the_shell},
        {"stays where nobody could go on with it", stays_where_nobody_could_go_on_with_it},
        {"paints anew when it goes on", paints_anew_when_it_goes_on},
        {"opens a terminal of somebody else", opens_a_terminal_of_somebody_else},
        {"bounds a huge window", bounds_a_huge_window},
        {"asks the terminal for its size", asks_the_terminal_for_its_size},
        {"takes what was typed before it began", takes_what_was_typed_before_it_began},
        {"asks how sequences are drawn", asks_how_sequences_are_drawn},
        {"draws sequences apart where the terminal does", draws_sequences_apart_where_the_terminal_does},
        {"asks nobody who cannot know", asks_nobody_who_cannot_know},
        {"says that libcurl is missing", says_that_libcurl_is_missing},
#ifdef LIBSQLITE3_SONAME
        {"says that SQLite is missing", says_that_sqlite_is_missing},
#endif
        CU_TEST_INFO_NULL,
};

int
main(int argc, char **argv)
{
	CU_SuiteInfo suites[] = {
	        {"terminal", NULL, NULL, NULL, NULL, terminal_tests},
	        CU_SUITE_INFO_NULL,
	};

	if (argc > 1)
		return run_as_after_su(argv + 1);
	self = argv[0];
	signal(SIGPIPE, SIG_IGN);
	unsetenv("NO_COLOR");
	unsetenv("COLORFGBG");
	return harness_main(suites);
}
