/*
 * ask.c - `flynn ask`: the same net thread and queue as the full screen, with standard output for a screen.
 */
#include "cmd/ask.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/signals.h"
#include "base/utf8.h"
#include "cmd/ask_files.h"
#include "cmd/configuration.h"
#include "cmd/disk_limit.h"
#include "cmd/output.h"
#include "cmd/prompt.h"
#include "cmd/record.h"
#include "cmd/say.h"
#include "llama/media_refusal.h"
#include "llama/parameters.h"
#include "llama/refusal.h"
#include "llama/token_pack.h"
#include "net/client.h"
#include "store/uuid.h"

enum {
	LONG_PROMPT = 256, /* tokens to read from which on the progress is shown */
	PIECE = 1 << 16,   /* bytes of a whole reply */
};

struct ask {
	const struct options *options;
	struct config config;
	struct model_client *clients[CONFIG_CLIENTS_MAX];
	size_t n_clients;
	const struct model_client *client; /* the one that is asked */
	struct log *log;
	struct net *net;
	struct parameters parameters;   /* of the request */
	struct attachments attachments; /* of the prompt */

	struct record record;
	struct err cut;              /* why the reply was ended here; ERR_NONE: it was not */
	struct output out, thoughts; /* standard output; reasoning on standard error */
	bool progress_shown;
};

/* The reply so far; NULL: nothing came, or nothing was asked. */
static const struct message *
reply_of(const struct ask *a)
{
	const struct message *leaf = a->record.saver ? conversation_leaf(a->record.session.conversation) : NULL;

	return leaf && leaf->role == CHAT_ASSISTANT ? leaf : NULL;
}

/* ---- what came ---- */

static void
show_progress(struct ask *a, const struct chat_progress *p)
{
	const struct message *reply = a->record.session.reply;

	if (!isatty(STDERR_FILENO) || p->total - p->cached < LONG_PROMPT ||
	        reply->content.len + reply->reasoning.len > 0)
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
	return output_put(&a->out, text, len);
}

static bool
take_reasoning(struct ask *a, const char *text, size_t len)
{
	hide_progress(a);
	return !a->options->show_reasoning || output_put(&a->thoughts, text, len);
}

/* What was printed stays printed, and the tag shows what it was. */
static const char thought_end[] = "</think>\n\n";

static bool
on_event(void *arg, const struct chat_event *e)
{
	struct ask *a = arg;

	if (!record_event(&a->record, e, &a->cut))
		return false;
	switch (e->type) {
	case CHAT_EVENT_PROGRESS:
		show_progress(a, &e->progress);
		return true;
	case CHAT_EVENT_REASONING:
		return take_reasoning(a, e->text, e->len);
	case CHAT_EVENT_CONTENT:
		return take_content(a, e->text, e->len);
	case CHAT_EVENT_WAS_REASONING:
		return output_put(&a->out, thought_end, sizeof(thought_end) - 1);
	case CHAT_EVENT_LULL:
		return output_flush(&a->thoughts) && output_flush(&a->out);
	case CHAT_EVENT_TOOL_CALL:
	case CHAT_EVENT_FINISH:
	case CHAT_EVENT_USAGE:
	case CHAT_EVENT_MODEL:
	case CHAT_EVENT_TOKEN:
	case CHAT_EVENT_ID:
	case CHAT_EVENT_TIMINGS:
	case CHAT_EVENT_CONNECTION:
		break;
	}
	return true;
}

/* ---- asking ---- */

/* A whole reply is told as if it had come in pieces, so that what waits to be written is no copy of it. All of it is
 * recorded, whether or not it can be written. */
static void
tell_text(struct ask *a, enum chat_event_type type, const struct buf *text)
{
	size_t n;

	for (size_t at = 0; at < text->len && a->cut.code == ERR_NONE; at += n) {
		const char *piece = text->data + at;

		n = text->len - at > PIECE ? utf8_floor(piece, PIECE) : text->len - at;
		on_event(a, &(struct chat_event){.type = type, .text = piece, .len = n});
	}
}

/* Each with its length before it. */
static void
tell_tokens(struct ask *a, const struct buf *tokens)
{
	const char *s = buf_text(tokens), *end = s + tokens->len;
	size_t n;

	for (; token_read_number(&s, end, &n) && n <= (size_t)(end - s); s += n)
		on_event(a, &(struct chat_event){.type = CHAT_EVENT_TOKEN, .text = s, .len = n});
}

