/*
 * export.c - names of files for titles.
 */
#include "config.h"

#include "app/conversation_export.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/compiler.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

static void
names_are_safe(void)
{
	static const struct {
		const char *title, *want;
	} rows[] = {
	        {"Boats and more", "Boats-and-more-2023-11-14.md"},
	        {"../../etc/passwd", "etc-passwd-2023-11-14.md"},
	        {"-rf \x1b[31m ~/*", "rf-31m-2023-11-14.md"},
	        {"a\xc2\x9b\xe2\x80\xae.exe", "a-U-009B-U-202E-exe-2023-11-14.md"},
	        {"\xff", "\xef\xbf\xbd-2023-11-14.md"},
	        {"", "conversation-2023-11-14.md"},
	        {"???", "conversation-2023-11-14.md"},
	        {"\xe6\xbc\xa2\xe5\xad\x97", "\xe6\xbc\xa2\xe5\xad\x97-2023-11-14.md"},
	};

	setenv("TZ", "UTC", 1);
	tzset();
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf name = {0};

		export_put_name(&name, rows[i].title, 1700000000000);
		HARNESS_EQUAL(buf_text(&name), rows[i].want);
		buf_release(&name);
	}
}

static void
names_are_short(void)
{
	char title[400];
	struct buf name = {0};

	memset(title, 'x', sizeof(title) - 1);
	title[sizeof(title) - 1] = '\0';
	export_put_name(&name, title, 1700000000000);
	CU_ASSERT(name.len < 80);
	buf_release(&name);
}

CU_TestInfo export_tests[] = {
        {"names of files are safe", names_are_safe},
        {"names of files are short", names_are_short},
        CU_TEST_INFO_NULL,
};
