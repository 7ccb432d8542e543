/*
 * kept.c - a list of names, and what is told of them.
 */
#include "demo/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
kept_release(struct kept *k)
{
	for (size_t i = 0; i < k->n; i++)
		free(k->streams[i].id);
	free(k->streams);
	*k = (struct kept){0};
}

static bool
is_named(const struct kept_stream *s, const char *id, size_t len)
{
	return strlen(s->id) == len && strncmp(s->id, id, len) == 0;
}

const struct kept_stream *
kept_find(const struct kept *k, const char *id, size_t len)
{
	for (size_t i = 0; i < k->n; i++)
		if (is_named(&k->streams[i], id, len))
			return &k->streams[i];
	return NULL;
}

void
kept_forget(struct kept *k, const char *id, size_t len)
{
	for (size_t i = k->n; i-- > 0;)
		if (is_named(&k->streams[i], id, len)) {
			free(k->streams[i].id);
			k->streams[i] = k->streams[--k->n];
		}
}

void
kept_add(struct kept *k, const char *id, size_t len, size_t step)
{
	kept_forget(k, id, len);
	k->streams = mem_realloc(k->streams, (k->n + 1) * sizeof(*k->streams));
	k->streams[k->n++] = (struct kept_stream){mem_strndup(id, len), step};
}

void
kept_tell(const struct kept *k, const char *body, struct buf *out)
{
	struct buf json = {0};

	for (size_t i = 0; i < k->n; i++)
		if (strstr(body, k->streams[i].id))
			buf_printf(&json,
			        "%s{\"conversation_id\":\"%s\",\"is_done\":false,\"total_bytes\":1,\"started_at\":"
			        "1795356896,"
			        "\"completed_at\":0}",
			        json.len > 0 ? "," : "", k->streams[i].id);
	buf_printf(out,
	        "HTTP/1.1 200 OK\r\nServer: llama.cpp\r\nContent-Type: application/json; charset=utf-8\r\n"
	        "Content-Length: %zu\r\n\r\n[%s]",
	        json.len + 2, buf_text(&json));
	buf_release(&json);
}
