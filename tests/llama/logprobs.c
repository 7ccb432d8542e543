/*
 * logprobs.c - the tokens of chunks: packed, with their candidates, in the order of the text they come before; what is odd is left
 * out, and never the text.
 */
#include "llama/logprobs.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "llama/chunk_scan.h"
#include "llama/token_pack.h"
#include "tests/harness.h"
#include "tests/llama/play.h"
#include "tests/llama/tests.h"
#include "tests/llama/told.h"

#define CHUNK(text, logprobs)                                                                                          \
	"{\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"" text                             \
	"\"},\"logprobs\":" logprobs "}]}"
#define TOKEN(bytes, p, top) "{\"content\":[{\"bytes\":" bytes ",\"logprob\":" p ",\"top_logprobs\":[" top "]}]}"

static void
tells_the_tokens_of_a_chunk(void)
{
	static const struct {
		const char *chunk, *want;
	} rows[] = {
	        {CHUNK("H", TOKEN("[72]", "-0.877377",
	                            "{\"bytes\":[72],\"logprob\":-0.877377},"
	                            "{\"bytes\":[76],\"logprob\":-2.06}")),
	                "token(H -877 *H -877 L -2060) content(H) "},
	        /* Without bytes their text; none of the candidates; none at all. */
	        {CHUNK("H", "{\"content\":[{\"token\":\"H\",\"bytes\":null,\"logprob\":-1,\"top_logprobs\":["
	                    "{\"token\":\"L\",\"logprob\":-0.5}]}]}"),
	                "token(H -1000 L -500) content(H) "},
	        {CHUNK("H", "{\"content\":[{\"token\":\"H\",\"logprob\":0}]}"), "token(H -0) content(H) "},
	        {CHUNK("ab", "{\"content\":[{\"token\":\"a\",\"logprob\":0},{\"token\":\"b\",\"logprob\":-9999}]}"),
	                "token(a -0) token(b -65535) content(ab) "},
	        /* llama-server's probabilities after sampling. */
	        {CHUNK("H", "{\"content\":[{\"id\":7,\"token\":\"H\",\"prob\":0.5,\"top_probs\":["
	                    "{\"id\":7,\"token\":\"H\",\"prob\":0.5},{\"id\":8,\"token\":\"H\",\"prob\":0}]}]}"),
	                "token(H -693 *H -693 H -65535) content(H) "},
	        /* A character of several tokens, as llama-server tells it: its own bytes are those of the candidate with its id. */
	        {CHUNK("\xf0\x9f\x91\x8b", "{\"content\":[{\"id\":142,\"bytes\":[240,159,145,139],\"logprob\":-2,"
	                                   "\"top_logprobs\":[{\"id\":9,\"bytes\":[46],\"logprob\":-1},"
	                                   "{\"id\":142,\"bytes\":[139],\"logprob\":-2}]}]}"),
	                "token(\xf0\x9f\x91\x8b -2000 . -1000 *\x8b -2000) content(\xf0\x9f\x91\x8b) "},
	        {CHUNK("\xf0\x9f\x91\x8b", TOKEN("[240,159,145,139]", "-2", "{\"bytes\":[46],\"logprob\":-1}")),
	                "token(\xf0\x9f\x91\x8b? -2000 . -1000) content(\xf0\x9f\x91\x8b) "},
	        {CHUNK("", TOKEN("[240,159]", "-2", "")), "token(\xf0\x9f -2000) "},
	        /* What is odd. */
	        {CHUNK("H", "null"), "content(H) "},
	        {CHUNK("H", "5"), "content(H) "},
	        {CHUNK("H", "{\"content\":null}"), "content(H) "},
	        {CHUNK("H", "{\"content\":[null,5,{},[]]}"), "content(H) "},
	        {CHUNK("H", TOKEN("[256]", "-1", "")), "content(H) "},
	        {CHUNK("H", TOKEN("[72,\"a\"]", "-1", "")), "content(H) "},
	        {CHUNK("H", TOKEN("[]", "-1", "")), "content(H) "},
	        {CHUNK("H", TOKEN("[72]", "\"x\"", "5,{},{\"bytes\":[-1]}")), "token(H -65535  -65535) content(H) "},
	        {CHUNK("H", TOKEN("[72]", "1", "")), "token(H -0) content(H) "},
	        /* Another choice. */
	        {"{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"H\"},\"logprobs\":" TOKEN("[72]", "-1", "") "}]}",
	                ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf body = {0}, have = {0}, want = {0};

		buf_printf(&body, "data: %s\n\ndata: [DONE]\n\n", rows[i].chunk);
		buf_printf(&want, "%s| complete", rows[i].want);
		play(&(struct play){.every = 1}, body.data, body.len, &have);
		HARNESS_EQUAL(buf_text(&have), want.data);
		buf_release(&body);
		buf_release(&have);
		buf_release(&want);
	}
}

/* The scan that needs no tree leaves such chunks to it, also where it knows what stands around a text. */
static void
the_scan_leaves_them(void)
{
	static const char plain[] =
	        "{\"choices\":[{\"finish_reason\":null,\"index\":0,\"delta\":{\"content\":\"a\"}}]}";
	static const char *const rows[] = {CHUNK("H", TOKEN("[72]", "-1", "")), CHUNK("H", "null"),
	        CHUNK("H", "{\"a\":\"b\"}"), CHUNK("", "\"\"")};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct chunk_scan scan = {.before = 0};

		CU_ASSERT_FALSE(told_by_scan(&scan, rows[i], strlen(rows[i])));
		CU_ASSERT_TRUE(told_by_scan(&scan, plain, strlen(plain)));
		CU_ASSERT(scan.before > 0);
		CU_ASSERT_FALSE(told_by_scan(&scan, rows[i], strlen(rows[i])));
	}
}

