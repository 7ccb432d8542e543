/*
 * say.c - the commands of a script that say something. Each becomes its bytes here, with the chunked framing around
 * them, so that whoever plays the steps knows nothing of HTTP, JSON or events.
 */
#include "demo/parser.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

void
say_put_json(struct buf *out, const char *s, size_t n)
{
	for (; n > 0; s++, n--)
		if ((unsigned char)*s < 0x20)
			buf_printf(out, "\\u%04x", (unsigned char)*s);
		else if (*s == '"' || *s == '\\')
			buf_printf(out, "\\%c", *s);
		else
			buf_putc(out, *s);
}

static void
add_body(struct parser *p, struct buf *piece)
{
	struct buf framed = {0};
	size_t n = piece->len;

	if (!p->chunked) {
		parser_add(p, SCRIPT_SEND, 0, piece);
		return;
	}
	buf_printf(&framed, "%zx\r\n", n);
	buf_put(&framed, piece->data, n);
	buf_puts(&framed, "\r\n");
	buf_release(piece);
	parser_add(p, SCRIPT_SEND, (long)n, &framed);
}

/* ---- bytes and HTTP ---- */

static bool
run_send(struct parser *p, const struct command *c)
{
	(void)c;
	parser_add(p, SCRIPT_SEND, 0, &p->text);
	return true;
}

static bool
run_write(struct parser *p, const struct command *c)
{
	(void)c;
	if (p->chunked && p->text.len == 0)
		return parser_wrong(p, "an empty chunk is the last one: say `last`");
	add_body(p, &p->text);
	return true;
}

static bool
run_file(struct parser *p, const struct command *c)
{
	char *path = p->rest[0] == '/' ? mem_strdup(p->rest) : mem_printf("%s/%s", p->dir ? p->dir : ".", p->rest);
	FILE *file = fopen(path, "rbe");
	struct buf bytes = {0};
	char piece[4096];
	size_t n;

	(void)c;
	free(path);
	if (!file)
		return err_set(p->err, ERR_CONFIG, "script:%d: cannot read %s: %s", p->line, p->rest, strerror(errno));
	while ((n = fread(piece, 1, sizeof(piece), file)) > 0)
		buf_put(&bytes, piece, n);
	fclose(file);
	parser_add(p, SCRIPT_SEND, 0, &bytes);
	return true;
}

static bool
run_status(struct parser *p, const struct command *c)
{
	(void)c;
	buf_printf(&p->text, "HTTP/1.1 %s\r\n", p->rest);
	return run_send(p, c);
}

static bool
run_header(struct parser *p, const struct command *c)
{
	buf_printf(&p->text, "%s\r\n", p->rest);
	return run_send(p, c);
}

static bool
run_blank(struct parser *p, const struct command *c)
{
	buf_puts(&p->text, "\r\n");
	return run_send(p, c);
}

static bool
run_body(struct parser *p, const struct command *c)
{
	struct buf head = {0};

	(void)c;
	buf_printf(&head, "Content-Length: %zu\r\n\r\n", p->text.len);
	buf_put(&head, p->text.data, p->text.len);
	parser_add(p, SCRIPT_SEND, 0, &head);
	return true;
}

