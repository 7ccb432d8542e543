/*
 * script.c - reads the stand-in's scripts. Every command that says something becomes its bytes here, with the chunked
 * framing around them, so that whoever plays the steps knows nothing of HTTP, JSON or events. A command is a row of a
 * table: its name, what kind of argument it takes, and a function.
 */
#include "demo/script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"

struct parser {
	struct script *script;
	const char *dir;
	struct err *err;
	int line;
	bool chunked; /* a `stream` has begun in this answer */
	bool in_connect;
	int depth;        /* of open repeats */
	struct buf model; /* its name, JSON-escaped */
	struct buf text;  /* the argument, unescaped */
	const char *rest; /* the argument as it stands */
};

struct command {
	const char *name;
	enum argument { NOTHING, NUMBER, TEXT, REST } argument;
	bool (*run)(struct parser *, const struct command *);
	enum script_op op;
};

static bool
wrong(struct parser *p, const char *what)
{
	return err_set(p->err, ERR_CONFIG, "script:%d: %s", p->line, what);
}

static void
add_step(struct parser *p, enum script_op op, long n, struct buf *bytes)
{
	struct script *s = p->script;
	size_t len = bytes ? bytes->len : 0;

	s->steps = mem_realloc(s->steps, (s->n_steps + 1) * sizeof(*s->steps));
	s->steps[s->n_steps++] = (struct script_step){op, n, bytes ? buf_take(bytes) : NULL, len};
}

/* ---- bytes ---- */

static int
hex_digit(char c)
{
	const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 0x20) : NULL;

	return at ? (int)(at - digits) : -1;
}

static const char *
unescape(const char *s, struct buf *out)
{
	static const char names[] = "rnte0\"\\", values[] = "\r\n\t\x1b\0\"\\";
	const char *name = *s ? strchr(names, *s) : NULL;

	if (name) {
		buf_putc(out, values[name - names]);
		return s + 1;
	}
	if (*s != 'x' || hex_digit(s[1]) < 0 || hex_digit(s[2]) < 0)
		return NULL;
	buf_putc(out, (char)(hex_digit(s[1]) << 4 | hex_digit(s[2])));
	return s + 3;
}

/* What may stand behind a text: nothing, or "* N". */
static bool
repeat_text(struct parser *p, const char *s)
{
	size_t n = p->text.len;
	long times = 1;
	int used = 0;

	if (*s && (sscanf(s, " * %ld%n", &times, &used) != 1 || s[used] || times < 1))
		return wrong(p, "expected nothing behind the text, or * and a number");
	while (--times > 0)
		for (size_t i = 0; i < n; i++)
			buf_putc(&p->text, p->text.data[i]);
	return true;
}

static bool
read_text(struct parser *p, const char *s)
{
	buf_clear(&p->text);
	if (*s++ != '"')
		return wrong(p, "expected a text in double quotes");
	while (s && *s && *s != '"') {
		if (*s == '\\') {
			s = unescape(s + 1, &p->text);
			continue;
		}
		buf_putc(&p->text, *s++);
	}
	if (!s)
		return wrong(p, "unknown escape; there are \\r \\n \\t \\e \\0 \\\" \\\\ \\xHH");
	if (*s++ != '"')
		return wrong(p, "the text does not end with a double quote");
	return repeat_text(p, s);
}

static void
put_json(struct buf *out, const char *s, size_t n)
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

	if (!p->chunked) {
		add_step(p, SCRIPT_SEND, 0, piece);
		return;
	}
	buf_printf(&framed, "%zx\r\n", piece->len);
	buf_put(&framed, piece->data, piece->len);
	buf_puts(&framed, "\r\n");
	buf_release(piece);
	add_step(p, SCRIPT_SEND, 0, &framed);
}

/* ---- commands that send ---- */

static bool
run_send(struct parser *p, const struct command *c)
{
	(void)c;
	add_step(p, SCRIPT_SEND, 0, &p->text);
	return true;
}

static bool
run_write(struct parser *p, const struct command *c)
{
	(void)c;
	if (p->chunked && p->text.len == 0)
		return wrong(p, "an empty chunk is the last one: say `last`");
	add_body(p, &p->text);
	return true;
}

