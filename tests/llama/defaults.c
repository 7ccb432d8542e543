/*
 * defaults.c - what a server does where nothing is set, as /props of several servers tell it.
 */
#include "llama/defaults.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static void
reads_props(void)
{
	static const struct {
		const char *in, *want;
	} rows[] = {
	        {"{\"default_generation_settings\":{\"params\":{\"temperature\":0.800000011920929,\"top_k\":40,"
	         "\"n_probs\":0,\"seed\":4294967295,\"n_predict\":-1,\"ignore_eos\":false}}}",
	                "{\"temperature\":0.8,\"top_k\":40,\"seed\":-1,\"max_tokens\":-1,\"ignore_eos\":false,"
	                "\"logprobs\":0}"},
	        /* out of what may be set, and still so */
	        {"{\"default_generation_settings\":{\"params\":{\"dry_penalty_last_n\":-1}}}",
	                "{\"dry_penalty_last_n\":-1}"},
	        {"{\"default_generation_settings\":{\"params\":{\"samplers\":[\"top_k\",\"temp\"],\"seed\":7}}}",
	                "{\"samplers\":[\"top_k\",\"temperature\"],\"seed\":7}"},
	        /* servers before there were params */
	        {"{\"default_generation_settings\":{\"n_ctx\":512,\"temperature\":0.5,\"stop\":[]}}",
	                "{\"temperature\":0.5}"},
	        /* nonsense */
	        {"{\"default_generation_settings\":{\"params\":{\"temperature\":\"hot\",\"samplers\":5,"
	         "\"ignore_eos\":1,\"top_k\":null}}}",
	                ""},
	        {"{\"default_generation_settings\":{\"params\":null}}", ""},
	        {"{\"default_generation_settings\":[]}", ""},
	        {"{}", ""},
	        {"[]", ""},
	        {"<html>", ""},
	        {"", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf out = {0}, again = {0};
		struct parameters set = {0};

		defaults_put(rows[i].in, strlen(rows[i].in), &out);
		HARNESS_EQUAL(buf_text(&out), rows[i].want);
		defaults_read(&set, buf_text(&out), out.len);
		parameters_put_json(&set, &again);
		HARNESS_EQUAL(buf_text(&again), rows[i].want);
		parameters_release(&set);
		buf_release(&again);
		buf_release(&out);
	}
}

/* No server has more than a few hundred bytes of them. */
static void
leaves_out_what_is_too_large(void)
{
	struct buf props = {0}, out = {0};

	buf_puts(&props, "{\"default_generation_settings\":{\"params\":{\"samplers\":[\"top_k\"");
	for (int i = 0; i < DEFAULTS_MAX / 8; i++)
		buf_puts(&props, ",\"top_k\"");
	buf_puts(&props, "]}}}");
	defaults_put(buf_text(&props), props.len, &out);
	CU_ASSERT(out.len == 0);
	buf_release(&out);
	buf_release(&props);
}

CU_TestInfo defaults_tests[] = {
        {"reads /props", reads_props},
        {"leaves out what is too large", leaves_out_what_is_too_large},
        CU_TEST_INFO_NULL,
};
