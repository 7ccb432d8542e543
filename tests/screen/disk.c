/*
 * disk.c - flynn is ended while nothing can be saved: how, what it says then, and that nothing is lost.
 */
#include "config.h"

#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "store/database.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	IMPORT_MS = 20000,
	LONG_REPLY = 68002,
	LONG_WORDS = 200000,
};

static const char server[] = "on GET /health\njson 200 {\"status\":\"ok\"}\n"
                             "on POST /v1/chat/completions\nstream\nrole\ntoken \"Blue.\"\nfinish stop\ndone\n"
                             "then\nstream\nrole\ntoken \"Grey.\"\nfinish stop\ndone\n";

/* A folder that is home to all, and what goes wrong in it. */
struct scene {
	char *dir;
	struct database other; /* that has it locked */
	struct standin *standin;
	struct pty *pty;
};

/* ---- the disk ---- */

static void
tell_disk(const struct scene *s, const char *what, bool is_so)
{
	char *path = mem_printf("%s/%s", s->dir, what);
	FILE *file = is_so ? fopen(path, "w") : NULL;

	CU_ASSERT_FATAL(is_so ? file && fclose(file) == 0 : unlink(path) == 0);
	free(path);
}

static void
lock(struct scene *s)
{
	char *path = mem_printf("%s/flynn/history.db", s->dir);
	struct err err;

	CU_ASSERT_FATAL(database_open(&s->other, path, DATABASE_WRITE, &err));
	CU_ASSERT_FATAL(database_begin(&s->other, &err));
	free(path);
}

static void
fail(struct scene *s, const char *how)
{
	if (strcmp(how, "locked") == 0)
		lock(s);
	else
		tell_disk(s, how, true);
}

static void
heal(struct scene *s, const char *how)
{
	if (strcmp(how, "locked") == 0)
		database_close(&s->other);
	else
		tell_disk(s, how, false);
}

/* ---- flynn ---- */

static void
begin_told(struct scene *s, const char *script, const char *what)
{
	char *program = mem_printf("%s/tests/flynn_on_bad_disk", getenv("FLYNN_BUILD"));

	*s = (struct scene){.dir = child_dir(), .standin = steps_serve(script)};
	pty_home(s->dir);
	if (what)
		tell_disk(s, what, true);
	setenv("FLYNN_BAD_DISK", s->dir, 1);
	s->pty = pty_new_program(
	        program, (const char *[]){"-e", standin_endpoint(s->standin), NULL}, 24, 200, "xterm-256color");
	unsetenv("FLYNN_BAD_DISK");
	free(program);
	steps_expect(s->pty, " ready");
}

static void
begin(struct scene *s, const char *script)
{
	begin_told(s, script, NULL);
}

/* The reply is in the history, and has ended there: asked with a connection of our own. On a busy machine there may be no history
 * yet. */
static bool
is_saved(const char *path)
{
	struct database db = {0};
	int64_t n = 0;
	struct err err;
	bool is_saved =
	        database_open(&db, path, DATABASE_READ, &err) &&
	        database_number(&db, "SELECT count(*) FROM message WHERE role = 'assistant' AND state = 'complete'", &n,
	                &err) &&
	        n > 0;

	database_close(&db);
	return is_saved;
}

static bool
wait_until_saved(struct scene *s)
{
	char *path = mem_printf("%s/flynn/history.db", s->dir);
	bool saved = false;

	for (int i = 0; i < 400 && !(saved = is_saved(path)); i++)
		pty_pump(s->pty, 50);
	free(path);
	return saved;
}

/* The first turn is in the history. */
static void
say_something(struct scene *s)
{
	pty_keys(s->pty, "Which colour?\r");
	steps_expect(s->pty, "Blue.");
	CU_ASSERT(wait_until_saved(s));
	pty_keys(s->pty, "\x1bOR");
	steps_expect(s->pty, "2 messages");
	pty_keys(s->pty, "\x1b");
	CU_ASSERT(pty_wait_gone(s->pty, "2 messages"));
}

static void
end(struct scene *s)
{
	pty_free(s->pty);
	pty_home(NULL);
	standin_free(s->standin);
	child_dir_remove(s->dir);
	free(s->dir);
}

