/*
 * value.c - seconds, sizes, booleans and tokens. No strtod: it reads "2,5" where the locale does.
 */
#include "config/value.h"

#include <stdint.h>
#include <string.h>

#include "base/compiler.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A decimal number in thousandths, which stops growing beyond `most`. Returns what follows it, or the text itself: there is none. */
static const char *
read_thousandths(const char *text, int64_t most, int64_t *value)
{
	const char *s = text;
	int64_t unit = 1000;

	*value = 0;
	while (is_digit(*s) && *value <= most)
		*value = *value * 10 + (*s++ - '0') * 1000;
	if (s != text && s[0] == '.' && is_digit(s[1]))
		for (s++; is_digit(*s) && unit > 1; s++)
			*value += (*s - '0') * (unit /= 10);
	return s;
}

bool
value_seconds(const char *text, long *ms, struct err *err)
{
	const int64_t most = (int64_t)VALUE_SECONDS_MAX * 1000;
	int64_t value;
	const char *rest = read_thousandths(text, most, &value);

	if (rest == text || *rest || value > most)
		return err_set(err, ERR_CONFIG,
		        "must be a number of seconds, such as 60 or 2.5, at most %d; 0 is no time-out",
		        VALUE_SECONDS_MAX);
	*ms = (long)value;
	return true;
}

/* Bytes of a unit; 0: there is none of that name. */
static int64_t
find_size_unit(const char *name)
{
	static const struct {
		const char *name;
		int64_t bytes;
	} units[] = {{"", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}};

	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (strcmp(units[i].name, name) == 0)
			return units[i].bytes;
	return 0;
}

bool
value_size(const char *text, size_t *bytes, struct err *err)
{
	const int64_t most = (int64_t)VALUE_SIZE_MAX * 1000;
	int64_t value, unit;
	const char *rest = read_thousandths(text, most, &value);

	unit = find_size_unit(*rest == ' ' && rest[1] ? rest + 1 : rest);
	if (rest == text || unit == 0 || (unit == 1 && value % 1000 != 0) || value > most / unit)
		return err_set(err, ERR_CONFIG,
		        "must be a size of at most 1 GiB: a number of bytes, or of KiB, MiB or GiB, such as 20 MiB");
	*bytes = (size_t)(value * unit / 1000);
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
