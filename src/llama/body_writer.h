/*
 * body_writer.h - a JSON body in the making. What is put waits as pieces, long texts borrowed, until a step makes bytes of it: so a
 * large body can be made in slices, whatever it consists of.
 */
#ifndef FLYNN_LLAMA_BODY_WRITER_H
#define FLYNN_LLAMA_BODY_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "llama/http.h"

struct attachment;

struct body_piece {
	const char *text;              /* NULL: `n` bytes of `plain` from `at` on, as they are, or */
	struct attachment *attachment; /* the Base64 of this one, where it is no NULL */
	size_t at, n;                  /* of a text: bytes that are done, and all of them */
};

/* A zeroed one is empty. */
struct body_writer {
	struct buf body;  /* what was made */
	struct buf plain; /* bytes of pieces */
	struct body_piece *pieces;
	size_t n, space, next; /* pieces before `next` are done */
};

void body_writer_release(struct body_writer *);

void body_writer_plain(struct body_writer *, const char *json);             /* copied */
void body_writer_text(struct body_writer *, const char *text, size_t n);    /* borrowed; escaped, without quotes */
void body_writer_base64(struct body_writer *, struct attachment *borrowed); /* where it is inserted */

/* Makes some `most` bytes of what waits, and inserts attachments into the request. Returns how many; 0: nothing waits. */
size_t body_writer_step(struct body_writer *, size_t most, struct http_request *);

#endif
