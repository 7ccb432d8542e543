/*
 * body_writer.c - an array of pieces, which is used again once all of them are done.
 */
#include "llama/body_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_put.h"
#include "base/mem.h"
#include "base/utf8.h"

void
body_writer_release(struct body_writer *w)
{
	buf_release(&w->body);
	buf_release(&w->plain);
	free(w->pieces);
	*w = (struct body_writer){0};
}

/* ---- putting ---- */

static struct body_piece *
add_piece(struct body_writer *w)
{
	if (w->n == w->space) {
		w->space = w->space * 2 + 16;
		w->pieces = mem_realloc(w->pieces, w->space * sizeof(*w->pieces));
	}
	w->pieces[w->n] = (struct body_piece){0};
	return &w->pieces[w->n++];
}

void
body_writer_plain(struct body_writer *w, const char *json)
{
	struct body_piece *last = w->n > w->next ? &w->pieces[w->n - 1] : NULL;

	if (!last || last->text || last->attachment) {
		last = add_piece(w);
		last->at = w->plain.len;
	}
	buf_puts(&w->plain, json);
	last->n = w->plain.len - last->at;
}

void
body_writer_text(struct body_writer *w, const char *text, size_t n)
{
	struct body_piece *piece = add_piece(w);

	piece->text = text;
	piece->n = n;
}

void
body_writer_base64(struct body_writer *w, struct attachment *a)
{
	add_piece(w)->attachment = a;
}

/* ---- making ---- */

/* True: all of the piece is done. */
static bool
make_text(struct body_writer *w, struct body_piece *piece, size_t most)
{
	const char *text = piece->text + piece->at;
	size_t left = piece->n - piece->at, now = left > most ? utf8_floor(text, most) : left;

	now = now > 0 ? now : left;
	json_put_escaped(&w->body, text, now);
	piece->at += now;
	return piece->at == piece->n;
}

static bool
make_piece(struct body_writer *w, struct body_piece *piece, size_t most, struct http_request *request)
{
	if (piece->text)
		return make_text(w, piece, most);
	if (piece->attachment)
		http_request_insert(request, w->body.len, piece->attachment);
	else
		buf_put(&w->body, w->plain.data + piece->at, piece->n);
	return true;
}

size_t
body_writer_step(struct body_writer *w, size_t most, struct http_request *request)
{
	size_t before = w->body.len, made = 0;

	while (w->next < w->n && made < most) {
		w->next += make_piece(w, &w->pieces[w->next], most - made, request);
		made = w->body.len - before;
	}
	if (w->next < w->n)
		return made;
	w->n = w->next = 0;
	buf_clear(&w->plain);
	return made;
}
