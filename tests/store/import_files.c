/*
 * import_files.c - attachments in an export: they come back byte for byte, so that what is sent is the same, and what is wrong with one
 * is said.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "llama/file_type.h"
#include "llama/http_body.h"
#include "llama/model_client.h"
#include "tests/harness.h"
#include "tests/store/archive.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

#define PNG "\x89PNG\r\n\x1a\n\0\xff"
#define PROMPT(attachments)                                                                                            \
	ARCHIVE_HEAD "{\"messages\":[{\"id\":1,\"parent\":null,\"role\":\"user\",\"content\":\"a\","                   \
	             "\"attachments\":" attachments "}]}]}"

static void
attach(struct message *m, const char *name, const char *data, size_t n)
{
	struct file_type type = file_type_find(data, n);
	struct buf bytes = {0};

	buf_put(&bytes, data, n);
	attachments_add(&m->attachments, attachment_new(type.kind, name, "/tmp/there", type.type, &bytes));
}

/* ---- what is sent ---- */

/* The request that would be made for the conversation's last reply. */
static char *
request_of(struct conversation *c)
{
	const struct model_settings settings = {.endpoint = "http://h"};
	struct err err = {0};
	struct model_client *client = model_client_new(&settings, &err);
	struct chat_request request = {0};
	struct http_request http;
	struct buf body = {0};

	CU_ASSERT_FATAL(client != NULL);
	request.messages = conversation_request(c, conversation_leaf(c)->parent, &request.n_messages);
	HARNESS_CHECK(model_encode(client, &request, &http, &err), "%s", err.text);
	http_body_put(&http, &body);
	http_request_release(&http);
	model_client_free(client);
	return buf_take(&body);
}

static struct conversation *
make_chat(void)
{
	static char large[200000];
	struct conversation *c = conversation_new("Look well.");
	struct message *m = conversation_add(c, NULL, CHAT_USER, "What are they?");

	for (size_t i = 0; i < sizeof(large); i++)
		large[i] = (char)(i * 31 + i / 255);
	memcpy(large, PNG, sizeof(PNG) - 1);
	attach(m, "a.png", large, sizeof(large));
	attach(m, "no``tes```.md", "```c\nint x;\n```", 15);
	attach(m, "a.wav", "RIFF\0\0\0\0WAVEfmt ", 16);
	attach(m, "b.png", PNG "b", sizeof(PNG));
	m = conversation_add(c, m, CHAT_ASSISTANT, "Two pictures.");
	m = conversation_add(c, m, CHAT_USER, "");
	attach(m, "a.png", large, sizeof(large));
	conversation_add(c, m, CHAT_ASSISTANT, "The same.");
	return c;
}

static char *
send_from(struct history *h)
{
	struct talk *t = talk_join(h, conversation_new(NULL));
	char *request;

	talk_load(t, 1);
	request = request_of(t->conversation);
	talk_drop(t);
	return request;
}

static void
the_request_is_the_same_elsewhere(void)
{
	struct talk *t;
	struct history *h;
	char *sent, *again, *elsewhere, *json, *words;

	place_make();
	t = talk_new(make_chat());
	sent = request_of(t->conversation);
	CU_ASSERT(strstr(sent, "image_url") && strstr(sent, "input_audio") && strlen(sent) > 500000);
	talk_save(t);
	again = send_from(t->history);
	CU_ASSERT(strcmp(again, sent) == 0);
	json = archive_export(t->history, EXPORT_JSON);
	talk_free(t);
	place_make();
	h = place_open();
	words = archive_import(h, json, strlen(json), NULL);
	HARNESS_EQUAL(words, "");
	place_expect(h, "SELECT count(*) || ' ' || (SELECT count(*) FROM message_attachment) FROM attachment", "4 5");
	elsewhere = send_from(h);
	CU_ASSERT(strcmp(elsewhere, sent) == 0);
	history_close(h);
	place_remove();
	free(sent);
	free(again);
	free(elsewhere);
	free(json);
	free(words);
}

/* ---- what is there ---- */

#define NAMED(uuid, name, data)                                                                                        \
	ARCHIVE_HEAD "{\"uuid\":\"" uuid                                                                               \
	             "\",\"messages\":[{\"id\":1,\"parent\":null,\"role\":\"user\",\"content\":\"a\","                 \
	             "\"attachments\":[{\"name\":\"" name "\",\"data\":\"" data "\"}]}]}]}"
#define UUID "01234567-89ab-4def-8123-456789abcdef"

