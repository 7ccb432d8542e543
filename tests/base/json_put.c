/*
 * json_put.c - JSON that is written is JSON, and says what was meant.
 */
#include "base/json_put.h"

#include "tests/base/tests.h"
#include "tests/harness.h"

static void
escapes_strings(void)
{
	static const char odd[] = "a\"\\/\b\t\n\f\r\x01\x7f\0\xff\xc3\xa9\xe2\x80\xae\xc3";
	struct buf have = {0};

	json_put_string(&have, odd, sizeof(odd) - 1);
	HARNESS_EQUAL(buf_text(&have), "\"a\\\"\\\\/\\b\\t\\n\\f\\r\\u0001\\u007f\xef\xbf\xbd\xef\xbf\xbd\xc3\xa9"
	                               "\xe2\x80\xae\xef\xbf\xbd\"");
	buf_release(&have);
}

static void
puts_commas_where_they_belong(void)
{
	struct buf have = {0};

	buf_putc(&have, '{');
	json_put_text(&have, "a", "{");
	json_put_int(&have, "b", -5);
	json_put_bool(&have, "c", true);
	json_put_raw(&have, "d", "");
	json_put_time(&have, "e", 0);
	json_put_name(&have, "f");
	buf_putc(&have, '[');
	json_put_comma(&have);
	buf_puts(&have, "1");
	json_put_comma(&have);
	buf_puts(&have, "2]}");
	HARNESS_EQUAL(buf_text(&have), "{\"a\":\"{\",\"b\":-5,\"c\":true,\"d\":null,\"e\":\"1970-01-01T00:00:00.000Z\","
	                               "\"f\":[1,2]}");
	buf_release(&have);
}

CU_TestInfo json_put_tests[] = {
        {"escapes strings", escapes_strings},
        {"puts commas where they belong", puts_commas_where_they_belong},
        CU_TEST_INFO_NULL,
};
