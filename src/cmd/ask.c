/*
 * ask.c - `flynn ask`: the same net thread and queue as the full screen, with standard output for a screen.
 */
#include "cmd/ask.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/signals.h"
#include "cmd/output.h"
#include "cmd/prompt.h"
#include "cmd/say.h"
#include "net/client.h"
#include "net/transport.h"

enum {
	LONG_PROMPT = 256, /* tokens to read from which on the progress is shown */
};

struct ask {
	const struct options *options;
	struct config config;
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	size_t n_clients;
	const struct model_client *client; /* the one that is asked */
	struct log *log;
	struct net *net;
	long max_tokens;

	struct output out, thoughts; /* standard output; reasoning on standard error */
	bool progress_shown, content, reasoning, tool_calls;
	struct buf finish;
	struct chat_usage usage;
};

/* ---- what came ---- */

static void
show_progress(struct ask *a, const struct chat_progress *p)
{
	if (!isatty(STDERR_FILENO) || p->total - p->cached < LONG_PROMPT || a->content || a->reasoning)
		return;
	fprintf(stderr, "\rreading prompt %d %% ", chat_progress_percent(p));
	a->progress_shown = true;
}

static void
hide_progress(struct ask *a)
{
	if (a->progress_shown)
		fprintf(stderr, "\r%*s\r", (int)sizeof("reading prompt 100 % "), "");
	a->progress_shown = false;
}

static bool
take_content(struct ask *a, const char *text, size_t len)
{
	hide_progress(a);
	if (a->thoughts.in_line && !output_end(&a->thoughts))
		return false;
	a->content = a->content || len > 0;
	return output_put(&a->out, text, len);
}

static bool
take_reasoning(struct ask *a, const char *text, size_t len)
{
	hide_progress(a);
	a->reasoning = a->reasoning || len > 0;
	return !a->options->show_reasoning || output_put(&a->thoughts, text, len);
}

static bool
on_event(void *arg, const struct chat_event *e)
{
	struct ask *a = arg;

	switch (e->type) {
	case CHAT_EVENT_PROGRESS:
		show_progress(a, &e->progress);
		return true;
	case CHAT_EVENT_REASONING:
		return take_reasoning(a, e->text, e->len);
	case CHAT_EVENT_CONTENT:
		return take_content(a, e->text, e->len);
	case CHAT_EVENT_TOOL_CALL:
		a->tool_calls = true;
		return true;
	case CHAT_EVENT_FINISH:
		buf_clear(&a->finish);
		buf_put(&a->finish, e->text, e->len);
		return true;
	case CHAT_EVENT_USAGE:
		a->usage = e->usage;
		return true;
	case CHAT_EVENT_LULL:
		return output_flush(&a->thoughts) && output_flush(&a->out);
	case CHAT_EVENT_MODEL:
	case CHAT_EVENT_TIMINGS:
		break;
	}
	return true;
}

/* ---- asking ---- */

static bool
ask_whole(struct ask *a, const struct chat_request *request, struct err *err)
{
	struct chat_response r;
	bool complete;

	chat_response_init(&r);
	complete = chat(a->net, a->client, request, &r, signals_fd(), err);
	if (r.reasoning.len > 0)
		take_reasoning(a, r.reasoning.data, r.reasoning.len);
	if (r.content.len > 0)
		take_content(a, r.content.data, r.content.len);
	a->tool_calls = r.tool_calls;
	a->usage = r.usage;
	buf_put(&a->finish, buf_text(&r.finish_reason), r.finish_reason.len);
	chat_response_release(&r);
	return complete;
}

static bool
ask(struct ask *a, const char *prompt, struct err *err)
{
	const char *system = a->config.model->system;
	struct chat_message messages[2];
	struct chat_request request = {.messages = messages, .max_tokens = a->max_tokens};

	if (system && *system)
		messages[request.n_messages++] = (struct chat_message){CHAT_SYSTEM, system, NULL};
	messages[request.n_messages++] = (struct chat_message){CHAT_USER, prompt, NULL};
	request.stream = !a->options->no_stream;
	if (!request.stream)
		return ask_whole(a, &request, err);
	return chat_stream(a->net, a->client, &request, on_event, a, signals_fd(), err);
}