static void
expect_status(struct scene *s, int want)
{
	int status = pty_wait_end(s->pty);

	HARNESS_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == want, "it ended with %x", (unsigned)status);
	CU_ASSERT(pty_is_restored(s->pty));
}

/* ---- the file ---- */

/* The one file of that kind; to be freed. NULL: there is none. */
static char *
find_rescue(const struct scene *s)
{
	char *pattern = mem_printf("%s/flynn/rescue-*.json", s->dir), *path = NULL;
	glob_t found;

	if (glob(pattern, 0, NULL, &found) == 0) {
		CU_ASSERT_EQUAL(found.gl_pathc, 1);
		path = mem_strdup(found.gl_pathv[0]);
	}
	globfree(&found);
	free(pattern);
	return path;
}

/* What `flynn history` says with these words. */
static void
run_history(const struct scene *s, const char *const *words, struct child_output *output)
{
	char *data = mem_printf("XDG_DATA_HOME=%s", s->dir);
	const char *argv[8] = {getenv("FLYNN"), "history"}, *env[] = {data, NULL};

	for (int i = 0; words[i]; i++)
		argv[i + 2] = words[i];
	child_run((struct child){.argv = argv, .env = env, .dir = s->dir}, "", 0, IMPORT_MS, output);
	HARNESS_CHECK(output->status == 0, "%s", buf_text(&output->err));
	free(data);
}

/* The file can be imported, and then the history has this. */
static void
expect_imported(struct scene *s, const char *path, const char *text)
{
	struct child_output output = {0};

	run_history(s, (const char *[]){"import", path, NULL}, &output);
	child_output_release(&output);
	run_history(s, (const char *[]){"export", "--all", "--format", "json", NULL}, &output);
	HARNESS_CHECK(strstr(buf_text(&output.out), text) != NULL, "\"%.20s\" is not in the history", text);
	child_output_release(&output);
}

/* The words for it are on the screen, with where it is. */
static void
expect_rescued(struct scene *s, const char *how, const char *text)
{
	char *path = find_rescue(s), *words = mem_printf("it is in %s, and", path ? path : "a file");

	CU_ASSERT_FATAL(path != NULL);
	steps_expect(s->pty, "flynn: the new part of a conversation was not saved (");
	HARNESS_CHECK(strstr(buf_text(pty_bytes(s->pty)), words) != NULL, "not said: %s", words);
	heal(s, how);
	expect_imported(s, path, text);
	free(words);
	free(path);
}

/* ---- the tests ---- */

static const char *const ways[] = {"stalled", "full", "locked", NULL};

static void
saves_elsewhere_when_it_quits(void)
{
	static const char *const words[] = {"the disk does not answer", "the disk is full", "history is locked"};

	for (int i = 0; ways[i]; i++) {
		struct scene s;

		begin(&s, server);
		say_something(&s);
		fail(&s, ways[i]);
		pty_keys(s.pty, "And now?\r");
		steps_expect(s.pty, "Grey.");
		steps_expect(s.pty, "not saving: ");
		steps_expect(s.pty, words[i]);
		pty_keys(s.pty, "\x11");
		expect_status(&s, 1);
		expect_rescued(&s, ways[i], "\"Grey.\"");
		end(&s);
	}
}

/* Before anybody has noticed that nothing is being saved. */
static void
saves_elsewhere_at_once(void)
{
	for (int i = 0; ways[i]; i++) {
		struct scene s;

		begin(&s, server);
		say_something(&s);
		fail(&s, ways[i]);
		pty_keys(s.pty, "only typed");
		steps_expect(s.pty, "> only typed");
		pty_keys(s.pty, "\x11");
		expect_status(&s, 1);
		expect_rescued(&s, ways[i], "\"only typed\"");
		end(&s);
	}
}

static void
ends_by_signals(void)
{
	static const int signals[] = {SIGTERM, SIGHUP, SIGINT, 0};

	for (int i = 0; signals[i]; i++) {
		struct scene s;

		begin(&s, server);
		say_something(&s);
		fail(&s, "stalled");
		pty_keys(s.pty, "And now?\r");
		steps_expect(s.pty, "Grey.");
		kill(pty_pid(s.pty), signals[i]);
		expect_status(&s, 1);
		expect_rescued(&s, "stalled", "\"Grey.\"");
		end(&s);
	}
}