static const char *
reason_phrase(long status)
{
	static const struct {
		long status;
		const char *reason;
	} rows[] = {
	        {200, "OK"},
	        {400, "Bad Request"},
	        {401, "Unauthorized"},
	        {403, "Forbidden"},
	        {404, "Not Found"},
	        {429, "Too Many Requests"},
	        {500, "Internal Server Error"},
	        {501, "Not Implemented"},
	        {502, "Bad Gateway"},
	        {503, "Service Unavailable"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (rows[i].status == status)
			return rows[i].reason;
	return "Unknown";
}

static bool
run_json(struct parser *p, const struct command *c)
{
	char *json;
	long status = strtol(p->rest, &json, 10);

	if (status < 100 || status > 599 || *json++ != ' ')
		return parser_wrong(p, "expected a status and JSON, as in `json 200 {\"status\":\"ok\"}`");
	buf_printf(&p->text,
	        "HTTP/1.1 %ld %s\r\nServer: llama.cpp\r\nContent-Type: application/json; charset=utf-8\r\n"
	        "Content-Length: %zu\r\n\r\n%s",
	        status, reason_phrase(status), strlen(json), json);
	return run_send(p, c);
}

static bool
run_stream(struct parser *p, const struct command *c)
{
	p->chunked = true;
	buf_puts(&p->text, "HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nAccess-Control-Allow-Origin: \r\n"
	                   "X-Accel-Buffering: no\r\nContent-Type: text/event-stream\r\n"
	                   "Transfer-Encoding: chunked\r\nKeep-Alive: timeout=5, max=100\r\n\r\n");
	return run_send(p, c);
}

static bool
run_last(struct parser *p, const struct command *c)
{
	p->chunked = false;
	buf_puts(&p->text, "0\r\n\r\n");
	return run_send(p, c);
}

/* ---- events ---- */

static bool
run_event(struct parser *p, const struct command *c)
{
	struct buf event = {0};

	(void)c;
	buf_printf(&event, "data: %s\n\n", p->rest);
	add_body(p, &event);
	return true;
}

static bool
run_ping(struct parser *p, const struct command *c)
{
	buf_puts(&p->text, ":\n\n");
	return run_write(p, c);
}

static bool
run_done(struct parser *p, const struct command *c)
{
	buf_puts(&p->text, "data: [DONE]\n\n");
	return run_write(p, c);
}

void
say_put_chunk(const struct parser *p, const char *choices, const char *beside, struct buf *out)
{
	buf_printf(out,
	        "data: {\"choices\":[%s],\"created\":1795356896,\"id\":\"chatcmpl-standin\",\"model\":\"%s\","
	        "\"system_fingerprint\":\"standin\",\"object\":\"chat.completion.chunk\"%s}\n\n",
	        choices, buf_text(&p->model), beside);
}

void
say_chunk(struct parser *p, const char *choices, const char *beside)
{
	struct buf event = {0};

	say_put_chunk(p, choices, beside, &event);
	add_body(p, &event);
}

void
say_delta(struct parser *p, const char *field, const char *text, size_t len)
{
	struct buf choice = {0};

	buf_printf(&choice, "{\"finish_reason\":null,\"index\":0,\"delta\":{\"%s\":\"", field);
	say_put_json(&choice, text, len);
	buf_puts(&choice, "\"}}");
	say_chunk(p, choice.data, "");
	p->tokens++;
	buf_release(&choice);
}

static bool
run_token(struct parser *p, const struct command *c)
{
	say_delta(p, strcmp(c->name, "think") == 0 ? "reasoning_content" : "content", buf_text(&p->text), p->text.len);
	return true;
}

static const char role_choice[] =
        "{\"finish_reason\":null,\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}";

static bool
run_role(struct parser *p, const struct command *c)
{
	(void)c;
	say_chunk(p, role_choice, "");
	return true;
}

static bool
run_finish(struct parser *p, const struct command *c)
{
	(void)c;
	buf_printf(&p->text, "{\"finish_reason\":\"%s\",\"index\":0,\"delta\":{}}", p->rest);
	say_chunk(p, p->text.data, "");
	return true;
}

static bool
run_usage(struct parser *p, const struct command *c)
{
	long prompt, completion;

	(void)c;
	if (sscanf(p->rest, "%ld %ld", &prompt, &completion) != 2)
		return parser_wrong(p, "expected two numbers: tokens of the prompt, tokens of the reply");
	buf_printf(&p->text, ",\"usage\":{\"completion_tokens\":%ld,\"prompt_tokens\":%ld,\"total_tokens\":%ld}",
	        completion, prompt, prompt + completion);
	say_chunk(p, "", p->text.data);
	return true;
}

static bool
run_progress(struct parser *p, const struct command *c)
{
	long total, cached, processed;

	(void)c;
	if (sscanf(p->rest, "%ld %ld %ld", &total, &cached, &processed) != 3)
		return parser_wrong(p, "expected three numbers: tokens in all, cached, processed");
	buf_printf(&p->text, ",\"prompt_progress\":{\"total\":%ld,\"cache\":%ld,\"processed\":%ld,\"time_ms\":%ld}",
	        total, cached, processed, processed);
	say_chunk(p, role_choice, p->text.data);
	return true;
}

static bool
run_model(struct parser *p, const struct command *c)
{
	(void)c;
	buf_clear(&p->model);
	say_put_json(&p->model, p->rest, strlen(p->rest));
	return true;
}

/* ---- the table ---- */

static const struct command commands[] = {
        {"send", TEXT, run_send, 0},
        {"write", TEXT, run_write, 0},
        {"file", REST, run_file, 0},
        {"status", REST, run_status, 0},
        {"header", REST, run_header, 0},
        {"blank", NOTHING, run_blank, 0},
        {"body", TEXT, run_body, 0},
        {"json", REST, run_json, 0},
        {"stream", NOTHING, run_stream, 0},
        {"last", NOTHING, run_last, 0},
        {"event", REST, run_event, 0},
        {"role", NOTHING, run_role, 0},
        {"token", TEXT, run_token, 0},
        {"think", TEXT, run_token, 0},
        {"finish", REST, run_finish, 0},
        {"usage", REST, run_usage, 0},
        {"progress", REST, run_progress, 0},
        {"ping", NOTHING, run_ping, 0},
        {"done", NOTHING, run_done, 0},
        {"model", REST, run_model, 0},
};

const struct command *
say_find(const char *name, size_t len)
{
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strncmp(commands[i].name, name, len) == 0 && commands[i].name[len] == '\0')
			return &commands[i];
	return NULL;
}

void
say_json(struct parser *p, const char *status_and_json)
{
	buf_clear(&p->text);
	p->rest = status_and_json;
	if (!run_json(p, NULL))
		abort(); /* it is ours */
}
