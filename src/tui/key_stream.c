/*
 * key_stream.c - where the next byte belongs, and what silence means there.
 *
 * Only a few bytes are keys as well as the beginning of something: ESC, and ESC before what introduces a control string.
 * Silence decides these soon. All others are nothing by themselves: they wait for a second, and a CSI sequence whose
 * parameters have begun for as long as it takes. When ESC was given as the key and its sequence comes after all, the
 * ESC is put back before it.
 */
#include "tui/key_stream.h"

#include <string.h>

#include "base/newlines.h"
#include "base/utf8.h"
#include "tui/paste.h"
#include "tui/sequence.h"

enum {
	ESC = 0x1b,
	CERTAIN_LEN = 3, /* bytes that no person types: ESC [ and a parameter */
};

static const char alt_enter[] = "\x1b\r";

void
key_stream_init(struct key_stream *k, bool slow)
{
	*k = (struct key_stream){.escape_ms = slow ? ESCAPE_SLOW_MS : ESCAPE_MS};
}

void
key_stream_release(struct key_stream *k)
{
	buf_release(&k->waiting);
}

static const char *
bytes_left(const struct key_stream *k, size_t *n)
{
	*n = k->waiting.len - k->used;
	return buf_text(&k->waiting) + k->used;
}

static size_t
count_left(const struct key_stream *k)
{
	return k->waiting.len - k->used;
}

/* Pasted text and control strings end here. */
static void
return_to_keys(struct key_stream *k)
{
	k->place = STREAM_KEYS;
	k->keys_end = k->used;
	k->after_cr = false;
	k->burst = false;
}

/* ---- time ---- */

static bool
begins_string(const char *s, size_t n)
{
	return n == 2 && s[1] && strchr("PX]^_", s[1]);
}

int
key_stream_timeout(const struct key_stream *k)
{
	size_t n;
	const char *s = bytes_left(k, &n);

	if (k->silent)
		return -1;
	if (k->place == STREAM_PASTE || k->place == STREAM_STRING)
		return SEQUENCE_MS;
	if (n == 0)
		return -1;
	if (k->continued)
		return BURST_PAUSE_MS;
	return s[0] == ESC && (n == 1 || (n == 2 && s[1] == ESC) || begins_string(s, n)) ? k->escape_ms : SEQUENCE_MS;
}

/* A sequence came with such a pause inside: so may the next. */
static void
learn_pause(struct key_stream *k, int64_t pause_ms)
{
	int64_t wait_ms = 2 * pause_ms < ESCAPE_MOST_MS ? 2 * pause_ms : ESCAPE_MOST_MS;

	if (wait_ms > k->escape_ms)
		k->escape_ms = (int)wait_ms;
}

static void
learn(struct key_stream *k, int64_t pause_ms)
{
	size_t n;
	const char *s = bytes_left(k, &n);

	if (k->place == STREAM_KEYS && n > 0 && (s[0] != ESC || n >= CERTAIN_LEN))
		learn_pause(k, pause_ms);
}

/* Is this the rest of the sequence whose ESC was given as a key? */
static bool
continues_escape(const struct key_stream *k, char first, int64_t now_ms)
{
	return k->place == STREAM_KEYS && count_left(k) == 0 && (first == '[' || first == 'O') && k->escaped_ms > 0 &&
	       now_ms - k->escaped_ms < ESCAPE_REST_MS;
}

/* The paste stood still. A key that comes alone then is a person's, for whom it is over. */
static void
settle_stale_paste(struct key_stream *k)
{
	size_t n, len;
	const char *s = bytes_left(k, &n);

	if (n == 1 && s[0] == ESC)
		return;
	k->place = STREAM_PASTE;
	if (sequence_scan(s, n, &len) != SEQUENCE_KEY || len < n)
		return;
	return_to_keys(k);
	k->doubt = true;
}

/* The control string stood still. What brings its end belongs to it. */
static void
settle_stale_string(struct key_stream *k)
{
	size_t n, len;
	const char *s = bytes_left(k, &n);

	k->place = STREAM_STRING;
	if (sequence_string(s, n, &len) == STRING_ENDED)
		return;
	return_to_keys(k);
	k->doubt = true;
}

void
key_stream_feed(struct key_stream *k, const char *bytes, size_t n, int64_t now_ms)
{
	int64_t pause_ms = now_ms - k->fed_ms;

	if (n == 0)
		return;
	k->paused = pause_ms >= BURST_PAUSE_MS;
	if (k->paused) {
		k->burst = false;
		learn(k, pause_ms);
	}
	buf_drop(&k->waiting, k->used);
	k->keys_end = k->keys_end > k->used ? k->keys_end - k->used : 0;
	k->used = 0;
	if (continues_escape(k, bytes[0], now_ms)) {
		buf_putc(&k->waiting, ESC);
		k->continued = true;
	}
	buf_put(&k->waiting, bytes, n);
	k->fed_ms = now_ms;
	k->silent = false;
	if (k->place == STREAM_PASTE_STALE)
		settle_stale_paste(k);
	else if (k->place == STREAM_STRING_STALE)
		settle_stale_string(k);
}

