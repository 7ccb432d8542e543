/*
 * typed.c - fuzzing the short texts that a person, a configuration or a saved state gives: the address of a server, a parameter
 * and its value, the layout of the panes, the head of an answer. The first byte chooses which. What is taken is taken again as it
 * is printed; what is not has an error to show, which repeats no password.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "llama/endpoint.h"
#include "llama/parameters.h"
#include "net/head.h"
#include "tui/layout.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* ---- an address ---- */

static void
check_endpoint(const struct endpoint *e)
{
	struct endpoint again;
	struct err err;
	char *url = endpoint_url(e, "/health");
	size_t n = strlen(e->root);

	must(strncmp(e->root, "http", 4) == 0 && n > 0 && e->root[n - 1] != '/');
	must(strncmp(url, e->root, n) == 0 && strcmp(url + n, "/health") == 0);
	must(endpoint_parse(&again, e->text, &err) && endpoint_same_origin(e, &again));
	endpoint_release(&again);
	must(e->unix_path || endpoint_parse(&again, e->root, &err));
	if (!e->unix_path) {
		must(endpoint_same_origin(e, &again) && again.loopback == e->loopback && again.tls == e->tls);
		endpoint_release(&again);
	}
	(void)endpoint_is_open(e);
	free(url);
}

static void
read_endpoint(const char *text)
{
	struct endpoint e;
	struct err err = {0};

	if (endpoint_parse(&e, text, &err)) {
		check_endpoint(&e);
		endpoint_release(&e);
	} else {
		must(err.code == ERR_CONFIG && *err.text);
	}
}

/* A password that stands in an address is in no error. */
static void
read_password(const char *text)
{
	static const char password[] = "://me:swordfish@";
	struct buf whole = {0};
	struct endpoint e;
	struct err err = {0};

	buf_printf(&whole, "http%s%s", password, text);
	must(!endpoint_parse(&e, buf_text(&whole), &err) &&
	        (strstr(text, "swordfish") || !strstr(err.text, "swordfish")));
	buf_release(&whole);
}

/* ---- parameters ---- */

/* The same, but for the digits that a float of the server has and a person does not see. */
static bool
is_same_value(const char *json, const char *other)
{
	return strcmp(json, other) == 0 || (strtof(json, NULL) == strtof(other, NULL) && strpbrk(json, ".e"));
}

/* A value is its own canonical form; it is read as it is shown. */
static void
check_value(const struct parameter *p, const char *json)
{
	struct err err;
	char *again = parameter_from_json(p, json, &err), *shown = parameter_show(p, json), *typed;
	char *next = parameter_step(p, json, 1);

	must(again && strcmp(again, json) == 0);
	if (p->type != PARAMETER_TEXT && p->type != PARAMETER_LIST) {
		typed = parameter_parse(p, shown, &err);
		must(typed && is_same_value(typed, json));
		free(typed);
	}
	free(next);
	free(shown);
	free(again);
}

static void
read_value(const struct parameter *p, const char *text)
{
	struct err err = {0};
	char *json = parameter_parse(p, text, &err);

	if (json)
		check_value(p, json);
	else
		must(err.code == ERR_USAGE && strncmp(err.text, p->name, strlen(p->name)) == 0);
	free(json);
}

static void
read_parameters(const char *text, size_t n)
{
	struct parameters set = {0}, again = {0};
	struct buf json = {0}, words = {0};
	struct err err = {0};

	if (!parameters_set_typed(&set, text, &err))
		must(err.code == ERR_USAGE && *err.text);
	parameters_release(&set);
	if (parameters_read_json(&set, text, n)) {
		parameters_put_json(&set, &json);
		must(parameters_is_empty(&set) || parameters_read_json(&again, json.data, json.len));
		must(parameters_equal(&set, &again));
		parameters_put_words(&set, &words);
	}
	buf_release(&json);
	buf_release(&words);
	parameters_release(&set);
	parameters_release(&again);
}

/* ---- a layout ---- */

static void
read_layout(const char *text)
{
	struct layout layout, again;
	struct buf printed = {0}, reprinted = {0};
	struct err err = {0};

	if (!layout_parse(&layout, text, &err)) {
		must(err.code == ERR_USAGE && *err.text);
		return;
	}
	must(layout.n > 0 && layout.n <= LAYOUT_PANES_MAX);
	layout_place(&layout, (struct rect){0, 0, 24, 80});
	layout_print(&layout, &printed);
	must(layout_parse(&again, buf_text(&printed), &err));
	layout_print(&again, &reprinted);
	must(strcmp(buf_text(&printed), buf_text(&reprinted)) == 0);
	layout_release(&layout);
	layout_release(&again);
	buf_release(&printed);
	buf_release(&reprinted);
}

/* ---- the head of an answer ---- */

static void
read_head(const char *text)
{
	struct head head = {0};
	struct http_head said;

	for (const char *line = text; *line;) {
		size_t n = strcspn(line, "\n");
		char *copy;

		n += line[n] == '\n';
		copy = mem_strndup(line, n);
		(void)head_take_line(&head, copy);
		said = head_say(&head);
		must(said.reason && said.content_type && said.location && said.server);
		must(!strchr(said.location, '\n') && !strchr(said.server, '\n'));
		free(copy);
		line += n;
	}
	head_release(&head);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	size_t n_parameters;
	const struct parameter *table = parameter_table(&n_parameters);
	char *text = n > 0 ? mem_strndup((const char *)bytes + 1, n - 1) : NULL;

	if (!text)
		return 0;
	switch (bytes[0]) {
	case 'e':
		read_endpoint(text);
		read_password(text);
		break;
	case 'h':
		read_head(text);
		break;
	case 'l':
		read_layout(text);
		break;
	case 'p':
		read_parameters(text, strlen(text));
		break;
	default:
		read_value(&table[bytes[0] % n_parameters], text);
		break;
	}
	free(text);
	return 0;
}