/* With no endpoint configured the default ones are tried; it is said which one answered. */
static bool
choose_client(struct ask *a, struct err *err)
{
	struct net_server found;

	a->client = a->clients[0];
	if (a->n_clients == 1)
		return true;
	if (!client_probe(
	            a->net, (const struct model_client *const *)a->clients, a->n_clients, signals_fd(), &found, err))
		return false;
	if (found.info.state == SERVER_NOT_RUNNING || found.info.state == SERVER_TIMED_OUT) {
		*err = found.info.error;
		return false;
	}
	a->client = a->clients[found.which];
	say("no endpoint is configured: using %s", a->client->endpoint.text);
	return true;
}

/* ---- the end ---- */

/* A word about a complete reply that is not what one would expect. */
static void
remark(const struct ask *a)
{
	const char *finish = buf_text(&a->finish);
	bool limited = a->max_tokens > 0 && a->usage.completion_tokens >= a->max_tokens;

	if (strcmp(finish, "length") == 0 && limited)
		say("the reply stops at --max-tokens %ld%s", a->max_tokens, a->content ? "" : ", before any text");
	else if (strcmp(finish, "length") == 0)
		say("the reply stops at the length limit of the server or its context%s",
		        a->content ? "" : ", before any text");
	else if (strcmp(finish, "content_filter") == 0)
		say("the reply was cut by a content filter");
	else if (a->tool_calls || strcmp(finish, "tool_calls") == 0)
		say("the model asked for a tool, which flynn does not have");
	else if (!a->content && a->reasoning)
		say("the reply is reasoning only%s", a->options->show_reasoning ? "" : ": --show-reasoning shows it");
	else if (!a->content)
		say("the reply is empty");
}

static int
end(struct ask *a, bool complete, const struct err *why)
{
	int number;

	hide_progress(a);
	output_end(&a->thoughts);
	output_end(&a->out);
	number = signals_take();
	if (number)
		return 128 + number;
	if (a->out.error == EPIPE)
		return 128 + SIGPIPE;
	if (a->out.error) {
		say("cannot write the reply: %s", strerror(a->out.error));
		return err_exit_status(ERR_OUTPUT);
	}
	if (!complete)
		return say_err(why);
	remark(a);
	return 0;
}

/* ---- the command ---- */

static bool
parse_max_tokens(struct ask *a, struct err *err)
{
	const char *text = a->options->max_tokens;
	char *rest;

	if (!text)
		return true;
	errno = 0;
	a->max_tokens = strtol(text, &rest, 10);
	if (errno || rest == text || *rest || a->max_tokens < 1)
		return err_set(err, ERR_USAGE, "--max-tokens %s: it takes a whole number from 1 on", text);
	return true;
}

static bool
set_up(struct ask *a, struct err *err)
{
	if (!parse_max_tokens(a, err) || !config_load(&a->config, &a->options->config, err) ||
	        !config_clients(&a->config, a->clients, &a->n_clients, err))
		return false;
	if (a->options->log && !(a->log = log_open(a->options->log, err)))
		return false;
	return transport_global_init(err);
}

static void
release(struct ask *a)
{
	net_free(a->net);
	for (size_t i = 0; i < a->n_clients; i++)
		model_client_free(a->clients[i]);
	if (a->config.models)
		config_release(&a->config);
	log_close(a->log);
	output_release(&a->out);
	output_release(&a->thoughts);
	buf_release(&a->finish);
	transport_global_release();
}

int
cmd_ask(const struct options *options)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct ask a = {.options = options, .usage = {-1, -1, -1}};
	char *prompt = NULL;
	struct err err;
	bool complete = false;
	int status;

	if (!signals_init(signals, 3, &err))
		return say_err(&err);
	output_init(&a.out, STDOUT_FILENO, signals_fd());
	output_init(&a.thoughts, STDERR_FILENO, signals_fd());
	a.thoughts.terminal = true; /* standard error is always cleaned */
	if (set_up(&a, &err) && (prompt = prompt_read(options, signals_fd(), &err)) && (a.net = net_new(a.log, &err)) &&
	        choose_client(&a, &err))
		complete = ask(&a, prompt, &err);
	status = end(&a, complete, &err);
	free(prompt);
	release(&a);
	return status;
}
