/*
 * paths.c - where the files are.
 */
#include "config/paths.h"

#include <stdlib.h>

#include "base/compiler.h"
#include "tests/config/tests.h"
#include "tests/harness.h"

static void
equal_and_free(char *have, const char *want)
{
	HARNESS_EQUAL(have, want);
	free(have);
}

static void
follows_the_xdg_specification(void)
{
	setenv("HOME", "/home/somebody", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_STATE_HOME");
	equal_and_free(paths_config(), "/home/somebody/.config/flynn/config.yaml");
	equal_and_free(paths_data(), "/home/somebody/.local/share/flynn");
	equal_and_free(paths_state(), "/home/somebody/.local/state/flynn");
	setenv("XDG_CONFIG_HOME", "/c", 1);
	setenv("XDG_DATA_HOME", "relative", 1);
	setenv("XDG_STATE_HOME", "", 1);
	equal_and_free(paths_config(), "/c/flynn/config.yaml");
	equal_and_free(paths_data(), "/home/somebody/.local/share/flynn");
	equal_and_free(paths_state(), "/home/somebody/.local/state/flynn");
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("XDG_STATE_HOME");
}

static void
finds_a_home_without_the_variable(void)
{
	char *path;

	static const char *const homes[] = {NULL, "", "relative", ".", "~"};

	for (size_t i = 0; i < ARRAY_LEN(homes); i++) {
		if (homes[i])
			setenv("HOME", homes[i], 1);
		else
			unsetenv("HOME");
		path = paths_config();
		HARNESS_CHECK(path[0] == '/', "%s", path);
		free(path);
		path = paths_beside("sub/config.yaml", "~/ca.pem");
		HARNESS_CHECK(path[0] == '/', "%s", path);
		free(path);
	}
}

static void
names_what_stands_beside_a_file(void)
{
	static const struct {
		const char *file, *name, *want;
	} rows[] = {
	        {"/c/flynn/config.yaml", "ca.pem", "/c/flynn/ca.pem"},
	        {"/c/flynn/config.yaml", "../ca.pem", "/c/flynn/../ca.pem"},
	        {"/c/flynn/config.yaml", "/etc/ca.pem", "/etc/ca.pem"},
	        {"/c/flynn/config.yaml", "~/ca.pem", "/home/somebody/ca.pem"},
	        {"/c/flynn/config.yaml", "~", "/home/somebody"},
	        {"/c/flynn/config.yaml", "~other", "/c/flynn/~other"},
	        {"/config.yaml", "ca.pem", "/ca.pem"},
	        {"config.yaml", "ca.pem", "ca.pem"},
	        {"sub/config.yaml", "ca.pem", "sub/ca.pem"},
	};

	setenv("HOME", "/home/somebody", 1);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		equal_and_free(paths_beside(rows[i].file, rows[i].name), rows[i].want);
}

CU_TestInfo config_paths_tests[] = {
        {"follows the XDG specification", follows_the_xdg_specification},
        {"finds a home without the variable", finds_a_home_without_the_variable},
        {"names what stands beside a file", names_what_stands_beside_a_file},
        CU_TEST_INFO_NULL,
};
