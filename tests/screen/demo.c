/*
 * demo.c - `flynn demo` on a terminal: the tour says what it is, shows what it is asked for, and leaves nothing behind.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/screen/casts.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	CAST_MS = 20000,
};

/* The program's home, with nothing in it but a stage script. */
struct place {
	char *home, *script;
};

/* NULL: without a script. */
static struct place
begin(const char *script)
{
	struct place place = {mem_strdup("/tmp/flynn-demo-XXXXXX"), NULL};
	FILE *f;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(place.home));
	setenv("HOME", place.home, 1);
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_STATE_HOME");
	place.script = mem_printf("%s/script", place.home);
	if (!script)
		return place;
	f = fopen(place.script, "w");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	fputs(script, f);
	fclose(f);
	return place;
}

/* Nothing else was left there. */
static void
end(struct place *place)
{
	unlink(place->script);
	HARNESS_CHECK(rmdir(place->home) == 0, "%s is not empty", place->home);
	free(place->script);
	free(place->home);
}

static void
plays_the_tour_and_leaves_no_file(void)
{
	struct place place = begin(NULL);
	struct pty *p = pty_new((const char *[]){"demo", NULL}, 24, 80, "xterm-256color");

	steps_expect(p, "This is a tour of flynn without a language model");
	steps_expect(p, "ready · flynn tour (no language model)");
	pty_keys(p, "hello\r");
	steps_expect(p, "> hello\n\nThis is a tour of flynn");
	pty_keys(p, "\x1b");
	steps_expect(p, "(stopped)");
	pty_keys(p, "next\r");
	steps_expect(p, "> next\n\n1. Keys");
	steps_quit(p);
	end(&place);
}

static void
plays_what_goes_wrong(void)
{
	static const struct {
		const char *word, *screen;
	} rows[] = {
	        {"an ERROR", "\n! Context size has been exceeded."},
	        {"broken", "\n! the connection broke off"},
	        {"loading", "! Loading model · Enter sends it again\n"},
	};
	struct place place = begin(NULL);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pty *p = pty_new((const char *[]){"demo", NULL}, 24, 80, "xterm-256color");

		steps_expect(p, " ready");
		pty_keys(p, rows[i].word);
		pty_keys(p, "\r");
		steps_expect(p, rows[i].screen);
		steps_quit(p);
	}
	end(&place);
}

/* A tenth more every 400 ms: which of them is seen depends on the machine. */
static void
tells_how_far_a_slow_prompt_is(void)
{
	struct place place = begin(NULL);
	struct pty *p = pty_new((const char *[]){"demo", NULL}, 24, 80, "xterm-256color");
	int percent = -1;
	char *screen;

	steps_expect(p, " ready");
	pty_keys(p, "slow\r");
	steps_expect(p, "reading prompt ");
	screen = pty_text(p);
	HARNESS_CHECK(
	        sscanf(strstr(screen, "reading prompt "), "reading prompt %d %%", &percent) == 1 && percent % 10 == 0,
	        "%d %%", percent);
	free(screen);
	steps_expect(p, "A long prompt takes a while to read");
	steps_quit(p);
	end(&place);
}

static void
goes_live_after_loading(void)
{
	struct place place = begin(NULL);
	struct pty *p = pty_new((const char *[]){"demo", NULL}, 24, 80, "xterm-256color");

	steps_expect(p, " ready");
	pty_keys(p, "loading\r");
	steps_expect(p, "! Loading model");
	steps_expect(p, "> loading\n loading");
	steps_expect(p, "> loading\n ready");
	pty_keys(p, "\r");
	steps_expect(p, "The server was loading its model");
	steps_quit(p);
	end(&place);
}

static void
takes_no_server_of_the_users(void)
{
	struct pty *p = pty_new((const char *[]){"demo", "-e", "http://127.0.0.1:1", NULL}, 24, 80, "xterm-256color");
	int status = pty_wait_end(p);

	CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 2);
	pty_free(p);
}

/* ---- stage scripts ---- */

static struct pty *
play(const char *path, const char *speed)
{
	return pty_new((const char *[]){"demo", "--speed", speed, path, NULL}, 24, 80, "xterm-256color");
}

static void
type_after_it(struct pty *p)
{
	pty_keys(p, "mine");
	steps_expect(p, "> mine");
	pty_keys(p, "\x15"); /* Ctrl+U */
}

