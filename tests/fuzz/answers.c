/*
 * answers.c - fuzzing what a server answers to all that is no chat: health, props, models and their events, slots, counts,
 * prompts, streams that it keeps, and errors. The first byte chooses the status, the rest is the body, which every reader gets.
 * What they tell is well-formed, and the auth token is nowhere in it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/control.h"
#include "llama/defaults.h"
#include "llama/refusal.h"
#include "llama/request_show.h"
#include "llama/resume.h"
#include "llama/served.h"
#include "llama/server.h"
#include "llama/server_error.h"
#include "llama/slot_trace.h"
#include "llama/slots.h"
#include "llama/token_count.h"

#define TOKEN "swordfish-0815"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static const struct model_client *
asker(void)
{
	static const struct model_settings settings = {
	        .endpoint = "http://localhost:8080", .auth_token = TOKEN, .model = "tiny"};
	static struct model_client *client;
	struct err err;

	if (!client)
		must((client = model_client_new(&settings, &err)) != NULL);
	return client;
}

static void
must_be_text(const char *text)
{
	must(utf8_span(text, strlen(text)) == strlen(text) && !strstr(text, TOKEN));
}

static void
must_be_error(const struct err *err)
{
	must(err->code != ERR_NONE && *err->text);
	must_be_text(err->text);
}

/* ---- the server ---- */

static void
tell_model(UNUSED void *arg, const char *name, const char *state, UNUSED unsigned inputs)
{
	must(*name && strlen(name) <= SERVER_MODEL_MAX);
	must_be_text(name);
	must_be_text(state);
}

static void
check_server(const struct server_info *info)
{
	must(info->n_ctx >= 0 && info->slots >= 0);
	must_be_text(info->model);
	must_be_text(info->build);
	if (info->error.code != ERR_NONE)
		must_be_error(&info->error);
}

static void
read_server(const struct http_head *head, const char *body, size_t n)
{
	struct server_info info = {0};

	server_health(&info, asker(), head, body, n);
	check_server(&info);
	server_props(&info, asker(), head, body, n);
	check_server(&info);
	(void)server_model_props(&info, head, body, n);
	check_server(&info);
	server_models(asker(), head, body, n, tell_model, NULL);
}

static void
check_served(const struct served *served)
{
	char why[SERVED_WHY_MAX];

	for (size_t i = 0; i < served->n; i++) {
		const struct served_model *m = &served->models[i];

		must(m->name && *m->name && m->percent >= -1 && m->percent <= 100 && m->n_ctx >= 0 && m->size >= 0);
		must(served_find(served, m->name) != NULL);
		must_be_text(m->name);
		served_put_why(m, why);
	}
}

/* The same body as the list of models, and as the events and orders after it. */
static void
read_served(int status, const char *body, size_t n)
{
	static const struct err none = {0};
	struct served served = {0};
	struct err err = {0};

	served_take_models(&served, asker(), status, body, n, &none);
	check_served(&served);
	served_take_props(&served, asker(), status, body, n);
	check_served(&served);
	for (const char *line = body, *end; line < body + n; line = end + 1) {
		end = memchr(line, '\n', (size_t)(body + n - line));
		if (!end)
			end = body + n;
		(void)!served_take_event(&served, line, (size_t)(end - line));
		check_served(&served);
	}
	if (served.n > 0)
		served_expect_loading(&served, served.models[0].name);
	if (!served_take_order(asker(), status, body, n, &err) && err.code != ERR_NONE)
		must_be_error(&err);
	served_release(&served);
}

static void
read_slots(int status, const char *body, size_t n)
{
	static const struct slot_trace trace = {12, 3};
	struct slots slots = {0};
	struct err err = {0};
	int64_t task;

	if (slots_read(&slots, asker(), status, body, n, &err)) {
		must(slots.n <= SLOTS_MAX && slots.n_busy <= slots.n);
		task = slot_trace_task(&trace, &slots);
		must(task < 0 || slot_trace_is_on(&slots, task));
	} else {
		must_be_error(&err);
	}
	slots_release(&slots);
}

/* What is told of the defaults is what is read of it again. */
static void
read_defaults(const char *body, size_t n)
{
	struct parameters once = {0}, again = {0};
	struct buf told = {0}, retold = {0};

	defaults_put(body, n, &told);
	must(told.len <= DEFAULTS_MAX);
	defaults_read(&once, told.data, told.len);
	parameters_put_json(&once, &retold);
	must(parameters_is_empty(&once) || parameters_read_json(&again, retold.data, retold.len));
	must(parameters_equal(&once, &again));
	buf_release(&told);
	buf_release(&retold);
	parameters_release(&once);
	parameters_release(&again);
}

/* ---- of a chat ---- */

static void
read_shown(int status, const char *body, size_t n)
{
	struct buf shown = {0};
	struct err err = {0};
	char *prompt = NULL;
	int64_t tokens = 0;

	if (!request_show_json(body, n, 1, 7, &shown, &err))
		must_be_error(&err);
	if (request_show_prompt(asker(), status, body, n, &prompt, &err))
		must(prompt != NULL);
	else
		must_be_error(&err);
	if (request_show_tokens(asker(), status, body, n, &tokens, &err))
		must(tokens >= 0);
	if (token_count_read(status, body, n, &tokens) == TOKEN_COUNT_TOLD)
		must(tokens >= 0);
	free(prompt);
	buf_release(&shown);
}

static void
read_said(const struct http_head *head, const char *body, size_t n)
{
	struct parameters sent = {0};
	struct err err = {0};

	if (!control_answer(asker(), head->status, body, n, &err))
		must_be_error(&err);
	(void)resume_found(head->status, body, n, "0b4f4a4e-52ba-44cf-8e24-6d5f6ccd0b01");
	(void)resume_judge(head);
	if (head->status >= 400) {
		(void)server_error_from_body(head, body, n, n % 2 == 0, TOKEN, &err);
		must_be_error(&err);
		parameters_fix(&sent, "temperature", "0.5");
		(void)refusal_parameter(err.text, &sent);
		parameters_release(&sent);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const int statuses[] = {200, 400, 401, 404, 500, 501, 503};
	struct http_head head = {.reason = "Why", .content_type = "", .location = "", .server = "llama.cpp"};
	char *body;

	if (n == 0)
		return 0;
	head.status = statuses[bytes[0] % ARRAY_LEN(statuses)];
	body = mem_strndup((const char *)bytes + 1, n - 1);
	memcpy(body, bytes + 1, n - 1);
	read_server(&head, body, n - 1);
	read_served(head.status, body, n - 1);
	read_slots(head.status, body, n - 1);
	read_defaults(body, n - 1);
	read_shown(head.status, body, n - 1);
	read_said(&head, body, n - 1);
	free(body);
	return 0;
}
