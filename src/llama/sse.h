/*
 * sse.h - Server-Sent Events: frames out of bytes, cut anywhere.
 *
 * The event-stream grammar of the WHATWG HTML standard, sections 9.2.5 and 9.2.6: a leading BOM; LF, CR and CRLF line
 * ends; comments; `data`, `event`, `id`, `retry`; several data lines joined by LF; no dispatch without data. Two
 * additions: a line whose field the standard does not know is handed out as a stray, for llama-server's router
 * writes its errors so and older servers use an `error:` field; and what is unfinished when the stream ends is
 * handed out by sse_end instead of dropped, for the caller to judge.
 *
 * The caller pulls, one item a call, so that it can stop between two items when it has no room for more.
 */
#ifndef FLYNN_LLAMA_SSE_H
#define FLYNN_LLAMA_SSE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	SSE_EVENT_MAX = 16 * 1024 * 1024, /* bytes of one line, and of one event's data in all */
};

enum sse_item {
	SSE_NONE,     /* the bytes are used up and nothing is complete */
	SSE_EVENT,    /* name: its type ("message" by default), value: its data */
	SSE_STRAY,    /* name: an unknown field, or a whole line that has no colon; value: the text after it */
	SSE_TOO_LONG, /* past SSE_EVENT_MAX; the parser is of no more use, and its caller says so (llamacpp.c, net/call.c) */
};

/* Borrowed until the next call, and as long as the bytes given are there. Not NUL-terminated. Of a stray both stand
 * in their line, which goes from name to value + len. */
struct sse_field {
	const char *name;
	size_t name_len;
	const char *value;
	size_t len;
};

struct sse_parser;

struct sse_parser *sse_new(void);
void sse_free(struct sse_parser *);

/* Reads from *bytes (*n of them), moves both past what it took, and stops after the first complete item. */
enum sse_item sse_next(struct sse_parser *, const char **bytes, size_t *n, struct sse_field *);

/* The stream has ended: call until it says SSE_NONE. Gives what was unfinished: a last line, an event without its
 * blank line. */
enum sse_item sse_end(struct sse_parser *, struct sse_field *);

#endif
