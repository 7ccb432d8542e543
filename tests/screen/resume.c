/*
 * resume.c - which conversation flynn begins with, from outside.
 */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "store/database.h"
#include "store/load.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/play_history.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

static const char lines[] = "conversation 9m Boats\nuser What is a boat?\nreply It floats.\n"
                            "conversation 5m Colours\nuser Which colour?\nreply Blue.\n";
static const char server[] = "on GET /health\njson 200 {\"status\":\"ok\"}\n";

#define CHAT                                                                                                           \
	"on GET /health\njson 200 {\"status\":\"ok\"}\non GET /props\njson 200 {\"model_alias\":\"tiny\"}\n"           \
	"on POST /v1/chat/completions\n"

struct home {
	char *dir, *uuids[3]; /* by row */
};

static char *
uuid_of(struct history *h, int64_t row)
{
	struct loaded loaded;
	struct err err;
	char *uuid;

	CU_ASSERT_FATAL(load_conversation(h, row, &loaded, &err));
	uuid = mem_strdup(conversation_info(loaded.conversation)->uuid);
	loaded_release(&loaded);
	return uuid;
}

/* A folder whose history is made of these lines; the path of that is the caller's to free. */
static char *
home_make_of(struct home *home, const char *text)
{
	struct err err;
	char *path;
	int64_t open;

	*home = (struct home){.dir = child_dir()};
	path = mem_printf("%s/flynn/history.db", home->dir);
	CU_ASSERT_FATAL(play_history_make(path, text, "", &open, &err));
	pty_home(home->dir);
	return path;
}

static void
home_make(struct home *home)
{
	char *path = home_make_of(home, lines);
	struct history *h;
	struct err err;

	h = history_open(path, HISTORY_READ, &err);
	CU_ASSERT_FATAL(h != NULL);
	for (int64_t row = 1; row <= 2; row++)
		home->uuids[row] = uuid_of(h, row);
	history_close(h);
	free(path);
}

static void
home_remove(struct home *home)
{
	pty_home(NULL);
	child_dir_remove(home->dir);
	free(home->dir);
	for (int row = 1; row <= 2; row++)
		free(home->uuids[row]);
}

