/*
 * date.c - the calendar is libc's, but for reading UTC: timegm is no standard, and takes the 31st of February.
 */
#include "base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const int64_t year_0_ms = -62167219200000, year_10000_ms = 253402300800000, day_ms = 86400000;

static int64_t
between(int64_t ms, int64_t least, int64_t most)
{
	return ms < least ? least : ms > most ? most : ms;
}

/* Rounded down, for times before 1970 too. */
static int64_t
seconds_of(int64_t ms)
{
	return ms / 1000 - (ms % 1000 < 0);
}

void
date_put_utc(struct buf *to, int64_t ms)
{
	struct tm tm = {0};
	time_t seconds;

	ms = between(ms, year_0_ms, year_10000_ms - 1);
	seconds = (time_t)seconds_of(ms);
	gmtime_r(&seconds, &tm);
	buf_printf(to, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
	        tm.tm_min, tm.tm_sec, (int)(ms - seconds_of(ms) * 1000));
}

void
date_put_local(struct buf *to, int64_t ms)
{
	struct tm tm;
	/* A day from either end: time zones may not go beyond it. */
	time_t seconds = (time_t)seconds_of(between(ms, year_0_ms + day_ms, year_10000_ms - 1 - day_ms));

	if (ms != 0 && localtime_r(&seconds, &tm))
		buf_printf(to, "%04d-%02d-%02d %02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		        tm.tm_min);
}

/* ---- reading ---- */

/* `digits` of them, and then the sign `end` (0: whatever follows). */
static bool
take(const char **at, int digits, char end, int *value)
{
	*value = 0;
	for (int i = 0; i < digits; i++) {
		if (!isdigit((unsigned char)**at))
			return false;
		*value = *value * 10 + *(*at)++ - '0';
	}
	return !end || *(*at)++ == end;
}

static int
take_fraction(const char **at)
{
	int ms = 0, weight = 100;

	for (; isdigit((unsigned char)**at); ++*at, weight /= 10)
		ms += weight * (**at - '0');
	return ms;
}

static bool
take_offset(const char **at, int *minutes)
{
	char sign = *(*at)++;
	int hours;

	*minutes = 0;
	if (sign == 'Z' || sign == 'z')
		return true;
	if ((sign != '+' && sign != '-') || !take(at, 2, ':', &hours) || !take(at, 2, 0, minutes) || hours > 23 ||
	        *minutes > 59)
		return false;
	*minutes = (hours * 60 + *minutes) * (sign == '-' ? -1 : 1);
	return true;
}

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970-01-01 to this one; false where the calendar has none. */
static bool
days_to(int year, int month, int day, int64_t *days)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
	int64_t last = year - 1;
	int length;

	if (month < 1 || month > 12)
		return false;
	length = before[month] - before[month - 1] + (month == 2 && is_leap(year));
	if (year == 0)
		*days = -719528; /* a leap year too, and `last` would be negative */
	else
		*days = last * 365 + last / 4 - last / 100 + last / 400 - 719162;
	*days += before[month - 1] + (month > 2 && is_leap(year)) + day - 1;
	return day >= 1 && day <= length;
}

bool
date_parse_utc(const char *s, int64_t *ms)
{
	int year, month, day, hour, minute, second, fraction = 0, offset;
	int64_t days;

	if (!take(&s, 4, '-', &year) || !take(&s, 2, '-', &month) || !take(&s, 2, 0, &day) ||
	        !days_to(year, month, day, &days))
		return false;
	if (*s != 'T' && *s != 't' && *s != ' ')
		return false;
	s++;
	if (!take(&s, 2, ':', &hour) || !take(&s, 2, ':', &minute) || !take(&s, 2, 0, &second))
		return false;
	if (*s == '.') {
		if (!isdigit((unsigned char)*++s))
			return false;
		fraction = take_fraction(&s);
	}
	if (hour > 23 || minute > 59 || second > 60 || !take_offset(&s, &offset) || *s)
		return false;
	if (second == 60)
		second = 59;
	*ms = ((days * 24 + hour) * 60 + minute - offset) * 60000 + second * 1000 + fraction;
	return true;
}
