/*
 * buf.h - a growing byte buffer with a largest size, always NUL-terminated.
 *
 * A struct buf is held by value. Its owner sets it up with buf_init and frees its text with buf_release; a zeroed
 * one is empty, unbounded and needs no buf_init. What is past the bound is refused whole, and nothing is appended.
 *
 * Several buffers can hold one text (buf_share), on several threads too: it is never changed while there is more than one, for
 * whoever changes his buffer makes a copy first. The last one frees it.
 */
#ifndef FLYNN_BASE_BUF_H
#define FLYNN_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/compiler.h"

struct buf_shared;

struct buf {
	char *data;   /* NULL while nothing was ever appended: see buf_text */
	size_t len;   /* bytes, without the final NUL */
	size_t space; /* bytes allocated from there on; 0: others may hold the text too */
	union {
		size_t front;              /* bytes allocated before `data`: of what was dropped; */
		struct buf_shared *shared; /* where space is 0, how many hold the text */
	};
	size_t max; /* largest len; 0: no bound */
};

void buf_init(struct buf *, size_t max);
void buf_release(struct buf *); /* leaves it empty, with the same bound */
void buf_clear(struct buf *);   /* empty, memory kept */

/* False, and nothing appended, when the bound would be passed. */
bool buf_append(struct buf *, const char *, size_t) MUST_USE;
bool buf_append_string(struct buf *, const char *) MUST_USE;

/* The same for buffers without a bound, where nothing can fail. */
void buf_put(struct buf *, const char *, size_t);
void buf_puts(struct buf *, const char *);
void buf_putc(struct buf *, char);
void buf_printf(struct buf *, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_put_number(struct buf *, int64_t); /* in decimal digits, much faster than buf_printf */

/* Drops the first n bytes. The rest stays where it is, so what a buffer costs that is consumed from its front in pieces does
 * not depend on how much waits in it. */
void buf_drop(struct buf *, size_t n);
void buf_truncate(struct buf *, size_t len);

/* NUL-terminated, never NULL, borrowed until the next call. */
const char *buf_text(const struct buf *);

/* The text that `from` has now is that of `to` as well, which was empty; it fits there. Costs the same however long it is. */
void buf_share(struct buf *to, struct buf *from);

/* Hands the bytes over, NUL-terminated, to be freed by the caller; the buffer is empty afterwards. */
char *buf_take(struct buf *);

#endif