static bool
ask_whole(struct ask *a, const struct chat_request *request, struct err *err)
{
	struct chat_response r;
	bool complete;

	chat_response_init(&r);
	a->record.session.comes_whole = true;
	complete = chat(a->net, a->client, request, &r, signals_fd(), err);
	tell_text(a, CHAT_EVENT_MODEL, &r.model);
	tell_tokens(a, &r.tokens);
	tell_text(a, CHAT_EVENT_REASONING, &r.reasoning);
	tell_text(a, CHAT_EVENT_CONTENT, &r.content);
	tell_text(a, CHAT_EVENT_FINISH, &r.finish_reason);
	if (r.tool_calls)
		on_event(a, &(struct chat_event){.type = CHAT_EVENT_TOOL_CALL});
	on_event(a, &(struct chat_event){.type = CHAT_EVENT_USAGE, .usage = r.usage});
	on_event(a, &(struct chat_event){.type = CHAT_EVENT_TIMINGS, .timings = r.timings});
	chat_response_release(&r);
	return complete;
}

/* The server goes on with the reply, and keeps it, when the connection is lost. NULL: it is not to. */
static const char *
name_stream(struct ask *a)
{
	struct session *session = &a->record.session;
	char id[UUID_SIZE];

	if (!model_resume(a->client))
		return NULL;
	uuid_make(id);
	session_keep_stream(session, id);
	return buf_text(&session->reply->stream);
}

/* The reply before, which an earlier flynn has left unfinished, may be made still: its slot is wanted. */
static void
stop_kept(struct ask *a)
{
	struct conversation *c = a->record.session.conversation;
	struct message *leaf = conversation_leaf(c);

	if (!leaf || leaf->stream.len == 0)
		return;
	if (strcmp(buf_text(&leaf->endpoint), a->client->endpoint.text) == 0)
		net_stop(a->net, a->client, buf_text(&leaf->stream));
	buf_clear(&leaf->stream);
	conversation_touch(c, leaf);
}

