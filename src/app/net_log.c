/*
 * net_log.c - line number i is at i modulo the length of the ring.
 */
#include "app/net_log.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/clock.h"
#include "base/mem.h"
#include "text/clean.h"

void
net_log_init(struct app *app)
{
	app->net_log = mem_alloc(sizeof(*app->net_log));
}

void
net_log_release(struct app *app)
{
	for (size_t i = 0; app->net_log && i < NET_LOG_LINES; i++)
		free(app->net_log->lines[i].text);
	free(app->net_log);
}

size_t
net_log_count(const struct net_log *log)
{
	return log->total < NET_LOG_LINES ? log->total : NET_LOG_LINES;
}

/* "POST http://…" of "call 12: POST http://…"; NULL: it is of something else. */
static const char *
request_of_call(const char *line)
{
	static const char call[] = "call ";
	size_t n = sizeof(call) - 1;

	if (strncmp(line, call, n) != 0)
		return NULL;
	n += strspn(line + n, "0123456789");
	return line[n] == ':' ? line + n : NULL;
}

static struct net_log_line *
line_back(struct net_log *log, size_t back)
{
	return &log->lines[(log->total - back) % NET_LOG_LINES];
}

/* How many lines back the same request was made, other small requests between them at the most; 0: it was not. */
static size_t
find_same(struct net_log *log, const char *text)
{
	const char *request = request_of_call(text), *other;

	for (size_t back = 1; request && back <= net_log_count(log); back++) {
		if ((other = request_of_call(line_back(log, back)->text)) == NULL)
			return 0;
		if (strcmp(other, request) == 0)
			return back;
	}
	return 0;
}

/* The line so far back becomes the newest one. */
static void
bring_forward(struct net_log *log, size_t back)
{
	struct net_log_line line = *line_back(log, back);

	for (; back > 1; back--)
		*line_back(log, back) = *line_back(log, back - 1);
	*line_back(log, 1) = line;
}

void
net_log_add(struct app *app, const char *text, size_t n)
{
	struct net_log *log = app->net_log;
	char *copy = mem_strndup(text, n), *clean = clean_line(copy);
	size_t back = find_same(log, clean);
	struct net_log_line *line;

	if (back > 0)
		bring_forward(log, back);
	else
		log->total++;
	line = line_back(log, 1);
	free(line->text);
	*line = (struct net_log_line){clock_unix_ms(), clean, back > 0 ? line->times + 1 : 1};
	log->changes++;
	free(copy);
	app->stale = true;
}

const struct net_log_line *
net_log_line(const struct net_log *log, size_t i)
{
	size_t n = net_log_count(log);

	return i < n ? &log->lines[(log->total - n + i) % NET_LOG_LINES] : NULL;
}
