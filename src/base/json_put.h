/*
 * json_put.h - JSON into a buffer without a bound, member by member: what a tree of the whole would cost too much for.
 *
 * A name is preceded by a comma unless the buffer is empty or its last byte opens an object or a list.
 */
#ifndef FLYNN_BASE_JSON_PUT_H
#define FLYNN_BASE_JSON_PUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* In quotes. Ill-formed bytes and U+0000 become U+FFFD, control characters escapes; all else is as it was. */
void json_put_string(struct buf *, const char *, size_t);

/* The same without quotes, for a string that is put in pieces: none begins within a character. */
void json_put_escaped(struct buf *, const char *, size_t);

/* A finite one, with as few digits as give the same number again. */
void json_put_number(struct buf *, double);

void json_put_comma(struct buf *);                  /* where one is needed */
void json_put_name(struct buf *, const char *name); /* the value is to follow */

void json_put_text(struct buf *, const char *name, const char *text);
void json_put_buf(struct buf *, const char *name, const struct buf *text);
void json_put_int(struct buf *, const char *name, int64_t);
void json_put_bool(struct buf *, const char *name, bool);
void json_put_time(struct buf *, const char *name, int64_t ms);      /* as date_put_utc has it */
void json_put_raw(struct buf *, const char *name, const char *json); /* "": null */

#endif
