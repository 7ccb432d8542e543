/*
 * recording.c - a piece is two bytes: one bit says which text it is of, five how many bytes it has, ten how long after the one
 * before it came. The time is exact up to half a second, and rounded down to one part in 32 from there on: what that takes away
 * is in the next piece's time, so nothing adds up. A longer piece has more bytes behind these, and an untimed one too; where
 * that would be more than two for each piece that came, it is put together with the one before it.
 */
#include "chat/recording.h"

#include "chat/message.h"

enum {
	THOUGHT_BIT = 0x8000,
	LENGTH_SHIFT = 10,
	LENGTH_UNTIMED = 0, /* how long it is follows */
	LENGTH_LONG = 31,   /* how much longer than this it is follows */
	LENGTH_MASK = 31,
	TIME_MASK = 1023,
	TIME_EXACT = 512, /* codes, and milliseconds */
	TIME_STEPS = 32,  /* between one power of two and the next, from there on */
	TIME_EXACT_BITS = 9,
	NUMBER_BITS = 7, /* in a byte of a number; the eighth says that there are more */
	NUMBER_BYTES_MAX = 4,
	PIECE_BYTES = 2,
	SPARE_BYTES = 8, /* of a reply, beyond that */
	FOLD_FIRST_MS = 1,
	FOLD_LAST_MS = 1 << 30,
};

/* ---- times ---- */

/* 512 + 32 n + f stands for 2^(9 + n) * (1 + f / 32). */
static int64_t
ms_of_code(unsigned code)
{
	unsigned over = code - TIME_EXACT, n = over / TIME_STEPS, f = over % TIME_STEPS;

	if (code < TIME_EXACT)
		return code;
	return (((int64_t)TIME_STEPS + f) << (TIME_EXACT_BITS + n)) / TIME_STEPS;
}

/* The largest that is not more. */
static unsigned
code_of_ms(int64_t ms)
{
	unsigned n = 0;

	if (ms < TIME_EXACT)
		return ms > 0 ? (unsigned)ms : 0;
	if (ms >= ms_of_code(TIME_MASK))
		return TIME_MASK;
	while (ms >= (int64_t)2 << (TIME_EXACT_BITS + n))
		n++;
	return TIME_EXACT + TIME_STEPS * n + (unsigned)((ms * TIME_STEPS >> (TIME_EXACT_BITS + n)) - TIME_STEPS);
}

/* ---- reading ---- */

void
recording_read(struct recording_reader *r, const struct buf *recording)
{
	r->at = buf_text(recording);
	r->end = r->at + recording->len;
}

static unsigned
byte(const char *at)
{
	return (unsigned char)*at;
}

/* Least significant bits first. NULL: it is cut, or too large. */
static const char *
read_number(const char *at, const char *end, size_t *number)
{
	*number = 0;
	for (int i = 0; at < end && i < NUMBER_BYTES_MAX; i++) {
		*number |= (size_t)(byte(at) & 0x7f) << (NUMBER_BITS * i);
		if (!(byte(at++) & 0x80))
			return at;
	}
	return NULL;
}

bool
recording_next(struct recording_reader *r, struct recording_piece *piece)
{
	const char *at = r->at;
	unsigned head, length;
	size_t more = 0;

	if (r->end - at < PIECE_BYTES)
		return false;
	head = byte(at) << 8 | byte(at + 1);
	at += PIECE_BYTES;
	length = head >> LENGTH_SHIFT & LENGTH_MASK;
	if ((length == LENGTH_LONG || length == LENGTH_UNTIMED) && !(at = read_number(at, r->end, &more)))
		return false;
	*piece = (struct recording_piece){
	        .ms = length == LENGTH_UNTIMED ? RECORDING_UNTIMED : ms_of_code(head & TIME_MASK),
	        .is_thought = (head & THOUGHT_BIT) != 0,
	        .len = length + more};
	r->at = at;
	return true;
}

bool
recording_sums(const struct buf *recording, size_t *content, size_t *reasoning)
{
	struct recording_reader r;
	struct recording_piece piece;

	*content = *reasoning = 0;
	recording_read(&r, recording);
	while (recording_next(&r, &piece)) {
		size_t *sum = piece.is_thought ? reasoning : content;

		if (piece.len > MESSAGE_TEXT_MAX - *sum)
			return false;
		*sum += piece.len;
	}
	return r.at == r.end;
}

/* ---- making ---- */

static void
put_number(struct buf *to, size_t number)
{
	for (; number >= 0x80; number >>= NUMBER_BITS)
		buf_putc(to, (char)(0x80 | (number & 0x7f)));
	buf_putc(to, (char)number);
}

static size_t
bytes_of_number(size_t number)
{
	size_t n = 1;

	while (number >>= NUMBER_BITS)
		n++;
	return n;
}

static void
put_piece(struct buf *to, const struct recording_piece *piece, unsigned time)
{
	bool timed = piece->ms != RECORDING_UNTIMED;
	size_t length = !timed ? LENGTH_UNTIMED : piece->len < LENGTH_LONG ? piece->len : LENGTH_LONG;
	unsigned head = (piece->is_thought ? THOUGHT_BIT : 0) | (unsigned)length << LENGTH_SHIFT | time;

	buf_putc(to, (char)(head >> 8));
	buf_putc(to, (char)head);
	if (!timed || length == LENGTH_LONG)
		put_number(to, piece->len - length);
}