static void
keeps_a_reply_in_its_midst(void)
{
	struct buf script = {0}, want = {0};
	struct scene s;

	buf_puts(&script, "on GET /health\njson 200 {\"status\":\"ok\"}\n"
	                  "on POST /v1/chat/completions\nstream\nrole\ntoken \"Once\"\nwait\ntoken \"");
	for (int i = 0; i < LONG_REPLY - 4; i++)
		buf_putc(&want, i % 80 == 79 ? ' ' : 'x');
	buf_printf(&script, "%s\"\nhang\n", buf_text(&want));
	begin(&s, buf_text(&script));
	pty_keys(s.pty, "Tell me\r");
	steps_expect(s.pty, "Once");
	fail(&s, "full");
	standin_go(s.standin);
	steps_expect(s.pty, "xxxx\n");
	pty_keys(s.pty, "\x11");
	expect_status(&s, 1);
	expect_rescued(&s, "full", buf_text(&want));
	end(&s);
	buf_release(&script);
	buf_release(&want);
}

/* A scene in which nothing was said that could be lost. */
static void
says_nothing_when_nothing_is_lost(void)
{
	struct scene s;

	begin(&s, server);
	say_something(&s);
	fail(&s, "full");
	pty_keys(s.pty, "\x11");
	expect_status(&s, 0);
	CU_ASSERT(find_rescue(&s) == NULL);
	end(&s);
}

static void
saves_after_all(void)
{
	struct scene s;

	begin(&s, server);
	say_something(&s);
	fail(&s, "full");
	pty_keys(s.pty, "And now?\r");
	steps_expect(s.pty, "Grey.");
	steps_expect(s.pty, "not saving: the disk is full");
	heal(&s, "full");
	pty_keys(s.pty, "\x11");
	expect_status(&s, 0);
	CU_ASSERT(find_rescue(&s) == NULL);
	end(&s);
}

/* What is typed is on its way to the history when the prompt is sent and the browser opened; that comes there with the next save,
 * or with the one after a save that failed. */
static void
lists_what_is_saved_late(void)
{
	static const int locked_ms[] = {700, DATABASE_BUSY_MS + 500};

	for (size_t i = 0; i < ARRAY_LEN(locked_ms); i++) {
		struct scene s;
		int64_t end_ms;

		begin(&s, server);
		say_something(&s);
		pty_keys(s.pty, "/new\r");
		CU_ASSERT(pty_wait_gone(s.pty, "Blue."));
		fail(&s, "locked");
		pty_keys(s.pty, "And n");
		steps_expect(s.pty, "> And n");
		end_ms = clock_ms() + locked_ms[i];
		pty_keys(s.pty, "ow?\r");
		steps_expect(s.pty, "Grey.");
		pty_keys(s.pty, "\x1bOR");
		steps_expect(s.pty, "── 1 conversation ─");
		while (clock_ms() < end_ms)
			pty_pump(s.pty, 50);
		heal(&s, "locked");
		steps_expect(s.pty, "2 conversations");
		pty_keys(s.pty, "\x11");
		expect_status(&s, 0);
		end(&s);
	}
}

/* A conversation whose last reply is in no save yet: it is deleted once it is. */
static void
begin_deletion(struct scene *s)
{
	begin(s, server);
	say_something(s);
	fail(s, "locked");
	pty_keys(s->pty, "And now?\r");
	steps_expect(s->pty, "Grey.");
	CU_ASSERT(pty_wait_gone(s->pty, "writing"));
	pty_keys(s->pty, "\x1bOR");
	steps_expect(s->pty, "── 1 conversation ─");
	pty_keys(s->pty, "\x1bx");
	steps_expect(s->pty, "deleted once it is saved: \"Which colour?\"");
}

static void
brings_back_what_is_saved_late(void)
{
	struct scene s;

	begin_deletion(&s);
	pty_keys(s.pty, "\x1bz");
	steps_expect(s.pty, "not deleted");
	pty_keys(s.pty, "\x1bx");
	steps_expect(s.pty, "deleted once it is saved: \"Which colour?\"");
	heal(&s, "locked");
	steps_expect(s.pty, "deleted \"Which colour?\"");
	pty_keys(s.pty, "\x1bz");
	steps_expect(s.pty, "restored");
	steps_expect(s.pty, "── 1 conversation ─");
	pty_keys(s.pty, "\r");
	steps_expect(s.pty, "Blue.");
	steps_expect(s.pty, "Grey.");
	pty_keys(s.pty, "\x11");
	expect_status(&s, 0);
	end(&s);
}

