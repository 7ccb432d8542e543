/*
 * input.c - what is written before it is sent, from outside: queued prompts, pastes, the editor.
 */
#include "config.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "demo/standin.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	PATIENCE_MS = 20000,
	PROBES = 2, /* requests before the first chat: health and props */
};

#define CHAT                                                                                                           \
	"on GET /health\n"                                                                                             \
	"json 200 {\"status\":\"ok\"}\n"                                                                               \
	"on GET /props\n"                                                                                              \
	"json 200 {\"model_alias\":\"tiny\"}\n"                                                                        \
	"on POST /v1/chat/completions\n"

struct chat {
	struct standin *server;
	struct pty *screen;
};

/* flynn, ready, before a server that answers chats by this script. */
static struct chat
chat_start(const char *script)
{
	char *whole = mem_printf("%s%s", CHAT, script);
	struct chat c = {steps_serve(whole), NULL};

	c.screen = pty_new(
	        (const char *[]){"--no-history", "-e", standin_endpoint(c.server), NULL}, 24, 80, "xterm-256color");
	CU_ASSERT_FATAL(pty_wait(c.screen, " ready"));
	free(whole);
	return c;
}

static void
chat_end(struct chat *c)
{
	steps_quit(c->screen);
	standin_free(c->server);
}

static void
expect(struct chat *c, const char *text)
{
	bool there = pty_wait(c->screen, text);

	if (!there) {
		char *screen = pty_text(c->screen);

		HARNESS_EQUAL(screen, text);
		free(screen);
	}
	CU_ASSERT_FATAL(there);
}

/* Tokens are counted when there is time for it, slots looked at while a reply stops, and the server's health after a while. */
static bool
is_aside(const char *request)
{
	static const char *const beside[] = {"POST /v1/chat/completions/input_tokens ", "GET /slots ", "GET /health "};

	for (size_t i = 0; i < ARRAY_LEN(beside); i++)
		if (strncmp(request, beside[i], strlen(beside[i])) == 0)
			return true;
	return false;
}

/* The n-th request from 0 after the probes, but for those beside the chat. */
static char *
wait_for_request(struct chat *c, size_t n)
{
	for (size_t i = PROBES;; i++) {
		char *request;

		CU_ASSERT_FATAL(standin_wait(c->server, STANDIN_REQUEST, i + 1, PATIENCE_MS));
		request = standin_request(c->server, i, NULL);
		if (!is_aside(request) && n-- == 0)
			return request;
		free(request);
	}
}

static size_t
count_requests(struct chat *c)
{
	size_t n = 0;
	char *request;

	for (size_t i = PROBES; (request = standin_request(c->server, i, NULL)) != NULL; i++) {
		n += !is_aside(request);
		free(request);
	}
	return n;
}

/* The n-th chat from 0 holds this. */
static void
expect_sent(struct chat *c, size_t n, const char *json)
{
	char *request = wait_for_request(c, n);

	HARNESS_CHECK(request && strstr(request, json), "%s is not in %s", json, request);
	free(request);
}