static void
plays_the_scripts_of_the_manual(void)
{
	static const struct {
		const char *name, *last;
	} rows[] = {
	        {"tour.stage", "> an ERROR"}, {"panes.stage", "> markdown"}, {"readme.stage", "> What is a mutex?"}};
	struct place place = begin(NULL);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *path = mem_printf("%s/../doc/%s", getenv("FLYNN_TESTS"), rows[i].name);
		struct pty *p = play(path, "1000");

		steps_expect(p, rows[i].last);
		steps_expect(p, "the keyboard is yours");
		type_after_it(p);
		steps_quit(p);
		free(path);
	}
	end(&place);
}

/* What it was about to type does not come, and neither does the rest of the script. */
static void
stops_a_script_at_once(void)
{
	struct place place = begin("server: stand-in\nuntil ready\nprompt hello\nuntil This is a tour\n"
	                           "type a\npause 3600\ntype never\n");
	struct pty *p = play(place.script, "1000");

	steps_expect(p, "> a");
	pty_keys(p, "xyz");
	steps_expect(p, "a script is playing: Esc stops it, Space goes on");
	pty_keys(p, "\x1b");
	steps_expect(p, "the script was stopped: the keyboard is yours");
	pty_keys(p, "b");
	steps_expect(p, "> ab");
	steps_quit(p);
	end(&place);
}

/* A pause, a hold, and a text that is being typed. */
static void
goes_on_with_space(void)
{
	struct place place = begin("server: stand-in\nuntil ready\nnote Now.\npause 3600\ntype one\nhold\nspeed "
	                           "1\ntype  two three four\nhold\n"
	                           "wait\nkey BackSpace C-a\ntype x\\\\y\\nz\n");
	struct pty *p = play(place.script, "1");

	steps_expect(p, "Now.");
	pty_keys(p, " ");
	steps_expect(p, "> one");
	pty_keys(p, " ");
	steps_expect(p, "> onet");
	pty_keys(p, " ");
	steps_expect(p, "> onetwo three four");
	pty_keys(p, " ");
	steps_expect(p, "> x\\y\n  zonetwo three fou\n");
	steps_expect(p, "the script is over: the keyboard is yours");
	steps_quit(p);
	end(&place);
}

static void
refuses_scripts(void)
{
	static const struct {
		const char *script, *words;
	} rows[] = {
	        {"# nothing\n\n", "/script: there is nothing to do in it"},
	        {"until ready\nprompd Hi", "/script:2: prompd is unknown; did you mean prompt?"},
	        {"frobnicate", "/script:1: frobnicate is unknown: a line begins with type,"},
	        {"prompt", "/script:1: prompt: write what is to be typed"},
	        {"key Foo", "/script:1: Foo: "},
	        {"pause soon", "/script:1: pause: write a number of seconds, at most 3600"},
	        {"pause -1", "/script:1: pause: write a number of seconds, at most 3600"},
	        {"pause nan", "/script:1: pause: write a number of seconds, at most 3600"},
	        {"speed 0", "/script:1: speed: write how many characters a second, from 1 to 1000"},
	        {"pane left", "/script:1: pane: write below or beside"},
	        {"type a\nserver: stand-in", "/script:2: server:: it stands before all that is done"},
	        {"server: example.org", "/script:1: server:: write stand-in, stand-in FILE, or leave the line out"},
	        {"server: stand-ins", "/script:1: server:: write stand-in, stand-in FILE, or leave the line out"},
	        {"server: stand-in missing\nwait", "/missing: "},
	        {"server: stand-in script\nwait", "/script: script:1: "},
	        {"hold on", "/script:1: hold: it takes nothing"},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct place place = begin(rows[i].script);
		struct pty *p = pty_new((const char *[]){"demo", place.script, NULL}, 24, 200, "xterm-256color");
		int status = pty_wait_end(p);

		HARNESS_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 2, "%s", rows[i].script);
		steps_expect(p, rows[i].words);
		pty_free(p);
		end(&place);
	}
}

/* ---- casts ---- */

