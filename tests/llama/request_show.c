/*
 * request_show.c - a request for people: indented, without the data of pictures; and as a curl command, which sh runs: a function of
 * the test stands for curl and writes down what it was given.
 */
#include "llama/request_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "llama/curl_command.h"
#include "llama/parameters.h"
#include "llama/token_count.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

/* ---- JSON ---- */

static void
expect_json(const char *body, size_t at, size_t left_out, const char *want)
{
	struct buf out = {0};
	struct err err;

	CU_ASSERT(request_show_json(body, strlen(body), at, left_out, &out, &err));
	HARNESS_EQUAL(buf_text(&out), want);
	buf_release(&out);
}

static void
indents_by_blanks(void)
{
	expect_json("{\"messages\":[{\"role\":\"user\",\"content\":\"a\\tb\\nc \\\"d\\\" \\\\t ü\"}],\"top_k\":40}", 0,
	        0,
	        "{\n"
	        "  \"messages\": [{\n"
	        "      \"role\": \"user\",\n"
	        "      \"content\": \"a\\tb\\nc \\\"d\\\" \\\\t ü\"\n"
	        "    }],\n"
	        "  \"top_k\": 40\n"
	        "}");
	expect_json("[]", 0, 0, "[]");
	expect_json("7", 0, 0, "7");
}

static void
says_how_many_messages_are_left_out(void)
{
	expect_json("{\"messages\":[1,2]}", 1, 1234,
	        "{\n  \"messages\": [1, \"… 1234 messages are left out here …\", 2]\n}");
	expect_json("{\"messages\":[1,2]}", 0, 3, "{\n  \"messages\": [\"… 3 messages are left out here …\", 1, 2]\n}");
	expect_json("{\"messages\":7}", 0, 3, "{\n  \"messages\": 7\n}");
	expect_json("7", 0, 3, "7");
}