static bool
run_file(struct parser *p, const struct command *c)
{
	char *path = p->rest[0] == '/' ? mem_strdup(p->rest) : mem_printf("%s/%s", p->dir ? p->dir : ".", p->rest);
	FILE *file = fopen(path, "rb");
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
	add_step(p, SCRIPT_SEND, 0, &bytes);
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
	add_step(p, SCRIPT_SEND, 0, &head);
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
		return wrong(p, "expected a status and JSON, as in `json 200 {\"status\":\"ok\"}`");
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

/* An event of a chat completion: its choices, and what stands beside them. */
static bool
add_chunk(struct parser *p, const char *choices, const char *beside)
{
	struct buf event = {0};

	buf_printf(&event,
	        "data: {\"choices\":[%s],\"created\":1795356896,\"id\":\"chatcmpl-standin\",\"model\":\"%s\","
	        "\"system_fingerprint\":\"standin\",\"object\":\"chat.completion.chunk\"%s}\n\n",
	        choices, buf_text(&p->model), beside);
	add_body(p, &event);
	return true;
}

static bool
add_delta(struct parser *p, const char *field, const char *text, size_t len)
{
	struct buf choice = {0};

	buf_printf(&choice, "{\"finish_reason\":null,\"index\":0,\"delta\":{\"%s\":\"", field);
	put_json(&choice, text, len);
	buf_puts(&choice, "\"}}");
	add_chunk(p, choice.data, "");
	buf_release(&choice);
	return true;
}

static bool
run_token(struct parser *p, const struct command *c)
{
	return add_delta(
	        p, strcmp(c->name, "think") == 0 ? "reasoning_content" : "content", buf_text(&p->text), p->text.len);
}

static const char role_choice[] =
        "{\"finish_reason\":null,\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}";

static bool
run_role(struct parser *p, const struct command *c)
{
	(void)c;
	return add_chunk(p, role_choice, "");
}

static bool
run_finish(struct parser *p, const struct command *c)
{
	(void)c;
	buf_printf(&p->text, "{\"finish_reason\":\"%s\",\"index\":0,\"delta\":{}}", p->rest);
	return add_chunk(p, p->text.data, "");
}

static bool
run_usage(struct parser *p, const struct command *c)
{
	long prompt, completion;

	(void)c;
	if (sscanf(p->rest, "%ld %ld", &prompt, &completion) != 2)
		return wrong(p, "expected two numbers: tokens of the prompt, tokens of the reply");
	buf_printf(&p->text, ",\"usage\":{\"completion_tokens\":%ld,\"prompt_tokens\":%ld,\"total_tokens\":%ld}",
	        completion, prompt, prompt + completion);
	return add_chunk(p, "", p->text.data);
}

static bool
run_progress(struct parser *p, const struct command *c)
{
	long total, cached, processed;

	(void)c;
	if (sscanf(p->rest, "%ld %ld %ld", &total, &cached, &processed) != 3)
		return wrong(p, "expected three numbers: tokens in all, cached, processed");
	buf_printf(&p->text, ",\"prompt_progress\":{\"total\":%ld,\"cache\":%ld,\"processed\":%ld,\"time_ms\":%ld}",
	        total, cached, processed, processed);
	return add_chunk(p, role_choice, p->text.data);
}

static bool
run_words(struct parser *p, const struct command *c)
{
	char *text;
	long ms = strtol(p->rest, &text, 10);
	size_t n;

	(void)c;
	if (ms < 0 || text == p->rest || !read_text(p, text + strspn(text, " ")))
		return wrong(p, "expected milliseconds and a text, as in `words 20 \"one two\"`");
	for (const char *at = buf_text(&p->text); *at; at += n) {
		n = strspn(at, " ");
		n += strcspn(at + n, " ");
		if (at > p->text.data && ms > 0)
			add_step(p, SCRIPT_DELAY, ms, NULL);
		add_delta(p, "content", at, n);
	}
	return true;
}

static bool
run_model(struct parser *p, const struct command *c)
{
	(void)c;
	buf_clear(&p->model);
	put_json(&p->model, p->rest, strlen(p->rest));
	return true;
}

/* ---- the course of things ---- */

static bool
run_step(struct parser *p, const struct command *c)
{
	add_step(p, c->op, 0, NULL);
	return true;
}

static bool
run_number(struct parser *p, const struct command *c)
{
	char *end;
	long n = strtol(p->rest, &end, 10);

	if (n < 0 || end == p->rest || *end)
		return wrong(p, "expected a number");
	add_step(p, c->op, n, NULL);
	return true;
}

static bool
run_repeat(struct parser *p, const struct command *c)
{
	if (p->depth == SCRIPT_DEPTH_MAX)
		return wrong(p, "too many repeats in each other");
	if (*p->rest && strtol(p->rest, NULL, 10) < 1)
		return wrong(p, "expected how often, or nothing for ever");
	p->depth++;
	return *p->rest ? run_number(p, c) : run_step(p, c);
}

static bool
run_end(struct parser *p, const struct command *c)
{
	if (p->depth == 0)
		return wrong(p, "end of what? There is no repeat");
	p->depth--;
	return run_step(p, c);
}

static bool
run_refuse(struct parser *p, const struct command *c)
{
	struct script *s = p->script;

	if (s->n_routes > 0 || p->in_connect)
		return run_step(p, c);
	s->refuse = true;
	return true;
}

/* ---- routes ---- */

static bool
end_answer(struct parser *p)
{
	if (p->depth > 0)
		return wrong(p, "a repeat has no end");
	if (p->script->n_routes > 0 || p->in_connect)
		add_step(p, p->in_connect ? SCRIPT_KEEP : SCRIPT_CLOSE, 0, NULL);
	p->chunked = p->in_connect = false;
	return true;
}

static bool
run_then(struct parser *p, const struct command *c)
{
	struct script *s = p->script;
	struct script_route *route = s->n_routes > 0 ? &s->routes[s->n_routes - 1] : NULL;

	(void)c;
	if (!route || p->in_connect)
		return wrong(p, "then belongs behind the answer of a route");
	if (!end_answer(p))
		return false;
	route->answers = mem_realloc(route->answers, (route->n_answers + 1) * sizeof(*route->answers));
	route->answers[route->n_answers++] = s->n_steps;
	return true;
}

static bool
add_route(struct parser *p, const char *method, size_t method_len, const char *path)
{
	struct script *s = p->script;
	struct script_route route = {mem_strndup(method, method_len), mem_strdup(path), NULL, 0};

	if (!end_answer(p)) {
		free(route.method);
		free(route.path);
		return false;
	}
	route.answers = mem_alloc(sizeof(*route.answers));
	route.answers[route.n_answers++] = s->n_steps;
	s->routes = mem_realloc(s->routes, (s->n_routes + 1) * sizeof(*s->routes));
	s->routes[s->n_routes++] = route;
	return true;
}

static bool
run_on(struct parser *p, const struct command *c)
{
	size_t n = strcspn(p->rest, " ");

	(void)c;
	if (strcmp(p->rest, "connect") == 0) {
		if (!end_answer(p))
			return false;
		p->in_connect = true;
		p->script->connect = (long)p->script->n_steps;
		return true;
	}
	if (strcmp(p->rest, "any") == 0)
		return add_route(p, "any", 3, "*");
	if (p->rest[n] != ' ' || p->rest[n + 1] != '/')
		return wrong(p, "expected a method and a path, `any`, or `connect`");
	return add_route(p, p->rest, n, p->rest + n + 1);
}

static const struct command commands[] = {
        {"on", REST, run_on, 0},
        {"then", NOTHING, run_then, 0},
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
        {"words", REST, run_words, 0},
        {"model", REST, run_model, 0},
        {"cut", NUMBER, run_number, SCRIPT_CUT},
        {"delay", NUMBER, run_number, SCRIPT_DELAY},
        {"wait", NOTHING, run_step, SCRIPT_WAIT},
        {"repeat", REST, run_repeat, SCRIPT_REPEAT},
        {"end", NOTHING, run_end, SCRIPT_END},
        {"keep", NOTHING, run_step, SCRIPT_KEEP},
        {"close", NOTHING, run_step, SCRIPT_CLOSE},
        {"reset", NOTHING, run_step, SCRIPT_RESET},
        {"hang", NOTHING, run_step, SCRIPT_HANG},
        {"shutdown", NOTHING, run_step, SCRIPT_SHUTDOWN},
        {"refuse", NOTHING, run_refuse, SCRIPT_REFUSE},
};

/* ---- lines ---- */

static bool
run_command(struct parser *p, const struct command *c)
{
	bool outside = p->script->n_routes == 0 && !p->in_connect;

	if (c->argument == NOTHING && *p->rest)
		return wrong(p, "this command stands alone");
	if (outside && c->run != run_on && c->run != run_then && c->run != run_refuse && c->run != run_model &&
	        !add_route(p, "any", 3, "*"))
		return false;
	buf_clear(&p->text);
	return (c->argument != TEXT || read_text(p, p->rest)) && c->run(p, c);
}

static bool
parse_line(struct parser *p, const char *line)
{
	size_t n;

	line += strspn(line, " \t");
	n = strcspn(line, " ");
	if (n == 0 || *line == '#')
		return true;
	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strncmp(commands[i].name, line, n) == 0 && commands[i].name[n] == '\0') {
			p->rest = line + n + (line[n] == ' ');
			return run_command(p, &commands[i]);
		}
	return err_set(p->err, ERR_CONFIG, "script:%d: unknown command %.*s", p->line, (int)n, line);
}

