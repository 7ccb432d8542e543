/*
 * http_body.c - the pieces of a body, in turns a piece of its text and an attachment.
 */
#include "llama/http_body.h"

#include <string.h>

#include "base/base64.h"
#include "llama/attachment.h"

enum {
	STEP = 1 << 16,  /* bytes that are put at once */
	DATA_LEAST = 96, /* characters of Base64: shorter ones are shown whole */
	DATA_SHOWN = 24, /* of a longer one; whole groups */
};

size_t
http_body_length(const struct http_request *r)
{
	size_t length = r->body_len;

	for (size_t i = 0; i < r->n_inserts; i++)
		length += base64_length(r->inserts[i].attachment->size);
	return length;
}

/* ---- in pieces ---- */

struct piece {
	const char *text;           /* NULL: the Base64 of */
	const struct attachment *a; /* this one */
	size_t length;              /* bytes in the body */
};

/* The i-th one, from 0: every other one is an attachment. */
static struct piece
find_piece(const struct http_request *r, size_t i)
{
	size_t insert = i / 2, start = insert > 0 ? r->inserts[insert - 1].at : 0,
	       end = insert < r->n_inserts ? r->inserts[insert].at : r->body_len;
	const struct attachment *a = i % 2 == 1 ? r->inserts[insert].attachment : NULL;

	if (a)
		return (struct piece){NULL, a, base64_length(a->size)};
	return (struct piece){r->body + start, NULL, end - start};
}

static size_t
count_pieces(const struct http_request *r)
{
	return 2 * r->n_inserts + 1;
}

static void
read_piece(const struct piece *p, size_t offset, char *to, size_t n)
{
	if (p->a)
		base64_read(p->a->data, p->a->size, offset, to, n);
	else
		memcpy(to, p->text + offset, n);
}

size_t
http_body_read(const struct http_request *r, size_t offset, char *to, size_t n)
{
	size_t done = 0;

	for (size_t i = 0; i < count_pieces(r) && done < n; i++) {
		struct piece p = find_piece(r, i);
		size_t now;

		if (offset >= p.length) {
			offset -= p.length;
			continue;
		}
		now = p.length - offset < n - done ? p.length - offset : n - done;
		read_piece(&p, offset, to + done, now);
		done += now;
		offset = 0;
	}
	return done;
}

/* ---- whole ---- */

void
http_body_put(const struct http_request *r, struct buf *to)
{
	char step[STEP];
	size_t n;

	for (size_t offset = 0; (n = http_body_read(r, offset, step, sizeof(step))) > 0; offset += n)
		buf_put(to, step, n);
}

static void
put_short_data(const struct attachment *a, struct buf *to)
{
	size_t length = base64_length(a->size);
	char shown[DATA_LEAST];
	size_t n = length < DATA_LEAST ? length : DATA_SHOWN;

	base64_read(a->data, a->size, 0, shown, n);
	buf_put(to, shown, n);
	if (n < length)
		buf_printf(to, "… (%zu characters)", length);
}

void
http_body_put_short(const struct http_request *r, struct buf *to)
{
	for (size_t i = 0; i < count_pieces(r); i++) {
		struct piece p = find_piece(r, i);

		if (p.a)
			put_short_data(p.a, to);
		else
			buf_put(to, p.text, p.length);
	}
}
