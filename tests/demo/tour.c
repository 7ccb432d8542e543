/*
 * tour.c - the tour is a script like others, and every word it tells has an answer of its own.
 */
#include "demo/script_reader.h"
#include "demo/tour.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "demo/route.h"
#include "tests/demo/tests.h"
#include "tests/harness.h"

static long
route_of(const struct script *script, const char *prompt)
{
	char *body = mem_printf("{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}", prompt);
	const struct route_request request = {"POST", "/v1/chat/completions", body, NULL, NULL};
	long route = route_find(script, &request);

	free(body);
	return route;
}

static void
each_word_it_tells_has_its_answer(void)
{
	static const char *const words[] = {"loading", "slow", "timeout", "error", "broken"};
	struct script script;
	struct err err;
	long tour;

	if (!script_parse(&script, tour_script(), NULL, &err)) {
		HARNESS_EQUAL(err.text, "a script");
		return;
	}
	tour = route_of(&script, "next");
	CU_ASSERT_FATAL(tour >= 0);
	CU_ASSERT(script.routes[tour].n_answers > 1);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		char *line = mem_printf("\n\t| - %s: ", words[i]);
		long route = route_of(&script, words[i]);

		HARNESS_CHECK(route >= 0 && route != tour, "%s", words[i]);
		HARNESS_CHECK(strstr(tour_script(), line) != NULL, "%s", words[i]);
		free(line);
	}
	CU_ASSERT(route_of(&script, "markdown") != tour);
	script_release(&script);
}

/* So that the gauge of the context and the cost of a prompt are there as with a llama-server. */
static void
it_counts(void)
{
	const struct route_request request = {"POST", "/v1/chat/completions/input_tokens", "{}", NULL, NULL};
	struct script script;
	struct err err;
	long route;

	if (!script_parse(&script, tour_script(), NULL, &err)) {
		HARNESS_EQUAL(err.text, "a script");
		return;
	}
	route = route_find(&script, &request);
	CU_ASSERT_FATAL(route >= 0);
	CU_ASSERT(script.steps[script.routes[route].answers[0]].op == SCRIPT_COUNT);
	script_release(&script);
}

static void
it_starts_and_ends(void)
{
	struct err err;
	struct standin *tour = tour_new(&err);

	CU_ASSERT_PTR_NOT_NULL_FATAL(tour);
	CU_ASSERT(strncmp(standin_endpoint(tour), "http://127.0.0.1:", 17) == 0);
	standin_free(tour);
}

CU_TestInfo tour_tests[] = {
        {"each word it tells has its answer", each_word_it_tells_has_its_answer},
        {"it counts", it_counts},
        {"it starts and ends", it_starts_and_ends},
        CU_TEST_INFO_NULL,
};
