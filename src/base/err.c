/*
 * err.c - codes, names and exit statuses, all from ERR_CODES.
 */
#include "base/err.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static const struct {
	const char *name;
	int status;
} rows[] = {
#define X(code, name, status) [ERR_##code] = {name, status},
        ERR_CODES(X)
#undef X
};

bool
err_vset(struct err *err, enum err_code code, const char *format, va_list args)
{
	/* Formatted apart, for an argument may be the text of the very same error. */
	char text[ERR_TEXT_MAX];
	int n = vsnprintf(text, sizeof(text), format, args);

	if (n < 0)
		text[0] = '\0';
	else if ((size_t)n >= sizeof(text))
		text[utf8_floor(text, sizeof(text) - 1)] = '\0';
	err->code = code;
	strcpy(err->text, text);
	return false;
}

bool
err_set(struct err *err, enum err_code code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	err_vset(err, code, format, args);
	va_end(args);
	return false;
}

const char *
err_name(enum err_code code)
{
	return rows[code].name;
}

int
err_exit_status(enum err_code code)
{
	return rows[code].status;
}
