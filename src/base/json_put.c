/*
 * json_put.c - strings are copied in runs, up to the next character that must be escaped.
 */
#include "base/json_put.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

static bool
is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

/* How many bytes stand in the JSON as they are. */
static size_t
plain_length(const char *s, size_t n)
{
	size_t i = 0, length;
	uint32_t character;

	for (;;) {
		while (i < n && is_plain((unsigned char)s[i]))
			i++;
		if (i == n || (unsigned char)s[i] < 0x80)
			return i;
		length = utf8_decode(s + i, n - i, &character);
		if (character == 0xfffd)
			return i;
		i += length;
	}
}

/* Returns the length of what was put. */
static size_t
put_special(struct buf *to, const char *s, size_t n)
{
	static const char escaped[] = "\b\t\n\f\r\"\\", letters[] = "btnfr\"\\";
	const char *at = *s ? strchr(escaped, *s) : NULL;
	uint32_t character;
	size_t length;

	if (at) {
		buf_putc(to, '\\');
		buf_putc(to, letters[at - escaped]);
		return 1;
	}
	length = utf8_decode(s, n, &character);
	if (character == 0 || character == 0xfffd)
		buf_puts(to, UTF8_REPLACEMENT);
	else if (character < 0x20 || character == 0x7f)
		buf_printf(to, "\\u%04x", (unsigned)character);
	else
		buf_put(to, s, length);
	return length;
}

void
json_put_escaped(struct buf *to, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t plain = plain_length(s + i, n - i);

		buf_put(to, s + i, plain);
		i += plain;
		if (i < n)
			i += put_special(to, s + i, n - i);
	}
}

void
json_put_string(struct buf *to, const char *s, size_t n)
{
	buf_putc(to, '"');
	json_put_escaped(to, s, n);
	buf_putc(to, '"');
}

void
json_put_comma(struct buf *to)
{
	if (to->len > 0 && !strchr("{[,:\n", to->data[to->len - 1]))
		buf_putc(to, ',');
}

void
json_put_name(struct buf *to, const char *name)
{
	json_put_comma(to);
	json_put_string(to, name, strlen(name));
	buf_putc(to, ':');
}

void
json_put_text(struct buf *to, const char *name, const char *text)
{
	json_put_name(to, name);
	json_put_string(to, text, strlen(text));
}

void
json_put_buf(struct buf *to, const char *name, const struct buf *text)
{
	json_put_name(to, name);
	json_put_string(to, buf_text(text), text->len);
}

void
json_put_int(struct buf *to, const char *name, int64_t value)
{
	json_put_name(to, name);
	buf_printf(to, "%lld", (long long)value);
}

void
json_put_number(struct buf *to, double number)
{
	char text[32];

	snprintf(text, sizeof(text), "%.15g", number);
	if (strtod(text, NULL) != number)
		snprintf(text, sizeof(text), "%.17g", number);
	buf_puts(to, text);
}

void
json_put_bool(struct buf *to, const char *name, bool value)
{
	json_put_name(to, name);
	buf_puts(to, value ? "true" : "false");
}

void
json_put_time(struct buf *to, const char *name, int64_t ms)
{
	json_put_name(to, name);
	buf_putc(to, '"');
	date_put_utc(to, ms);
	buf_putc(to, '"');
}

void
json_put_raw(struct buf *to, const char *name, const char *json)
{
	json_put_name(to, name);
	buf_puts(to, *json ? json : "null");
}