/* The same when flynn is ended meanwhile. */
static void
deletes_what_is_saved_at_the_end(void)
{
	struct scene s;
	struct database db = {0};
	char *path;
	struct err err;
	int64_t n = 0;

	begin_deletion(&s);
	heal(&s, "locked");
	pty_keys(s.pty, "\x11");
	expect_status(&s, 0);
	path = mem_printf("%s/flynn/history.db", s.dir);
	CU_ASSERT(database_open(&db, path, DATABASE_READ, &err));
	CU_ASSERT(database_number(&db,
	        "SELECT count(*) FROM message m JOIN conversation c ON c.id = m.conversation "
	        "WHERE c.deleted IS NOT NULL",
	        &n, &err));
	CU_ASSERT(n == 4);
	database_close(&db);
	free(path);
	end(&s);
}

/* `flynn ask` has its reply all the same. */
static void
ask_does_not_wait(void)
{
	static const char *const first[] = {"stalled", "full", NULL};
	char *program = mem_printf("%s/tests/flynn_on_bad_disk", getenv("FLYNN_BUILD"));

	for (int i = 0; first[i]; i++) {
		struct scene s = {.dir = child_dir(), .standin = steps_serve(server)};
		char *bad = mem_printf("FLYNN_BAD_DISK=%s", s.dir);
		struct child_output output = {0};

		fail(&s, first[i]);
		child_run((struct child){.argv = (const char *[]){program, "ask", "-e", standin_endpoint(s.standin),
		                                 "Which colour?", NULL},
		                  .env = (const char *[]){bad, NULL},
		                  .dir = s.dir},
		        "", 0, IMPORT_MS, &output);
		CU_ASSERT_EQUAL(output.status, 0);
		HARNESS_EQUAL(buf_text(&output.out), "Blue.");
		HARNESS_CHECK(strstr(buf_text(&output.err), "flynn: not saving: the disk ") != NULL, "%s",
		        buf_text(&output.err));
		child_output_release(&output);
		standin_free(s.standin);
		child_dir_remove(s.dir);
		free(s.dir);
		free(bad);
	}
	free(program);
}

static void
put_words(struct buf *script)
{
	buf_puts(script, "on GET /health\njson 200 {\"status\":\"ok\"}\non POST /v1/chat/completions\nstream\nrole\n");
	for (unsigned i = 0; i < LONG_WORDS; i += 1000) {
		buf_puts(script, "token \"");
		for (unsigned k = i; k < i + 1000; k++)
			buf_printf(script, "word%uend ", k * 7919);
		buf_puts(script, "\"\n");
	}
	buf_puts(script, "finish stop\ndone\n");
}

/* It reads with the usual patience. */
static void
expect_found(const struct scene *s, const char *word)
{
	char *data = mem_printf("XDG_DATA_HOME=%s", s->dir);
	struct child_output output = {0};

	child_run((struct child){.argv = (const char *[]){getenv("FLYNN"), "history", "search", word, NULL},
	                  .env = (const char *[]){data, NULL},
	                  .dir = s->dir},
	        "", 0, IMPORT_MS, &output);
	HARNESS_CHECK(strstr(buf_text(&output.out), word) != NULL, "it is not found: %s", buf_text(&output.err));
	child_output_release(&output);
	free(data);
}

/* Words for the index take longer than this flynn waits for a disk: but then it is not the disk that takes long. */
static void
ask_waits_for_the_index(void)
{
	char *program = mem_printf("%s/tests/flynn_on_bad_disk", getenv("FLYNN_BUILD"));
	struct buf script = {0};
	struct scene s = {.dir = child_dir()};
	char *bad = mem_printf("FLYNN_BAD_DISK=%s", s.dir), *data = mem_printf("XDG_DATA_HOME=%s", s.dir);
	const char *env[] = {bad, data, "FLYNN_BAD_DISK_HASTE=6", NULL};
	struct child_output output = {0};

	put_words(&script);
	s.standin = steps_serve(buf_text(&script));
	child_run(
	        (struct child){.argv = (const char *[]){program, "ask", "-e", standin_endpoint(s.standin), "Go", NULL},
	                .env = env,
	                .dir = s.dir},
	        "", 0, IMPORT_MS, &output);
	CU_ASSERT_EQUAL(output.status, 0);
	HARNESS_EQUAL(buf_text(&output.err), "");
	child_output_release(&output);
	expect_found(&s, "word7919end");
	standin_free(s.standin);
	child_dir_remove(s.dir);
	free(s.dir);
	free(bad);
	free(data);
	free(program);
	buf_release(&script);
}