/* Only as long as none of its files is another one. */
static void
the_same_is_skipped(void)
{
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, NAMED(UUID, "a.txt", "aGk="), 1, 0, 0);
	archive_check(h, NAMED(UUID, "a.txt", "aGk="), 0, 0, 1);
	archive_check(h, NAMED(UUID, "a.txt", "aG8="), 1, 1, 0);
	archive_check(h, NAMED(UUID, "a.txt", "aG8="), 0, 0, 1);
	archive_check(h, NAMED(UUID, "b.txt", "aGk="), 1, 1, 0);
	place_expect(h, "SELECT count(*) || ' ' || (SELECT count(*) FROM message_attachment) FROM attachment", "2 3");
	place_check(h);
	history_close(h);
	place_remove();
}

/* And is not, once the conversation is gone: the index takes out of it what it was given. */
static void
what_came_is_found(void)
{
	static const char json[] = ARCHIVE_HEAD
	        "{\"messages\":[{\"id\":1,\"parent\":null,\"role\":\"user\",\"content\":\"fox\","
	        "\"attachments\":[{\"name\":\"raven.txt\",\"data\":\"aGk=\"}]},"
	        "{\"id\":2,\"parent\":1,\"role\":\"assistant\",\"content\":\"\",\"reasoning\":\"owl\"}]}]}";
	static const char found[] =
	        "SELECT group_concat(rowid) FROM message_words WHERE message_words MATCH 'raven OR owl'";
	static const char both[] = "SELECT rowid FROM message_words WHERE message_words MATCH 'raven fox'";
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	place_expect(h, found, "1,2");
	place_expect(h, both, "1");
	place_check(h);
	place_run(h, "DELETE FROM conversation");
	place_expect(h, found, "");
	place_expect(h, "SELECT count(*) FROM message_words_docsize", "0");
	place_check(h);
	history_close(h);
	place_remove();
}

/* Some write Base64 in lines, and some a backslash before each slash; a member of that name elsewhere is none. */
static void
odd_but_right(void)
{
	static const char json[] = ARCHIVE_HEAD
	        "{\"messages\":[{\"id\":1,\"parent\":null,\"role\":\"user\",\"content\":\"a\",\"attachments\":["
	        "{\"data\":\"Pz8\\/\\nPz8/ \\t\",\"name\":\"\"},{\"name\":\"e\",\"data\":\"\",\"kind\":\"text\"},"
	        "{\"name\":\"pdf\",\"kind\":\"text\",\"data\":\"JVBERi0=\"}]},"
	        "{\"id\":2,\"parent\":1,\"role\":\"assistant\",\"content\":\"a\",\"parameters\":"
	        "{\"attachments\":[{\"data\":\"?\"}],\"data\":\"0\",\"messages\":[{\"attachments\":[{\"data\":\"?"
	        "\"}]}]}"
	        "}]}]}";
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	place_expect(h, "SELECT CAST(data AS TEXT) || kind || size FROM attachment WHERE id = 1", "??????text6");
	place_expect(h, "SELECT kind || type || size FROM attachment WHERE id = 2", "texttext/plain0");
	place_expect(h, "SELECT CAST(data AS TEXT) || kind FROM attachment WHERE id = 3", "%PDF-text");
	place_expect(h, "SELECT parameters FROM message WHERE id = 2",
	        "{\"attachments\":[{\"data\":\"?\"}],\"data\":\"0\",\"messages\":[{\"attachments\":[{\"data\":\"?\"}]}]"
	        "}");
	history_close(h);
	place_remove();
}

/* One of more than 64 KiB that stands there twice is decoded into one attachment. */
static void
pictures_of_versions_are_shared(void)
{
	struct buf json = {0}, data = {0};
	struct history *h;

	buf_put(&data, PNG, sizeof(PNG) - 1);
	while (data.len < 100000)
		buf_put(&data, "\0more", 5);
	buf_puts(&json, ARCHIVE_HEAD "{\"messages\":[");
	for (int i = 1; i <= 3; i++) {
		buf_printf(&json,
		        "%s{\"id\":%d,\"parent\":null,\"role\":\"user\",\"content\":\"a\",\"attachments\":[{\"name\":"
		        "\"%c\",\"data\":\"",
		        i > 1 ? "," : "", i, i == 3 ? 'b' : 'a');
		base64_put(&json, data.data, data.len);
		buf_puts(&json, "\"}]}");
	}
	buf_puts(&json, "]}]}");
	place_make();
	h = place_open();
	archive_check(h, buf_text(&json), 1, 0, 0);
	place_expect(h,
	        "SELECT group_concat(name || size || type) FROM message_attachment JOIN attachment a ON a.id = "
	        "attachment",
	        "a100000image/png,a100000image/png,b100000image/png");
	place_expect(h, "SELECT count(*) FROM attachment", "1");
	history_close(h);
	place_remove();
	buf_release(&json);
	buf_release(&data);
}

