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

CU_TestInfo net_log_tests[] = {
        {"keeps the last lines", keeps_the_last_lines},
        {"cleans them", cleans_them},
        CU_TEST_INFO_NULL,
};
