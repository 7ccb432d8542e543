/*
 * network_disk.c - the network needs a file whose disk does not answer: certificates, a socket, a library. What flynn says then,
 * and that it ends.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/child.h"
#include "tests/harness.h"
#include "tests/screen/pty.h"
#include "tests/screen/steps.h"

enum {
	RUN_MS = 20000,
};

static const char server[] = "on GET /health\njson 200 {\"status\":\"ok\"}\n"
                             "on POST /v1/chat/completions\nstream\nrole\ntoken \"Blue.\"\nfinish stop\ndone\n"
                             "then\nstream\nrole\ntoken \"Grey.\"\nfinish stop\ndone\n";

struct scene {
	char *dir;
	struct standin *standin;
	char *endpoint;
	struct pty *pty; /* or NULL */
};

/* ---- the scene ---- */

static void
write_file(const struct scene *s, const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", s->dir, name);
	FILE *file = fopen(path, "w");

	CU_ASSERT_FATAL(file && fputs(text, file) >= 0 && fclose(file) == 0);
	free(path);
}

static void
tell_disk(const struct scene *s, const char *what, bool is_so)
{
	char *path = mem_printf("%s/%s", s->dir, what);

	if (is_so)
		write_file(s, what, "");
	else
		CU_ASSERT_FATAL(unlink(path) == 0);
	free(path);
}

static void
begin_at(struct scene *s, bool has_path)
{
	char *socket;
	struct err err;

	*s = (struct scene){.dir = child_dir()};
	socket = mem_printf("%s/llama.sock", s->dir);
	s->standin = standin_new(server, ".", has_path ? socket : NULL, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(s->standin);
	s->endpoint = mem_strdup(standin_endpoint(s->standin));
	pty_home(s->dir);
	setenv("FLYNN_BAD_DISK", s->dir, 1);
	free(socket);
}

/* The same server, asked by TLS: what it answers is no TLS, but before that its certificates are needed. */
static void
begin_with_certificates(struct scene *s)
{
	char *config;

	begin_at(s, false);
	config = mem_printf("models:\n  ours:\n    endpoint: https%s\n    ca_file: %s/ours.pem\n",
	        s->endpoint + strlen("http"), s->dir);
	write_file(s, "ours.pem", "-----BEGIN CERTIFICATE-----\n");
	write_file(s, "config.yaml", config);
	free(config);
}

static char *
program(void)
{
	return mem_printf("%s/tests/flynn_on_bad_disk", getenv("FLYNN_BUILD"));
}

static void
open_screen(struct scene *s, const char *const *words)
{
	char *path = program();

	s->pty = pty_new_program(path, words, 24, 200, "xterm-256color");
	free(path);
}

static void
open_at(struct scene *s, const char *endpoint)
{
	open_screen(s, (const char *[]){"-e", endpoint, NULL});
}

static void
open_configured(struct scene *s)
{
	char *config = mem_printf("%s/config.yaml", s->dir);

	open_screen(s, (const char *[]){"--config", config, NULL});
	free(config);
}

static void
quit(struct scene *s, int want)
{
	int status;

	pty_keys(s->pty, "\x11");
	status = pty_wait_end(s->pty);
	HARNESS_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == want, "it ended with %x", (unsigned)status);
	CU_ASSERT(pty_is_restored(s->pty));
}

static void
end(struct scene *s)
{
	unsetenv("FLYNN_BAD_DISK");
	if (s->pty)
		pty_free(s->pty);
	pty_home(NULL);
	standin_free(s->standin);
	child_dir_remove(s->dir);
	free(s->endpoint);
	free(s->dir);
}

/* ---- the tests ---- */

#define NEEDED "the disk does not answer (a file that the network needs)"

/* The network thread is stuck; all else goes on. */
static void
a_stuck_network(void)
{
	struct scene s;

	begin_at(&s, true);
	open_at(&s, s.endpoint);
	steps_expect(s.pty, " ready");
	pty_keys(s.pty, "Which colour?\r");
	steps_expect(s.pty, "Blue.");
	tell_disk(&s, "sockets", true);
	pty_keys(s.pty, "And now?\r");
	steps_expect(s.pty, "no network: the disk does not answer");
	pty_keys(s.pty, "typed");
	steps_expect(s.pty, "> typed");
	quit(&s, 1);
	CU_ASSERT(strstr(buf_text(pty_bytes(s.pty)), "flynn: " NEEDED ": servers may go on with replies") != NULL);
	s.pty = (pty_free(s.pty), NULL);
	tell_disk(&s, "sockets", false);
	open_at(&s, s.endpoint);
	steps_expect(s.pty, "And now?");
	steps_expect(s.pty, "> typed");
	quit(&s, 0);
	end(&s);
}

static void
a_network_that_comes_back(void)
{
	struct scene s;

	begin_at(&s, true);
	open_at(&s, s.endpoint);
	steps_expect(s.pty, " ready");
	tell_disk(&s, "sockets", true);
	pty_keys(s.pty, "Which colour?\r");
	steps_expect(s.pty, "no network: the disk does not answer");
	tell_disk(&s, "sockets", false);
	steps_expect(s.pty, "Blue.");
	CU_ASSERT(pty_wait_gone(s.pty, "no network"));
	quit(&s, 0);
	end(&s);
}

/* Nobody presses a key. */
static void
a_network_that_nobody_uses(void)
{
	struct scene s;

	begin_at(&s, true);
	tell_disk(&s, "sockets", true);
	open_at(&s, s.endpoint);
	steps_expect(s.pty, "no network: the disk does not answer");
	quit(&s, 1);
	end(&s);
}

