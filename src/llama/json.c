/*
 * json.c - the one scan that makes foreign JSON safe, and cJSON after it. The scan works on a text of ours that ends in a NUL;
 * \u0000 and lone surrogates are replaced there in place, since \ufffd is as long. Ill-formed UTF-8 is rare and is
 * mended in a copy of its own.
 */
#include "llama/json.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

/* Eight bytes at once: none is NUL, none is above 0x7f. */
static bool
is_plain_word(const char *s)
{
	uint64_t w;

	memcpy(&w, s, sizeof(w));
	return ((w | (w - 0x0101010101010101u)) & 0x8080808080808080u) == 0;
}

bool
json_is_well_formed(const char *s, size_t n)
{
	for (size_t i = 0, j; i < n; i = j) {
		while (i + 8 <= n && is_plain_word(s + i))
			i += 8;
		/* From here to the next ASCII byte: no character goes past it. */
		for (j = i; j < n && (s[j] & 0x80); j++)
			;
		if (utf8_span(s + i, j - i) != j - i)
			return false;
		if (j < n && s[j++] == '\0')
			return false;
	}
	return true;
}

static bool
is_hex4(const char *s)
{
	for (int i = 0; i < 4; i++)
		if (!isxdigit((unsigned char)s[i]))
			return false;
	return true;
}

/* Of the escape s = "\uXXXX": the length to skip, after replacing it where it gives no character. A NUL ends s. */
static size_t
mend_unicode_escape(char *s)
{
	unsigned long c;
	char digits[5] = {0};

	if (!is_hex4(s + 2)) {
		s[1] = 'x'; /* cJSON refuses this, but would take the other for U+0000 */
		return 2;
	}
	memcpy(digits, s + 2, 4);
	c = strtoul(digits, NULL, 16);
	if (c >= 0xd800 && c < 0xdc00 && s[6] == '\\' && s[7] == 'u' && is_hex4(s + 8)) {
		unsigned long low;

		memcpy(digits, s + 8, 4);
		low = strtoul(digits, NULL, 16);
		if (low >= 0xdc00 && low < 0xe000)
			return 12;
	}
	if (c == 0 || (c >= 0xd800 && c < 0xe000))
		memcpy(s + 2, "fffd", 4);
	return 6;
}

enum {
	ENDS_STRING = 1, /* the scan of a string stops here */
	ENDS_OTHER = 2,  /* the scan of what is outside of strings */
};

static const unsigned char stops[256] = {
        ['\0'] = ENDS_STRING | ENDS_OTHER,
        ['"'] = ENDS_STRING | ENDS_OTHER,
        ['\\'] = ENDS_STRING,
        ['['] = ENDS_OTHER,
        [']'] = ENDS_OTHER,
        ['{'] = ENDS_OTHER,
        ['}'] = ENDS_OTHER,
};

static char *
find_stop(char *s, unsigned char kind)
{
	while (!(stops[(unsigned char)*s] & kind))
		s++;
	return s;
}

/* s is the first byte after the opening quote; returns the closing quote, or the NUL at the end of the text. */
static char *
scan_string(char *s)
{
	for (;;) {
		s = find_stop(s, ENDS_STRING);
		if (*s != '\\')
			return s;
		if (s[1] == 'u')
			s += mend_unicode_escape(s);
		else
			s += s[1] ? 2 : 1;
	}
}

/* False where it is nested too deep. */
static bool
scan(char *s)
{
	unsigned depth = 0;

	for (; *(s = find_stop(s, ENDS_OTHER)); s++)
		if (*s == '"') {
			s = scan_string(s + 1);
			if (!*s)
				break;
		} else if (*s == '[' || *s == '{') {
			if (++depth > JSON_DEPTH_MAX)
				return false;
		} else if (depth > 0) {
			depth--;
		}
	return true;
}

static char *
copy_mended(const char *text, size_t *n)
{
	struct buf b = {0};
	char *copy;

	if (!json_is_well_formed(text, *n)) {
		if (!utf8_append_mended(&b, text, *n))
			abort(); /* a buffer without a bound refuses nothing */
		*n = b.len;
		return buf_take(&b);
	}
	copy = mem_realloc(NULL, *n + 1);
	memcpy(copy, text, *n);
	copy[*n] = '\0';
	return copy;
}

