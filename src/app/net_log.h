/*
 * net_log.h - the last lines of what happened on the network: what the log is given, and what became of servers.
 *
 * Small requests that are made again and again, such as those that count tokens, are one line as long as nothing else happens
 * between them: that of the last one.
 */
#ifndef FLYNN_APP_NET_LOG_H
#define FLYNN_APP_NET_LOG_H

#include <stddef.h>
#include <stdint.h>

struct app;

enum {
	NET_LOG_LINES = 500, /* that are kept */
};

/* A ring. */
struct net_log {
	struct net_log_line {
		int64_t unix_ms;
		char *text;     /* cleaned */
		unsigned times; /* the same request was made so often */
	} lines[NET_LOG_LINES];
	size_t total;   /* so many came; the last NET_LOG_LINES of them are there */
	size_t changes; /* another number when there is something new */
};

void net_log_init(struct app *);
void net_log_release(struct app *);

void net_log_add(struct app *, const char *text, size_t n);

/* The i-th of those that are there, the oldest first; NULL: there are fewer. */
const struct net_log_line *net_log_line(const struct net_log *, size_t i);
size_t net_log_count(const struct net_log *);

#endif
