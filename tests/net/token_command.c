/*
 * token_command.c - commands that take too long, and one that looks for a terminal; tests/ask/token-command*.fault have the rest.
 */
#include "net/token_command.h"

#include <string.h>

#include "base/compiler.h"
#include "tests/harness.h"
#include "tests/net/tests.h"

enum {
	LIMIT_S = 1,
};

static const struct {
	const char *command, *token, *why;
} rows[] = {
        {"sleep 600", NULL, "auth_token_command has not ended in 1 s"},
        {"echo wait >&2; sleep 600 & sleep 600", NULL, "auth_token_command has not ended in 1 s: wait"},
        {"exec >&-; sleep 600", NULL, "auth_token_command has not ended in 1 s"},
        {"while echo sk; do :; done", NULL, "auth_token_command has not ended in 1 s"},
        {"sleep 600 >/dev/null 2>&1 & echo sk-background", "sk-background", ""},
        {"sleep 600 >/dev/null & echo sk-stderr-open", "sk-stderr-open", ""},
        {"(: >/dev/tty) 2>/dev/null && echo has-a-terminal; cat; echo sk-none", "sk-none", ""},
        {"echo sk-${FLYNN_AUTH_TOKEN-unset}", "sk-unset", ""},
};

static bool
all_have_ended(struct token_run *const *runs)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (!token_run_has_ended(runs[i]))
			return false;
	return true;
}

static void
bounds_what_a_command_does(void)
{
	struct sockets sockets = {0};
	struct token_commands all = {&sockets, NULL};
	struct token_run *runs[ARRAY_LEN(rows)];
	struct pollfd ready;
	struct err err = {0};

	token_commands_limit(LIMIT_S);
	CU_ASSERT_TRUE_FATAL(sockets_init(&sockets, &err));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		runs[i] = token_commands_run(&all, rows[i].command);
		CU_ASSERT_PTR_EQUAL(token_commands_run(&all, rows[i].command), runs[i]);
	}
	while (!all_have_ended(runs)) {
		sockets_wait(&sockets, -1, NULL, 0);
		while (sockets_take_ready(&sockets, &ready))
			CU_ASSERT_TRUE(token_commands_take(&all, ready.fd));
	}
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const char *token;

		err = (struct err){0};
		token = token_run_token(runs[i], &err);
		HARNESS_EQUAL(token ? token : "", rows[i].token ? rows[i].token : "");
		HARNESS_EQUAL(err.text, rows[i].why);
	}
	token_commands_release(&all);
	sockets_release(&sockets);
}

/* Without waiting for it. */
static void
ends_a_command_that_nobody_waits_for(void)
{
	struct sockets sockets = {0};
	struct token_commands all = {&sockets, NULL};
	struct err err;

	token_commands_limit(600);
	CU_ASSERT_TRUE_FATAL(sockets_init(&sockets, &err));
	CU_ASSERT_FALSE(token_run_has_ended(token_commands_run(&all, "sleep 600")));
	token_commands_release(&all);
	CU_ASSERT_PTR_NULL(all.first);
	sockets_release(&sockets);
}

CU_TestInfo token_command_tests[] = {
        {"bounds what a command does", bounds_what_a_command_does},
        {"ends a command that nobody waits for", ends_a_command_that_nobody_waits_for},
        CU_TEST_INFO_NULL,
};