static bool
ask(struct ask *a, const char *prompt, struct err *err)
{
	struct session *session = &a->record.session;
	struct chat_request request = {.parameters = &a->parameters, .stream = !a->options->no_stream};

	disk_limit_tell("the reply was not written to its end");
	stop_kept(a);
	record_send(&a->record, prompt, &a->attachments, a->client->endpoint.text, &a->parameters);
	request.stream_id = request.stream ? name_stream(a) : NULL;
	request.messages = conversation_request(session->conversation, session->reply->parent, &request.n_messages);
	if (!request.stream)
		return ask_whole(a, &request, err);
	if (chat_stream(a->net, a->client, &request, on_event, a, signals_fd(), err))
		return true;
	if (a->cut.code != ERR_NONE)
		*err = a->cut;
	return false;
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

static bool
may_be_sent(const struct ask *a, struct err *err)
{
	return ask_files_check(a->net, a->client, a->record.session.conversation, &a->attachments, signals_fd(), err);
}

static void
warn(const struct ask *a)
{
	struct err why;

	if (model_client_warn(a->client, &why))
		say("%s", why.text);
}

/* ---- the end ---- */

/* A word about a complete reply that is not what one would expect. */
static void
remark(const struct ask *a)
{
	const struct message *reply = reply_of(a);
	const char *finish = buf_text(&reply->finish_reason);
	long limit = parameters_integer(&a->parameters, "max_tokens", -1);
	bool limited = limit > 0 && reply->usage.completion_tokens >= limit;
	const char *before = reply->content.len > 0 ? "" : ", before any text";

	if (strcmp(finish, "length") == 0 && limited)
		say("the reply stops at %s %ld%s", a->options->max_tokens ? "--max-tokens" : "max_tokens", limit,
		        before);
	else if (strcmp(finish, "length") == 0)
		say("the reply stops at the length limit of the server or its context%s", before);
	else if (strcmp(finish, "content_filter") == 0)
		say("the reply was cut by a content filter");
	else if (reply->tool_calls || strcmp(finish, "tool_calls") == 0)
		say("the model asked for a tool, which flynn does not have");
	else if (reply->content.len == 0 && reply->reasoning.len > 0)
		say("the reply is reasoning only%s", a->options->show_reasoning ? "" : ": --show-reasoning shows it");
	else if (reply->content.len == 0)
		say("the reply is empty");
}

static bool
is_llama_server(const struct ask *a)
{
	return !a->client || model_is_llama_server(a->client);
}

/* The next step, where the error does not name it. */
static void
advise(const struct ask *a, enum err_code code)
{
	if (code == ERR_UNREACHABLE && !is_llama_server(a))
		say("start it, or correct its endpoint: in the configuration; flynn doctor looks for what is wrong");
	else if (code == ERR_UNREACHABLE)
		say("start llama-server, or give its address with -e URL; flynn doctor looks for what is wrong");
	else if (code == ERR_TIMEOUT)
		say("--timeout SECONDS waits longer (0: for ever); flynn doctor looks for what is wrong");
	else if (code == ERR_UNAUTHORISED && !is_llama_server(a))
		say("set FLYNN_AUTH_TOKEN, or auth_token: in the configuration, to a key of the server");
	else if (code == ERR_UNAUTHORISED)
		say("set FLYNN_AUTH_TOKEN, or auth_token: in the configuration, to the key that llama-server got as "
		    "--api-key");
}

static int
end(struct ask *a, bool complete, const struct err *why)
{
	int number;

	hide_progress(a);
	output_end(&a->thoughts);
	output_end(&a->out);
	number = signals_take();
	if (number || a->out.error)
		session_forget_stream(&a->record.session);
	record_end(&a->record, complete ? &(struct err){.code = ERR_NONE} : why, number == SIGTERM || number == SIGHUP);
	if (number)
		return 128 + number;
	if (a->out.error == EPIPE)
		return 128 + SIGPIPE;
	if (a->out.error) {
		say("cannot write the reply: %s", strerror(a->out.error));
		return err_exit_status(ERR_OUTPUT);
	}
	if (!complete) {
		int status = say_err(why);

		advise(a, why->code);
		return status;
	}
	remark(a);
	return 0;
}

/* ---- the command ---- */

/* --max-tokens is a short way to write --set max_tokens=N. */
static bool
apply_max_tokens(struct ask *a, struct err *err)
{
	const char *text = a->options->max_tokens;
	char *rest;
	long n;

	if (!text)
		return true;
	errno = 0;
	n = strtol(text, &rest, 10);
	if (errno || rest == text || *rest || n < 1 || n > INT_MAX)
		return err_set(err, ERR_USAGE, "--max-tokens %s: it takes a whole number from 1 on", text);
	parameters_fix(&a->config.parameters, "max_tokens", text);
	return true;
}

/* NULL: the conversation has none, or one that is configured no longer. */
static const struct config_preset *
preset_of_conversation(const struct ask *a)
{
	const struct conversation_info *info = conversation_info(a->record.session.conversation);
	struct err ignored;

	return info->preset.len > 0 ? config_preset(&a->config, buf_text(&info->preset), &ignored) : NULL;
}

static const struct config_preset *
preset_of(const struct ask *a)
{
	return a->config.preset || a->config.no_preset ? a->config.preset : preset_of_conversation(a);
}

static const char *
source_of(const struct ask *a, const struct parameter *p)
{
	const struct config_preset *preset = preset_of(a);

	if (parameters_get(&a->config.parameters, p))
		return "the command line";
	if (parameters_get(&conversation_info(a->record.session.conversation)->parameters, p))
		return "the conversation";
	return preset && parameters_get(&preset->parameters, p) ? "the preset" : "the configuration of the model";
}

static void
explain_media(const struct ask *a, struct err *why)
{
	const struct session *session = &a->record.session;
	const struct message *prompt = session->reply ? session->reply->parent : NULL;
	size_t n;
	const struct chat_message *sent = conversation_request(session->conversation, prompt, &n);

	if (prompt)
		media_refusal_explain(a->client, sent, n, why);
}

/* Where the server's words name a parameter: who has set it. */
static void
explain(const struct ask *a, struct err *why)
{
	const struct parameter *p = why->code == ERR_SERVER ? refusal_parameter(why->text, &a->parameters) : NULL;
	char *words;

	if (!p)
		explain_media(a, why);
	if (!p)
		return;
	words = mem_printf("%s: %s is set by %s", why->text, p->name, source_of(a, p));
	err_set(why, why->code, "%s", words);
	free(words);
}

/* The later ones win. What --set and its like say holds for this request only. */
static void
choose_parameters(struct ask *a)
{
	const struct config_preset *preset = preset_of(a);

	parameters_merge(&a->parameters, &a->config.model->parameters);
	if (preset)
		parameters_merge(&a->parameters, &preset->parameters);
	parameters_merge(&a->parameters, &conversation_info(a->record.session.conversation)->parameters);
	parameters_merge(&a->parameters, &a->config.parameters);
}

/* The system prompt that was asked for now: --system before the preset's. NULL: neither has one. */
static const char *
asked_system(const struct ask *a)
{
	if (a->options->config.system)
		return a->options->config.system;
	return a->config.preset ? a->config.preset->system : NULL;
}

static void
keep_preset(struct ask *a)
{
	struct conversation *c = a->record.session.conversation;

	if (!a->config.preset && !(a->config.no_preset && conversation_info(c)->preset.len > 0))
		return;
	buf_clear(&conversation_info(c)->preset);
	buf_puts(&conversation_info(c)->preset, a->config.preset ? a->config.preset->name : "");
	conversation_touch_info(c);
}

/* The conversation goes on without its preset, and so without the preset's text. */
static bool
drops_text(const struct ask *a)
{
	const struct config_preset *preset = a->config.no_preset ? preset_of_conversation(a) : NULL;
	const char *system = conversation_system(a->record.session.conversation);

	return preset && preset->system && system && strcmp(preset->system, system) == 0;
}

/* A system text that was asked for now counts from now on. */
static bool
continue_last(struct ask *a, struct err *err)
{
	if (!record_continue(&a->record, err))
		return false;
	if (asked_system(a))
		conversation_set_system(a->record.session.conversation, asked_system(a));
	else if (drops_text(a))
		conversation_set_system(a->record.session.conversation, a->config.model->system);
	return true;
}

/* The model of the preset that the conversation has, unless the command line says where to ask. */
static bool
choose_model(struct ask *a, struct err *err)
{
	const struct config_preset *preset = preset_of(a);
	struct config_flags flags = a->options->config;
	char *model;
	bool ok;

	if (flags.model || flags.endpoint || flags.preset || !preset || !preset->model)
		return true;
	flags.model = model = mem_strdup(preset->model);
	config_release(&a->config);
	ok = configuration_load(&a->config, &flags, err);
	free(model);
	return ok;
}

/* As the screen says it. */
static void
say_missed_preset(const struct ask *a)
{
	const struct buf *name = &conversation_info(a->record.session.conversation)->preset;

	if (name->len > 0 && !a->config.preset && !a->config.no_preset && !preset_of_conversation(a))
		say("preset %s is gone: it is not in the configuration, and the request goes without it",
		        buf_text(name));
}

static bool
set_up(struct ask *a, struct err *err)
{
	if (!configuration_load(&a->config, &a->options->config, err))
		return false;
	if (a->options->log && !(a->log = log_open(a->options->log, err)))
		return false;
	if (!ask_files_read(&a->options->files, &a->config.attach_limits, &a->attachments, err))
		return false;
	a->net = net_new(a->log, err); /* loads libcurl while the history is opened */
	if (!a->net)
		return false;
	record_init(&a->record, asked_system(a) ? asked_system(a) : a->config.model->system);
	if (a->options->go_on && (!continue_last(a, err) || !choose_model(a, err)))
		return false;
	if (!apply_max_tokens(a, err) || !config_clients(&a->config, a->clients, &a->n_clients, err))
		return false;
	say_missed_preset(a);
	choose_parameters(a);
	if (!model_check_parameters(a->config.model->provider, a->config.model->name, &a->parameters, err))
		return false;
	disk_limit_tell("nothing was asked");
	if (!disk_limit_begin_files(err))
		return false;
	keep_preset(a);
	if (!a->options->no_history)
		record_start(&a->record);
	return true;
}

static void
release(struct ask *a)
{
	if (a->net)
		net_settle(a->net, NET_SETTLE_MS);
	if (!net_free(a->net))
		a->n_clients = 0; /* it may still use them */
	for (size_t i = 0; i < a->n_clients; i++)
		model_client_free(a->clients[i]);
	if (a->config.models)
		config_release(&a->config);
	parameters_release(&a->parameters);
	attachments_release(&a->attachments);
	if (!log_close(a->log))
		say("the disk does not answer (%s): the log is not complete", a->options->log);
	output_release(&a->out);
	output_release(&a->thoughts);
	disk_limit_end();
	if (a->record.saver)
		record_release(&a->record);
}

int
cmd_ask(const struct options *options)
{
	static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	struct ask a = {.options = options};
	char *prompt = NULL;
	struct err err;
	bool complete = false;
	int status;

	if (!signals_init(signals, 3, &err))
		return say_err(&err);
	output_init(&a.out, STDOUT_FILENO, signals_fd());
	output_init(&a.thoughts, STDERR_FILENO, signals_fd());
	a.thoughts.terminal = true; /* standard error is always cleaned */
	if (set_up(&a, &err) && (prompt = prompt_read(options, signals_fd(), &err)) && choose_client(&a, &err) &&
	        may_be_sent(&a, &err)) {
		warn(&a);
		complete = ask(&a, prompt, &err);
		if (!complete)
			explain(&a, &err);
	}
	status = end(&a, complete, &err);
	free(prompt);
	release(&a);
	return status;
}
