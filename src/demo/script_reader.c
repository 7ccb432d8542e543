/*
 * script_reader.c - reads the stand-in's scripts: lines, routes, and the commands that steer. A command is a row of a table: its
 * name, what kind of argument it takes, and a function.
 */
#include "demo/script_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "demo/parser.h"

/* ---- the course of things ---- */

static bool
run_step(struct parser *p, const struct command *c)
{
	parser_add(p, c->op, 0, NULL);
	return true;
}

static bool
run_number(struct parser *p, const struct command *c)
{
	char *end;
	long n = strtol(p->rest, &end, 10);

	if (n < 0 || end == p->rest || *end)
		return parser_wrong(p, "expected a number");
	parser_add(p, c->op, n, NULL);
	return true;
}

static bool
run_repeat(struct parser *p, const struct command *c)
{
	if (p->depth == SCRIPT_DEPTH_MAX)
		return parser_wrong(p, "too many repeats in each other");
	if (*p->rest && strtol(p->rest, NULL, 10) < 1)
		return parser_wrong(p, "expected how often, or nothing for ever");
	p->depth++;
	return *p->rest ? run_number(p, c) : run_step(p, c);
}

static bool
run_hold(struct parser *p, const struct command *c)
{
	char name[64], more;
	long ms;

	if (sscanf(p->rest, "%63s %ld %c", name, &ms, &more) != 2 || ms < 0)
		return parser_wrong(p, "expected a name and milliseconds, as in `hold loading 5000`");
	buf_puts(&p->text, name);
	parser_add(p, c->op, ms, &p->text);
	return true;
}

static bool
run_until(struct parser *p, const struct command *c)
{
	if (strchr(p->rest, ' '))
		return parser_wrong(p, "expected the name of what is to hold");
	buf_puts(&p->text, p->rest);
	parser_add(p, c->op, 0, &p->text);
	return true;
}

