/*
 * media_refusal.c - what is said of a server's refusals, by what was sent; and which files a model is known not to take.
 */
#include "llama/media_refusal.h"

#include <string.h>

#include "base/compiler.h"
#include "llama/json.h"
#include "llama/model_client.h"
#include "llama/model_input.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

#define CONTEXT "request (5078 tokens) exceeds the available context size (4096 tokens), try increasing it"
#define BLIND   "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj"

static struct attachment *
make(enum attachment_kind kind, const char *name, const char *text)
{
	struct buf data = {0};

	buf_puts(&data, text);
	return attachment_new(kind, name, NULL, "x/y", &data);
}

enum sent {
	NOTHING,
	A_PICTURE,
	TWO_PICTURES,
	BOTH, /* a picture, and a sound in the next message */
	A_MARKER,
	A_LONG_TEXT, /* and a picture */
};

static struct model_client *
client_of(const char *provider)
{
	const struct model_settings settings = {
	        .provider = provider, .name = "gpt", .endpoint = "http://h", .model = "qwen3"};
	struct err err;

	return model_client_new(&settings, &err);
}

static void
explain_of(const char *provider, enum sent sent, struct err *why)
{
	struct model_client *client = client_of(provider);
	struct attachments first = {0}, second = {0};
	struct buf text = {0};
	struct chat_message messages[] = {{CHAT_USER, "hello", NULL, &first}, {CHAT_USER, "more", NULL, &second}};

	if (sent == A_MARKER)
		attachments_add(&second, make(ATTACHMENT_TEXT, "t.md", "see <__media_1__>"));
	if (sent == TWO_PICTURES)
		attachments_add(&second, make(ATTACHMENT_IMAGE, "q.png", "q"));
	if (sent == A_PICTURE || sent == TWO_PICTURES || sent == BOTH || sent == A_LONG_TEXT)
		attachments_add(&first, make(ATTACHMENT_IMAGE, "p.png", "p"));
	if (sent == BOTH)
		attachments_add(&second, make(ATTACHMENT_AUDIO, "s.wav", "s"));
	while (sent == A_LONG_TEXT && text.len < 20000)
		buf_puts(&text, "word ");
	if (text.len > 0)
		messages[1].content = buf_text(&text);
	media_refusal_explain(client, messages, ARRAY_LEN(messages), why);
	model_client_free(client);
	attachments_release(&first);
	attachments_release(&second);
	buf_release(&text);
}

static void
explain(enum sent sent, struct err *why)
{
	explain_of("llamacpp", sent, why);
}

