/*
 * fields.c - usage and timings are read without a tree where flynn has written them: to the same values as with one.
 */
#include "store/json_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "llama/json.h"
#include "tests/harness.h"
#include "tests/store/tests.h"

static const char *const texts[] = {
        "{\"prompt_tokens\":31,\"completion_tokens\":4096,\"cached_tokens\":0}",
        "{\"prompt_tokens\":31,\"completion_tokens\":-7}",
        "{\"completion_tokens\":7}",
        "{\"completion_tokens\":7,\"prompt_tokens\":31}",
        "{\"prompt_tokens\":31,\"prompt_tokens\":32}",
        "{\"prompt_tokens\":31,\"other\":[1,{}]}",
        "{ \"prompt_tokens\" : 31 }",
        "{\"prompt_tokens\":\"31\"}",
        "{\"prompt_tokens\":null,\"completion_tokens\":true}",
        "{\"prompt_tokens\":1.75,\"completion_tokens\":1e3,\"cached_tokens\":1e300}",
        "{\"prompt_tokens\":9007199254740992}",
        "{\"prompt_tokens\":9007199254740994}",
        "{\"prompt_tokens\":0x1f}",
        "{\"prompt_tokens\":inf,\"completion_tokens\":nan}",
        "{\"prompt_tokens\":1e999}",
        "{\"prompt_tokens\":1-2}",
        "{\"cache_n\":236,\"prompt_n\":1,\"predicted_n\":35,\"prompt_ms\":30.958,\"predicted_ms\":661.064,"
        "\"prompt_per_second\":32.30182828348081,\"predicted_per_second\":52.944948597896726}",
        "{\"cache_n\":29,\"prompt_n\":1,\"predicted_n\":40,\"prompt_ms\":0.8,\"predicted_ms\":44.12,"
        "\"prompt_per_second\":1250,\"predicted_per_second\":883.9528558476882,\"draft_n\":38,"
        "\"draft_n_accepted\":26,\"first_ms\":310}",
        "{\"first_ms\":310}",
        "{\"first_ms\":310,\"draft_n\":7}",
        "{\"prompt_ms\":1e-7,\"predicted_ms\":-0.5,\"predicted_per_second\":12345678901234567890}",
        "{\"predicted_ms\":1.7976931348623157e+308}",
        "{\"prompt_ms\":0.1,\"predicted_ms\":4572.335,\"prompt_per_second\":999999999999.99,"
        "\"predicted_per_second\":0.0000000000001}",
        "{\"prompt_ms\":1.2.3}",
        "{\"prompt_n\":999999999999999,\"predicted_n\":1000000000000000}",
        "{}",
        "[]",
        "",
        "no JSON",
};

static void
expect_same(const char *text, size_t n)
{
	char *copy = mem_strndup(text, n);
	struct err err;
	cJSON *json = json_parse(copy, n, &err);
	struct chat_usage usage = json_usage(copy, n), want_usage = json_usage_of(json);
	struct chat_timings timings = json_timings(copy, n), want_timings = json_timings_of(json);

	if (memcmp(&usage, &want_usage, sizeof(usage)) != 0 || memcmp(&timings, &want_timings, sizeof(timings)) != 0) {
		printf("# %s\n", copy);
		CU_FAIL("not as with a tree");
	}
	cJSON_Delete(json);
	free(copy);
}

static void
all_is_read_as_with_a_tree(void)
{
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (size_t n = 0; n <= strlen(texts[i]); n++)
			expect_same(texts[i], n);
}

static void
what_was_written_is_read(void)
{
	struct chat_usage usage = {.prompt_tokens = 12, .completion_tokens = 3, .cached_tokens = -1}, usage_read;
	struct chat_timings timings = {.prompt_n = 12, .prompt_ms = 1.0 / 3, .predicted_per_second = 1e22},
	                    timings_read;
	struct buf text = {0};

	json_put_usage(&text, &usage);
	usage_read = json_usage(buf_text(&text), text.len);
	CU_ASSERT(memcmp(&usage, &usage_read, sizeof(usage)) == 0);
	buf_clear(&text);
	json_put_timings(&text, &timings);
	timings_read = json_timings(buf_text(&text), text.len);
	CU_ASSERT(memcmp(&timings, &timings_read, sizeof(timings)) == 0);
	buf_release(&text);
}

/* Whoever reads a 0 takes it for what the server said. */
static void
what_is_not_known_is_not_written(void)
{
	static const struct {
		struct chat_timings timings;
		const char *want;
	} rows[] = {
	        {{.first_ms = 0}, ""},
	        {{.first_ms = 310}, "{\"first_ms\":310}"},
	        {{.prompt_n = 12},
	                "{\"cache_n\":0,\"prompt_n\":12,\"predicted_n\":0,\"prompt_ms\":0,\"predicted_ms\":0,"
	                "\"prompt_per_second\":0,\"predicted_per_second\":0}"},
	        {{.draft_n = 7, .first_ms = 1},
	                "{\"cache_n\":0,\"prompt_n\":0,\"predicted_n\":0,\"prompt_ms\":0,\"predicted_ms\":0,"
	                "\"prompt_per_second\":0,\"predicted_per_second\":0,\"draft_n\":7,\"first_ms\":1}"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf text = {0};
		struct chat_timings read;

		json_put_timings(&text, &rows[i].timings);
		HARNESS_EQUAL(buf_text(&text), rows[i].want);
		read = json_timings(buf_text(&text), text.len);
		CU_ASSERT(memcmp(&read, &rows[i].timings, sizeof(read)) == 0);
		buf_release(&text);
	}
}

CU_TestInfo json_tests[] = {
        {"usage and timings: all is read as with a tree", all_is_read_as_with_a_tree},
        {"usage and timings: what was written is read", what_was_written_is_read},
        {"timings: what is not known is not written", what_is_not_known_is_not_written},
        CU_TEST_INFO_NULL,
};