static void
shows(const char *word, const char *wanted)
{
	struct standin *s = steps_serve(server);
	struct pty *p =
	        pty_new((const char *[]){"resume", word, "-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");

	steps_expect(p, wanted);
	steps_quit(p);
	standin_free(s);
}

static void
by_number_or_uuid(void)
{
	struct home home;

	home_make(&home);
	shows("1", "It floats.");
	shows("2", "Blue.");
	home.uuids[1][8] = '\0';
	shows(home.uuids[1], "It floats.");
	shows(home.uuids[2], "Blue.");
	home_remove(&home);
}

/* A flynn that was killed just after its first prompt: the panes that it had told of have no conversation yet. */
static void
panes_that_were_told_of_too_early(void)
{
	struct standin *s = steps_serve(server);
	struct home home;
	struct history *h;
	struct pty *p;
	struct err err;
	char *path;

	home_make(&home);
	path = mem_printf("%s/flynn/history.db", home.dir);
	h = history_open(path, HISTORY_WRITE, &err);
	CU_ASSERT_FATAL(h && history_set(h, "open", "1", &err));
	CU_ASSERT(history_set(h, "layout", "1\nfocus 1\npane 1 0\tdefault\t\n", &err));
	history_close(h);
	p = pty_new((const char *[]){"-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
	steps_expect(p, "It floats.");
	steps_quit(p);
	standin_free(s);
	free(path);
	home_remove(&home);
}

static struct pty *
start_at(const struct standin *s)
{
	return pty_new((const char *[]){"-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
}

/* What the panes showed, and which had the focus; a second flynn, that ends later, changes nothing of it. */
static void
panes_of_the_first_one(void)
{
	struct standin *s = steps_serve(server);
	struct home home;
	struct pty *first, *second;

	home_make(&home);
	first = pty_new((const char *[]){"resume", "1", "-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
	steps_expect(first, "It floats.");
	pty_keys(first, "\x1bwv");
	steps_expect(first, "2 new conversation");
	pty_keys(first, "half a thought");
	steps_expect(first, "> half a thought");
	pty_keys(first, "\x1b[1;3D");
	steps_expect(first, "━ 1 Boats");
	second = pty_new((const char *[]){"resume", "2", "-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
	steps_expect(second, "Blue.");
	steps_quit(first);
	steps_quit(second);
	first = start_at(s);
	steps_expect(first, "━ 1 Boats");
	steps_expect(first, "2 new conversation");
	steps_expect(first, "It floats.");
	pty_keys(first, "\x1b[1;3C");
	steps_expect(first, "> half a thought");
	steps_quit(first);
	standin_free(s);
	home_remove(&home);
}

static void
one_that_is_not_there(void)
{
	struct home home;
	struct pty *p;
	int status;

	home_make(&home);
	p = pty_new((const char *[]){"resume", "boats", NULL}, 24, 80, "xterm-256color");
	status = pty_wait_end(p);
	CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	CU_ASSERT(strstr(buf_text(pty_bytes(p)), "flynn: there is no conversation boats") != NULL);
	pty_free(p);
	home_remove(&home);
}

/* ---- a reply that its server keeps ---- */

#define HEALTH "on GET /health\njson 200 {\"status\":\"ok\"}\n"

static void
end_by(struct pty *p, int signal)
{
	int status;

	if (signal)
		kill(pty_pid(p), signal);
	else
		pty_keys(p, "\x11");
	status = pty_wait_end(p);
	CU_ASSERT(signal == SIGKILL || WIFEXITED(status));
	pty_free(p);
}

/* The reply that has begun is in the history, and so is which conversation was shown. */
static bool
is_begun(const char *path)
{
	static const char sql[] = "SELECT (SELECT count(*) FROM message WHERE role = 'assistant') * (SELECT count(*) "
	                          "FROM setting WHERE key = 'open')";
	struct database db = {0};
	int64_t n = 0;
	struct err err;
	bool begun = database_open(&db, path, DATABASE_READ, &err) && database_number(&db, sql, &n, &err) && n > 0;

	database_close(&db);
	return begun;
}

static void
wait_until_begun(struct pty *p, const char *dir)
{
	char *path = mem_printf("%s/flynn/history.db", dir);
	bool begun = false;

	for (int i = 0; i < 400 && !(begun = is_begun(path)); i++)
		pty_pump(p, 50);
	CU_ASSERT(begun);
	free(path);
}

/* The person at the keyboard has had enough of it, or else the next flynn shows the rest. */
static void
the_rest_after_each_end(void)
{
	static const struct {
		int signal; /* 0: Ctrl+Q */
		bool stops;
	} rows[] = {{0, true}, {SIGTERM, true}, {SIGINT, true}, {SIGHUP, false}, {SIGKILL, false}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct standin *s =
		        steps_serve("resumes\n" HEALTH "on POST /v1/chat/completions\nstream\nrole\n"
		                    "token \"The sky \"\nwait\ntoken \"is blue.\"\nfinish stop\ndone\nlast\n");
		char *dir = child_dir();
		struct pty *p;

		pty_home(dir);
		p = start_at(s);
		steps_expect(p, "ready");
		pty_keys(p, "What colour?\r");
		steps_expect(p, "The sky");
		if (rows[i].signal == SIGKILL)
			wait_until_begun(p, dir);
		end_by(p, rows[i].signal);
		HARNESS_CHECK(
		        (steps_count_requests(s, "DELETE /v1/stream?conv_id=") > 0) == rows[i].stops, "row %zu", i);
		p = start_at(s);
		if (rows[i].stops) {
			steps_expect(p, "(interrupted)");
			CU_ASSERT(steps_count_requests(s, "GET /v1/stream?") == 0);
		} else {
			steps_expect(p, "the reply goes on");
			standin_go(s);
			steps_expect(p, "The sky is blue.");
		}
		steps_quit(p);
		standin_free(s);
		pty_home(NULL);
		child_dir_remove(dir);
		free(dir);
	}
}

/* Both find it on the server; the one that says so first shows it. */
static void
the_rest_by_one_of_two(void)
{
	struct standin *s =
	        steps_serve(HEALTH "on POST /v1/streams/lookup\nwait\njson 200 "
	                           "[{\"conversation_id\":\"0a1b2c3d-0000-4000-8000-00000000000f\"}]\n"
	                           "then\njson 200 [{\"conversation_id\":\"0a1b2c3d-0000-4000-8000-00000000000f\"}]\n"
	                           "on GET /v1/stream*\nstream\ntoken \"The sky is blue.\"\nhang\n");
	char *dir = child_dir(), *path = mem_printf("%s/flynn/history.db", dir);
	struct pty *first, *second;
	struct err err;
	int64_t open;

	CU_ASSERT_FATAL(play_history_make(path, "conversation 5m Sky\nuser What colour?\nkept 0 The sky\nopen\n",
	        standin_endpoint(s), &open, &err));
	pty_home(dir);
	first = pty_new((const char *[]){"resume", "1", "-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
	steps_expect(first, "(interrupted)");
	for (int i = 0; i < 100 && steps_count_requests(s, "POST /v1/streams/lookup") == 0; i++)
		pty_pump(first, 100);
	second = pty_new((const char *[]){"resume", "1", "-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
	steps_expect(second, "The sky is blue.");
	standin_go(s);
	steps_expect(first, "another flynn shows this reply to its end");
	CU_ASSERT(steps_count_requests(s, "GET /v1/stream?") == 1);
	/* Which the first one neither stops nor saves over. */
	steps_quit(first);
	CU_ASSERT(steps_count_requests(s, "DELETE /v1/stream?") == 0);
	steps_quit(second);
	CU_ASSERT(steps_count_requests(s, "DELETE /v1/stream?") == 1);
	second = start_at(s);
	steps_expect(second, "The sky is blue.");
	steps_quit(second);
	standin_free(s);
	pty_home(NULL);
	child_dir_remove(dir);
	free(path);
	free(dir);
}

/* ---- options ---- */

static void
write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	CU_ASSERT_FATAL(f != NULL);
	CU_ASSERT(fputs(text, f) >= 0 && fclose(f) == 0);
}

/* Over what the conversation has, and for it from now on; one that is wrong ends it before the screen is taken. */
static void
takes_parameters_of_the_command_line(void)
{
	struct standin *s = steps_serve(CHAT "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");
	struct home home;
	char *schema, *request;
	struct pty *p;
	int status;

	home_make(&home);
	schema = mem_printf("%s/schema.json", home.dir);
	write_file(schema, "{\"type\":\"object\"}");
	p = pty_new((const char *[]){"resume", "1", "-e", standin_endpoint(s), "--set", "top_k=7", "--schema", schema,
	                    NULL},
	        24, 80, "xterm-256color");
	steps_expect(p, "It floats.");
	steps_expect(p, " ready");
	pty_keys(p, "Why?\r");
	steps_expect(p, "Yes.");
	request = steps_request(s, STEPS_CHAT, 0);
	CU_ASSERT(request && strstr(request, "\"top_k\":7") && strstr(request, "\"type\":\"json_schema\""));
	free(request);
	pty_keys(p, "/set top_k\r");
	steps_expect(p, "top_k: 7 (this conversation)");
	steps_quit(p);
	p = pty_new((const char *[]){"resume", "1", "--preset", "none", NULL}, 24, 80, "xterm-256color");
	status = pty_wait_end(p);
	CU_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) == 2);
	CU_ASSERT(strstr(buf_text(pty_bytes(p)), "flynn: --preset: there is no preset \"none\"") != NULL);
	pty_free(p);
	p = pty_new((const char *[]){"resume", "1", "-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
	steps_expect(p, "Yes.");
	pty_keys(p, "/set top_k\r");
	steps_expect(p, "top_k: 7 (this conversation)");
	steps_quit(p);
	free(schema);
	standin_free(s);
	home_remove(&home);
}

/* ---- a prompt too long for the composer ---- */

/* Begins to edit a prompt of 17 MiB in that editor. */
static struct pty *
edit_long_prompt(struct home *home, const struct standin *s, const char *editor)
{
	struct buf text = {0};
	struct pty *p;

	buf_puts(&text, "conversation 9m Dots\nuser The first");
	while (text.len < 17 * 1024 * 1024)
		buf_puts(&text, " . .. ... .... ..... ...... ....... ........ .........");
	buf_puts(&text, "\nreply Many dots.\n");
	free(home_make_of(home, buf_text(&text)));
	buf_release(&text);
	setenv("VISUAL", editor, 1);
	p = pty_new((const char *[]){"resume", "1", "-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
	unsetenv("VISUAL");
	steps_expect(p, "Many dots.");
	steps_expect(p, " ready");
	pty_keys(p, "/edit\r");
	return p;
}

static void
edits_a_long_prompt_in_the_editor(void)
{
	static const struct {
		const char *editor, *answer, *keys, *want;
	} rows[] = {
	        {"printf last >>", "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n", "",
	                "> last\n(version 2 of 2)\n\nYes.\n"},
	        {"printf last >>", "json 500 {\"error\":{\"message\":\"no room\"}}\n", "",
	                "> last\n(version 2 of 2)\n\n"},
	        {"printf '/short one' >", "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n", "\r", "> /short one\n"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *script = mem_printf("%s%s", CHAT, rows[i].answer);
		struct standin *s = steps_serve(script);
		struct home home;
		struct pty *p = edit_long_prompt(&home, s, rows[i].editor);

		if (*rows[i].keys)
			steps_expect(p, "another version of an earlier prompt");
		pty_keys(p, rows[i].keys);
		steps_expect(p, rows[i].want);
		pty_free(p); /* whose end would wait until the disk has all of it */
		standin_free(s);
		free(script);
		home_remove(&home);
	}
}

/* ---- a long one ---- */

enum {
	LONG_TURNS = 4000,
};

static void
make_long_home(struct home *home)
{
	struct buf text = {0};

	buf_puts(&text, "conversation 9m Long\n");
	for (int i = 1; i <= LONG_TURNS; i++)
		buf_printf(&text, "user prompt %d\nreply reply %d\n", i, i);
	free(home_make_of(home, buf_text(&text)));
	buf_release(&text);
}

static size_t
count_messages(const struct home *home)
{
	char *path = mem_printf("%s/flynn/history.db", home->dir);
	struct err err;
	struct history *h = history_open(path, HISTORY_READ, &err);
	struct loaded loaded;
	size_t n = 0, all = 0;

	CU_ASSERT_FATAL(h != NULL && load_conversation(h, 1, &loaded, &err));
	conversation_path(loaded.conversation, &n);
	for (const struct message *m = NULL; (m = conversation_next(loaded.conversation, m)) != NULL;)
		all++;
	CU_ASSERT(n == all);
	loaded_release(&loaded);
	history_close(h);
	free(path);
	return n;
}

/* Its end is there before the rest. Keys that come between are done in their order, whenever the rest comes; the view stays
 * where it was scrolled to. */
static void
the_end_of_a_long_one_first(void)
{
	struct standin *s = steps_serve(CHAT "stream\ntoken \"All of it.\"\nfinish stop\ndone\nlast\n");
	struct home home;
	struct pty *p;

	make_long_home(&home);
	p = pty_new((const char *[]){"resume", "1", "-e", standin_endpoint(s), NULL}, 24, 80, "xterm-256color");
	steps_expect(p, "reply 4000");
	pty_keys(p, "\x1b[5~");
	steps_expect(p, "reply 3995");
	pty_keys(p, "one\x1b[200~ two\x1b[201~ three");
	steps_expect(p, "> one two three\n");
	steps_expect(p, "reply 3995");
	CU_ASSERT(pty_wait_gone(p, "reply 4000"));
	pty_keys(p, "\r");
	steps_expect(p, "> one two three\n\nAll of it.\n");
	steps_quit(p);
	CU_ASSERT(count_messages(&home) == 2 * LONG_TURNS + 2);
	home_remove(&home);
	standin_free(s);
}

static CU_TestInfo resume_tests[] = {
        {"by number or uuid", by_number_or_uuid},
        {"panes that were told of too early", panes_that_were_told_of_too_early},
        {"panes of the first one", panes_of_the_first_one},
        {"one that is not there", one_that_is_not_there},
        {"the rest of a reply after each end", the_rest_after_each_end},
        {"the rest of a reply by one of two", the_rest_by_one_of_two},
        {"takes parameters of the command line", takes_parameters_of_the_command_line},
        {"the end of a long one first", the_end_of_a_long_one_first},
        {"edits a long prompt in the editor", edits_a_long_prompt_in_the_editor},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"resume", NULL, NULL, NULL, NULL, resume_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
