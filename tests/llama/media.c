/*
 * media.c - messages with attachments: requests that a real server has answered (tests/wire) are made again from the files in them,
 * and files of text stand below the prompt.
 */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "llama/attachment.h"
#include "llama/content.h"
#include "llama/curl_command.h"
#include "llama/file_type.h"
#include "llama/http_body.h"
#include "llama/json.h"
#include "llama/model_client.h"
#include "llama/request.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

enum {
	MESSAGES_MAX = 4,
};

/* A chat as a conversation has it. */
struct chat {
	struct chat_message messages[MESSAGES_MAX];
	struct attachments attachments[MESSAGES_MAX];
	size_t n;
};

static void
release_chat(struct chat *chat)
{
	for (size_t i = 0; i < chat->n; i++)
		attachments_release(&chat->attachments[i]);
}

static struct attachment *
attachment_of(const char *name, const char *data, size_t n)
{
	struct file_type type = file_type_find(data, n);
	struct buf copy = {0};

	buf_put(&copy, data, n);
	return attachment_new(type.kind, name, NULL, type.type, &copy);
}

static struct attachment *
text_file(const char *name, const char *text)
{
	struct buf copy = {0};

	buf_puts(&copy, text);
	return attachment_new(ATTACHMENT_TEXT, name, NULL, "text/plain", &copy);
}

static char *
body_of(const struct model_client *client, const struct chat *chat, struct http_request *http)
{
	const struct chat_request request = {.messages = chat->messages, .n_messages = chat->n};
	struct buf body = {0};
	struct err err = {0};

	HARNESS_CHECK(model_encode(client, &request, http, &err), "%s", err.text);
	http_body_put(http, &body);
	CU_ASSERT_EQUAL(body.len, http_body_length(http));
	return buf_take(&body);
}

static struct model_client *
new_client(void)
{
	const struct model_settings settings = {.endpoint = "http://h"};
	struct err err;

	return model_client_new(&settings, &err);
}

/* ---- recordings ---- */

static const char *
part_data(const cJSON *part)
{
	const char *data = json_string(json_get(part, "input_audio"), "data", NULL),
	           *url = json_string(json_get(part, "image_url"), "url", "");

	return data ? data : strstr(url, ";base64,") + strlen(";base64,");
}

static void
read_part(struct chat *chat, const cJSON *part)
{
	struct buf bytes = {0};

	if (strcmp(json_string(part, "type", ""), "text") == 0) {
		chat->messages[chat->n].content = json_string(part, "text", "");
		return;
	}
	CU_ASSERT_TRUE_FATAL(base64_get(&bytes, part_data(part), strlen(part_data(part))));
	attachments_add(&chat->attachments[chat->n], attachment_of("file", bytes.data, bytes.len));
	buf_release(&bytes);
}

/* The chat of which the recorded messages were made. Borrows their texts. */
static void
read_chat(struct chat *chat, const cJSON *messages)
{
	const cJSON *message, *part;

	*chat = (struct chat){.n = 0};
	cJSON_ArrayForEach(message, messages)
	{
		const cJSON *content = json_get(message, "content");
		const char *role = json_string(message, "role", "");
		struct chat_message *m = &chat->messages[chat->n];

		m->role = *role == 's' ? CHAT_SYSTEM : *role == 'u' ? CHAT_USER : CHAT_ASSISTANT;
		m->content = cJSON_IsString(content) ? content->valuestring : "";
		if (cJSON_IsArray(content))
			cJSON_ArrayForEach(part, content) read_part(chat, part);
		m->attachments = &chat->attachments[chat->n];
		chat->n++;
	}
}

static cJSON *
read_recorded(const char *name)
{
	char *in = mem_printf("wire/%s.request", name), *path = harness_path(in);
	size_t n;
	char *text = harness_read(path, &n);
	struct err err;
	cJSON *root = json_parse(text, n, &err);

	CU_ASSERT_PTR_NOT_NULL_FATAL(root);
	free(text);
	free(path);
	free(in);
	return root;
}

/* The members stand in the same order too: they are compared as they are written. */
static void
sends_what_was_recorded(void)
{
	static const char *const names[] = {"media-image", "media-image-only", "media-image-1x1", "media-image-bmp",
	        "media-image-gif", "media-image-jpeg", "media-image-large-stream", "media-two-images-stream",
	        "media-history-stream", "media-image-in-system", "media-audio-and-image-stream", "media-count-image",
	        "media-count-audio"};
	struct model_client *client = new_client();

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		cJSON *recorded = read_recorded(names[i]), *sent;
		struct http_request http;
		struct chat chat;
		struct err err;
		char *body, *want, *got;

		read_chat(&chat, json_get(recorded, "messages"));
		body = body_of(client, &chat, &http);
		sent = json_parse(body, strlen(body), &err);
		want = cJSON_PrintUnformatted(json_get(recorded, "messages"));
		got = cJSON_PrintUnformatted(json_get(sent, "messages"));
		HARNESS_CHECK(strcmp(want, got) == 0, "%s: not what was recorded", names[i]);
		cJSON_free(want);
		cJSON_free(got);
		free(body);
		cJSON_Delete(sent);
		cJSON_Delete(recorded);
		http_request_release(&http);
		release_chat(&chat);
	}
	model_client_free(client);
}

