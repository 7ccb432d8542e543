/*
 * sheet.h - text laid out as rows: each row a piece of one long text, whose runs say what they are and where they stand in
 * the source. What rows begin with (a quote's bar, the sign of an item) is a lead, which several rows may share.
 *
 * A page grows at its end, and what was put last can be taken back. What is put after 4 GiB of text is left out.
 */
#ifndef FLYNN_TEXT_SHEET_H
#define FLYNN_TEXT_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum role {
	ROLE_TEXT,
	ROLE_EMPHASIS,
	ROLE_STRONG,
	ROLE_STRONG_EMPHASIS,
	ROLE_STRUCK,
	ROLE_HEADING,
	ROLE_CODE,
	ROLE_LINK,
	ROLE_TARGET,       /* where a link leads to */
	ROLE_SIGN,         /* what is not text: bars, signs of items, lines */
	ROLE_CODE_KEYWORD, /* and below: in code whose language is known, the roles of syntax/grammar.h in their order */
	ROLE_CODE_TYPE,
	ROLE_CODE_NAME,
	ROLE_CODE_STRING,
	ROLE_CODE_NUMBER,
	ROLE_CODE_SPECIAL,
	ROLE_CODE_PREPROCESSOR,
	ROLE_CODE_COMMENT,
	ROLE_CODE_NOTICE,
	ROLE_CODE_ADDED,
	ROLE_CODE_REMOVED,
};

/* A run ends where the next begins. If its lengths in source and sheet agree, bytes map one to one. */
struct sheet_run {
	uint32_t at;       /* of the page's text */
	uint32_t from;     /* of the source; */
	uint32_t from_len; /* 0: of nothing there */
	uint8_t role;
};

struct sheet_lead {
	uint32_t at; /* of the page's text */
	uint32_t len, cols;
};

struct sheet_row {
	uint32_t start; /* of the page's text */
	uint32_t from;  /* the byte of the source that the row begins with */
	uint32_t len, lead;
	uint64_t key; /* tui/sheet_draw.h: of how it looks, once that was asked; 0 */
};

struct sheet {
	struct buf text;
	struct sheet_run *runs;
	struct sheet_row *rows;
	struct sheet_lead *leads;
	size_t n_runs, n_rows, n_leads, space_runs, space_rows, space_leads;
	size_t sealed; /* runs that stay as they are */
	size_t base;   /* the byte of the whole text's source that `from` is counted from */
};

/* How far a page had come. */
struct sheet_mark {
	size_t text, n_runs, n_rows, n_leads;
};

void sheet_release(struct sheet *);           /* zeroed again */
struct sheet_mark sheet_mark(struct sheet *); /* no run goes across it */
void sheet_truncate(struct sheet *, struct sheet_mark);

/* ---- text ---- */

/* Appends text that was cleaned, as a run of its own where it does not go on with the last one. */
void sheet_put(struct sheet *, enum role, const char *text, size_t n, size_t from, size_t from_len);
void sheet_puts(struct sheet *, enum role, const char *text); /* of nothing in the source */
void sheet_fill(struct sheet *, enum role, const char *cluster, int cols);
/* Appends text and runs of another page. */
void sheet_copy(struct sheet *, const struct sheet *other, size_t start, size_t len);

/* ---- rows ---- */

/* The number of this lead, for rows. */
uint32_t sheet_lead(struct sheet *, const char *lead, size_t n);

struct sheet_shape {
	int cols;             /* of a row, its lead included */
	uint32_t first, rest; /* leads */
	bool hard;            /* as code */
};

/* Makes rows of the text from `start` on; at the least one. `from`: what they begin with, where their runs do not say it. */
void sheet_wrap(struct sheet *, size_t start, size_t from, const struct sheet_shape *);
/* The text of the last row has grown. */
void sheet_wrap_on(struct sheet *, const struct sheet_shape *);
void sheet_row(struct sheet *, size_t start, size_t from, uint32_t lead); /* one, of the text from there on */

/* ---- looking ---- */

/* The run that the byte of the text is in. There is one. */
size_t sheet_run_of(const struct sheet *, size_t at);
size_t sheet_run_end(const struct sheet *, size_t run);
/* The byte of the whole text's source that the row begins with; and the row where such a byte is shown, or would be. There
 * is a row. */
size_t sheet_row_from(const struct sheet *, size_t row);
size_t sheet_row_of(const struct sheet *, size_t from);

#endif