/* As long after the last one as the piece says; its time is rounded, and added to that of the recorder as it is then. */
static void
append(struct recorder *r, struct buf *to, const struct recording_piece *piece)
{
	unsigned time = piece->ms == RECORDING_UNTIMED ? 0 : code_of_ms(piece->ms);

	r->last = to->len;
	put_piece(to, piece, time);
	if (piece->ms == RECORDING_UNTIMED)
		r->last = to->len;
	else
		r->ms += ms_of_code(time);
}

/* The last piece, with more text. */
static void
extend(struct recorder *r, struct buf *to, size_t len)
{
	struct recording_reader reader = {to->data + r->last, to->data + to->len};
	unsigned time = (byte(reader.at) << 8 | byte(reader.at + 1)) & TIME_MASK;
	struct recording_piece piece;

	if (!recording_next(&reader, &piece))
		return;
	piece.len += len;
	buf_truncate(to, r->last);
	put_piece(to, &piece, time);
}

static bool
last_is_of(const struct recorder *r, const struct buf *to, bool is_thought)
{
	return r->last < to->len && ((byte(to->data + r->last) & 0x80) != 0) == is_thought;
}

/* Is it one with the last piece? Because it came at the same time, or because there are too many bytes already. */
static bool
is_folded(const struct recorder *r, const struct buf *to, const struct recording_piece *piece)
{
	size_t more = piece->len < LENGTH_LONG ? 0 : bytes_of_number(piece->len - LENGTH_LONG);

	return last_is_of(r, to, piece->is_thought) &&
	       (piece->ms < r->fold_ms || to->len + PIECE_BYTES + more > PIECE_BYTES * r->pieces + SPARE_BYTES);
}

static void
put(struct recorder *r, struct buf *to, const struct recording_piece *piece)
{
	if (piece->ms != RECORDING_UNTIMED && is_folded(r, to, piece))
		extend(r, to, piece->len);
	else
		append(r, to, piece);
}

/* All of it once more, piece by piece. `thought`: all of it is, up to so many bytes, and there is no more; SIZE_MAX: it is what it
 * was. */
static void
retell(struct recorder *r, struct buf *recording, size_t thought)
{
	struct buf old = *recording;
	struct recording_reader reader;
	struct recording_piece piece;
	int64_t at = 0, ms = r->ms;

	*recording = (struct buf){0};
	r->last = 0;
	r->ms = 0;
	recording_read(&reader, &old);
	while (recording_next(&reader, &piece)) {
		if (thought != SIZE_MAX) {
			piece.is_thought = true;
			piece.len = piece.len < thought ? piece.len : thought;
			thought -= piece.len;
		}
		if (piece.ms != RECORDING_UNTIMED) {
			at += piece.ms;
			piece.ms = at - r->ms;
		}
		if (piece.len > 0)
			put(r, recording, &piece);
	}
	r->ms = ms - (at - r->ms);
	buf_release(&old);
}

static void
put_untimed(struct recorder *r, struct buf *to, bool is_thought, size_t len)
{
	if (len > 0)
		append(r, to, &(struct recording_piece){RECORDING_UNTIMED, is_thought, len});
}

static void
forget(struct recorder *r, struct message *reply)
{
	buf_release(&reply->pieces);
	put_untimed(r, &reply->pieces, true, reply->reasoning.len);
	put_untimed(r, &reply->pieces, false, reply->content.len);
}

/* Twice as coarse, until there is room for as much again. Thought and content that alternate for ever cannot be put together. */
static void
thin(struct recorder *r, struct message *reply)
{
	while (reply->pieces.len > RECORDING_MAX / 2 && r->fold_ms < FOLD_LAST_MS) {
		r->fold_ms *= 2;
		retell(r, &reply->pieces, SIZE_MAX);
	}
	if (reply->pieces.len > RECORDING_MAX / 2)
		forget(r, reply);
}

void
recorder_start(struct recorder *r, struct message *reply)
{
	size_t content, reasoning;

	if (!recording_sums(&reply->pieces, &content, &reasoning) || content > reply->content.len ||
	        reasoning > reply->reasoning.len) {
		buf_release(&reply->pieces);
		content = reasoning = 0;
	}
	*r = (struct recorder){.last = reply->pieces.len, .fold_ms = FOLD_FIRST_MS};
	put_untimed(r, &reply->pieces, true, reply->reasoning.len - reasoning);
	put_untimed(r, &reply->pieces, false, reply->content.len - content);
	r->last = reply->pieces.len;
	r->pieces = reply->pieces.len / PIECE_BYTES;
}

void
recorder_resume(struct recorder *r, struct message *reply, int64_t ms)
{
	recorder_start(r, reply);
	r->ms = ms;
}

void
recorder_add(struct recorder *r, struct message *reply, int64_t ms, bool is_thought, size_t len)
{
	if (len == 0)
		return;
	r->pieces++;
	put(r, &reply->pieces,
	        &(struct recording_piece){.ms = ms > r->ms ? ms - r->ms : 0, .is_thought = is_thought, .len = len});
	if (reply->pieces.len > RECORDING_MAX)
		thin(r, reply);
}

void
recorder_all_is_thought(struct recorder *r, struct message *reply)
{
	retell(r, &reply->pieces, reply->reasoning.len);
}