static void
leaves_the_data_of_pictures_out(void)
{
	char *data = harness_repeat("AAAAbbbb", 64), *body;
	static const struct {
		const char *before, *after, *want; /* of the data, which stands twice */
	} rows[] = {
	        {"data:image/png;base64,", "", "data:image/png;base64,AAAAbbbbAAAAbbbbAAAAbbbb… (512 characters)"},
	        {"see ![](data:image/png;base64,", ") and",
	                "see ![](data:image/png;base64,AAAAbbbbAAAAbbbbAAAAbbbb… (512 characters)) and"},
	        {"data: data:audio/wav;codecs=1;base64,", "!",
	                "data: data:audio/wav;codecs=1;base64,AAAAbbbbAAAAbbbbAAAAbbbb… (512 characters)!"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *want = mem_printf("[\"%s\", {\n    \"url\": \"%s\"\n  }]", rows[i].want, rows[i].want);

		body = mem_printf("[\"%s%s%s\",{\"url\":\"%s%s%s\"}]", rows[i].before, data, rows[i].after,
		        rows[i].before, data, rows[i].after);
		expect_json(body, 0, 0, want);
		free(body);
		free(want);
	}
	body = mem_printf("[\"data:image/png;base64,AAAA\",\"data:text/plain,%s\",\"data;base64,%s\"]", data, data);
	{
		char *want = mem_printf(
		        "[\"data:image/png;base64,AAAA\", \"data:text/plain,%s\", \"data;base64,%s\"]", data, data);

		expect_json(body, 0, 0, want);
		free(want);
	}
	free(body);
	free(data);
}

static void
refuses_what_is_no_json(void)
{
	struct buf out = {0};
	struct err err;

	CU_ASSERT(!request_show_json("{\"a\"", 4, 0, 0, &out, &err));
	CU_ASSERT(out.len == 0);
}

/* ---- what a server makes of it ---- */

static struct model_client *
client(const char *endpoint, bool insecure)
{
	const struct model_settings settings = {.endpoint = endpoint,
	        .auth_token = "sk-0123456789",
	        .model = "it's a model",
	        .insecure = insecure,
	        .ca_file = insecure ? "/etc/my ca's.pem" : NULL};
	struct err err;

	return model_client_new(&settings, &err);
}

static void
asks_with_the_chat_itself(void)
{
	static const struct chat_message message = {CHAT_USER, "Hi", NULL, NULL};
	const struct chat_request chat = {.messages = &message, .n_messages = 1, .stream = true};
	struct model_client *c = client("http://h/p/v1", false);
	struct http_request sent, prompt, tokens;
	struct err err;

	CU_ASSERT_FATAL(model_encode(c, &chat, &sent, &err));
	CU_ASSERT_FATAL(model_encode_to(c, &chat, REQUEST_SHOW_PROMPT_PATH, &prompt, &err));
	CU_ASSERT_FATAL(model_encode_to(c, &chat, TOKEN_COUNT_PATH_ROUTER, &tokens, &err));
	HARNESS_EQUAL(prompt.url, "http://h/p/apply-template?autoload=false");
	HARNESS_EQUAL(tokens.url, "http://h/p/v1/chat/completions/input_tokens?autoload=false");
	HARNESS_EQUAL(prompt.body, sent.body);
	HARNESS_EQUAL(tokens.body, sent.body);
	HARNESS_EQUAL(prompt.auth_token, "sk-0123456789");
	http_request_release(&sent);
	http_request_release(&prompt);
	http_request_release(&tokens);
	CU_ASSERT_FATAL(request_show_ask_tokenize(c, "a\n\"b\"", &tokens, &err));
	HARNESS_EQUAL(tokens.url, "http://h/p/tokenize?autoload=false");
	HARNESS_EQUAL(tokens.body, "{\"content\":\"a\\n\\\"b\\\"\",\"add_special\":true,\"parse_special\":true,"
	                           "\"model\":\"it's a model\"}");
	http_request_release(&tokens);
	model_client_free(c);
}

static void
reads_what_the_server_makes_of_it(void)
{
	static const struct {
		int status;
		const char *body, *prompt, *error;
		int64_t tokens; /* -1: error */
	} rows[] = {
	        {200, "{\"prompt\":\"<|im_start|>user\\nhi\"}", "<|im_start|>user\nhi",
	                "the server's answer has no count", -1},
	        {200, "{\"input_tokens\":42}", NULL, "the server's answer has no prompt", 42},
	        {200, "{\"prompt\":7,\"input_tokens\":\"7\"}", NULL, "the server's answer has no prompt", -1},
	        {200, "{\"tokens\":[1,2,3]}", NULL, "the server's answer has no prompt", 3},
	        {200, "{\"tokens\":7}", NULL, "the server's answer has no prompt", -1},
	        {404, "{\"error\":{\"message\":\"File Not Found\"}}", NULL,
	                "this server does not tell it: it has no /apply-template", -1},
	        {501, "", NULL, "this server does not tell it: it has no /apply-template", -1},
	        {500, "{\"error\":{\"message\":\"sk-0123456789: no\"}}", NULL, "***: no", -1},
	};
	struct model_client *c = client("http://h", false);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		size_t n = strlen(rows[i].body);
		int64_t tokens;
		char *prompt;

		CU_ASSERT(request_show_prompt(c, rows[i].status, rows[i].body, n, &prompt, &err) ==
		          (rows[i].prompt != NULL));
		HARNESS_EQUAL(prompt ? prompt : err.text, rows[i].prompt ? rows[i].prompt : rows[i].error);
		CU_ASSERT(request_show_tokens(c, rows[i].status, rows[i].body, n, &tokens, &err) ==
		          (rows[i].tokens >= 0));
		CU_ASSERT(tokens == rows[i].tokens);
		free(prompt);
	}
	model_client_free(c);
}

/* ---- as a command ---- */

/* Runs the command in sh; what curl was given, a line for each argument and then its standard input without line feeds, as
 * curl's -d @- has it. */
static void
run(const char *command, const char *folder, struct buf *seen)
{
	static const char *const before = "FLYNN_AUTH_TOKEN=sk-0123456789\n"
	                                  "curl() { for a; do printf '<%s>\\n' \"$a\"; done; tr -d '\\r\\n\\0'; }\n";
	char *path = mem_printf("%s/command", folder), *shell = mem_printf("sh %s", path);
	FILE *file = fopen(path, "w"), *out;
	char piece[4096];
	size_t n;

	CU_ASSERT_FATAL(file != NULL);
	fprintf(file, "%s%s", before, command);
	fclose(file);
	out = popen(shell, "r");
	CU_ASSERT_FATAL(out != NULL);
	while ((n = fread(piece, 1, sizeof(piece), out)) > 0)
		buf_put(seen, piece, n);
	CU_ASSERT(pclose(out) == 0);
	unlink(path);
	free(shell);
	free(path);
}

static void
expect_run(const struct http_request *request, const char *options)
{
	struct buf command = {0}, seen = {0};
	char folder[] = "/tmp/flynn-curl-XXXXXX", *want = mem_printf("%s%s", options, request->body);

	CU_ASSERT_FATAL(mkdtemp(folder) != NULL);
	curl_command_put(&command, request);
	CU_ASSERT(!strstr(buf_text(&command), "sk-0123456789"));
	run(buf_text(&command), folder, &seen);
	HARNESS_EQUAL(buf_text(&seen), want);
	rmdir(folder);
	free(want);
	buf_release(&command);
	buf_release(&seen);
}

