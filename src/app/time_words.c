/*
 * time_words.c - hours are counted, days are those of the calendar. What is in the future (another clock) is now.
 */
#include "app/time_words.h"

#include <stdio.h>
#include <time.h>

enum {
	MINUTE = 60,
	HOUR = 60 * MINUTE,
	DAY = 24 * HOUR,
	HOURS_UP_TO = 12,
	DAYS_UP_TO = 7,
};

static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static struct tm
local(int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm t = {0};

	localtime_r(&seconds, &t);
	return t;
}

/* Local days between the two. */
static long
days_between(const struct tm *now, const struct tm *then, int64_t seconds)
{
	long so_far = now->tm_hour * HOUR + now->tm_min * MINUTE + now->tm_sec;

	if (now->tm_yday == then->tm_yday && now->tm_year == then->tm_year)
		return 0;
	return (long)((seconds - so_far + DAY - 1) / DAY);
}

void
ago_say(int64_t now_ms, int64_t then_ms, char words[static AGO_MAX])
{
	/* Each by itself: the difference may be more than 64 bits hold. */
	int64_t seconds = now_ms / 1000 - then_ms / 1000;
	struct tm now = local(now_ms), then = local(then_ms);
	long days = days_between(&now, &then, seconds);

	if (then_ms <= 0)
		words[0] = '\0';
	else if (seconds < MINUTE)
		snprintf(words, AGO_MAX, "now");
	else if (seconds < HOUR)
		snprintf(words, AGO_MAX, "%d min", (int)(seconds / MINUTE));
	else if (days == 0 || seconds < HOURS_UP_TO * HOUR)
		snprintf(words, AGO_MAX, "%d h", (int)(seconds / HOUR));
	else if (days <= 1)
		snprintf(words, AGO_MAX, "yesterday");
	else if (days < DAYS_UP_TO)
		snprintf(words, AGO_MAX, "%ld days", days);
	else if (now.tm_year == then.tm_year)
		snprintf(words, AGO_MAX, "%d %s", then.tm_mday, months[then.tm_mon]);
	else
		snprintf(words, AGO_MAX, "%s %d", months[then.tm_mon], then.tm_year + 1900);
}

void
ago_say_date(int64_t then_ms, char words[static AGO_MAX])
{
	struct tm then = local(then_ms);

	words[0] = '\0';
	if (then_ms > 0)
		strftime(words, AGO_MAX, "%Y-%m-%d %H:%M", &then);
}
