/*
 * refusal.c - which parameter the words of a server's error are about.
 */
#include "llama/refusal.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static void
finds_the_parameter(void)
{
	static const struct {
		const char *words, *sent, *want;
	} rows[] = {
	        /* as recorded from llama-server b11669 */
	        {"Field 'cache_prompt': [json.exception.type_error.302] type must be boolean, but is number",
	                "{\"cache_prompt\":true,\"top_k\":1}", "cache_prompt"},
	        {"Field 'max_tokens': Value must be between -1 <= value <= 2147483647, but got -5",
	                "{\"max_tokens\":5}", "max_tokens"},
	        {"Field 'reasoning_budget_tokens': Value must be between -1 <= value <= 2147483647, but got -5",
	                "{\"thinking_budget_tokens\":5}", "thinking_budget_tokens"},
	        {"Failed to initialize samplers: penalty_repeat must be finite and greater than 0",
	                "{\"repeat_penalty\":1,\"samplers\":[\"top_k\"]}", "repeat_penalty"},
	        {"Failed to initialize samplers: failed to parse grammar", "{\"grammar\":\"root ::= (\"}", "grammar"},
	        {"Failed to initialize samplers: failed to parse grammar", "{\"samplers\":[\"top_k\"]}", ""},
	        {"Unable to generate parser for this template. Automatic parser generation failed: JSON schema error "
	         "at "
	         "#/properties/top_k: unrecognized type nonsense",
	                "{\"json_schema\":{},\"top_k\":3}", "json_schema"},
	        {"Field 'json_schema': \"json_schema\": JSON schema conversion failed: JSON schema error at #: schema "
	         "must "
	         "be an object",
	                "{\"json_schema\":{}}", "json_schema"},
	        {"Field 'stop': type must be array", "{\"stop\":[\"a\"]}", "stop"},
	        /* only what was sent */
	        {"Field 'top_k': type must be number", "{\"top_p\":0.5}", ""},
	        {"Field 'top_k': type must be number", "", ""},
	        /* a word of the language is no name */
	        {"the server cannot stop thinking, please seed it", "{\"stop\":[\"a\"],\"thinking\":\"on\",\"seed\":3}",
	                ""},
	        /* nor is a part of a word */
	        {"top_k_max is too large", "{\"top_k\":3}", ""},
	        {"max_top_k", "{\"top_k\":3}", ""},
	        {"top_k", "{\"top_k\":3}", "top_k"},
	        /* the first */
	        {"min_p must be less than top_p", "{\"top_p\":0.1,\"min_p\":0.5}", "min_p"},
	        {"", "{\"top_k\":3}", ""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct parameters sent = {0};
		const struct parameter *p;

		(void)parameters_read_json(&sent, rows[i].sent, strlen(rows[i].sent));
		p = refusal_parameter(rows[i].words, &sent);
		HARNESS_EQUAL(p ? p->name : "", rows[i].want);
		parameters_release(&sent);
	}
}

CU_TestInfo refusal_tests[] = {
        {"finds the parameter", finds_the_parameter},
        CU_TEST_INFO_NULL,
};
