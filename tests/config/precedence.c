/*
 * precedence.c - flags over environment over file over defaults, and what goes where with another endpoint.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "config/config.h"
#include "config/config_load.h"
#include "tests/config/tests.h"
#include "tests/harness.h"

static const char text[] = "default: home\n"
                           "models:\n"
                           "  away:\n"
                           "    endpoint: https://example.org/llama\n"
                           "    auth_token: sk-file\n"
                           "    model: qwen\n"
                           "    system: from the file\n"
                           "    timeout: 5\n"
                           "    ca_file: ca.pem\n"
                           "    insecure: true\n"
                           "  home:\n"
                           "    endpoint: http://localhost:8080\n";

static void
forget_environment(void)
{
	unsetenv("FLYNN_ENDPOINT");
	unsetenv("FLYNN_AUTH_TOKEN");
	setenv("XDG_CONFIG_HOME", "/proc/0", 1);
}

/* Loads the text above as a file, with the flags given; the caller releases c when it is true. */
static bool
load(struct config *c, struct config_flags flags, struct err *err)
{
	char path[] = "/tmp/flynn-config-XXXXXX";
	int fd = mkstemp(path);
	bool ok;

	CU_ASSERT_FATAL(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	flags.file = path;
	*err = (struct err){0};
	ok = config_load(c, &flags, err);
	unlink(path);
	return ok;
}

#define FLAGS(...) ((struct config_flags){__VA_ARGS__})

static void
works_without_a_file(void)
{
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	struct config c;
	struct err err = {0};
	size_t n = 0;

	forget_environment();
	CU_ASSERT_FATAL(config_load(&c, &FLAGS(0), &err));
	HARNESS_EQUAL(c.path, "/proc/0/flynn/config.yaml");
	CU_ASSERT(!c.file_read && c.n_models == 1 && c.model == c.models);
	HARNESS_EQUAL(c.model->name, "default");
	CU_ASSERT(!c.model->endpoint && c.model->timeout_ms == CONFIG_TIMEOUT_MS);
	CU_ASSERT(c.images && c.attach_limits.most[ATTACHMENT_TEXT] == 1024 * 1024);
	CU_ASSERT_FATAL(config_clients(&c, clients, &n, &err));
	CU_ASSERT_FATAL(n == 2);
	HARNESS_EQUAL(clients[0]->endpoint.text, "http://localhost:8080");
	HARNESS_EQUAL(clients[1]->endpoint.text, "http://localhost:9931");
	model_client_free(clients[0]);
	model_client_free(clients[1]);
	config_release(&c);
	CU_ASSERT(!config_load(&c, &FLAGS(.file = "/proc/0/f.yaml"), &err));
	CU_ASSERT(err.code == ERR_CONFIG);
	HARNESS_EQUAL(err.text, "/proc/0/f.yaml: cannot be read: No such file or directory");
}

static void
finds_the_file_in_its_place(void)
{
	char folder[] = "/tmp/flynn-config-XXXXXX", below[64], path[128];
	struct config c;
	struct err err = {0};
	FILE *f = NULL;

	forget_environment();
	CU_ASSERT_FATAL(mkdtemp(folder) != NULL);
	snprintf(below, sizeof(below), "%s/flynn", folder);
	snprintf(path, sizeof(path), "%s/config.yaml", below);
	CU_ASSERT_FATAL(mkdir(below, 0700) == 0 && (f = fopen(path, "w")) != NULL);
	fputs(text, f);
	fclose(f);
	setenv("XDG_CONFIG_HOME", folder, 1);
	CU_ASSERT_FATAL(config_load(&c, &FLAGS(0), &err));
	CU_ASSERT(c.file_read && c.n_models == 2);
	HARNESS_EQUAL(c.path, path);
	config_release(&c);
	unlink(path);
	rmdir(below);
	rmdir(folder);
}

static void
chooses_the_model(void)
{
	struct config c;
	struct err err;

	forget_environment();
	CU_ASSERT_FATAL(load(&c, FLAGS(0), &err));
	HARNESS_EQUAL(c.model->name, "home");
	config_release(&c);
	CU_ASSERT_FATAL(load(&c, FLAGS(.model = "away"), &err));
	HARNESS_EQUAL(c.model->name, "away");
	HARNESS_EQUAL(c.model->model, "qwen");
	config_release(&c);
	/* No model of the file: a name for the server, with the default's settings. */
	CU_ASSERT_FATAL(load(&c, FLAGS(.model = "gemma"), &err));
	HARNESS_EQUAL(c.model->name, "home");
	HARNESS_EQUAL(c.model->model, "gemma");
	config_release(&c);
	CU_ASSERT(!load(&c, FLAGS(.model = ""), &err) && err.code == ERR_USAGE);
	HARNESS_EQUAL(err.text, "-m: give the name of a model");
	/* "default" is the name of the model there is without a file, but no model of a file. */
	CU_ASSERT_FATAL(config_load(&c, &FLAGS(.model = "default"), &err));
	HARNESS_EQUAL(c.model->model, "default");
	config_release(&c);
}

static void
puts_flags_over_environment_over_file(void)
{
	struct config c;
	struct err err;

	forget_environment();
	setenv("FLYNN_ENDPOINT", "", 1);
	setenv("FLYNN_AUTH_TOKEN", "", 1);
	CU_ASSERT_FATAL(load(&c, FLAGS(.model = "away"), &err));
	HARNESS_EQUAL(c.model->endpoint, "https://example.org/llama");
	HARNESS_EQUAL(c.model->auth_token, "sk-file");
	CU_ASSERT(c.model->timeout_ms == 5000);
	config_release(&c);
	setenv("FLYNN_ENDPOINT", "http://env:1", 1);
	setenv("FLYNN_AUTH_TOKEN", "sk-env", 1);
	CU_ASSERT_FATAL(load(&c, FLAGS(.model = "away", .timeout = "0", .system = "from the flag"), &err));
	HARNESS_EQUAL(c.model->endpoint, "http://env:1");
	HARNESS_EQUAL(c.model->auth_token, "sk-env");
	HARNESS_EQUAL(c.model->system, "from the flag");
	for (size_t i = 0; i < c.n_models; i++)
		HARNESS_EQUAL(c.models[i].system, "from the flag");
	CU_ASSERT(c.model->timeout_ms == 0);
	config_release(&c);
	CU_ASSERT_FATAL(load(&c, FLAGS(.model = "away", .endpoint = "http://flag:1", .system = ""), &err));
	HARNESS_EQUAL(c.model->endpoint, "http://flag:1");
	HARNESS_EQUAL(c.model->auth_token, "sk-env");
	CU_ASSERT(!c.model->system);
	config_release(&c);
	forget_environment();
}

static void
keeps_secrets_at_their_origin(void)
{
	static const struct {
		const char *endpoint;
		bool kept;
	} rows[] = {
	        {"https://example.org/llama", true},
	        {"https://example.org/other/v1", true},
	        {"https://example.org:443", true},
	        {"https://EXAMPLE.org", true},
	        {"http://example.org/llama", false},
	        {"https://example.org:8443/llama", false},
	        {"https://example.org.evil/llama", false},
	        {"http://localhost:8080", false},
	        {"unix:/tmp/llama.sock", false},
	};

	forget_environment();
	for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
		const char *endpoint = rows[i / 2].endpoint;
		bool by_flag = i % 2;
		struct config c;
		struct err err;

		setenv("FLYNN_ENDPOINT", by_flag ? "" : endpoint, 1);
		if (!load(&c, FLAGS(.model = "away", .endpoint = by_flag ? endpoint : NULL), &err)) {
			HARNESS_CHECK(0, "%s", err.text);
			continue;
		}
		HARNESS_CHECK((c.model->auth_token != NULL) == rows[i / 2].kept, "%s", endpoint);
		HARNESS_CHECK((c.model->ca_file != NULL) == rows[i / 2].kept, "%s", endpoint);
		HARNESS_CHECK(c.model->insecure == rows[i / 2].kept, "%s", endpoint);
		HARNESS_EQUAL(c.model->endpoint, endpoint);
		config_release(&c);
	}
	forget_environment();
}

