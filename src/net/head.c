/*
 * head.c - each status line starts a new head; of the fields after it only those are kept that somebody asks for.
 */
#include "net/head.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *
value_of(const char *line, const char *name)
{
	size_t n = strlen(name);

	if (strncasecmp(line, name, n) != 0 || line[n] != ':')
		return NULL;
	line += n + 1;
	return line + strspn(line, " \t");
}

static void
keep_value(struct buf *b, const char *value)
{
	buf_clear(b);
	buf_puts(b, value);
	while (b->len > 0 && strchr(" \t\r\n", b->data[b->len - 1]))
		buf_truncate(b, b->len - 1);
}

/* "HTTP/1.1 502 Bad Gateway" */
static void
begin(struct head *h, const char *line)
{
	const char *p = line + strcspn(line, " ");

	h->status = (int)strtol(p, (char **)&p, 10);
	p += strspn(p, " ");
	keep_value(&h->reason, p);
	buf_clear(&h->content_type);
	buf_clear(&h->location);
	buf_clear(&h->server);
}

bool
head_take_line(struct head *h, const char *line)
{
	const char *value;

	if (strncmp(line, "HTTP/", 5) == 0)
		begin(h, line);
	else if ((value = value_of(line, "Content-Type")))
		keep_value(&h->content_type, value);
	else if ((value = value_of(line, "Location")))
		keep_value(&h->location, value);
	else if ((value = value_of(line, "Server")))
		keep_value(&h->server, value);
	else
		return line[strspn(line, "\r\n")] == '\0' && h->status >= 200;
	return false;
}

struct http_head
head_say(const struct head *h)
{
	return (struct http_head){
	        .status = h->status,
	        .reason = buf_text(&h->reason),
	        .content_type = buf_text(&h->content_type),
	        .location = buf_text(&h->location),
	        .server = buf_text(&h->server),
	};
}

void
head_release(struct head *h)
{
	buf_release(&h->reason);
	buf_release(&h->content_type);
	buf_release(&h->location);
	buf_release(&h->server);
}
