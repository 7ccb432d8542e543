/*
 * curl_command.c - a request as a curl command: sh and the real curl send a server what flynn has sent. Without a curl here only
 * flynn's own request is looked at; tests/llama/request_show.c has what a shell makes of the command.
 */
#include "llama/curl_command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

static const char script[] = "on any\nstream\ntoken \"Yes.\"\nfinish stop\ndone\nlast\n";

static bool
has_curl(void)
{
	return system("command -v curl >/dev/null 2>&1") == 0;
}

/* Through a pipe: a long command is no argument. */
static void
run(const char *command)
{
	FILE *shell = popen("FLYNN_AUTH_TOKEN=sk-1 sh >/dev/null 2>&1", "w");

	CU_ASSERT_FATAL(shell != NULL);
	fputs(command, shell);
	CU_ASSERT(pclose(shell) == 0);
}

static const char *
body_of(const char *request)
{
	const char *end = request ? strstr(request, "\r\n\r\n") : NULL;

	return end ? end + 4 : "";
}

static void
send_again(struct rig *rig, const char *prompt, size_t number)
{
	struct chat_message message = {CHAT_USER, prompt, NULL, NULL};
	struct chat_request chat = {.messages = &message, .n_messages = 1, .stream = true};
	struct http_request request;
	struct buf command = {0};
	char *first = standin_request(rig->server, number, NULL), *second;
	struct err err;

	CU_ASSERT_FATAL(model_encode(rig->client, &chat, &request, &err));
	HARNESS_EQUAL(body_of(first), request.body);
	curl_command_put(&command, &request);
	if (has_curl()) {
		run(buf_text(&command));
		second = standin_request(rig->server, number + 1, NULL);
		HARNESS_EQUAL(body_of(second), request.body);
		CU_ASSERT(second && strstr(second, "POST /v1/chat/completions HTTP/1.1\r\n"));
		CU_ASSERT(second && strstr(second, "\r\nAccept: text/event-stream\r\n"));
		CU_ASSERT(second && strstr(second, "\r\nContent-Type: application/json\r\n"));
		free(second);
	}
	free(first);
	buf_release(&command);
	http_request_release(&request);
}

/* The last one is longer than a shell's argument may be. */
static void
curl_sends_the_same_again(void)
{
	char *quotes = harness_repeat("It's \"so\" `id` $HOME \\n \\\\ !! 日本語\n\tEND_OF_REQUEST\n", 4000);
	const char *const prompts[] = {"Hi", "'", "'\\''\n'", "$(exit 7)\r\n\t`exit 7`", quotes};
	struct rig rig;
	struct err end;
	size_t each = has_curl() ? 2 : 1;

	rig_init(&rig, script, 0);
	for (size_t i = 0; i < ARRAY_LEN(prompts); i++) {
		rig_ask(&rig, i + 1, prompts[i], true);
		free(rig_read(&rig, i + 1, &end));
		CU_ASSERT(end.code == ERR_NONE);
		send_again(&rig, prompts[i], i * each);
	}
	rig_release(&rig);
	free(quotes);
}

CU_TestInfo curl_command_tests[] = {
        {"curl sends the same again", curl_sends_the_same_again},
        CU_TEST_INFO_NULL,
};
