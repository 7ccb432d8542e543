/*
 * parameter.c - values typed, from JSON, shown and stepped; sets of them, merged and written; and what of them a request sends.
 */
#include "llama/parameter.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "llama/model_client.h"
#include "llama/parameters.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static const struct parameter *
row(const char *name)
{
	struct err err;
	const struct parameter *p = parameter_find(name, &err);

	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	return p;
}

static void
describes_every_row(void)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);

	CU_ASSERT(n <= PARAMETERS_MAX && n > 30);
	for (size_t i = 0; i < n; i++) {
		char *takes = parameter_takes(&table[i]);
		struct err err;

		CU_ASSERT(*table[i].help && strlen(table[i].help) < 80 && *takes);
		CU_ASSERT(parameter_find(table[i].name, &err) == &table[i]);
		CU_ASSERT(parameter_index(&table[i]) == i);
		CU_ASSERT(i == 0 || table[i].group >= table[i - 1].group);
		CU_ASSERT(*parameter_group_heading(table[i].group));
		if (table[i].type == PARAMETER_NUMBER || table[i].type == PARAMETER_INTEGER)
			CU_ASSERT(table[i].least < table[i].most && table[i].step > 0);
		free(takes);
	}
}

static void
finds_the_nearest_name(void)
{
	static const char *const rows[][2] = {
	        {"temprature", "there is no parameter \"temprature\": did you mean temperature?"},
	        {"topk", "there is no parameter \"topk\": did you mean top_k?"},
	        {"Temperature", "there is no parameter \"Temperature\": did you mean temperature?"},
	        {"wibble", "there is no parameter \"wibble\": /set shows those there are"},
	        {"", "there is no parameter \"\": /set shows those there are"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err;

		CU_ASSERT_PTR_NULL(parameter_find(rows[i][0], &err));
		CU_ASSERT(err.code == ERR_USAGE);
		HARNESS_EQUAL(err.text, rows[i][1]);
	}
}

/* What is typed, and the JSON made of it; NULL: it is refused, with the words. */
static void
reads_what_is_typed(void)
{
	static const struct {
		const char *name, *typed, *json, *why;
	} rows[] = {
	        {"temperature", "0.7", "0.7", NULL},
	        {"temperature", "0.70", "0.7", NULL},
	        {"temperature", ".5", "0.5", NULL},
	        {"temperature", "+1", "1", NULL},
	        {"temperature", "2e-1", "0.2", NULL},
	        {"temperature", "0", "0", NULL},
	        {"temperature", "20", "20", NULL},
	        {"temperature", "20.1", NULL, "temperature takes a number from 0 to 20"},
	        {"temperature", "-0.1", NULL, "temperature takes a number from 0 to 20"},
	        {"temperature", "0,7", NULL, "temperature takes a number from 0 to 20"},
	        {"temperature", "warm", NULL, "temperature takes a number from 0 to 20"},
	        {"temperature", "", NULL, "temperature takes a number from 0 to 20"},
	        {"temperature", "1e999", NULL, "temperature takes a number from 0 to 20"},
	        {"temperature", "true", NULL, "temperature takes a number from 0 to 20"},
	        {"top_k", "40", "40", NULL},
	        {"top_k", "40.0", "40", NULL},
	        {"top_k", "1.5", NULL, "top_k takes a whole number from -1 on"},
	        {"top_k", "2147483648", NULL, "top_k takes a whole number from -1 to 2147483647"},
	        {"seed", "4294967295", "4294967295", NULL},
	        {"seed", "4294967296", NULL, "seed takes a whole number from -1 to 4294967295"},
	        {"mirostat", "3", NULL, "mirostat takes a whole number from 0 to 2"},
	        {"repeat_penalty", "0", NULL, "repeat_penalty takes a number from 0.01 to 10"},
	        {"repeat_last_n", "-1", NULL, "repeat_last_n takes a whole number from 0 on"},
	        {"cache_prompt", "on", "true", NULL},
	        {"cache_prompt", "false", "false", NULL},
	        {"cache_prompt", "1", NULL, "cache_prompt takes on or off"},
	        {"thinking", "off", "\"off\"", NULL},
	        {"thinking", "true", "\"on\"", NULL},
	        {"thinking", "maybe", NULL, "thinking takes on or off"},
	        {"reasoning_effort", "low", "\"low\"", NULL},
	        {"reasoning_effort", "lo", NULL,
	                "reasoning_effort takes none, minimal, low, medium, high, xhigh or max"},
	        {"stop", "END", "[\"END\"]", NULL},
	        {"stop", " a , b b,, c", "[\"a\",\"b b\",\"c\"]", NULL},
	        {"stop", "[\"a, b\", \"\\n\"]", "[\"a, b\",\"\\n\"]", NULL},
	        {"stop", "[1]", NULL, "stop takes texts, separated by commas, or a JSON list"},
	        {"stop", "[\"a\"", NULL, "stop takes texts, separated by commas, or a JSON list"},
	        {"stop", ",", NULL, "stop takes texts, separated by commas, or a JSON list"},
	        {"stop", "[\"\"]", NULL, "stop takes texts, separated by commas, or a JSON list"},
	        {"samplers", "top_k, temp, typical_p", "[\"top_k\",\"temperature\",\"typ_p\"]", NULL},
	        {"samplers", "[]", "[]", NULL},
	        {"samplers", "top_k,nope", NULL,
	                "samplers takes penalties, dry, top_n_sigma, top_k, typ_p, top_p, min_p, xtc, temperature, "
	                "infill or "
	                "adaptive_p, separated by commas, or a JSON list"},
	        {"logit_bias", "{\"Hello\": -1.5}", "{\"Hello\":-1.5}", NULL},
	        {"logit_bias", "[[15043, false], [\"Hi\", 2]]", "[[15043,false],[\"Hi\",2]]", NULL},
	        {"logit_bias", "[15043]", NULL, "logit_bias takes JSON such as {\"Hello\": -1} or [[15043, false]]"},
	        {"logit_bias", "{\"a\": true}", NULL,
	                "logit_bias takes JSON such as {\"Hello\": -1} or [[15043, false]]"},
	        {"logit_bias", "15043", NULL, "logit_bias takes JSON such as {\"Hello\": -1} or [[15043, false]]"},
	        {"json_schema", "{\"type\": \"object\"}", "{\"type\":\"object\"}", NULL},
	        {"json_schema", "[]", NULL, "json_schema takes a JSON object"},
	        {"grammar", "root ::= \"a\"", "\"root ::= \\\"a\\\"\"", NULL},
	        {"grammar", "", NULL, "grammar takes a text"},
	        {"grammar", "root ::= \"\xe5t\"", NULL, "grammar: the value is not UTF-8"},
	        {"stop", "\xe5t", NULL, "stop: the value is not UTF-8"},
	        {"json_schema", "{\"title\": \"\xff\"}", NULL, "json_schema: the value is not UTF-8"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct err err = {0};
		char *json = parameter_parse(row(rows[i].name), rows[i].typed, &err);

		HARNESS_CHECK(!json == !rows[i].json, "%s %s", rows[i].name, rows[i].typed);
		if (rows[i].json && json)
			HARNESS_EQUAL(json, rows[i].json);
		else if (!json)
			HARNESS_EQUAL(err.text, rows[i].why);
		free(json);
	}
}

static void
bounds_what_is_typed(void)
{
	char *text = mem_alloc(PARAMETER_BYTES_MAX + 2);
	struct err err;

	memset(text, 'a', PARAMETER_BYTES_MAX + 1);
	CU_ASSERT_PTR_NULL(parameter_parse(row("grammar"), text, &err));
	HARNESS_EQUAL(err.text, "grammar is larger than 1 MiB");
	free(text);
}

/* What is shown can be typed again, and means the same. */
static void
shows_what_can_be_typed(void)
{
	static const char *const rows[][3] = {
	        {"temperature", "0.800000011920929", "0.8"},
	        {"temperature", "1", "1"},
	        {"min_p", "0.05000000074505806", "0.05"},
	        {"seed", "4294967295", "4294967295"},
	        {"cache_prompt", "true", "on"},
	        {"thinking", "\"off\"", "off"},
	        {"stop", "[\"a\",\"b\"]", "a, b"},
	        {"stop", "[\"a,b\",\"\\n\"]", "[\"a,b\",\"\\n\"]"},
	        {"stop", "[\" a\"]", "[\" a\"]"},
	        {"samplers", "[]", "[]"},
	        {"logit_bias", "{\"a\":1}", "{\"a\":1}"},
	        {"grammar", "\"root ::= \\\"a\\\"\"", "root ::= \"a\""},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct parameter *p = row(rows[i][0]);
		char *shown = parameter_show(p, rows[i][1]), *again, *twice;
		struct err err;

		HARNESS_EQUAL(shown, rows[i][2]);
		again = parameter_parse(p, shown, &err);
		CU_ASSERT_PTR_NOT_NULL_FATAL(again);
		twice = parameter_show(p, again);
		HARNESS_EQUAL(twice, shown);
		free(shown);
		free(again);
		free(twice);
	}
}

static void
steps_inside_of_the_range(void)
{
	static const struct {
		const char *name, *from;
		int steps;
		const char *to; /* NULL: it has no steps */
	} rows[] = {
	        {"temperature", "0.8", 1, "0.85"},
	        {"temperature", "0.800000011920929", -1, "0.75"},
	        {"temperature", "0.8", -100, "0"},
	        {"temperature", "19.99", 1, "20"},
	        {"top_k", "40", 1, "41"},
	        {"top_k", "0", -5, "-1"},
	        {"top_p", "0.949999988079071", 1, "0.96"},
	        {"max_tokens", "-1", 1, "64"},
	        {"cache_prompt", "true", 1, "false"},
	        {"cache_prompt", "false", 1, "false"},
	        {"thinking", "\"off\"", -1, "\"on\""},
	        {"reasoning_effort", "\"low\"", 2, "\"high\""},
	        {"stop", "[\"a\"]", 1, NULL},
	        {"grammar", "\"a\"", 1, NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *to = parameter_step(row(rows[i].name), rows[i].from, rows[i].steps);

		HARNESS_CHECK(!to == !rows[i].to, "%s", rows[i].name);
		if (to && rows[i].to)
			HARNESS_EQUAL(to, rows[i].to);
		free(to);
	}
}

static void
shows_the_digits_that_count(void)
{
	static const char *const rows[][2] = {
	        {"0.05000000074505806", "0.05"},
	        {"0.949999988079071", "0.95"},
	        {"1.9999999", "1.9999999"},
	        {"1.99999999", "1.99999999"},
	        {"0.8", "0.8"},
	        {"0.1234567", "0.1234567"},
	        {"0.12345679104328156", "0.12345679"},
	        {"2.0", "2"},
	        {"1e-7", "1e-07"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *shown = parameter_show(row("temperature"), rows[i][0]);

		HARNESS_EQUAL(shown, rows[i][1]);
		free(shown);
	}
}

static void
assign(struct parameters *set, const char *assignment)
{
	struct err err = {0};

	HARNESS_CHECK(parameters_set_typed(set, assignment, &err), "%s", err.text);
}

static void
refuses_assignments(void)
{
	static const char *const rows[][2] = {
	        {"temperature", "temperature: give a value, such as temperature=0.7"},
	        {"temprature=1", "there is no parameter \"temprature\": did you mean temperature?"},
	        {"top_k=x", "top_k takes a whole number from -1 on"},
	        {"=1", "there is no parameter \"\": /set shows those there are"},
	};
	struct parameters set = {0};
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CU_ASSERT(!parameters_set_typed(&set, rows[i][0], &err));
		HARNESS_EQUAL(err.text, rows[i][1]);
	}
	CU_ASSERT(parameters_is_empty(&set));
}

static void
merges_what_is_over(void)
{
	struct parameters a = {0}, b = {0};
	struct buf json = {0}, words = {0};
	struct err err;

	assign(&a, "temperature=1");
	assign(&a, "top_k=3");
	assign(&a, "grammar=root ::= \"a\"");
	assign(&b, "temperature=0.5");
	assign(&b, "json_schema={\"type\":\"string\"}");
	parameters_merge(&a, &b);
	parameters_put_json(&a, &json);
	HARNESS_EQUAL(buf_text(&json), "{\"temperature\":0.5,\"top_k\":3,\"json_schema\":{\"type\":\"string\"}}");
	parameters_put_words(&a, &words);
	HARNESS_EQUAL(buf_text(&words), "temperature 0.5 \xc2\xb7 top_k 3 \xc2\xb7 json_schema {\"type\":\"string\"}");
	CU_ASSERT(parameters_check(&a, &err));
	CU_ASSERT(parameters_has(&a, "top_k") && !parameters_has(&a, "grammar") && !parameters_has(&a, "wibble"));
	CU_ASSERT(parameters_integer(&a, "top_k", 9) == 3 && parameters_integer(&a, "seed", 9) == 9);
	assign(&a, "grammar=root ::= \"a\"");
	CU_ASSERT(!parameters_check(&a, &err));
	HARNESS_EQUAL(err.text, "json_schema and grammar exclude each other: give one of them");
	buf_release(&json);
	buf_release(&words);
	parameters_release(&a);
	parameters_release(&b);
}

/* An old history, or another one's, may hold what is no parameter here, or is no value of one. */
static void
reads_what_it_has_written(void)
{
	static const char text[] =
	        "{\"temperature\":0.5,\"top_k\":\"x\",\"wibble\":1,\"stop\":[\"a\"],\"thinking\":false}";
	struct parameters set = {0}, again = {0};
	struct buf json = {0};

	CU_ASSERT(parameters_read_json(&set, text, strlen(text)));
	parameters_put_json(&set, &json);
	HARNESS_EQUAL(buf_text(&json), "{\"temperature\":0.5,\"stop\":[\"a\"],\"thinking\":\"off\"}");
	CU_ASSERT(parameters_read_json(&again, buf_text(&json), json.len) && parameters_equal(&set, &again));
	CU_ASSERT(!parameters_read_json(&again, "[]", 2) && !parameters_read_json(&again, "", 0));
	buf_release(&json);
	parameters_release(&set);
	parameters_release(&again);
}

/* ---- on the wire ---- */

/* `set`: assignments, a tab after each. */
static char *
encode(const char *set, const char *extra, bool stream, bool answer_now)
{
	const struct model_settings settings = {.endpoint = "http://h", .extra = extra};
	static const struct chat_message talk[] = {{CHAT_USER, "x", NULL, NULL}};
	struct parameters parameters = {0};
	struct chat_request request = {.messages = talk,
	        .n_messages = 1,
	        .stream = stream,
	        .answer_now = answer_now,
	        .parameters = &parameters};
	struct http_request http;
	struct err err;
	struct model_client *client = model_client_new(&settings, &err);
	char *body;

	while (*set) {
		size_t n = strcspn(set, "\t");
		char *assignment = mem_strndup(set, n);

		assign(&parameters, assignment);
		free(assignment);
		set += n + (set[n] == '\t');
	}
	CU_ASSERT_TRUE_FATAL(model_encode(client, &request, &http, &err));
	body = mem_strdup(http.body + strlen("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"));
	http_request_release(&http);
	model_client_free(client);
	parameters_release(&parameters);
	return body;
}

static void
sends_what_is_set(void)
{
	static const struct {
		const char *set, *extra;
		bool stream, answer_now;
		const char *want;
	} rows[] = {
	        {"", NULL, false, false, "\"stream\":false}"},
	        {"", NULL, true, false,
	                "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"return_progress\":true}"},
	        {"", NULL, false, true, "\"stream\":false,\"reasoning_control\":true}"},
	        {"temperature=0.2\ttop_k=20\tstop=a,b", NULL, false, false,
	                "\"stream\":false,\"temperature\":0.2,\"top_k\":20,\"stop\":[\"a\",\"b\"]}"},
	        {"logprobs=3", NULL, false, false, "\"stream\":false,\"logprobs\":true,\"top_logprobs\":3}"},
	        {"json_schema={\"a\":1}", NULL, false, false,
	                "\"stream\":false,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":"
	                "\"reply\",\"schema\":{\"a\":1}}}}"},
	        {"thinking=on", NULL, false, false,
	                "\"stream\":false,\"chat_template_kwargs\":{\"enable_thinking\":true}}"},
	        {"thinking=off\treasoning_effort=high", NULL, false, false,
	                "\"stream\":false,\"chat_template_kwargs\":{\"enable_thinking\":false},\"reasoning_effort\":"
	                "\"none\"}"},
	        {"reasoning_effort=low\tthinking_budget_tokens=64", NULL, false, false,
	                "\"stream\":false,\"reasoning_effort\":\"low\",\"thinking_budget_tokens\":64}"},
	        {"temperature=0.2", "{\"temperature\":1,\"top_a\":[1,{}],\"chat_template_kwargs\":{\"x\":1}}", false,
	                false,
	                "\"stream\":false,\"temperature\":0.2,\"top_a\":[1,{}],\"chat_template_kwargs\":{\"x\":1}}"},
	        {"thinking=on", "{\"chat_template_kwargs\":{\"x\":1,\"enable_thinking\":false}}", false, false,
	                "\"stream\":false,\"chat_template_kwargs\":{\"enable_thinking\":true,\"x\":1}}"},
	        {"", "{\"return_progress\":false}", true, false,
	                "\"stream\":true,\"return_progress\":false,\"stream_options\":{\"include_usage\":true}}"},
	        {"", "{\"messages\":[],\"stream\":true,\"a\":{}}", false, false, "\"stream\":false,\"a\":{}}"},
	        {"", "{\"messages\":{\"a\":1}}", false, false, "\"stream\":false}"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char *body = encode(rows[i].set, rows[i].extra, rows[i].stream, rows[i].answer_now);

		HARNESS_EQUAL(body, rows[i].want);
		free(body);
	}
}

CU_TestInfo parameter_tests[] = {
        {"describes every row", describes_every_row},
        {"finds the nearest name", finds_the_nearest_name},
        {"reads what is typed", reads_what_is_typed},
        {"bounds what is typed", bounds_what_is_typed},
        {"shows what can be typed", shows_what_can_be_typed},
        {"steps inside of the range", steps_inside_of_the_range},
        {"shows the digits that count", shows_the_digits_that_count},
        {"refuses assignments", refuses_assignments},
        {"merges what is over", merges_what_is_over},
        {"reads what it has written", reads_what_it_has_written},
        {"sends what is set", sends_what_is_set},
        CU_TEST_INFO_NULL,
};