/* The same on the screen, which is left at once. */
static void
quitting_waits_for_the_index(void)
{
	struct buf script = {0};
	struct scene s;

	put_words(&script);
	setenv("FLYNN_BAD_DISK_HASTE", "6", 1);
	begin(&s, buf_text(&script));
	unsetenv("FLYNN_BAD_DISK_HASTE");
	pty_keys(s.pty, "Go\r");
	steps_expect(s.pty, "word1583792081end"); /* the last one */
	pty_keys(s.pty, "\x11");
	expect_status(&s, 0);
	CU_ASSERT(find_rescue(&s) == NULL);
	expect_found(&s, "word7919end");
	end(&s);
	buf_release(&script);
}

/* ---- commands without a screen ---- */

/* Runs flynn with these words on the scene's disk, which does not answer from this call on ("": it does). */
static void
run_until(const struct scene *s, const char *call, const char *const *words, struct child_output *output)
{
	char *program = mem_printf("%s/tests/flynn_on_bad_disk", getenv("FLYNN_BUILD"));
	char *bad = mem_printf("FLYNN_BAD_DISK=%s", s->dir), *data = mem_printf("XDG_DATA_HOME=%s", s->dir),
	     *stall = mem_printf("FLYNN_BAD_DISK_STALL=%s", call);
	const char *argv[10] = {program}, *env[] = {bad, data, *call ? stall : NULL, NULL};

	for (int i = 0; words[i]; i++)
		argv[i + 1] = words[i];
	*output = (struct child_output){0};
	child_run((struct child){.argv = argv, .env = env, .dir = s->dir}, "", 0, IMPORT_MS, output);
	free(program);
	free(data);
	free(bad);
	free(stall);
}

static void
run_on_disk(const struct scene *s, const char *const *words, struct child_output *output)
{
	run_until(s, "", words, output);
}

static void
expect_ends_at(const struct scene *s, const char *call, const char *const *words, const char *want)
{
	struct child_output output;
	const char *said;

	run_until(s, call, words, &output);
	said = buf_text(&output.err);
	HARNESS_CHECK(output.status == 1, "%s %s: status %d, %s", words[0], words[1], output.status, said);
	HARNESS_CHECK(strncmp(said, "flynn: the disk does not answer (", 33) == 0 && strstr(said, want), "%s %s: %s",
	        words[0], words[1], said);
	child_output_release(&output);
}

static void
expect_ends(const struct scene *s, const char *const *words, const char *want)
{
	expect_ends_at(s, "", words, want);
}

/* All that the history has is written. */
static char *
export_all(const struct scene *s)
{
	char *path = mem_printf("%s/all.json", s->dir);
	struct child_output output;

	run_on_disk(s, (const char *[]){"history", "export", "--all", "--force", "-o", path, NULL}, &output);
	HARNESS_CHECK(output.status == 0, "%s", buf_text(&output.err));
	child_output_release(&output);
	return path;
}

static void
begin_with_conversation(struct scene *s)
{
	struct child_output output;

	*s = (struct scene){.dir = child_dir(), .standin = steps_serve(server)};
	run_on_disk(s, (const char *[]){"ask", "-e", standin_endpoint(s->standin), "Which colour?", NULL}, &output);
	HARNESS_CHECK(output.status == 0 && output.err.len == 0, "%s", buf_text(&output.err));
	child_output_release(&output);
}

static void
end_without_screen(struct scene *s)
{
	standin_free(s->standin);
	child_dir_remove(s->dir);
	free(s->dir);
}