/* ---- files of text ---- */

static const char png[] = "\x89PNG\r\n\x1a\nxyz", wav[] = "RIFF\1\1\1\1WAVEfmt \xff", mp3[] = "ID3\4\xff",
                  flac[] = "fLaC\0\xff";

static void
check_content(const char *prompt, const struct attachments *attachments, const char *want)
{
	const struct chat_message message = {CHAT_USER, prompt, NULL, attachments};
	struct http_request http = {0};
	struct body_writer writer = {0};
	struct buf whole = {0};

	content_put(&message, &writer);
	(void)body_writer_step(&writer, SIZE_MAX, &http);
	http.body_len = writer.body.len;
	http.body = buf_take(&writer.body);
	body_writer_release(&writer);
	http_body_put(&http, &whole);
	HARNESS_EQUAL(buf_text(&whole), want);
	buf_release(&whole);
	http_request_release(&http);
}

static void
puts_files_of_text_below_the_prompt(void)
{
	static const struct {
		const char *prompt, *text, *want;
	} rows[] = {
	        {"Look:", "a\n", "\"content\":\"Look:\\n\\na.txt\\n```\\na\\n```\""},
	        {"Look:", "a", "\"content\":\"Look:\\n\\na.txt\\n```\\na\\n```\""},
	        {"", "a\n\n", "\"content\":\"a.txt\\n```\\na\\n\\n```\""},
	        {"Look:\n", "", "\"content\":\"Look:\\n\\n\\na.txt\\n```\\n```\""},
	        {"x", "``` b\n", "\"content\":\"x\\n\\na.txt\\n````\\n``` b\\n````\""},
	        {"x", "`\n`````", "\"content\":\"x\\n\\na.txt\\n``````\\n`\\n`````\\n``````\""},
	        {"x", "``", "\"content\":\"x\\n\\na.txt\\n```\\n``\\n```\""},
	        {"\"q\"", "\t\"\\", "\"content\":\"\\\"q\\\"\\n\\na.txt\\n```\\n\\t\\\"\\\\\\n```\""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct attachments list = {0};

		attachments_add(&list, text_file("a.txt", rows[i].text));
		check_content(rows[i].prompt, &list, rows[i].want);
		attachments_release(&list);
	}
}

static void
puts_parts_in_their_order(void)
{
	struct attachments list = {0};

	attachments_add(&list, attachment_of("p.png", png, sizeof(png) - 1));
	attachments_add(&list, text_file("line\nfeed\x7f", "1"));
	attachments_add(&list, attachment_of("s.mp3", mp3, sizeof(mp3) - 1));
	attachments_add(&list, text_file("gr\xc3\xbc\xc3\x9f \"e\".md", "2\n"));
	attachments_add(&list, attachment_of("s.flac", flac, sizeof(flac) - 1));
	attachments_add(&list, attachment_of("s.wav", wav, sizeof(wav) - 1));
	check_content("What?", &list,
	        "\"content\":[{\"type\":\"text\",\"text\":\"What?\\n\\nline feed \\n```\\n1\\n```\\n\\n"
	        "gr\xc3\xbc\xc3\x9f \\\"e\\\".md\\n```\\n2\\n```\"},"
	        "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgp4eXo=\"}},"
	        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"SUQzBP8=\",\"format\":\"mp3\"}},"
	        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"ZkxhQwD/\",\"format\":\"flac\"}},"
	        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklGRgEBAQFXQVZFZm10IP8=\",\"format\":\"wav\"}}"
	        "]");
	attachments_remove(&list, 3);
	attachments_remove(&list, 1);
	check_content("", &list,
	        "\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/"
	        "png;base64,iVBORw0KGgp4eXo=\"}},"
	        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"SUQzBP8=\",\"format\":\"mp3\"}},"
	        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"ZkxhQwD/\",\"format\":\"flac\"}},"
	        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"UklGRgEBAQFXQVZFZm10IP8=\",\"format\":\"wav\"}}"
	        "]");
	attachments_release(&list);
	check_content("No files", &list, "\"content\":\"No files\"");
	check_content("No files", NULL, "\"content\":\"No files\"");
}

/* One that came with the history may have any name for its type. */
static void
puts_a_foreign_type_as_text(void)
{
	struct attachments list = {0};
	struct buf data = {0};

	buf_puts(&data, "x");
	attachments_add(&list, attachment_new(ATTACHMENT_IMAGE, "x", NULL, "image/\"},", &data));
	buf_puts(&data, "x");
	attachments_add(&list, attachment_new(ATTACHMENT_AUDIO, "x", NULL, "ogg", &data));
	check_content("", &list,
	        "\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/\\\"},;base64,eA==\"}},"
	        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"eA==\",\"format\":\"ogg\"}}]");
	attachments_release(&list);
}

/* ---- the bytes ---- */

static void
make_chat(struct chat *chat, size_t size)
{
	struct buf bytes = {0};

	buf_puts(&bytes, png);
	while (bytes.len < size)
		buf_putc(&bytes, (char)(bytes.len * 7919 >> 3));
	*chat = (struct chat){.n = 2};
	for (size_t i = 0; i < chat->n; i++) {
		attachments_add(&chat->attachments[i], attachment_of("p.png", bytes.data, bytes.len));
		attachments_add(&chat->attachments[i], attachment_of("s.wav", wav, sizeof(wav) - 1));
		chat->messages[i] = (struct chat_message){CHAT_USER, "x", NULL, &chat->attachments[i]};
	}
	buf_release(&bytes);
}

static void
can_be_read_in_any_pieces(void)
{
	struct model_client *client = new_client();
	struct http_request http;
	struct chat chat;
	char *body, step[64];

	make_chat(&chat, 40);
	body = body_of(client, &chat, &http);
	for (size_t n = 1; n <= sizeof(step); n++) {
		size_t at = 0, got;

		while ((got = http_body_read(&http, at, step, n)) > 0) {
			HARNESS_CHECK(memcmp(body + at, step, got) == 0, "%zu bytes from %zu", got, at);
			at += got;
			HARNESS_CHECK(got == n || at == strlen(body), "%zu bytes before %zu", got, at);
		}
		CU_ASSERT_EQUAL(at, strlen(body));
	}
	free(body);
	http_request_release(&http);
	release_chat(&chat);
	model_client_free(client);
}

static void
shows_no_more_than_the_beginning(void)
{
	struct model_client *client = new_client();
	struct http_request http;
	struct chat chat;
	struct buf shown = {0}, command = {0};
	char *body;

	make_chat(&chat, 100000);
	body = body_of(client, &chat, &http);
	http_body_put_short(&http, &shown);
	CU_ASSERT(shown.len < 1000);
	CU_ASSERT_PTR_NOT_NULL(strstr(shown.data, "data:image/png;base64,iVBORw0KGgp4"));
	CU_ASSERT_PTR_NOT_NULL(strstr(shown.data, "… (133336 characters)\"}}"));
	CU_ASSERT_PTR_NOT_NULL(strstr(shown.data, "\"data\":\"UklGRgEBAQFXQVZFZm10IP8=\""));
	curl_command_put(&command, &http);
	CU_ASSERT(command.len > strlen(body));
	buf_release(&command);
	buf_release(&shown);
	free(body);
	http_request_release(&http);
	release_chat(&chat);
	model_client_free(client);
}

static void
refuses_at(struct model_client *client, const char *want)
{
	const size_t size = REQUEST_BODY_MAX / 4 / 4 * 3;
	struct http_request http;
	struct chat chat = {.n = 1};
	struct chat_request request = {.messages = chat.messages, .n_messages = 1};
	struct buf bytes = {0};
	struct err err = {0};

	for (size_t i = 0; i < size; i++)
		buf_putc(&bytes, png[i % sizeof(png)]);
	attachments_add(&chat.attachments[0], attachment_new(ATTACHMENT_IMAGE, "p.png", NULL, "image/png", &bytes));
	for (size_t i = 0; i < 2; i++)
		attachments_add(&chat.attachments[0], attachment_hold(chat.attachments[0].items[0]));
	chat.messages[0] = (struct chat_message){CHAT_USER, "x", NULL, &chat.attachments[0]};
	HARNESS_CHECK(model_encode(client, &request, &http, &err), "%s", err.text);
	http_request_release(&http);
	attachments_add(&chat.attachments[0], attachment_hold(chat.attachments[0].items[0]));
	CU_ASSERT(!model_encode(client, &request, &http, &err) && err.code == ERR_LIMIT);
	HARNESS_EQUAL(err.text, want);
	release_chat(&chat);
	model_client_free(client);
}

static void
refuses_what_no_server_takes(void)
{
	const struct model_settings other = {
	        .provider = "openai", .name = "gpt", .endpoint = "http://h", .model = "qwen3"};
	struct err err;

	refuses_at(new_client(),
	        "the request has 100 MiB, and llama-server takes 100 MiB at most: attach less; pictures and "
	        "sounds of earlier prompts are sent again");
	refuses_at(model_client_new(&other, &err),
	        "the request has 100 MiB, and flynn sends 100 MiB at most: attach less; pictures and "
	        "sounds of earlier prompts are sent again");
}

CU_TestInfo media_tests[] = {
        {"sends what was recorded", sends_what_was_recorded},
        {"puts files of text below the prompt", puts_files_of_text_below_the_prompt},
        {"puts parts in their order", puts_parts_in_their_order},
        {"puts a foreign type as text", puts_a_foreign_type_as_text},
        {"can be read in any pieces", can_be_read_in_any_pieces},
        {"shows no more than the beginning", shows_no_more_than_the_beginning},
        {"refuses what no server takes", refuses_what_no_server_takes},
        CU_TEST_INFO_NULL,
};
