/*
 * net_log.c - the last lines of the network: in their order, no more than there is room for, and without control characters.
 */
#include "app/net_log.h"

#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

static void
add(struct app *app, const char *text)
{
	net_log_add(app, text, strlen(text));
}

static void
keeps_the_last_lines(void)
{
	struct app app = {0};
	char text[32];

	net_log_init(&app);
	CU_ASSERT(net_log_count(app.net_log) == 0 && net_log_line(app.net_log, 0) == NULL);
	for (int i = 0; i < NET_LOG_LINES + 7; i++) {
		snprintf(text, sizeof(text), "line %d", i);
		add(&app, text);
	}
	CU_ASSERT(net_log_count(app.net_log) == NET_LOG_LINES);
	HARNESS_EQUAL(net_log_line(app.net_log, 0)->text, "line 7");
	snprintf(text, sizeof(text), "line %d", NET_LOG_LINES + 6);
	HARNESS_EQUAL(net_log_line(app.net_log, NET_LOG_LINES - 1)->text, text);
	CU_ASSERT(net_log_line(app.net_log, NET_LOG_LINES) == NULL);
	net_log_release(&app);
}

static void
cleans_them(void)
{
	struct app app = {0};

	net_log_init(&app);
	add(&app, "a\x1b[31mred\nline");
	CU_ASSERT(strpbrk(net_log_line(app.net_log, 0)->text, "\x1b\n") == NULL);
	CU_ASSERT(app.stale && net_log_line(app.net_log, 0)->unix_ms > 0);
	net_log_release(&app);
}

/* What a call asks, its place among the last lines, and how often it was made. */
static void
makes_one_line_of_calls_alike(void)
{
	static const char count[] = "POST http://a/input_tokens", props[] = "GET http://a/props";
	struct app app = {0};
	char text[64];

	net_log_init(&app);
	add(&app, "stream 1: complete");
	for (int i = 0; i < 3; i++) {
		snprintf(text, sizeof(text), "call %d: %s", 2 * i + 2, props);
		add(&app, text);
		snprintf(text, sizeof(text), "call %d: %s", 2 * i + 3, count);
		add(&app, text);
	}
	CU_ASSERT_EQUAL(net_log_count(app.net_log), 3);
	HARNESS_EQUAL(net_log_line(app.net_log, 1)->text, "call 6: GET http://a/props");
	HARNESS_EQUAL(net_log_line(app.net_log, 2)->text, "call 7: POST http://a/input_tokens");
	CU_ASSERT(net_log_line(app.net_log, 1)->times == 3 && net_log_line(app.net_log, 2)->times == 3);
	add(&app, "stream 8: complete");
	add(&app, "call 9: GET http://a/props");
	CU_ASSERT(net_log_count(app.net_log) == 5 && net_log_line(app.net_log, 4)->times == 1);
	CU_ASSERT(app.net_log->changes == 9);
	net_log_release(&app);
}

/* Also where the ring begins again; and what is no call stays as it came. */
static void
keeps_all_other_lines(void)
{
	struct app app = {0};

	net_log_init(&app);
	for (int i = 0; i < NET_LOG_LINES - 1; i++)
		add(&app, "call x: is none");
	CU_ASSERT_EQUAL(net_log_count(app.net_log), NET_LOG_LINES - 1);
	add(&app, "call 1: GET b");
	add(&app, "call 2: GET c");
	add(&app, "call 3: GET b");
	CU_ASSERT(net_log_count(app.net_log) == NET_LOG_LINES && app.net_log->total == NET_LOG_LINES + 1);
	HARNESS_EQUAL(net_log_line(app.net_log, NET_LOG_LINES - 2)->text, "call 2: GET c");
	HARNESS_EQUAL(net_log_line(app.net_log, NET_LOG_LINES - 1)->text, "call 3: GET b");
	for (int i = 0; i < 3 * NET_LOG_LINES; i++)
		add(&app, i % 2 ? "call 4: GET b" : "call 5: GET c");
	CU_ASSERT(net_log_line(app.net_log, NET_LOG_LINES - 1)->times == 3 * NET_LOG_LINES / 2 + 2);
	net_log_release(&app);
}

CU_TestInfo net_log_tests[] = {
        {"keeps the last lines", keeps_the_last_lines},
        {"cleans them", cleans_them},
        {"makes one line of calls alike", makes_one_line_of_calls_alike},
        {"keeps all other lines", keeps_all_other_lines},
        CU_TEST_INFO_NULL,
};
