/*
 * byte_kinds.c - see byte_kinds.h. A sequence is counted with its last byte; a longer one than any that is looked for ends
 * where there is no more space for it.
 */
#include "byte_kinds.h"

#include <stdbool.h>
#include <string.h>

static bool
begins(const struct byte_kinds *k, const char *with)
{
	return strncmp(k->sequence, with, strlen(with)) == 0;
}

/* Of a mode that is set or reset. */
static enum byte_kind
kind_of_mode(const struct byte_kinds *k)
{
	if (begins(k, "\x1b[?2026"))
		return BYTES_MARKS;
	return begins(k, "\x1b[?25") || begins(k, "\x1b[?12") ? BYTES_SHOWN : BYTES_OTHER;
}

static enum byte_kind
kind_of_sequence(const struct byte_kinds *k)
{
	char last = k->sequence[k->len - 1];

	if (k->sequence[1] == '(')
		return BYTES_LOOKS;
	if (k->sequence[1] != '[')
		return strchr("78", last) ? BYTES_MOVES : strchr("DM", last) ? BYTES_SCROLL : BYTES_OTHER;
	if (last == 'h' || last == 'l')
		return kind_of_mode(k);
	return last == 'm'                ? BYTES_LOOKS
	       : strchr("ABCDGHdf", last) ? BYTES_MOVES
	       : strchr("JKX", last)      ? BYTES_ERASE
	       : strchr("LMSTr", last)    ? BYTES_SCROLL
	                                  : BYTES_OTHER;
}

static bool
is_whole(const struct byte_kinds *k)
{
	char last = k->sequence[k->len - 1];

	if (k->len == sizeof(k->sequence))
		return true;
	if (k->len == 2)
		return last != '[' && last != '(' && last != ']';
	return k->sequence[1] == ']' ? last == '\a' : last >= '@' || k->sequence[1] == '(';
}

static void
add_byte(struct byte_kinds *k, char c)
{
	if (k->len == 0 && c != '\x1b') {
		k->counts[strchr("\r\n\b", c) && c ? BYTES_MOVES : BYTES_TEXT]++;
		return;
	}
	k->sequence[k->len++] = c;
	if (k->len < 2 || !is_whole(k))
		return;
	k->counts[kind_of_sequence(k)] += k->len;
	k->len = 0;
}

void
byte_kinds_add(struct byte_kinds *k, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_byte(k, bytes[i]);
}

const char *
byte_kinds_name(enum byte_kind kind)
{
	static const char *const names[] = {
	        "text", "moves", "looks", "marks", "cursor shown and hidden", "erasing", "scrolling", "other"};

	return names[kind];
}
