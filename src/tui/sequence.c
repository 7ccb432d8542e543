/*
 * sequence.c - one look at the first bytes; nothing is remembered between two looks, so that it does not matter how the
 * bytes were cut.
 */
#include "tui/sequence.h"

#include <string.h>

#include "base/utf8.h"

enum {
	ESC = 0x1b,
	BEL = 0x07,
	CAN = 0x18,
	SUB = 0x1a,
	ST_C1 = 0x9c,
	C1_OFFSET = 0x40, /* a C1 character is ESC and the character this much before it */
	SEQUENCE_MAX = 128,
	CHARACTER_MAX = 4,    /* bytes in UTF-8 */
	MOUSE_LEN = 3,        /* bytes after ESC [ M: button, column, row */
	COLUMN_MODS_MAX = 16, /* ESC [ 1 ; 16 R is F3 with all modifiers; larger numbers are a cursor position */
	KITTY_FIRST = 57344,  /* keys without a character, in the private use area */
	KITTY_LAST = 63743,
	KITTY_RELEASE = 3,
	NUMBER_MAX = 1000000,
	DIGITS_MAX = 7,
	NUMBERS_MAX = 15,
	OTHER_KEYS = 27, /* ESC [ 27 ; modifiers ; character ~, xterm's modifyOtherKeys */
};

static unsigned char
byte(const char *s, size_t i)
{
	return (unsigned char)s[i];
}