/* A record of the queue holds one, however much a server tells. */
static void
a_token_is_bounded(void)
{
	struct buf body = {0}, have = {0};

	buf_puts(&body,
	        "data: {\"choices\":[{\"delta\":{\"content\":\"H\"},\"logprobs\":{\"content\":[{\"token\":\"H\","
	        "\"logprob\":-1,\"top_logprobs\":[");
	for (int i = 0; i < 1000; i++)
		buf_printf(&body, "%s{\"token\":\"candidate %d\",\"logprob\":-1}", i > 0 ? "," : "", i);
	buf_puts(&body, "]},{\"token\":\"");
	for (int i = 0; i <= TOKEN_TOLD_MAX; i++)
		buf_putc(&body, 'x');
	buf_puts(&body, "\",\"logprob\":-1}]}}]}\n\ndata: [DONE]\n\n");
	play(&(struct play){.every = 0}, body.data, body.len, &have);
	CU_ASSERT(have.len > 2000 && have.len < 8000);
	CU_ASSERT_PTR_NULL(strstr(have.data, "xxx"));
	CU_ASSERT_PTR_NOT_NULL(strstr(have.data, ") content(H) | complete"));
	buf_release(&body);
	buf_release(&have);
}

/* A candidate may be anything. */
static void
the_auth_token_is_no_candidate(void)
{
	static const struct play how = {.token = "sk-0123456789abcdef"};
	static const char body[] =
	        "data: " CHUNK("H", "{\"content\":[{\"token\":\"H\",\"logprob\":-1,\"top_logprobs\":["
	                            "{\"token\":\"sk-0123456789abcdef\",\"logprob\":-1}]}]}") "\n\n"
	                                                                                      "data: [DONE]\n\n";
	struct buf have = {0};

	play(&how, body, sizeof(body) - 1, &have);
	HARNESS_EQUAL(buf_text(&have), "content(H) | complete");
	buf_release(&have);
}

/* ---- recordings, cut everywhere ---- */

static void
a_recording_cut_anywhere(void)
{
	static const struct {
		const char *name, *want;
	} rows[] = {
	        {"chat-stream-logprobs",
	                "model(tiny-stories) token(\" -483 *\" -483 O -2050) content(\") token(H -877 *H -877 L -2061) "
	                "content(H) token(i -1019 e -540 *i -1019) content(i) finish(length) "},
	        {"chat-stream-n-probs", NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *in = harness_path(i == 0 ? "wire/chat-stream-logprobs.body" : "wire/chat-stream-n-probs.body");
		struct buf whole = {0};
		size_t len;
		char *body = harness_read(in, &len);

		play(&(struct play){.every = 0}, body, len, &whole);
		CU_ASSERT(!rows[i].want || strncmp(whole.data, rows[i].want, strlen(rows[i].want)) == 0);
		CU_ASSERT_PTR_NOT_NULL(strstr(whole.data, "token("));
		for (size_t first = 1; first < len; first++) {
			struct buf cut = {0};

			play(&(struct play){.first = first}, body, len, &cut);
			HARNESS_CHECK(strcmp(cut.data, whole.data) == 0, "%s cut at %zu", rows[i].name, first);
			buf_release(&cut);
		}
		buf_release(&whole);
		free(body);
		free(in);
	}
}

CU_TestInfo logprobs_tests[] = {
        {"tells the tokens of a chunk", tells_the_tokens_of_a_chunk},
        {"the scan leaves them", the_scan_leaves_them},
        {"a token is bounded", a_token_is_bounded},
        {"the auth token is no candidate", the_auth_token_is_no_candidate},
        {"a recording cut anywhere", a_recording_cut_anywhere},
        CU_TEST_INFO_NULL,
};