static void
says_what_to_do(void)
{
	static const struct {
		enum sent sent;
		enum err_code code;
		const char *words, *want; /* want: before the server's words; NULL: they stay alone */
	} rows[] = {
	        {A_PICTURE, ERR_SERVER, BLIND,
	                "the model takes no pictures: choose one that does, or start its llama-server with --mmproj"},
	        {NOTHING, ERR_SERVER, BLIND, NULL},
	        {BOTH, ERR_SERVER, "audio input is not supported - hint: x",
	                "the model takes no sounds: choose one that does, or start its llama-server with --mmproj"},
	        {A_PICTURE, ERR_SERVER, "Failed to load image or audio file",
	                "the server cannot read p.png: it is damaged, or too large; save it again, as PNG or WAV, or "
	                "leave it out"},
	        {BOTH, ERR_SERVER, "Failed to load image or audio file",
	                "the server cannot read one of the 2 files (the last one is s.wav): it is damaged, or too "
	                "large; save it again, as PNG or WAV, or leave it out"},
	        {A_PICTURE, ERR_SERVER, "Invalid uri format: data:application/pdf;base64",
	                "the server cannot read p.png: it is damaged, or too large; save it again, as PNG or WAV, or "
	                "leave it out"},
	        {A_PICTURE, ERR_SERVER, "unsupported content[].type",
	                "the server takes no files of this kind with a prompt: a newer llama-server does"},
	        {A_PICTURE, ERR_SERVER, "HTTP 413 Payload Too Large",
	                "the request is too large for the server: attach less, or smaller files; those of earlier "
	                "prompts are sent again"},
	        {NOTHING, ERR_SERVER, "HTTP 413", "the request is too large for the server: send less text"},
	        {A_MARKER, ERR_SERVER, "Failed to tokenize prompt",
	                "a text holds a marker that the server uses itself (<__media_…): take it out of the text"},
	        {A_PICTURE, ERR_SERVER, "Failed to tokenize prompt", NULL},
	        {A_PICTURE, ERR_CONTEXT, CONTEXT,
	                "what does not fit into the context is p.png: attach less, or start llama-server with a larger "
	                "-c, or a smaller --image-max-tokens"},
	        {BOTH, ERR_CONTEXT, CONTEXT,
	                "what does not fit into the context is the 2 pictures and sounds: attach less, or start "
	                "llama-server with a larger -c, or a smaller --image-max-tokens"},
	        {TWO_PICTURES, ERR_CONTEXT, CONTEXT,
	                "what does not fit into the context is the 2 pictures: attach less, or start llama-server with "
	                "a "
	                "larger -c, or a smaller --image-max-tokens"},
	        {A_LONG_TEXT, ERR_CONTEXT, CONTEXT,
	                "the context has no room, and it holds p.png: attach less, or start llama-server with a larger "
	                "-c, or a smaller --image-max-tokens"},
	        {NOTHING, ERR_CONTEXT, CONTEXT, NULL},
	        {A_PICTURE, ERR_UNREACHABLE, BLIND, NULL},
	        {A_PICTURE, ERR_SERVER, "other words", NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf want = {0};
		struct err err;

		err_set(&err, rows[i].code, "%s", rows[i].words);
		explain(rows[i].sent, &err);
		if (rows[i].want)
			buf_printf(&want, "%s (the server: %s)", rows[i].want, rows[i].words);
		else
			buf_puts(&want, rows[i].words);
		HARNESS_EQUAL(err.text, buf_text(&want));
		CU_ASSERT_EQUAL(err.code, rows[i].code);
		buf_release(&want);
	}
}

static void
knows_inputs(void)
{
	static const struct {
		const char *json;
		unsigned want;
	} rows[] = {
	        {"{\"vision\":true,\"video\":true,\"audio\":false}", MODEL_READS_TEXT | MODEL_READS_IMAGE},
	        {"{\"vision\":false,\"audio\":true}", MODEL_READS_TEXT | MODEL_READS_AUDIO},
	        {"{\"vision\":false}", MODEL_READS_TEXT},
	        {"{\"vision\":1,\"audio\":\"yes\"}", 0},
	        {"{}", 0},
	        {"[true]", 0},
	        {"7", 0},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err;
		cJSON *json = json_parse(rows[i].json, strlen(rows[i].json), &err);

		HARNESS_CHECK(model_input_of_props(json) == rows[i].want, "%s", rows[i].json);
		cJSON_Delete(json);
	}
}

/* Its server was not started by llama-server's options. */
static void
advises_for_any_other_server(void)
{
	static const struct {
		enum sent sent;
		enum err_code code;
		const char *words, *want;
	} rows[] = {
	        {A_PICTURE, ERR_SERVER, BLIND, "gpt takes no pictures: choose a model that does"},
	        {BOTH, ERR_SERVER, "audio input is not supported", "gpt takes no sounds: choose a model that does"},
	        {A_PICTURE, ERR_SERVER, "unsupported content[].type",
	                "the server takes no files of this kind with a prompt"},
	        {A_PICTURE, ERR_CONTEXT, CONTEXT,
	                "what does not fit into the context is p.png: attach less, or have its server give the model a "
	                "larger context"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err why;
		struct buf want = {0};

		err_set(&why, rows[i].code, "%s", rows[i].words);
		explain_of("openai", rows[i].sent, &why);
		buf_printf(&want, "%s (the server: %s)", rows[i].want, rows[i].words);
		HARNESS_EQUAL(why.text, buf_text(&want));
		buf_release(&want);
	}
}

static void
refuses_what_is_known_to_be_refused(void)
{
	struct model_client *client = client_of("llamacpp"), *other = client_of("openai");
	struct attachments list = {0};
	struct err err = {0};

	CU_ASSERT(model_input_check(MODEL_READS_TEXT, client, "tiny", &list, &err));
	attachments_add(&list, make(ATTACHMENT_TEXT, "t.md", "t"));
	CU_ASSERT(model_input_check(MODEL_READS_TEXT, client, "tiny", &list, &err));
	attachments_add(&list, make(ATTACHMENT_AUDIO, "s.wav", "s"));
	CU_ASSERT(model_input_check(0, client, "tiny", &list, &err));
	CU_ASSERT(model_input_check(MODEL_READS_TEXT | MODEL_READS_AUDIO, client, "tiny", &list, &err));
	CU_ASSERT(!model_input_check(MODEL_READS_TEXT | MODEL_READS_IMAGE, client, "tiny", &list, &err));
	HARNESS_EQUAL(err.text, "tiny takes no sounds: try another, or llama-server --mmproj (s.wav)");
	CU_ASSERT(!model_input_check(MODEL_READS_TEXT, client, "ear-q8.gguf", &list, &err));
	HARNESS_EQUAL(err.text, "ear-q8 takes no sounds: try another, or llama-server --mmproj (s.wav)");
	CU_ASSERT(!model_input_check(MODEL_READS_TEXT, other, "ear-q8.gguf", &list, &err));
	HARNESS_EQUAL(err.text, "gpt takes no sounds: try another model (s.wav)");
	attachments_add(&list, make(ATTACHMENT_IMAGE, "p.png", "p"));
	CU_ASSERT(!model_input_check(MODEL_READS_TEXT, client, "", &list, &err));
	HARNESS_EQUAL(err.text, "the model takes no pictures: try another, or llama-server --mmproj (p.png)");
	CU_ASSERT(model_input_check(
	        MODEL_READS_TEXT | MODEL_READS_IMAGE | MODEL_READS_AUDIO, client, "tiny", &list, &err));
	attachments_release(&list);
	model_client_free(client);
	model_client_free(other);
}

CU_TestInfo media_refusal_tests[] = {
        {"says what to do", says_what_to_do},
        {"advises for any other server", advises_for_any_other_server},
        {"knows what models read", knows_inputs},
        {"refuses what is known to be refused", refuses_what_is_known_to_be_refused},
        CU_TEST_INFO_NULL,
};