static bool
run_end(struct parser *p, const struct command *c)
{
	if (p->depth == 0)
		return parser_wrong(p, "end of what? There is no repeat");
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

static bool
run_resumes(struct parser *p, const struct command *c)
{
	(void)c;
	if (p->script->n_routes > 0 || p->in_connect)
		return parser_wrong(p, "resumes stands before the first route");
	p->script->resumes = true;
	return true;
}

/* ---- routes ---- */

static bool
end_answer(struct parser *p)
{
	if (p->depth > 0)
		return parser_wrong(p, "a repeat has no end");
	if (p->script->n_routes > 0 || p->in_connect)
		parser_add(p, p->in_connect ? SCRIPT_KEEP : SCRIPT_CLOSE, 0, NULL);
	p->chunked = p->in_connect = false;
	p->tokens = 0;
	p->spent_ms = 0;
	p->said = NULL;
	return true;
}

static bool
run_then(struct parser *p, const struct command *c)
{
	struct script *s = p->script;
	struct script_route *route = s->n_routes > 0 ? &s->routes[s->n_routes - 1] : NULL;

	(void)c;
	if (!route || p->in_connect)
		return parser_wrong(p, "then belongs after the answer of a route");
	if (!end_answer(p))
		return false;
	route->answers = mem_realloc(route->answers, (route->n_answers + 1) * sizeof(*route->answers));
	route->answers[route->n_answers++] = s->n_steps;
	return true;
}

static bool
add_route(struct parser *p, const char *method, size_t method_len, const char *path, size_t path_len)
{
	struct script *s = p->script;
	struct script_route *route;

	if (!end_answer(p))
		return false;
	s->routes = mem_realloc(s->routes, (s->n_routes + 1) * sizeof(*s->routes));
	route = &s->routes[s->n_routes++];
	*route = (struct script_route){.method = mem_strndup(method, method_len), .path = mem_strndup(path, path_len)};
	route->answers = mem_alloc(sizeof(*route->answers));
	route->answers[route->n_answers++] = s->n_steps;
	return true;
}

static bool
add_any(struct parser *p)
{
	return add_route(p, "any", 3, "*", 1);
}

/* A path may be followed by "while NAME", then "when TEXT" or "with TEXT". */
static bool
add_conditions(struct parser *p, const char *s)
{
	struct script_route *route = &p->script->routes[p->script->n_routes - 1];

	if (strncmp(s, " while ", 7) == 0 && s[7] > ' ') {
		size_t n = strcspn(s + 7, " ");

		route->during = mem_strndup(s + 7, n);
		s += 7 + n;
	}
	if (strncmp(s, " when ", 6) == 0) {
		if (!parser_text(p, s + 6))
			return false;
		route->when = mem_strdup(buf_text(&p->text));
		s = "";
	} else if (strncmp(s, " with ", 6) == 0) {
		if (!parser_text(p, s + 6))
			return false;
		route->with = mem_strdup(buf_text(&p->text));
		s = "";
	}
	return !*s ||
	       parser_wrong(p, "expected nothing after the path, or while NAME, or when \"TEXT\", or with \"TEXT\"");
}

static bool
run_on(struct parser *p, const struct command *c)
{
	size_t n = strcspn(p->rest, " "), len;
	const char *path = p->rest + n + (p->rest[n] == ' ');

	(void)c;
	if (strcmp(p->rest, "connect") == 0) {
		if (!end_answer(p))
			return false;
		p->in_connect = true;
		p->script->connect = (long)p->script->n_steps;
		return true;
	}
	if (strcmp(p->rest, "any") == 0)
		return add_any(p);
	if (*path != '/')
		return parser_wrong(p, "expected a method and a path, `any`, or `connect`");
	len = strcspn(path, " ");
	return add_route(p, p->rest, n, path, len) && add_conditions(p, path + len);
}

static const struct command commands[] = {
        {"on", REST, run_on, 0},
        {"then", NOTHING, run_then, 0},
        {"cut", NUMBER, run_number, SCRIPT_CUT},
        {"delay", NUMBER, run_number, SCRIPT_DELAY},
        {"wait", NOTHING, run_step, SCRIPT_WAIT},
        {"until", REST, run_until, SCRIPT_UNTIL},
        {"count", NOTHING, run_step, SCRIPT_COUNT},
        {"hold", REST, run_hold, SCRIPT_HOLD},
        {"repeat", REST, run_repeat, SCRIPT_REPEAT},
        {"end", NOTHING, run_end, SCRIPT_END},
        {"keep", NOTHING, run_step, SCRIPT_KEEP},
        {"close", NOTHING, run_step, SCRIPT_CLOSE},
        {"reset", NOTHING, run_step, SCRIPT_RESET},
        {"hang", NOTHING, run_step, SCRIPT_HANG},
        {"shutdown", NOTHING, run_step, SCRIPT_SHUTDOWN},
        {"lose", NOTHING, run_step, SCRIPT_LOSE},
        {"forget", NOTHING, run_step, SCRIPT_FORGET},
        {"refuse", NOTHING, run_refuse, SCRIPT_REFUSE},
        {"resumes", NOTHING, run_resumes, 0},
};

/* ---- lines ---- */

/* May it stand before the first route, and not begin one? */
static bool
stands_outside(const struct command *c)
{
	return c->run == run_on || c->run == run_then || c->run == run_refuse || c->run == run_resumes ||
	       strcmp(c->name, "model") == 0 || strcmp(c->name, "pace") == 0;
}

static bool
run_command(struct parser *p, const struct command *c)
{
	bool outside = p->script->n_routes == 0 && !p->in_connect;

	if (c->argument == NOTHING && *p->rest)
		return parser_wrong(p, "this command stands alone");
	if (outside && !stands_outside(c) && !add_any(p))
		return false;
	buf_clear(&p->text);
	return (c->argument != TEXT || parser_text(p, p->rest)) && c->run(p, c);
}

static const struct command *
find_command(const char *name, size_t len)
{
	const struct command *command;

	for (size_t i = 0; i < ARRAY_LEN(commands); i++)
		if (strncmp(commands[i].name, name, len) == 0 && commands[i].name[len] == '\0')
			return &commands[i];
	command = say_find(name, len);
	return command ? command : prose_find(name, len);
}

static bool
parse_line(struct parser *p, const char *line)
{
	const struct command *command;
	size_t n;

	line += strspn(line, " \t");
	n = strcspn(line, " ");
	if (n == 0 || *line == '#')
		return true;
	command = find_command(line, n);
	if (!command)
		return err_set(p->err, ERR_CONFIG, "script:%d: unknown command %.*s", p->line, (int)n, line);
	p->rest = line + n + (line[n] == ' ');
	return run_command(p, command);
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

	say_json(p, json);
	parser_add(p, SCRIPT_CLOSE, 0, NULL);
	return start;
}

static void
add_refusals(struct parser *p)
{
	p->script->not_found = add_refusal(
	        p, "404 {\"error\":{\"message\":\"File Not Found\",\"type\":\"not_found_error\",\"code\":404}}");
	p->script->deleted = p->script->n_steps;
	buf_clear(&p->text);
	buf_puts(&p->text, "HTTP/1.1 204 No Content\r\nServer: llama.cpp\r\nContent-Length: 0\r\n\r\n");
	parser_add(p, SCRIPT_SEND, 0, &p->text);
	p->script->closing = p->script->n_steps;
	parser_add(p, SCRIPT_CLOSE, 0, NULL);
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