/* The text ends in a NUL, and what is to be mended by the scan is mended in it. */
static cJSON *
parse_scanned(char *text, size_t n, struct err *err)
{
	const char *end = text;
	cJSON *value = NULL;
	size_t at;

	if (!scan(text)) {
		err_set(err, ERR_LIMIT, "the server sent JSON nested more than %d deep", JSON_DEPTH_MAX);
	} else {
		value = cJSON_ParseWithLengthOpts(text, n + 1, &end, true);
		at = (size_t)(end - text) < n ? (size_t)(end - text) + 1 : n;
		if (!value)
			err_set(err, ERR_INCOMPLETE,
			        "the server sent JSON that is not well-formed (at byte %zu of %zu)", at, n);
	}
	return value;
}

cJSON *
json_parse(const char *text, size_t n, struct err *err)
{
	char *copy = copy_mended(text, &n);
	cJSON *value = parse_scanned(copy, n, err);

	free(copy);
	return value;
}

cJSON *
json_take(struct buf *text, struct err *err)
{
	cJSON *value;

	if (!text->data || !json_is_well_formed(text->data, text->len))
		value = json_parse(buf_text(text), text->len, err);
	else
		value = parse_scanned(text->data, text->len, err);
	if (value)
		buf_release(text);
	return value;
}

/* ---- a text that was cut off ---- */

/* What is open where the text ends. */
struct open {
	char closers[JSON_DEPTH_MAX + 1];
	size_t depth;
	size_t member; /* the length up to the last member: past its bracket, or to its comma */
	bool in_string;
};

static bool
find_open(char *s, struct open *o)
{
	*o = (struct open){0};
	for (char *at = s; *(at += strcspn(at, "\"[]{},")); at++)
		if (*at == '"') {
			at = scan_string(at + 1);
			o->in_string = !*at;
			if (o->in_string)
				break;
		} else if (*at == ',') {
			o->member = (size_t)(at - s);
		} else if (*at == '[' || *at == '{') {
			if (o->depth == JSON_DEPTH_MAX)
				return false;
			o->closers[o->depth++] = *at == '[' ? ']' : '}';
			o->member = (size_t)(at + 1 - s);
		} else if (o->depth > 0) {
			o->depth--;
		}
	return true;
}

static cJSON *
parse_closed(const char *s, size_t n, const struct open *o)
{
	struct buf b = {0};
	cJSON *value;

	buf_put(&b, s, n);
	if (o->in_string)
		buf_putc(&b, '"');
	for (size_t i = o->depth; i > 0; i--)
		buf_putc(&b, o->closers[i - 1]);
	value = cJSON_ParseWithLengthOpts(buf_text(&b), b.len + 1, NULL, true);
	buf_release(&b);
	return value;
}

/* The length without an escape that is not whole. */
static size_t
without_half_escape(const char *s, size_t n)
{
	for (size_t i = n; i > 0 && n - i < 5; i--) {
		size_t first = i;

		if (s[i - 1] != '\\')
			continue;
		while (first > 1 && s[first - 2] == '\\')
			first--;
		if ((i - first) % 2 == 0 && (i == n || s[i] == 'u'))
			return i - 1;
		break;
	}
	return n;
}

cJSON *
json_parse_beginning(const char *text, size_t n)
{
	char *copy;
	struct open open;
	cJSON *value = NULL;

	n = without_half_escape(text, utf8_floor(text, n));
	copy = copy_mended(text, &n);
	if (find_open(copy, &open))
		value = parse_closed(copy, n, &open);
	/* A text cut in a name, after one, or in a word loses this member. */
	if (!value && open.member > 0) {
		copy[open.member] = '\0';
		if (find_open(copy, &open))
			value = parse_closed(copy, strlen(copy), &open);
	}
	free(copy);
	return value;
}

/* ---- reading ---- */

const cJSON *
json_get(const cJSON *object, const char *name)
{
	return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

const char *
json_string(const cJSON *object, const char *name, const char *otherwise)
{
	const cJSON *value = json_get(object, name);

	return cJSON_IsString(value) ? value->valuestring : otherwise;
}

double
json_number(const cJSON *object, const char *name, double otherwise)
{
	const cJSON *value = json_get(object, name);

	return cJSON_IsNumber(value) && isfinite(value->valuedouble) ? value->valuedouble : otherwise;
}

int64_t
json_int(const cJSON *object, const char *name, int64_t otherwise)
{
	double value = json_number(object, name, NAN);

	/* Past 2^53 it is no count of anything, and casting it could be undefined. */
	return fabs(value) <= 9007199254740992.0 ? (int64_t)value : otherwise;
}