static bool
parse_lines(struct parser *p, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		char *line = mem_strndup(text, n);
		bool good;

		p->line++;
		good = parse_line(p, line);
		free(line);
		if (!good)
			return false;
		text += n + (text[n] == '\n');
	}
	return end_answer(p);
}

static size_t
add_refusal(struct parser *p, const char *json)
{
	size_t start = p->script->n_steps;

	buf_clear(&p->text);
	p->rest = json;
	run_json(p, NULL);
	add_step(p, SCRIPT_CLOSE, 0, NULL);
	return start;
}

static void
add_refusals(struct parser *p)
{
	p->script->not_found = add_refusal(
	        p, "404 {\"error\":{\"message\":\"File Not Found\",\"type\":\"not_found_error\",\"code\":404}}");
	p->script->bad_request = add_refusal(
	        p, "400 {\"error\":{\"message\":\"Bad Request\",\"type\":\"invalid_request_error\",\"code\":400}}");
}

bool
script_parse(struct script *s, const char *text, const char *dir, struct err *err)
{
	struct parser p = {.script = s, .dir = dir, .err = err};
	bool good;

	*s = (struct script){.connect = -1};
	buf_puts(&p.model, "stand-in");
	good = parse_lines(&p, text);
	if (good)
		add_refusals(&p);
	buf_release(&p.model);
	buf_release(&p.text);
	if (!good)
		script_release(s);
	return good;
}

void
script_release(struct script *s)
{
	for (size_t i = 0; i < s->n_steps; i++)
		free(s->steps[i].bytes);
	for (size_t i = 0; i < s->n_routes; i++) {
		free(s->routes[i].method);
		free(s->routes[i].path);
		free(s->routes[i].answers);
	}
	free(s->steps);
	free(s->routes);
	*s = (struct script){.connect = -1};
}

static bool
path_fits(const char *pattern, const char *path)
{
	size_t n = strlen(pattern), len = strcspn(path, "?");

	if (n > 0 && pattern[n - 1] == '*')
		return strncmp(pattern, path, n - 1) == 0;
	return n == len && strncmp(pattern, path, n) == 0;
}

long
script_route(const struct script *s, const char *method, const char *path)
{
	for (size_t i = 0; i < s->n_routes; i++) {
		const struct script_route *r = &s->routes[i];

		if ((strcmp(r->method, "any") == 0 || strcmp(r->method, method) == 0) && path_fits(r->path, path))
			return (long)i;
	}
	return -1;
}