static void
changes_do_not_wait(void)
{
	struct scene s;
	char *file;

	begin_with_conversation(&s);
	file = export_all(&s);
	tell_disk(&s, "stalled", true);
	expect_ends(&s, (const char *[]){"history", "import", file, NULL}, "");
	expect_ends(&s, (const char *[]){"history", "delete", "--yes", "1", NULL}, "");
	expect_ends(&s, (const char *[]){"history", "prune", "--yes", "--older-than", "0", NULL}, "");
	tell_disk(&s, "stalled", false);
	free(export_all(&s));
	free(file);
	end_without_screen(&s);
}

static void
reads_do_not_wait(void)
{
	struct scene s;

	begin_with_conversation(&s);
	tell_disk(&s, "mute", true);
	expect_ends(&s, (const char *[]){"history", "list", NULL}, "): nothing was read\n");
	expect_ends(&s, (const char *[]){"history", "search", "colour", NULL}, "): nothing was read\n");
	expect_ends(&s, (const char *[]){"history", "show", "1", NULL}, "): nothing was read\n");
	expect_ends(&s, (const char *[]){"history", "export", "--all", NULL}, "): nothing was read\n");
	expect_ends(&s, (const char *[]){"history", "stats", NULL}, "): nothing was read\n");
	expect_ends(&s, (const char *[]){"history", "delete", "--yes", "1", NULL}, "): nothing was done\n");
	expect_ends(&s, (const char *[]){"ask", "-C", "-e", standin_endpoint(s.standin), "And now?", NULL},
	        "): nothing was asked\n");
	expect_ends(&s, (const char *[]){"resume", "1", NULL}, "): nothing was opened\n");
	expect_ends(&s, (const char *[]){"doctor", "-e", standin_endpoint(s.standin), NULL},
	        "): the history was not examined, and nothing is saved\n");
	tell_disk(&s, "mute", false);
	end_without_screen(&s);
}

static void
delete_all(const struct scene *s)
{
	struct child_output output = {0};

	run_history(s, (const char *[]){"delete", "--yes", "1", NULL}, &output);
	child_output_release(&output);
}

/* The words say what is known of the work; what the disk has taken is whole. */
static void
ends_in_the_midst_of_a_change(void)
{
	static const char one[] = "): deleted 0 of 1 conversation, perhaps more\n",
	                  all[] = "): all of it was imported, or nothing: importing it again skips what is there\n",
	                  shrink[] = "): deleted 1 conversation, and the file is as large as before\n",
	                  closing[] = "): the history was not closed, which harms nothing\n";
	static const struct {
		const char *call, *words[6], *want;
	} rows[] = {
	        {"sync 1", {"history", "delete", "--yes", "1"}, one},
	        {"delete 0", {"history", "delete", "--yes", "1"}, closing},
	        {"sync 1", {"history", "import"}, all},
	        {"sync 3", {"history", "prune", "--yes", "--older-than", "0"}, shrink},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *words[6] = {NULL};
		struct scene s;
		char *file;

		begin_with_conversation(&s);
		file = export_all(&s);
		for (int w = 0; w < 5; w++)
			words[w] = rows[i].words[w];
		if (strcmp(words[1], "import") == 0) {
			words[2] = file;
			delete_all(&s);
		}
		expect_ends_at(&s, rows[i].call, words, rows[i].want);
		expect_imported(&s, file, "\"Blue.\"");
		free(file);
		end_without_screen(&s);
	}
}

/* Nothing of the file that was there is lost. */
static void
an_export_does_not_wait(void)
{
	struct scene s;
	char *file, *want;

	begin_with_conversation(&s);
	file = export_all(&s);
	want = mem_printf("flynn: the disk does not answer (%s): not all was exported\n", file);
	tell_disk(&s, "stalled", true);
	expect_ends(&s, (const char *[]){"history", "export", "--all", "--force", "-o", file, NULL}, want);
	tell_disk(&s, "stalled", false);
	expect_imported(&s, file, "\"Blue.\"");
	free(want);
	free(file);
	end_without_screen(&s);
}

/* ---- other files ---- */

