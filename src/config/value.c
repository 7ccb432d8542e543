/*
 * value.c - seconds, booleans and tokens. No strtod: it reads "2,5" where the locale does.
 */
#include "config/value.h"

#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
value_seconds(const char *text, long *ms, struct err *err)
{
	const long most = VALUE_SECONDS_MAX * 1000L;
	const char *s = text;
	long value = 0, unit = 1000;

	while (is_digit(*s) && value <= most)
		value = value * 10 + (*s++ - '0') * 1000L;
	if (s != text && s[0] == '.' && is_digit(s[1]))
		for (s++; is_digit(*s) && unit > 1; s++)
			value += (*s - '0') * (unit /= 10);
	if (s == text || *s || value > most)
		return err_set(err, ERR_CONFIG,
		        "must be a number of seconds, such as 60 or 2.5, at most %d; 0 is no time-out",
		        VALUE_SECONDS_MAX);
	*ms = value;
	return true;
}

bool
value_bool(const char *text, bool *value, struct err *err)
{
	*value = strcmp(text, "true") == 0;
	if (*value || strcmp(text, "false") == 0)
		return true;
	return err_set(err, ERR_CONFIG, "must be true or false");
}

bool
value_token(const char *text, struct err *err)
{
	for (const char *s = text; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7f)
			return err_set(err, ERR_CONFIG,
			        "must not contain spaces, line ends or control characters: give the bare token, "
			        "without "
			        "\"Bearer\"");
	return true;
}
