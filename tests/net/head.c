/*
 * head.c - headers, line by line.
 */
#include "net/head.h"

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

static void
takes_the_one_that_counts(void)
{
	static const struct {
		const char *lines[6]; /* the last of them ends it */
		int status;
		const char *reason, *content_type, *location, *server;
	} rows[] = {
	        {{"HTTP/1.1 200 OK\r\n", "\r\n"}, 200, "OK", "", "", ""},
	        {{"HTTP/1.1 200\r\n", "\r\n"}, 200, "", "", "", ""},
	        {{"HTTP/1.1 502 Bad Gateway \r\n", "content-type:text/html; charset=utf-8\r\n", "\r\n"}, 502,
	                "Bad Gateway", "text/html; charset=utf-8", "", ""},
	        {{"HTTP/1.1 301 Moved\n", "Location: \t/v1\t \n", "Locations: no\n", "Server: one\n", "\n"}, 301,
	                "Moved", "", "/v1", "one"},
	        {{"HTTP/1.1 100 Continue\r\n", "Server: first\r\n", "\r\n", "HTTP/1.1 204 None\r\n", "\r\n"}, 204,
	                "None", "", "", ""},
	        {{"HTTP/1.1 200 OK\r\n", "Server: one\r\n", "Server: two\r\n", "\r\n"}, 200, "OK", "", "", "two"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct head h = {0};
		struct http_head said;
		size_t n = 0;

		for (; n + 1 < ARRAY_LEN(rows[i].lines) && rows[i].lines[n + 1]; n++)
			CU_ASSERT(!head_take_line(&h, rows[i].lines[n]));
		CU_ASSERT(head_take_line(&h, rows[i].lines[n]));
		said = head_say(&h);
		CU_ASSERT(said.status == rows[i].status);
		HARNESS_EQUAL(said.reason, rows[i].reason);
		HARNESS_EQUAL(said.content_type, rows[i].content_type);
		HARNESS_EQUAL(said.location, rows[i].location);
		HARNESS_EQUAL(said.server, rows[i].server);
		head_release(&h);
	}
}

CU_TestInfo head_tests[] = {
        {"takes the one that counts", takes_the_one_that_counts},
        CU_TEST_INFO_NULL,
};