void
key_stream_silence(struct key_stream *k)
{
	k->silent = true;
	if (k->place == STREAM_PASTE) {
		k->place = STREAM_PASTE_STALE;
	} else if (k->place == STREAM_STRING) {
		k->place = STREAM_STRING_STALE;
	} else if (k->place == STREAM_PASTE_STALE) { /* Esc alone */
		return_to_keys(k);
		k->doubt = true;
	}
}

/* ---- text ---- */

static enum stream_piece
take_pasted(struct key_stream *k, struct buf *out)
{
	size_t n, at;
	const char *s = bytes_left(k, &n);

	at = paste_find(s, n, PASTE_END);
	if (at == n)
		at = utf8_floor(s, n);
	if (at > 0) {
		newlines_put(s, at, &k->after_cr, out);
		k->used += at;
		return STREAM_TEXT;
	}
	if (n >= PASTE_MARK_LEN && s[0] == ESC) {
		k->used += PASTE_MARK_LEN;
		return_to_keys(k);
	}
	return STREAM_NOTHING;
}

/* Of what was fed at once, the part before a paste's mark is keys, or text without marks. */
static bool
is_burst(struct key_stream *k, const char *s, size_t n)
{
	if (!k->burst)
		k->after_cr = false;
	k->burst = (k->burst || paste_is_typed_by_nobody(s, n)) && paste_is_plain(s, n);
	return k->burst;
}

static enum stream_piece
take_burst(struct key_stream *k, struct buf *out)
{
	size_t n, end;
	const char *s = bytes_left(k, &n);

	if (k->used < k->keys_end)
		return STREAM_NOTHING;
	end = paste_find(s, n, PASTE_START);
	k->keys_end = k->used + end;
	if (end == 0 || !is_burst(k, s, end))
		return STREAM_NOTHING;
	if (end == n)
		end = utf8_floor(s, n);
	k->keys_end = k->used + end;
	if (end == 0)
		return STREAM_NOTHING;
	newlines_put(s, end, &k->after_cr, out);
	k->used += end;
	return STREAM_TEXT;
}

static void
begin_paste(struct key_stream *k)
{
	return_to_keys(k);
	k->place = STREAM_PASTE;
	k->mark_len = 0;
}

/* ---- control strings ---- */

static void
skip_string(struct key_stream *k)
{
	size_t n, len;
	const char *s = bytes_left(k, &n);
	enum sequence_string end = sequence_string(s, n, &len);

	k->used += len;
	k->string_len += len;
	if (end == STRING_OPEN && k->string_len <= STRING_MAX)
		return;
	return_to_keys(k);
	if (end != STRING_ENDED)
		k->doubt = true;
}

static void
begin_string(struct key_stream *k)
{
	k->place = STREAM_STRING;
	k->string_len = 0;
}

/* ---- keys ---- */

/* An Enter that comes alone is a person's, who sees that it broke the line. */
static bool
may_send(struct key_stream *k)
{
	bool after_escape = k->escape_ms > ESCAPE_MS && k->escaped_ms > 0 && k->fed_ms - k->escaped_ms < ESCAPE_REST_MS;
	bool sends = !k->doubt && !after_escape;

	if (k->paused && k->waiting.len == 1)
		k->doubt = false;
	return sends;
}

/* The mark of a paste, each byte of which came so late that it was given as a key. */
static bool
ends_late_mark(struct key_stream *k, const char *s, size_t len)
{
	if (k->mark_len == 0)
		return false;
	if (len == 1 && s[0] == PASTE_START[k->mark_len])
		k->mark_len++;
	else
		k->mark_len = 0;
	return k->mark_len == PASTE_MARK_LEN;
}

/* False: this is nothing to give. */
static bool
put_key(struct key_stream *k, size_t len, struct buf *out)
{
	size_t n;
	const char *s = bytes_left(k, &n);

	k->used += len;
	if (ends_late_mark(k, s, len)) {
		begin_paste(k);
		return false;
	}
	if (len > 1 || s[0] != '\r' || may_send(k))
		return sequence_put_key(s, len, out);
	buf_puts(out, alt_enter);
	return true;
}

/* The bytes are a character's, and its end never came: when it does, it is dropped. */
static void
give_up_character(struct key_stream *k, struct buf *out)
{
	size_t n;
	const char *s = bytes_left(k, &n);
	unsigned char lead = (unsigned char)s[0];

	k->rest = (lead >= 0xf0 ? 4u : lead >= 0xe0 ? 3u : 2u) - n;
	k->used += n;
	k->doubt = true;
	buf_puts(out, UTF8_REPLACEMENT);
}

static void
put_escape(struct key_stream *k, struct buf *out)
{
	k->used++;
	k->escaped_ms = k->fed_ms;
	k->mark_len = 1;
	buf_putc(out, ESC);
}