/* A cast ends with the screen that the script ends with on a terminal. */
static void
plays_into_a_cast(void)
{
	struct place place =
	        begin("server: stand-in\nuntil ready\nprompt an ERROR\nuntil exceeded\ntype Grüße, 日本語\nkey F1\n"
	              "pause 1\nkey Esc C-u M-z\npane\ntype more\n");
	char *cast = mem_printf("%s/cast", place.home), *bytes, *have, *want;
	struct pty *p = play(place.script, "1000"),
	           *into = pty_new((const char *[]){"demo", "--cast", cast, "--speed", "1000", place.script, NULL}, 24,
	                   80, "dumb");

	steps_expect(p, "the keyboard is yours");
	want = pty_text(p);
	steps_quit(p);
	CU_ASSERT_EQUAL(pty_wait_end(into), 0);
	pty_free(into);
	bytes = casts_read(cast, NULL);
	CU_ASSERT_PTR_NULL(strstr(bytes, "keyboard"));
	have = casts_show(bytes, 24, 80, "> more");
	casts_cut_last_row(have);
	casts_cut_last_row(want);
	HARNESS_EQUAL(have, want);
	free(have);
	free(want);
	free(bytes);
	unlink(cast);
	free(cast);
	end(&place);
}

static void
holds_no_cast(void)
{
	struct place place = begin("server: stand-in\nuntil ready\ntype a\nhold\ntype b\n");
	char *cast = mem_printf("%s/cast", place.home), *bytes, *have;
	struct pty *p = pty_new((const char *[]){"demo", "--cast", cast, "--speed", "1000", place.script, NULL}, 24, 80,
	        "xterm-256color");

	CU_ASSERT_EQUAL(pty_wait_end(p), 0);
	pty_free(p);
	bytes = casts_read(cast, NULL);
	have = casts_show(bytes, 24, 80, "> ab");
	CU_ASSERT_PTR_NOT_NULL(strstr(have, "> ab"));
	free(have);
	free(bytes);
	unlink(cast);
	free(cast);
	end(&place);
}

/* "-": nothing is on standard output but the cast, and no file has that name. */
static void
plays_into_standard_output(void)
{
	struct place place = begin("server: stand-in\nuntil ready\ntype ab\n");
	char *cast = mem_printf("%s/cast", place.home), *bytes, *have;
	struct child_output output = {0};
	FILE *file;

	child_run((struct child){.argv = (const char *[]){getenv("FLYNN"), "demo", "--cast", "-", "--speed", "1000",
	                                 place.script, NULL},
	                  .dir = place.home},
	        "", 0, CAST_MS, &output);
	HARNESS_CHECK(output.status == 0, "%s", buf_text(&output.err));
	CU_ASSERT(access("-", F_OK) != 0);
	file = fopen(cast, "w");
	CU_ASSERT_FATAL(
	        file && fwrite(output.out.data, 1, output.out.len, file) == output.out.len && fclose(file) == 0);
	bytes = casts_read(cast, NULL);
	have = casts_show(bytes, 24, 80, "> ab");
	CU_ASSERT_PTR_NOT_NULL(strstr(have, "> ab"));
	free(have);
	free(bytes);
	child_output_release(&output);
	unlink(cast);
	free(cast);
	end(&place);
}

static void
refuses_casts(void)
{
	static const struct {
		const char *option, *value, *words;
	} rows[] = {
	        {"--cast", "/dev/null/cast", "/dev/null/cast"},
	        {"--size", "80x24", "--size is for --cast: a terminal has a size of its own"},
	        {"--speed", "0.1", "--speed 0.1: write a number from 0.25 to 1000"},
	        {"--speed", "fast", "--speed fast: write a number from 0.25 to 1000"},
	};
	char *path = mem_printf("%s/../doc/tour.stage", getenv("FLYNN_TESTS"));

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct pty *p = pty_new(
		        (const char *[]){"demo", rows[i].option, rows[i].value, path, NULL}, 24, 200, "xterm-256color");
		int status = pty_wait_end(p);

		HARNESS_CHECK(WIFEXITED(status) && WEXITSTATUS(status) != 0, "%s", rows[i].words);
		steps_expect(p, rows[i].words);
		pty_free(p);
	}
	free(path);
}

static CU_TestInfo demo_tests[] = {
        {"plays the tour and leaves no file", plays_the_tour_and_leaves_no_file},
        {"plays what goes wrong", plays_what_goes_wrong},
        {"tells how far a slow prompt is", tells_how_far_a_slow_prompt_is},
        {"goes live after loading", goes_live_after_loading},
        {"takes no server of the user's", takes_no_server_of_the_users},
        {"plays the scripts of the manual", plays_the_scripts_of_the_manual},
        {"stops a script at once", stops_a_script_at_once},
        {"goes on with Space", goes_on_with_space},
        {"refuses scripts", refuses_scripts},
        {"plays into a cast", plays_into_a_cast},
        {"holds no cast", holds_no_cast},
        {"plays into standard output", plays_into_standard_output},
        {"refuses casts", refuses_casts},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"tour", NULL, NULL, NULL, NULL, demo_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
