/*
 * net_log.c - line number i is at i modulo the length of the ring.
 */
#include "app/net_log.h"

#include <stdlib.h>

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

void
net_log_add(struct app *app, const char *text, size_t n)
{
	struct net_log_line *line = &app->net_log->lines[app->net_log->total++ % NET_LOG_LINES];
	char *copy = mem_strndup(text, n);

	free(line->text);
	*line = (struct net_log_line){clock_unix_ms(), clean_line(copy)};
	free(copy);
	app->stale = true;
}

size_t
net_log_count(const struct net_log *log)
{
	return log->total < NET_LOG_LINES ? log->total : NET_LOG_LINES;
}

const struct net_log_line *
net_log_line(const struct net_log *log, size_t i)
{
	size_t n = net_log_count(log);

	return i < n ? &log->lines[(log->total - n + i) % NET_LOG_LINES] : NULL;
}