static void
a_library(void)
{
	struct scene s;

	begin_at(&s, false);
	tell_disk(&s, "libraries", true);
	open_at(&s, s.endpoint);
	steps_expect(s.pty, "no network: the disk does not answer");
	quit(&s, 1);
	end(&s);
}

/* libcurl asks for addresses on a thread of its own. */
static void
a_list_of_hosts(void)
{
	struct scene s;

	begin_at(&s, false);
	tell_disk(&s, "hosts", true);
	open_at(&s, "http://llama.invalid:8080");
	steps_expect(s.pty, " connecting");
	pty_keys(s.pty, "Which colour?\r");
	steps_expect(s.pty, "waiting");
	quit(&s, 0);
	end(&s);
}

/* Only the server that needs them is out of reach. */
static void
certificates(void)
{
	struct scene s;

	begin_with_certificates(&s);
	open_configured(&s);
	steps_expect(s.pty, "failing: ");
	tell_disk(&s, "certificates", true);
	steps_expect(s.pty, "ours.pem (the disk does not answer)");
	pty_keys(s.pty, "Which colour?\r");
	steps_expect(s.pty, "ours.pem (the disk does not answer)");
	quit(&s, 0);
	end(&s);
}

/* The configuration looks at the file. */
static void
certificates_at_the_start(void)
{
	struct scene s;

	begin_with_certificates(&s);
	tell_disk(&s, "certificates", true);
	open_configured(&s);
	CU_ASSERT_EQUAL(WEXITSTATUS(pty_wait_end(s.pty)), 1);
	CU_ASSERT(strstr(buf_text(pty_bytes(s.pty)), "ours.pem): nothing was begun") != NULL);
	end(&s);
}

/* What was read once is read anew. */
static void
certificates_that_change(void)
{
	static const struct {
		const char *text, *want;
	} rows[] = {{"", "ours.pem (it is empty)"}, {"no certificate\n", "ours.pem (error "}};
	struct scene s;

	begin_with_certificates(&s);
	open_configured(&s);
	for (size_t i = 0; i < 2; i++) {
		write_file(&s, "ours.pem", rows[i].text);
		steps_expect(s.pty, rows[i].want);
	}
	quit(&s, 0);
	end(&s);
}

/* ---- commands without a screen ---- */

static void
expect_run(const struct scene *s, const char *const *words, int status, const char *want)
{
	char *path = program(), *bad = mem_printf("FLYNN_BAD_DISK=%s", s->dir);
	const char *argv[8] = {path}, *env[] = {bad, NULL};
	struct child_output output;

	for (int i = 0; words[i]; i++)
		argv[i + 1] = words[i];
	child_run((struct child){.argv = argv, .env = env, .dir = s->dir}, "", 0, RUN_MS, &output);
	HARNESS_CHECK(output.status == status, "%s: status %d", words[0], output.status);
	HARNESS_CHECK(strstr(buf_text(&output.err), want) || strstr(buf_text(&output.out), want), "%s: %s%s", words[0],
	        buf_text(&output.err), buf_text(&output.out));
	child_output_release(&output);
	free(bad);
	free(path);
}

static void
commands_do_not_wait(void)
{
	struct scene s;

	begin_at(&s, true);
	tell_disk(&s, "sockets", true);
	expect_run(&s, (const char *[]){"ask", "-e", s.endpoint, "Hi", NULL}, 1, "flynn: " NEEDED);
	expect_run(&s, (const char *[]){"models", "-e", s.endpoint, NULL}, 1, "flynn: " NEEDED);
	expect_run(&s, (const char *[]){"doctor", "-e", s.endpoint, NULL}, 1, NEEDED);
	end(&s);
}

static void
a_log_does_not_wait(void)
{
	struct scene s;
	char *log, *want;

	begin_at(&s, true);
	log = mem_printf("%s/flynn.log", s.dir);
	want = mem_printf("flynn: the disk does not answer (%s): nothing was begun\n", log);
	tell_disk(&s, "logs", true);
	expect_run(&s, (const char *[]){"ask", "--log", log, "-e", s.endpoint, "Hi", NULL}, 1, want);
	open_screen(&s, (const char *[]){"--log", log, "-e", s.endpoint, NULL});
	CU_ASSERT_EQUAL(WEXITSTATUS(pty_wait_end(s.pty)), 1);
	CU_ASSERT(strstr(buf_text(pty_bytes(s.pty)), "): nothing was begun") != NULL);
	free(want);
	free(log);
	end(&s);
}

static CU_TestInfo network_disk_tests[] = {
        {"a network that is stuck is said, and left", a_stuck_network},
        {"a network that comes back", a_network_that_comes_back},
        {"a network that nobody uses", a_network_that_nobody_uses},
        {"a library that does not come", a_library},
        {"hosts that do not come", a_list_of_hosts},
        {"certificates that do not come", certificates},
        {"certificates that do not come at the start", certificates_at_the_start},
        {"certificates that change", certificates_that_change},
        {"commands do not wait for it", commands_do_not_wait},
        {"the opening of a log does not wait", a_log_does_not_wait},
        CU_TEST_INFO_NULL,
};

int
main(void)
{
	CU_SuiteInfo suites[] = {
	        {"network disk", NULL, NULL, NULL, NULL, network_disk_tests},
	        CU_SUITE_INFO_NULL,
	};

	return harness_main(suites);
}