/* ---- what is broken ---- */

static const struct {
	const char *json, *want;
} broken[] = {
        {PROMPT("{}"), "\"attachments\" must be a list"},
        {PROMPT("[7]"), "attachment 1: this must be an object"},
        {PROMPT("[{\"name\":\"a\"}]"), "attachment 1: \"data\" is missing"},
        {PROMPT("[{\"data\":\"aGk=\"}]"), "attachment 1: \"name\" is missing"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\"},{\"name\":\"a\",\"data\":\"aGk\"}]"),
                "attachment 2: \"data\" is no Base64"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aG\\u006b=\"}]"), "attachment 1: \"data\" is no Base64"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=aGk=\"}]"), "attachment 1: \"data\" is no Base64"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\xff\"}]"), "attachment 1: \"data\" is no Base64"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"data:text/plain;base64,aGk=\"}]"), "attachment 1: \"data\" is no Base64"},
        {PROMPT("[{\"name\":\"a\",\"d\\u0061ta\":\"7\"}]"), "attachment 1: \"data\" is no Base64"},
        {PROMPT("[{\"name\":\"a\",\"d\\u0061ta\":\"99999999999999999999999999\"}]"),
                "attachment 1: \"data\" is no Base64"},
        {PROMPT("[{\"name\":\"a\",\"data\":7}]"), "attachment 1: \"data\" must be text in quotes"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\",\"data\":\"aGk=\"}]"), "attachment 1: \"data\" is there twice"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\",\"more\":1}]"), "attachment 1: there is no member \"more\" here"},
        {PROMPT("[{\"name\":\"../a\",\"data\":\"aGk=\"}]"),
                "attachment 1: \"name\" must be that of a file, without its folder"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\",\"kind\":\"film\"}]"),
                "attachment 1: \"kind\" must be text, image or audio"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\",\"kind\":\"image\"}]"),
                "attachment 1: \"kind\" is image, but its data is text"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"iVBORw0KGgo=\",\"kind\":\"text\"}]"),
                "attachment 1: \"kind\" is text, but its data is a PNG picture"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"iVBORw0KGgo=\",\"type\":\"image/jpeg\"}]"),
                "attachment 1: \"type\" must be image/png, which its data is"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"AAAA\"}]"),
                "attachment 1: its data is binary data, which cannot be attached"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"JVBERi0=\"}]"),
                "attachment 1: its data is a PDF document, which cannot be attached"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\",\"size\":3}]"),
                "attachment 1: \"size\" must be 2, the bytes of its data"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\",\"size\":-2}]"),
                "attachment 1: \"size\" must be a whole number from 0"},
        {PROMPT("[{\"name\":\"a\",\"data\":\"aGk=\",\"sha256\":\"00\"}]"),
                "attachment 1: \"sha256\" is not that of its data"},
};

static void
errors_name_the_attachment(void)
{
	struct history *h;

	place_make();
	h = place_open();
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		char *words = archive_import(h, broken[i].json, strlen(broken[i].json), NULL),
		     *want = mem_printf("f: conversation 1, message 1: %s", broken[i].want);

		HARNESS_EQUAL(words, want);
		free(words);
		free(want);
	}
	place_expect(h, "SELECT (SELECT count(*) FROM conversation) + (SELECT count(*) FROM attachment)", "0");
	history_close(h);
	place_remove();
}

static void
only_prompts_have_them(void)
{
	static const char json[] =
	        ARCHIVE_HEAD "{\"messages\":[{\"id\":1,\"parent\":null,\"role\":\"assistant\",\"content\":\"a\","
	                     "\"attachments\":[]}]}]}";
	struct history *h;
	char *words;

	place_make();
	h = place_open();
	words = archive_import(h, json, strlen(json), NULL);
	HARNESS_EQUAL(words, "f: conversation 1, message 1: \"attachments\" belong to a message whose role is user");
	free(words);
	history_close(h);
	place_remove();
}

CU_TestInfo import_files_tests[] = {
        {"the request is the same elsewhere", the_request_is_the_same_elsewhere},
        {"what came is found", what_came_is_found},
        {"the same is skipped", the_same_is_skipped},
        {"odd, but right", odd_but_right},
        {"pictures of versions are shared", pictures_of_versions_are_shared},
        {"errors name the attachment", errors_name_the_attachment},
        {"only prompts have them", only_prompts_have_them},
        CU_TEST_INFO_NULL,
};