/* What was cut is given up: nobody knows what it would have been. */
static void
drop_cut(struct key_stream *k)
{
	size_t n;
	const char *s = bytes_left(k, &n);

	k->mark_len = n == 2 && s[1] == '[' ? 2 : 0;
	k->used = k->waiting.len;
	k->doubt = true;
}

static bool
waits_for_ever(const char *s, size_t n)
{
	return n >= CERTAIN_LEN && s[0] == ESC && s[1] == '[' && s[2] != '[' && s[2] != 'M';
}

/* Nothing came after what is the beginning of something. False: there is nothing to give. */
static bool
take_cut(struct key_stream *k, struct buf *out)
{
	size_t n;
	const char *s = bytes_left(k, &n);

	if (s[0] == ESC && (n == 1 || s[1] == ESC)) {
		put_escape(k, out);
		return true;
	}
	if (s[0] == ESC && strchr("PX]^_", s[1]))
		return put_key(k, 2, out);
	if (s[0] != ESC && utf8_floor(s, n) == 0) {
		give_up_character(k, out);
		return true;
	}
	if (!waits_for_ever(s, n))
		drop_cut(k);
	return false;
}

/* Is what was found the rest of a sequence, and not text that somebody typed or pasted after Esc? */
static bool
is_rest(const struct key_stream *k, enum sequence_kind kind, size_t len)
{
	size_t n;
	const char *s = bytes_left(k, &n);

	if (kind == SEQUENCE_CUT)
		return !k->silent || waits_for_ever(s, n);
	if (kind == SEQUENCE_PASTE || kind == SEQUENCE_PASTE_END)
		return true;
	if (kind != SEQUENCE_KEY && kind != SEQUENCE_ANSWER)
		return false;
	return (len == n || s[len] == ESC) && (s[1] == '[' || strchr("ABCDFHMPQRS", s[len - 1]));
}

/* The ESC was put back before it, and belongs there or not. */
static bool
settle_continued(struct key_stream *k, enum sequence_kind kind, size_t len)
{
	bool rest = is_rest(k, kind, len);

	if (rest && kind == SEQUENCE_CUT)
		return true;
	k->continued = false;
	if (rest) {
		learn_pause(k, k->fed_ms - k->escaped_ms);
		k->escaped_ms = 0;
	} else {
		k->used++;
	}
	return rest;
}

static void
drop_rest_of_character(struct key_stream *k)
{
	size_t n;
	const char *s = bytes_left(k, &n);

	for (; n > 0 && k->rest > 0 && ((unsigned char)*s & 0xc0) == 0x80; n--, s++, k->rest--)
		k->used++;
	if (n > 0)
		k->rest = 0;
}

static void
take_answer(struct key_stream *k, const char *s, size_t len)
{
	int column = sequence_column(s, len);

	k->well += len >= 3 && memcmp(s + len - 2, "0n", 2) == 0;
	if (column > 0 && k->n_columns < STREAM_COLUMNS_MAX)
		k->columns[k->n_columns++] = column;
}

/* True: `out` holds a key. False: it was no key, or its end is missing. */
static bool
take_unit(struct key_stream *k, struct buf *out)
{
	size_t n, len;
	const char *s = bytes_left(k, &n);
	enum sequence_kind kind = sequence_scan(s, n, &len);

	if (k->continued && !settle_continued(k, kind, len))
		return false;
	if (kind == SEQUENCE_CUT)
		return k->silent && take_cut(k, out);
	if (kind == SEQUENCE_KEY)
		return put_key(k, len, out);
	k->used += len;
	k->mark_len = 0;
	if (kind == SEQUENCE_ANSWER)
		take_answer(k, s, len);
	k->doubt = k->doubt || kind == SEQUENCE_BROKEN || kind == SEQUENCE_INVALID;
	if (kind == SEQUENCE_STRING)
		begin_string(k);
	else if (kind == SEQUENCE_PASTE)
		begin_paste(k);
	else if (kind == SEQUENCE_PASTE_END)
		k->doubt = false;
	else if (kind == SEQUENCE_INVALID)
		buf_puts(out, UTF8_REPLACEMENT);
	return kind == SEQUENCE_INVALID;
}

static enum stream_piece
take_key(struct key_stream *k, struct buf *out)
{
	drop_rest_of_character(k);
	if (count_left(k) > 0 && take_burst(k, out) == STREAM_TEXT)
		return STREAM_TEXT;
	return count_left(k) > 0 && take_unit(k, out) ? STREAM_KEY : STREAM_NOTHING;
}

enum stream_piece
key_stream_next(struct key_stream *k, struct buf *out)
{
	enum stream_piece piece = STREAM_NOTHING;
	enum stream_place place;
	size_t used;

	do { /* until it gives nothing and changes nothing */
		used = k->used;
		place = k->place;
		if (place == STREAM_KEYS)
			piece = take_key(k, out);
		else if (place == STREAM_PASTE || place == STREAM_PASTE_STALE)
			piece = take_pasted(k, out);
		else
			skip_string(k);
	} while (piece == STREAM_NOTHING && (k->used != used || k->place != place));
	return piece;
}