/* On the scene's disk, with these files for its standard input and output. */
static void
expect_ends_with(const struct scene *s, const char *const *words, const char *in, const char *want)
{
	char *program = mem_printf("%s/tests/flynn_on_bad_disk", getenv("FLYNN_BUILD")),
	     *bad = mem_printf("FLYNN_BAD_DISK=%s", s->dir), *data = mem_printf("XDG_DATA_HOME=%s", s->dir),
	     *out = mem_printf("%s/out", s->dir), *err = mem_printf("%s/err", s->dir), *said;
	const char *argv[10] = {program}, *env[] = {bad, data, NULL};
	int fds[] = {open(in, O_RDONLY | O_CLOEXEC), open(out, O_WRONLY | O_CREAT | O_CLOEXEC, 0600),
	        open(err, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
	int status;

	for (int i = 0; words[i]; i++)
		argv[i + 1] = words[i];
	status = child_wait(
	        child_start(&(struct child){.argv = argv, .env = env, .dir = s->dir, .fds = {fds[0], fds[1], fds[2]}}));
	said = harness_read(err, &(size_t){0});
	HARNESS_CHECK(status == 1, "%s: status %d", words[0], status);
	HARNESS_EQUAL(said, want);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	free(said);
	free(err);
	free(out);
	free(data);
	free(bad);
	free(program);
}

static void
an_import_does_not_wait(void)
{
	struct scene s;
	char *file, *want;

	begin_with_conversation(&s);
	file = export_all(&s);
	want = mem_printf("flynn: the disk does not answer (%s): nothing was imported\n", file);
	tell_disk(&s, "files", true);
	expect_ends(&s, (const char *[]){"history", "import", file, NULL}, want);
	expect_ends_with(&s, (const char *[]){"history", "import", "-", NULL}, file,
	        "flynn: the disk does not answer (standard input): all of it was imported, or nothing: importing it "
	        "again skips what is there\n");
	tell_disk(&s, "files", false);
	expect_imported(&s, file, "\"Blue.\"");
	free(want);
	free(file);
	end_without_screen(&s);
}

#define NO_OUTPUT "flynn: the disk does not answer (standard output): "

static void
a_redirected_output_does_not_wait(void)
{
	struct scene s;

	begin_with_conversation(&s);
	tell_disk(&s, "files", true);
	expect_ends_with(&s, (const char *[]){"history", "export", "--all", NULL}, "/dev/null",
	        NO_OUTPUT "not all was exported\n");
	expect_ends_with(&s, (const char *[]){"history", "show", "1", NULL}, "/dev/null",
	        NO_OUTPUT "the history was not read to its end\n");
	expect_ends_with(&s, (const char *[]){"history", "list", NULL}, "/dev/null",
	        NO_OUTPUT "the history was not read to its end\n");
	expect_ends_with(&s, (const char *[]){"ask", "-e", standin_endpoint(s.standin), "And now?", NULL}, "/dev/null",
	        NO_OUTPUT "the reply was not written to its end\n");
	tell_disk(&s, "files", false);
	end_without_screen(&s);
}

/* A pipe that nobody writes to does not answer either. */
static void
a_start_does_not_wait(void)
{
	struct scene s;
	char *file, *pipe, *config, *mine;
	const char *const options[] = {"--config", "--grammar", "--schema"};

	begin_with_conversation(&s);
	file = mem_printf("%s/file", s.dir);
	pipe = mem_printf("%s/pipe", s.dir);
	tell_disk(&s, "file", true);
	CU_ASSERT_FATAL(mkfifo(pipe, 0600) == 0);
	tell_disk(&s, "files", true);
	for (size_t i = 0; i < 3; i++) {
		char *want = mem_printf("flynn: the disk does not answer (%s): nothing was begun\n", file);

		expect_ends(&s,
		        (const char *[]){"ask", options[i], file, "-e", standin_endpoint(s.standin), "Hi", NULL}, want);
		free(want);
	}
	tell_disk(&s, "files", false);
	config = mem_printf("flynn: the disk does not answer (%s): nothing was begun\n", pipe);
	expect_ends(&s, (const char *[]){"ask", "--config", pipe, "Hi", NULL}, config);
	mine = mem_printf("%s/.config", s.dir);
	CU_ASSERT_FATAL(mkdir(mine, 0700) == 0);
	free(mine);
	mine = mem_printf("%s/.config/flynn", s.dir);
	CU_ASSERT_FATAL(mkdir(mine, 0700) == 0);
	free(mine);
	mine = mem_printf("%s/.config/flynn/config.yaml", s.dir);
	CU_ASSERT_FATAL(rename(pipe, mine) == 0);
	for (size_t i = 0; i < 2; i++) {
		struct child_output output;

		run_on_disk(&s, (const char *[]){i == 0 ? "ask" : "models", i == 0 ? "Hi" : NULL, NULL}, &output);
		HARNESS_CHECK(output.status != 0 && strstr(buf_text(&output.err),
		                                            "config.yaml: cannot be read: it is no regular file"),
		        "%s", buf_text(&output.err));
		child_output_release(&output);
	}
	free(mine);
	free(config);
	free(pipe);
	free(file);
	end_without_screen(&s);
}

/* The reply comes all the same. */
static void
a_log_does_not_wait(void)
{
	struct scene s;
	struct child_output output;
	char *file, *want;

	begin_with_conversation(&s);
	file = mem_printf("%s/log", s.dir);
	want = mem_printf("flynn: the disk does not answer (%s): the log is not complete\n", file);
	tell_disk(&s, "files", true);
	run_on_disk(&s, (const char *[]){"ask", "--log", file, "-e", standin_endpoint(s.standin), "Hi", NULL}, &output);
	CU_ASSERT_EQUAL(output.status, 0);
	HARNESS_EQUAL(buf_text(&output.out), "Grey.");
	HARNESS_EQUAL(buf_text(&output.err), want);
	tell_disk(&s, "files", false);
	child_output_release(&output);
	free(want);
	free(file);
	end_without_screen(&s);
}

static void
a_redirected_input_does_not_wait(void)
{
	struct scene s;
	char *file;

	begin_with_conversation(&s);
	file = export_all(&s);
	tell_disk(&s, "files", true);
	expect_ends_with(&s, (const char *[]){"ask", "-e", standin_endpoint(s.standin), NULL}, file,
	        "flynn: the disk does not answer (standard input): nothing was asked\n");
	tell_disk(&s, "files", false);
	free(file);
	end_without_screen(&s);
}

/* The library of prompts is read at the start, a file of colours when code comes. */
static void
quits_while_folders_do_not_answer(void)
{
	static const char code[] = "on GET /health\njson 200 {\"status\":\"ok\"}\n"
	                           "on POST /v1/chat/completions\nstream\ntoken \"```c\\nint blue;\\n```\"\nfinish "
	                           "stop\ndone\n";
	struct scene s;

	begin_told(&s, code, "folders");
	pty_keys(s.pty, "Which colour?\r");
	steps_expect(s.pty, "int blue;");
	CU_ASSERT(wait_until_saved(&s));
	pty_keys(s.pty, "\x11");
	expect_status(&s, 0);
	end(&s);
}

static CU_TestInfo disk_tests[] = {
        {"saves elsewhere what the disk does not take when flynn quits", saves_elsewhere_when_it_quits},
        {"saves elsewhere at once", saves_elsewhere_at_once},
        {"ends by signals while the disk does not answer", ends_by_signals},
        {"keeps a reply in whose midst the disk gets full", keeps_a_reply_in_its_midst},
        {"says nothing when nothing is lost", says_nothing_when_nothing_is_lost},
        {"saves after all when the disk takes it again", saves_after_all},
        {"lists what is saved late", lists_what_is_saved_late},
        {"brings back what is saved late", brings_back_what_is_saved_late},
        {"deletes what is saved at the end", deletes_what_is_saved_at_the_end},
        {"asking does not wait", ask_does_not_wait},
        {"asking waits for the index", ask_waits_for_the_index},
        {"quitting waits for the index", quitting_waits_for_the_index},
        {"commands that change the history do not wait", changes_do_not_wait},
        {"commands that read the history do not wait", reads_do_not_wait},
        {"commands end in the midst of a change", ends_in_the_midst_of_a_change},
        {"an export does not wait", an_export_does_not_wait},
        {"an import does not wait", an_import_does_not_wait},
        {"a redirected output does not wait", a_redirected_output_does_not_wait},
        {"a redirected input does not wait", a_redirected_input_does_not_wait},
        {"a start does not wait", a_start_does_not_wait},
        {"a log does not wait", a_log_does_not_wait},
        {"quits while folders do not answer", quits_while_folders_do_not_answer},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"disk", NULL, NULL, NULL, NULL, disk_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