static void
sends_the_queue_in_order(void)
{
	struct chat c = chat_start("stream\ntoken \"First\"\nwait\ntoken \" reply.\"\nfinish stop\ndone\nlast\n"
	                           "then\nstream\ntoken \"Second reply.\"\nfinish stop\ndone\nlast\n"
	                           "then\nstream\ntoken \"Third reply.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "First\n");
	pty_keys(c.screen, "two\r");
	expect(&c, "queued: two\n>\n");
	pty_keys(c.screen, "three\r");
	expect(&c, "queued: two\nqueued: three\n>\n");
	pty_keys(c.screen, "\x1b[A");
	expect(&c, "queued: two\n> three\n");
	pty_keys(c.screen, " more\r");
	expect(&c, "queued: two\nqueued: three more\n>\n");
	CU_ASSERT(count_requests(&c) == 1);
	standin_go(c.server);
	expect(&c, "First reply.\n");
	expect(&c, "Second reply.\n");
	expect(&c, "Third reply.\n");
	expect_sent(&c, 1, "{\"role\":\"user\",\"content\":\"two\"}");
	expect_sent(&c, 2, "{\"role\":\"user\",\"content\":\"three more\"}");
	chat_end(&c);
}

static void
keeps_the_queue_when_a_reply_is_stopped(void)
{
	struct chat c = chat_start("stream\ntoken \"First\"\nhang\n"
	                           "then\nstream\ntoken \"Second reply.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "First\n");
	pty_keys(c.screen, "two\r");
	expect(&c, "queued: two\n");
	pty_keys(c.screen, "\x1b");
	expect(&c, "waiting, Enter sends: two\n>\n");
	/* Its server was told to stop. */
	expect_sent(&c, 1, "DELETE /v1/stream?conv_id=");
	CU_ASSERT(count_requests(&c) == 2);
	pty_keys(c.screen, "\r");
	expect(&c, "Second reply.\n");
	expect_sent(&c, 2, "{\"role\":\"user\",\"content\":\"two\"}");
	chat_end(&c);
}

static void
keeps_the_queue_when_a_reply_fails(void)
{
	struct chat c = chat_start("stream\ntoken \"First\"\nwait\nreset\n"
	                           "then\nstream\ntoken \"Second reply.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "First\n");
	pty_keys(c.screen, "two\r");
	expect(&c, "queued: two\n");
	standin_go(c.server);
	expect(&c, "waiting, Enter sends: two\n>\n");
	pty_keys(c.screen, "\r");
	expect(&c, "Second reply.\n");
	chat_end(&c);
}

static void
recalls_prompts_and_the_draft(void)
{
	struct chat c = chat_start("stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "Yes.\n");
	CU_ASSERT(pty_wait_gone(c.screen, "writing")); /* else Ctrl+C stops the reply */
	pty_keys(c.screen, "draft\x1b[A");
	expect(&c, "\n> one\n ready");
	pty_keys(c.screen, "\x1b[B");
	expect(&c, "\n> draft\n ready");
	pty_keys(c.screen, "\x03");
	expect(&c, "\n>\n ready");
	pty_keys(c.screen, "\x1f");
	expect(&c, "\n> draft\n ready");
	chat_end(&c);
}

/* The editor is what sh makes of VISUAL and the file's name after it. */
static struct chat
chat_with_editor(const char *editor, const char *script)
{
	struct chat c;

	setenv("VISUAL", editor, 1);
	c = chat_start(script);
	unsetenv("VISUAL");
	return c;
}

static void
takes_what_the_editor_saved(void)
{
	struct chat c = chat_with_editor(
	        "f() { stat -c %a \"$1\"; cat \"$1\"; echo; printf 'so '; read -r x; printf 'more\\n' >> \"$1\"; }; f",
	        "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\ntwo\x07");
	expect(&c, "600\none\ntwo\n\nso\n");
	CU_ASSERT(pty_is_restored(c.screen));
	pty_keys(c.screen, "\n");
	expect(&c, "> one\n  two\n  more\n ready");
	pty_keys(c.screen, "\x1f");
	expect(&c, "> one\n  two\n ready");
	pty_keys(c.screen, "\r");
	expect_sent(&c, 0, "\"one\\ntwo\"");
	chat_end(&c);
}

/* As an editor of another system writes it, and with a slash that is the text's own. */
static void
takes_the_editors_text_as_it_is(void)
{
	static const struct {
		const char *draft, *editor, *screen, *sent;
	} rows[] = {
	        {"one", "printf '\\357\\273\\277two\\r\\nthree\\r\\n' >", "> two\n  three\n ready",
	                "\"content\":\"two\\nthree\""},
	        {"one", "printf '// a comment' >", "> // a comment\n ready", "\"content\":\"// a comment\""},
	        {"one", "printf '/help' >", "> /help\n ready", "\"content\":\"/help\""},
	        {"//two", "printf ' more' >>", "> /two\n   more\n ready", "\"content\":\"/two\\n more\""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct chat c = chat_with_editor(rows[i].editor, "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");

		pty_keys(c.screen, rows[i].draft);
		expect(&c, rows[i].draft);
		pty_keys(c.screen, "\x07");
		expect(&c, rows[i].screen);
		pty_keys(c.screen, "\r");
		expect_sent(&c, 0, rows[i].sent);
		chat_end(&c);
	}
}

/* Of a command only the words after it were written there. */
static void
keeps_a_command_through_the_editor(void)
{
	struct chat c =
	        chat_with_editor("printf '/system Be brief.' >", "stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "/system x");
	expect(&c, "> /system x\n");
	pty_keys(c.screen, "\x07");
	expect(&c, "> /system Be brief.\n");
	pty_keys(c.screen, "\r");
	expect(&c, "system prompt set");
	chat_end(&c);
}

/* Removes the directory with the files in it, and says how many these were. */
static int
remove_files(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int n = 0;

	while ((entry = readdir(d)) != NULL)
		n += entry->d_name[0] != '.' && unlinkat(dirfd(d), entry->d_name, 0) == 0;
	closedir(d);
	CU_ASSERT(rmdir(dir) == 0);
	return n;
}

static void
loses_nothing_when_the_editor_fails(void)
{
	char dir[] = "/tmp/flynn-test-XXXXXX";
	static const struct {
		const char *editor, *want;
	} rows[] = {
	        {"false", "the editor failed with status 1\n"},
	        {"no-such-editor 2>/dev/null", "cannot run the editor `no-such-editor"},
	        {"kill -9 $$", "the editor was ended by signal 9"},
	        {"f() { echo saved > \"$1\"; return 3; }; f", "the editor failed with status 3; what it saved is in "},
	};

	CU_ASSERT_FATAL(mkdtemp(dir) != NULL);
	setenv("TMPDIR", dir, 1);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct chat c = chat_with_editor(rows[i].editor, "json 500 {}\n");

		pty_keys(c.screen, "draft\x18\x05");
		expect(&c, rows[i].want);
		expect(&c, "> draft\n");
		chat_end(&c);
	}
	unsetenv("TMPDIR");
	CU_ASSERT(remove_files(dir) == 1); /* what the last one saved */
}

/* By SIGTERM, while the editor has the terminal: what it has changed by then, or when it is hung up on, stays. */
static void
says_where_the_editors_text_is(void)
{
	static const struct {
		const char *editor;
		int files;
	} rows[] = {
	        {"f() { echo editing; read -r x; }; f", 0},
	        {"f() { echo more >> \"$1\"; echo editing; read -r x; }; f", 1},
	        {"f() { trap 'echo more >> \"$1\"; exit' HUP; echo editing; read -r x; }; f", 1},
	        {"f() { : > \"$1\"; echo editing; read -r x; }; f", 1},
	        {"f() { rm \"$1\"; echo editing; read -r x; }; f", 0},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char dir[] = "/tmp/flynn-test-XXXXXX";
		struct chat c;
		char *words;
		int status;

		CU_ASSERT_FATAL(mkdtemp(dir) != NULL);
		setenv("TMPDIR", dir, 1);
		words = mem_printf("flynn: the editor was ended, and what it saved is in %s/flynn-", dir);
		c = chat_with_editor(rows[i].editor, "json 500 {}\n");
		pty_keys(c.screen, "draft\x07");
		expect(&c, "editing\n");
		kill(pty_pid(c.screen), SIGTERM);
		status = pty_wait_end(c.screen);
		HARNESS_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGTERM, "%x", (unsigned)status);
		HARNESS_CHECK((strstr(buf_text(pty_bytes(c.screen)), words) != NULL) == (rows[i].files > 0), "%s",
		        rows[i].editor);
		pty_free(c.screen);
		standin_free(c.server);
		unsetenv("TMPDIR");
		HARNESS_CHECK(remove_files(dir) == rows[i].files, "%s", rows[i].editor);
		free(words);
	}
}

#define TWICE(words) words words
#define LINES_17_MIB                                                                                                   \
	"repeat 17\ntoken \"" TWICE(TWICE(TWICE("some words in a line; "))) "some words in a line\\n\" * 5323\nend\n"

/* A reply of 17 MiB has the keyboard, while a draft stands in the composer, where 16 MiB fit. */
static struct chat
chat_with_a_long_reply(const char *editor)
{
	struct chat c =
	        chat_with_editor(editor, "stream\n" LINES_17_MIB "token \"Last words\"\nfinish stop\ndone\nlast\n"
	                                 "then\nstream\ntoken \" went on.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "Last words\n");
	pty_wait_gone(c.screen, " writing");
	pty_keys(c.screen, "draft\t");
	expect(&c, "message 2 of 2");
	return c;
}

static void
edits_in_the_editor_what_is_too_long(void)
{
	struct chat c = chat_with_a_long_reply("printf more >>");

	pty_keys(c.screen, "e");
	expect(&c, "saved as another version");
	expect(&c, "Last words\n▌ more\n▌ (edited)");
	expect(&c, "> draft\n");
	pty_keys(c.screen, "c");
	expect(&c, "more went on.\n");
	expect_sent(&c, 1, "a line\\nLast words\\nmore\"}]");
	chat_end(&c);
}

/* What the next editor does with the file: "$1". */
static void
write_script(const char *dir, const char *does)
{
	char *path = mem_printf("%s/script", dir);
	FILE *file = fopen(path, "w");

	CU_ASSERT_FATAL(file != NULL);
	fputs(does, file);
	CU_ASSERT(fclose(file) == 0);
	free(path);
}

/* The texts in the directory. */
static int
count_texts(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	int n = 0;

	while ((entry = readdir(d)) != NULL)
		n += strstr(entry->d_name, ".md") != NULL;
	closedir(d);
	return n;
}

static void
leaves_a_long_reply_as_it_is(void)
{
	char dir[] = "/tmp/flynn-test-XXXXXX", *editor;
	static const struct {
		const char *does, *want;
		int texts; /* that are left */
	} rows[] = {
	        {":", "nothing was changed", 0},
	        {"exit 1", "the editor failed with status 1", 0},
	        {"printf '\\n' >\"$1\"", "without a text the message stays as it is; what it saved is in ", 1},
	        {"head -c 67108865 /dev/zero | tr '\\0' x >\"$1\"", "too long for one message; what it saved is in ",
	                2},
	};
	struct chat c;

	CU_ASSERT_FATAL(mkdtemp(dir) != NULL);
	editor = mem_printf("sh %s/script", dir);
	setenv("TMPDIR", dir, 1);
	c = chat_with_a_long_reply(editor);
	unsetenv("TMPDIR");
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		write_script(dir, rows[i].does);
		pty_keys(c.screen, "e");
		expect(&c, rows[i].want);
		expect(&c, "> draft\n");
		HARNESS_CHECK(count_texts(dir) == rows[i].texts, "%s: %d texts", rows[i].does, count_texts(dir));
	}
	chat_end(&c);
	CU_ASSERT(remove_files(dir) == 3);
	free(editor);
}

static void
streams_while_the_editor_has_the_terminal(void)
{
	struct chat c = chat_with_editor("f() { echo editing; read -r x; }; f",
	        "stream\ntoken \"First\"\nwait\nrepeat 20000\ntoken \" and more text\"\nend\ntoken \"\\nlast "
	        "words\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\r");
	expect(&c, "First\n");
	pty_keys(c.screen, "draft\x07");
	expect(&c, "editing\n");
	standin_go(c.server);
	CU_ASSERT(standin_wait(c.server, STANDIN_ANSWERED, PROBES + 1, PATIENCE_MS));
	pty_keys(c.screen, "\n");
	expect(&c, "last words\n");
	expect(&c, "> draft\n");
	chat_end(&c);
}

/* No shell stands above flynn here, so that it cannot stop: then its editor goes on at once. */
static void
goes_on_when_the_editor_was_stopped(void)
{
	struct chat c = chat_with_editor("f() { kill -STOP $$; echo again; read -r x; }; f", "json 500 {}\n");

	pty_keys(c.screen, "draft\x07");
	expect(&c, "again\n");
	pty_keys(c.screen, "\n");
	expect(&c, "> draft\n");
	chat_end(&c);
}

static void
breaks_lines_where_a_burst_does(void)
{
	struct chat c = chat_start("stream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n");

	pty_keys(c.screen, "one\rtwo\rthree\r");
	expect(&c, "> one\n  two\n  three\n\n ready");
	CU_ASSERT(count_requests(&c) == 0);
	pty_keys(c.screen, "\x7f");
	expect(&c, "> one\n  two\n  three\n ready");
	pty_keys(c.screen, "\r");
	expect_sent(&c, 0, "\"one\\ntwo\\nthree\"");
	chat_end(&c);
}

static CU_TestInfo input_tests[] = {
        {"sends the queue in order", sends_the_queue_in_order},
        {"keeps the queue when a reply is stopped", keeps_the_queue_when_a_reply_is_stopped},
        {"keeps the queue when a reply fails", keeps_the_queue_when_a_reply_fails},
        {"recalls prompts and the draft", recalls_prompts_and_the_draft},
        {"breaks lines where a burst does", breaks_lines_where_a_burst_does},
        {"takes what the editor saved", takes_what_the_editor_saved},
        {"takes the editor's text as it is", takes_the_editors_text_as_it_is},
        {"keeps a command through the editor", keeps_a_command_through_the_editor},
        {"says where the editor's text is", says_where_the_editors_text_is},
        {"loses nothing when the editor fails", loses_nothing_when_the_editor_fails},
        {"edits in the editor what is too long for the composer", edits_in_the_editor_what_is_too_long},
        {"leaves a long reply as it is", leaves_a_long_reply_as_it_is},
        {"streams while the editor has the terminal", streams_while_the_editor_has_the_terminal},
        {"goes on when the editor was stopped", goes_on_when_the_editor_was_stopped},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"input", NULL, NULL, NULL, NULL, input_tests},
	        CU_SUITE_INFO_NULL,
	};

	signal(SIGPIPE, SIG_IGN);
	return harness_main(suites);
}