static bool
is_among(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool
is_param(unsigned char c)
{
	return c >= ' ' && c <= '?';
}

static bool
is_final(unsigned char c)
{
	return c >= '@' && c <= '~';
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* ---- characters ---- */

static enum sequence_kind
scan_character(const char *s, size_t n, size_t *len)
{
	size_t most = n < CHARACTER_MAX ? n : CHARACTER_MAX;
	uint32_t character;

	if (byte(s, 0) < 0x80) {
		*len = 1;
		return SEQUENCE_KEY;
	}
	*len = most;
	if (utf8_floor(s, most) == 0)
		return SEQUENCE_CUT;
	*len = utf8_decode(s, n, &character);
	return utf8_span(s, *len) == *len ? SEQUENCE_KEY : SEQUENCE_INVALID;
}

/* The length of a C1 character, raw or in UTF-8, and the character that stands after ESC for it; 0: it is none. */
static size_t
c1_length(const char *s, size_t n, char *code)
{
	size_t len = byte(s, 0) == 0xc2 && n > 1 ? 2 : 1;
	unsigned char c = byte(s, len - 1);

	*code = (char)(c - C1_OFFSET);
	return c >= 0x80 && c < 0xa0 ? len : 0;
}

/* ---- CSI ---- */

/* The n-th number from 0 of a CSI sequence's parameters; -1: it is not there. Sub-parameters are passed over. */
static long
parameter(const char *s, size_t len, size_t n)
{
	long value = 0;
	size_t at = 0;

	for (; n > 0 && at < len; at++)
		n -= s[at] == ';';
	if (at == len || !is_digit(byte(s, at)))
		return -1;
	for (; at < len && is_digit(byte(s, at)) && value < NUMBER_MAX; at++)
		value = value * 10 + s[at] - '0';
	return value;
}

/* Nothing but a few numbers of a sane length: with more libtermkey reads and writes where it must not. */
static bool
has_sane_numbers(const char *s, size_t len)
{
	size_t numbers = 1, digits = 0;

	for (size_t i = 0; i < len; i++) {
		if (!is_digit(byte(s, i)) && s[i] != ';' && s[i] != ':')
			return false;
		digits = is_digit(byte(s, i)) ? digits + 1 : 0;
		numbers += s[i] == ';';
		if (digits > DIGITS_MAX || numbers > NUMBERS_MAX)
			return false;
	}
	return true;
}

/* The numbers without which such a key has no meaning. */
static bool
has_all_numbers(const char *s, size_t len)
{
	switch (s[len - 1]) {
	case 'u':
	case '~':
		return parameter(s, len, 0) >= 0 && (parameter(s, len, 0) != OTHER_KEYS || parameter(s, len, 2) >= 0);
	case 'M': /* the mouse, as rxvt writes it */
		return parameter(s, len, 2) >= 0;
	case 'R': /* F3, and not a cursor position */
		return len == 1 || (parameter(s, len, 1) <= COLUMN_MODS_MAX && parameter(s, len, 0) <= 1);
	default:
		return true;
	}
}

/* A whole CSI sequence by what is after its introducer. */
static enum sequence_kind
csi_kind(const char *s, size_t len)
{
	bool mouse = s[0] == '<' && (s[len - 1] == 'M' || s[len - 1] == 'm') && parameter(s + 1, len - 1, 2) >= 0;

	if (len == 4 && memcmp(s, "200~", 4) == 0)
		return SEQUENCE_PASTE;
	if (len == 4 && memcmp(s, "201~", 4) == 0)
		return SEQUENCE_PASTE_END;
	if (!has_sane_numbers(s + mouse, len - 1 - mouse))
		return SEQUENCE_ANSWER;
	if (mouse)
		return SEQUENCE_KEY;
	return has_all_numbers(s, len) && !is_among(s[len - 1], "cmntxy") ? SEQUENCE_KEY : SEQUENCE_ANSWER;
}

/* rxvt's keys with Shift end with a dollar sign, which is no final byte elsewhere: ESC [ 2 $. */
static bool
is_rxvt(const char *s, size_t len)
{
	return len >= 2 && len <= 3 && s[len - 1] == '$' && is_digit(byte(s, 0)) && is_digit(byte(s, len - 2));
}

/* `fixed` bytes more, none of which is a control character. */
static enum sequence_kind
scan_fixed(const char *s, size_t n, size_t fixed, size_t *len)
{
	size_t end = *len + fixed;

	for (; *len < n && *len < end; ++*len)
		if (byte(s, *len) < ' ')
			return SEQUENCE_BROKEN;
	return *len == end ? SEQUENCE_KEY : SEQUENCE_CUT;
}

/* *len: of the introducer. */
static enum sequence_kind
scan_csi(const char *s, size_t n, size_t *len)
{
	size_t start = *len;

	if (start < n && (s[start] == '[' || s[start] == 'M')) { /* F1 to F5 of the Linux console; the old mouse */
		++*len;
		return scan_fixed(s, n, s[start] == '[' ? 1 : MOUSE_LEN, len);
	}
	for (; *len < n && *len < SEQUENCE_MAX && is_param(byte(s, *len)); ++*len)
		if (is_rxvt(s + start, *len + 1 - start)) {
			++*len;
			return SEQUENCE_KEY;
		}
	if (*len == n && n < SEQUENCE_MAX)
		return SEQUENCE_CUT;
	if (*len == SEQUENCE_MAX || !is_final(byte(s, *len)))
		return SEQUENCE_BROKEN;
	++*len;
	return csi_kind(s + start, *len - start);
}

/* Old terminals put modifiers before the final byte: ESC O 5 P. */
static enum sequence_kind
scan_ss3(const char *s, size_t n, size_t *len)
{
	while (*len < n && *len < SEQUENCE_MAX && (is_digit(byte(s, *len)) || s[*len] == ';'))
		++*len;
	if (*len == n && n < SEQUENCE_MAX)
		return SEQUENCE_CUT;
	if (byte(s, *len) < ' ' || byte(s, *len) > '~' || *len == SEQUENCE_MAX)
		return SEQUENCE_BROKEN;
	++*len;
	return SEQUENCE_KEY;
}

/* ---- escape ---- */

/* After an introducer of *len bytes; `code` is its character after ESC. */
static enum sequence_kind
scan_introduced(const char *s, size_t n, char code, size_t *len)
{
	if (code == '[')
		return scan_csi(s, n, len);
	if (code == 'O')
		return scan_ss3(s, n, len);
	return is_among(code, "PX]^_") ? SEQUENCE_STRING : SEQUENCE_ANSWER;
}

/* ESC P and the like are Alt+P, too, unless text follows. */
static enum sequence_kind
scan_string(const char *s, size_t n, size_t *len)
{
	*len = 2;
	if (n == 2 || (n == 3 && s[2] == ESC))
		return SEQUENCE_CUT;
	if (byte(s, 2) >= ' ')
		return SEQUENCE_STRING;
	if (s[2] != BEL && (s[2] != ESC || s[3] != '\\'))
		return SEQUENCE_KEY;
	*len = s[2] == BEL ? 3 : 4;
	return SEQUENCE_ANSWER;
}

/* ESC ESC [ A is Alt+Up of some terminals; else the first ESC is the key. */
static enum sequence_kind
scan_two_escapes(const char *s, size_t n, size_t *len)
{
	enum sequence_kind kind;

	*len = 1;
	if (n == 2)
		return SEQUENCE_CUT;
	if (s[2] != '[' && s[2] != 'O')
		return SEQUENCE_KEY;
	*len = 2;
	kind = scan_introduced(s + 1, n - 1, s[2], len);
	if (kind != SEQUENCE_CUT && (kind != SEQUENCE_KEY || (n > 3 && s[3] == '<')))
		*len = 0;
	++*len;
	return kind == SEQUENCE_CUT ? kind : SEQUENCE_KEY;
}

static enum sequence_kind
scan_escape(const char *s, size_t n, size_t *len)
{
	enum sequence_kind kind;
	char code;

	*len = 1;
	if (n == 1)
		return SEQUENCE_CUT;
	if (s[1] == ESC)
		return scan_two_escapes(s, n, len);
	if (is_among(s[1], "PX]^_"))
		return scan_string(s, n, len);
	*len = 2;
	if (s[1] == '[' || s[1] == 'O')
		return scan_introduced(s, n, s[1], len);
	kind = scan_character(s + 1, n - 1, len);
	if (kind == SEQUENCE_INVALID || (kind == SEQUENCE_KEY && c1_length(s + 1, n - 1, &code) > 0))
		*len = 0; /* Esc, then that */
	++*len;
	return kind == SEQUENCE_CUT ? kind : SEQUENCE_KEY;
}

enum sequence_kind
sequence_scan(const char *s, size_t n, size_t *len)
{
	char code;

	if (s[0] == ESC)
		return scan_escape(s, n, len);
	*len = c1_length(s, n, &code);
	if (*len > 0 && is_among(code, "OPX[\\]^_"))
		return scan_introduced(s, n, code, len);
	return scan_character(s, n, len);
}

/* A key has no row after the first. */
int
sequence_column(const char *s, size_t len)
{
	size_t start = s[0] == ESC ? 2 : 1;

	if (len <= start || s[len - 1] != 'R' || parameter(s + start, len - start, 0) < 2)
		return 0;
	return parameter(s + start, len - start, 1) > 0 ? (int)parameter(s + start, len - start, 1) : 0;
}

/* ---- control strings ---- */

enum sequence_string
sequence_string(const char *s, size_t n, size_t *len)
{
	enum sequence_kind kind;
	size_t at = 0, one;
	char code;

	for (*len = 0; at < n; *len = at) {
		unsigned char c = byte(s, at);

		if (c == ESC && at + 1 == n)
			return STRING_OPEN;
		kind = scan_character(s + at, n - at, &one);
		if (kind == SEQUENCE_CUT)
			return STRING_OPEN;
		if (c == BEL || c == CAN || c == SUB || (c == ESC && s[at + 1] == '\\') ||
		        (c1_length(s + at, n - at, &code) > 0 && code == ST_C1 - C1_OFFSET)) {
			*len = at + (c == ESC ? 2 : one);
			return STRING_ENDED;
		}
		if (c < ' ' && !is_among(s[at], "\t\n\r"))
			return STRING_ABORTED;
		at += one;
	}
	return STRING_OPEN;
}

/* ---- for the key decoder ---- */

/* Of a key that was released, the second parameter has a sub-parameter 3: ESC [ 97 ; 1 : 3 u. */
static bool
is_release(const char *s, size_t len)
{
	const char *at = memchr(s, ';', len), *end = s + len;

	for (at = at ? at + 1 : end; at < end && is_digit((unsigned char)*at);)
		at++;
	return end - at > 2 && at[0] == ':' && at[1] == '0' + KITTY_RELEASE && !is_digit((unsigned char)at[2]);
}

static bool
is_useless(const char *s, size_t len)
{
	long code = parameter(s, len, 0);

	return is_release(s, len) || (s[len - 1] == 'u' && code >= KITTY_FIRST && code <= KITTY_LAST);
}

static void
put_csi(const char *s, size_t len, struct buf *out)
{
	bool sub = false;

	for (size_t i = 0; i < len; i++) {
		sub = s[i] == ':' || (sub && is_digit(byte(s, i)));
		if (!sub)
			buf_putc(out, s[i]);
	}
}

/* An introducer and what is after it; `alt` is the ESC before it, or nothing. */
static bool
put_introduced(const char *alt, const char *code, const char *s, size_t len, struct buf *out)
{
	if (*code == '[' && is_useless(s, len))
		return false;
	buf_puts(out, alt);
	buf_putc(out, ESC);
	if (*code == 'O' && len > 1) { /* ESC O 5 P, as it is written today: ESC [ 1 ; 5 P */
		buf_puts(out, memchr(s, ';', len) ? "[" : "[1;");
		buf_put(out, s, len);
		return true;
	}
	buf_putc(out, *code);
	if (*code == '[' && s[0] != 'M')
		put_csi(s, len, out);
	else
		buf_put(out, s, len);
	return true;
}

bool
sequence_put_key(const char *s, size_t len, struct buf *out)
{
	char code;
	size_t c1 = c1_length(s, len, &code);

	if (c1 > 0 && len > c1)
		return put_introduced("", &code, s + c1, len - c1, out);
	if (len > 3 && s[0] == ESC && s[1] == ESC)
		return put_introduced("\x1b", s + 2, s + 3, len - 3, out);
	if (len > 2 && s[0] == ESC && (s[1] == '[' || s[1] == 'O'))
		return put_introduced("", s + 1, s + 2, len - 2, out);
	buf_put(out, s, len);
	return true;
}