static void
names_the_flag_or_variable_that_is_wrong(void)
{
	static const struct {
		const char *endpoint, *timeout, *variable, *token, *want;
	} rows[] = {
	        {.endpoint = "nonsense", .want = "-e: "},
	        {.endpoint = "", .want = "-e: "},
	        {.variable = "nonsense", .want = "FLYNN_ENDPOINT: "},
	        {.timeout = "soon", .want = "--timeout must be a number of seconds, such as 60"},
	        {.timeout = "-1", .want = "--timeout must be a number of seconds, such as 60"},
	        {.timeout = "", .want = "--timeout must be a number of seconds, such as 60"},
	        {.token = "sk secret",
	                .want = "FLYNN_AUTH_TOKEN must not contain spaces, line ends or control characters"},
	        {.token = "sk-secret\nHost: x", .want = "FLYNN_AUTH_TOKEN must not contain spaces, line ends"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct config c;
		struct err err;

		forget_environment();
		setenv("FLYNN_ENDPOINT", rows[i].variable ? rows[i].variable : "", 1);
		setenv("FLYNN_AUTH_TOKEN", rows[i].token ? rows[i].token : "", 1);
		HARNESS_CHECK(
		        !load(&c, FLAGS(.endpoint = rows[i].endpoint, .timeout = rows[i].timeout), &err), "row %zu", i);
		HARNESS_CHECK(err.code == ERR_USAGE, "row %zu: %d", i, err.code);
		HARNESS_CHECK(strncmp(err.text, rows[i].want, strlen(rows[i].want)) == 0, "%s", err.text);
		HARNESS_CHECK(!strstr(err.text, "secret"), "%s", err.text);
	}
	forget_environment();
}

static void
makes_one_client_of_a_configured_model(void)
{
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	struct config c;
	struct err err;
	size_t n = 0;

	forget_environment();
	CU_ASSERT_FATAL(load(&c, FLAGS(.model = "away"), &err));
	CU_ASSERT_FATAL(config_clients(&c, clients, &n, &err));
	CU_ASSERT(n == 1);
	HARNESS_EQUAL(clients[0]->endpoint.text, "https://example.org/llama");
	HARNESS_EQUAL(clients[0]->auth_token, "sk-file");
	HARNESS_EQUAL(clients[0]->model, "qwen");
	CU_ASSERT(clients[0]->insecure && clients[0]->timeout_ms == 5000);
	model_client_free(clients[0]);
	config_release(&c);
}

static void
makes_a_configuration_of_an_endpoint_alone(void)
{
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	struct config c;
	struct err err;
	size_t n = 0;

	setenv("FLYNN_ENDPOINT", "http://env:1", 1);
	setenv("FLYNN_AUTH_TOKEN", "sk-env", 1);
	config_for_endpoint(&c, "http://127.0.0.1:5");
	CU_ASSERT_FATAL(config_clients(&c, clients, &n, &err));
	CU_ASSERT(n == 1);
	HARNESS_EQUAL(clients[0]->endpoint.text, "http://127.0.0.1:5");
	CU_ASSERT_PTR_NULL(clients[0]->auth_token);
	CU_ASSERT(clients[0]->timeout_ms == CONFIG_TIMEOUT_MS && !c.file_read);
	model_client_free(clients[0]);
	config_release(&c);
	forget_environment();
}

CU_TestInfo config_precedence_tests[] = {
        {"works without a file", works_without_a_file},
        {"finds the file in its place", finds_the_file_in_its_place},
        {"chooses the model", chooses_the_model},
        {"puts flags over environment over file", puts_flags_over_environment_over_file},
        {"keeps secrets at their origin", keeps_secrets_at_their_origin},
        {"names the flag or variable that is wrong", names_the_flag_or_variable_that_is_wrong},
        {"makes one client of a configured model", makes_one_client_of_a_configured_model},
        {"makes a configuration of an endpoint alone", makes_a_configuration_of_an_endpoint_alone},
        CU_TEST_INFO_NULL,
};
