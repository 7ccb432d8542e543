/*
 * date.h - Unix time in milliseconds as a date: RFC 3339 in UTC for other programs, local time for people.
 */
#ifndef FLYNN_BASE_DATE_H
#define FLYNN_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* "2026-01-31T23:59:59.123Z". Years beyond 0000 and 9999 come out as the nearest moment that can be written so. */
void date_put_utc(struct buf *, int64_t ms);

/* RFC 3339, with any offset and any fraction; what is finer than a millisecond is cut off, a leap second is the one
 * before it. False: it is none, or a day that is not in the calendar. */
bool date_parse_utc(const char *, int64_t *ms) MUST_USE;

/* "2026-01-31 23:59" where the user is; "" for 0, which is a time not known. Years as above. */
void date_put_local(struct buf *, int64_t ms);

#endif