static void
a_shell_gives_curl_what_was_sent(void)
{
	char *quotes = harness_repeat("It's \"so\" `$HOME` \\ \\n !! 日本語 \xf0\x9f\x9b\xa5 ", 400),
	     *line = harness_repeat("END_OF_REQUEST\n", 300);
	const char *const texts[] = {"", "Hi", "'", "'\\''", "EOF\nEND_OF_REQUEST\n", "a\nb\r\n\tc",
	        "$(touch x) ${HOME} $'x' *", quotes, line};
	struct model_client *c = client("http://h:1/it's/v1", false);

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		const struct chat_message messages[] = {
		        {CHAT_SYSTEM, texts[i], NULL, NULL}, {CHAT_USER, texts[i], texts[i], NULL}};
		struct http_request request;
		struct err err;

		CU_ASSERT_FATAL(model_encode(c,
		        &(struct chat_request){.messages = messages, .n_messages = 2, .stream = true}, &request, &err));
		expect_run(&request,
		        "<--no-buffer>\n<http://h:1/it's/v1/chat/completions>\n<-H>\n<Accept: text/event-stream>\n"
		        "<-H>\n<Content-Type: application/json>\n<-H>\n<Authorization: Bearer "
		        "sk-0123456789>\n<-d>\n<@->\n");
		http_request_release(&request);
	}
	model_client_free(c);
	free(quotes);
	free(line);
}

static void
says_how_the_server_is_reached(void)
{
	static const struct {
		const char *endpoint, *options;
		bool insecure;
	} rows[] = {
	        {"unix:/tmp/it's.sock",
	                "<--no-buffer>\n<http://localhost/v1/chat/completions>\n<--unix-socket>\n</tmp/it's.sock>\n",
	                false},
	        {"http://127.0.0.1:9931",
	                "<--no-buffer>\n<http://127.0.0.1:9931/v1/chat/completions>\n<--noproxy>\n<*>\n", false},
	        {"https://h",
	                "<--no-buffer>\n<https://h/v1/chat/completions>\n<--cacert>\n</etc/my "
	                "ca's.pem>\n<--insecure>\n",
	                true},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		static const struct chat_message message = {CHAT_USER, "Hi", NULL, NULL};
		struct model_client *c = client(rows[i].endpoint, rows[i].insecure);
		char *options =
		        mem_printf("%s<-H>\n<Accept: application/json>\n<-H>\n<Content-Type: application/json>\n<-H>\n"
		                   "<Authorization: Bearer sk-0123456789>\n<-d>\n<@->\n",
		                rows[i].options);
		struct http_request request;
		struct err err;

		CU_ASSERT_FATAL(
		        model_encode(c, &(struct chat_request){.messages = &message, .n_messages = 1}, &request, &err));
		expect_run(&request, options);
		http_request_release(&request);
		model_client_free(c);
		free(options);
	}
}

/* A terminal in its line mode drops what is beyond 4095 bytes, and takes a DEL for a key. */
static void
can_be_pasted_into_a_terminal(void)
{
	char *text = harness_repeat("日本語のとても長い行\x7f", 2000);
	const struct chat_message message = {CHAT_USER, text, NULL, NULL};
	struct model_client *c = client("http://h", false);
	struct http_request request;
	struct buf command = {0};
	struct err err;
	const char *at;

	CU_ASSERT_FATAL(model_encode(c, &(struct chat_request){.messages = &message, .n_messages = 1}, &request, &err));
	curl_command_put(&command, &request);
	CU_ASSERT(!strchr(buf_text(&command), 0x7f) && strstr(buf_text(&command), "\\u007f"));
	for (at = buf_text(&command); *at; at += strcspn(at, "\n") + 1)
		CU_ASSERT(strcspn(at, "\n") < 4095);
	buf_release(&command);
	http_request_release(&request);
	model_client_free(c);
	free(text);
}

CU_TestInfo request_show_tests[] = {
        {"indents by blanks", indents_by_blanks},
        {"says how many messages are left out", says_how_many_messages_are_left_out},
        {"leaves the data of pictures out", leaves_the_data_of_pictures_out},
        {"refuses what is no JSON", refuses_what_is_no_json},
        {"asks with the chat itself", asks_with_the_chat_itself},
        {"reads what the server makes of it", reads_what_the_server_makes_of_it},
        {"a shell gives curl what was sent", a_shell_gives_curl_what_was_sent},
        {"says how the server is reached", says_how_the_server_is_reached},
        {"can be pasted into a terminal", can_be_pasted_into_a_terminal},
        CU_TEST_INFO_NULL,
};
