/*
 * chunk_scan.c - matches one shape of JSON and gives up at the first byte that is different. What it takes, cJSON would take
 * too, and to the same effect: tests/fuzz/chunk_scan.c and tests/llama/recordings.c hold the one against the other.
 */
#include "llama/chunk_scan.h"

#include <ctype.h>
#include <string.h>

#include "llama/json.h"

enum {
	DIGITS_MAX = 20, /* of a number: cJSON reads no more than 63 */
};

struct reader {
	const char *s, *end;
	struct chunk_said *said;
	struct chunk_scan *scan;
	const char *text, *text_end; /* the delta's, between its quotes; NULL: there is none */
	bool is_reasoning;           /* this text */
};

static bool
take(struct reader *r, const char *literal)
{
	size_t n = strlen(literal);

	if ((size_t)(r->end - r->s) < n || memcmp(r->s, literal, n) != 0)
		return false;
	r->s += n;
	return true;
}

/* ---- texts ---- */

/* '\0' for those that are left to json.h. */
static char
unescape(char c)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at = c ? strchr(from, c) : NULL;

	return at ? to[at - from] : '\0';
}

/* The bytes between two quotes, with escapes among them. */
static bool
read_escaped(char *out, const char *s, size_t n, struct chunk_text *text)
{
	const char *end = s + n;
	size_t len = 0;

	for (; s < end; s++, len++) {
		if (len == CHUNK_SCAN_UNESCAPED_MAX || *s == '"')
			return false;
		out[len] = *s;
		if (*s == '\\' && (++s == end || !(out[len] = unescape(*s))))
			return false;
	}
	*text = (struct chunk_text){out, len};
	return true;
}

static bool
is_plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((s[i] & 0x80) || s[i] == '\0' || s[i] == '"' || s[i] == '\\')
			return false;
	return true;
}

/* Most are a few letters. False also where there is a quote among them. */
static bool
read_text(struct chunk_scan *scan, const char *s, size_t n, struct chunk_text *text)
{
	*text = (struct chunk_text){s, n};
	if (is_plain(s, n))
		return true;
	if (!json_is_well_formed(s, n))
		return false;
	return (!memchr(s, '"', n) && !memchr(s, '\\', n)) || read_escaped(scan->unescaped, s, n, text);
}

/* A string without escapes. */
static bool
take_plain(struct reader *r, struct chunk_text *text)
{
	const char *close;

	if (!take(r, "\"") || !(close = memchr(r->s, '"', (size_t)(r->end - r->s))))
		return false;
	*text = (struct chunk_text){r->s, (size_t)(close - r->s)};
	r->s = close + 1;
	return !memchr(text->s, '\\', text->n);
}

/* The closing quote, or the end. */
static const char *
find_close(const struct reader *r)
{
	const char *s = r->s;

	for (; s < r->end && *s != '"'; s++)
		if (*s == '\\' && s + 1 < r->end)
			s++;
	return s;
}

static bool
take_text(struct reader *r, struct chunk_text *text)
{
	if (!take(r, "\""))
		return false;
	r->text = r->s;
	r->s = r->text_end = find_close(r);
	return take(r, "\"") && read_text(r->scan, r->text, (size_t)(r->text_end - r->text), text);
}

/* ---- the members ---- */

static bool
take_delta(struct reader *r)
{
	r->is_reasoning = take(r, "{\"reasoning_content\":");
	return (r->is_reasoning || take(r, "{\"content\":")) &&
	       take_text(r, r->is_reasoning ? &r->said->reasoning : &r->said->content) && take(r, "}");
}

static bool
take_choice(struct reader *r)
{
	unsigned seen = 0, one;

	do {
		if (take(r, "\"finish_reason\":null"))
			one = 1;
		else if (take(r, "\"index\":0"))
			one = 2;
		else if (take(r, "\"delta\":") && take_delta(r))
			one = 4;
		else
			return false;
		if (seen & one)
			return false;
		seen |= one;
	} while (take(r, ","));
	return true;
}

static bool
take_number(struct reader *r)
{
	const char *start = r->s;

	while (r->s < r->end && isdigit((unsigned char)*r->s))
		r->s++;
	return r->s > start && r->s - start <= DIGITS_MAX;
}

/* These hold nothing that becomes an event. */
static bool
take_other(struct reader *r)
{
	struct chunk_text unused;

	if (take(r, "\"created\":"))
		return take_number(r);
	return (take(r, "\"object\":") || take(r, "\"system_fingerprint\":")) && take_plain(r, &unused);
}

/* Of each name the first counts: one that comes twice is left to json.h. */
static bool
take_root(struct reader *r)
{
	bool choices = false, model = false, id = false;

	do {
		if (!choices && take(r, "\"choices\":[{")) {
			choices = take_choice(r) && take(r, "}]");
			if (!choices)
				return false;
		} else if (!model && take(r, "\"model\":")) {
			model = take_plain(r, &r->said->model);
			if (!model)
				return false;
		} else if (!id && take(r, "\"id\":")) {
			id = take_plain(r, &r->said->id);
			if (!id)
				return false;
		} else if (!take_other(r)) {
			return false;
		}
	} while (take(r, ","));
	return choices;
}

/* ---- the frame ---- */

static bool
has_frame(const struct chunk_scan *scan, const char *json, size_t n)
{
	return scan->before > 0 && n >= scan->before + scan->after && memcmp(json, scan->bytes, scan->before) == 0 &&
	       memcmp(json + n - scan->after, scan->bytes + scan->before, scan->after) == 0;
}

static bool
read_framed(struct chunk_scan *scan, const char *json, size_t n, struct chunk_said *said)
{
	if (!has_frame(scan, json, n))
		return false;
	*said = scan->frame;
	return read_text(scan, json + scan->before, n - scan->before - scan->after,
	        scan->is_reasoning ? &said->reasoning : &said->content);
}

/* Where bytes of the chunk, before or after its text, stand in the frame. */
static struct chunk_text
place_in_frame(const struct reader *r, const char *json, const struct chunk_text *of)
{
	size_t at = (size_t)(of->s - json);

	if (of->n == 0)
		return (struct chunk_text){"", 0};
	if (of->s > r->text)
		at -= (size_t)(r->text_end - r->text);
	return (struct chunk_text){r->scan->bytes + at, of->n};
}

static void
keep_frame(const struct reader *r, const char *json)
{
	static const struct chunk_text none = {"", 0};
	struct chunk_scan *scan = r->scan;

	scan->before = 0;
	if (!r->text || (size_t)(r->text - json) + (size_t)(r->end - r->text_end) > CHUNK_SCAN_FRAME_MAX)
		return;
	scan->before = (size_t)(r->text - json);
	scan->after = (size_t)(r->end - r->text_end);
	memcpy(scan->bytes, json, scan->before);
	memcpy(scan->bytes + scan->before, r->text_end, scan->after);
	scan->is_reasoning = r->is_reasoning;
	scan->frame.id = place_in_frame(r, json, &r->said->id);
	scan->frame.model = place_in_frame(r, json, &r->said->model);
	scan->frame.reasoning = scan->frame.content = none;
}

bool
chunk_scan(struct chunk_scan *scan, const char *json, size_t n, struct chunk_said *said)
{
	static const struct chunk_text none = {"", 0};
	struct reader r = {.s = json, .end = json + n, .said = said, .scan = scan};

	if (read_framed(scan, json, n, said))
		return true;
	*said = (struct chunk_said){none, none, none, none};
	if (!json_is_well_formed(json, n) || !take(&r, "{") || !take_root(&r) || !take(&r, "}") || r.s != r.end)
		return false;
	keep_frame(&r, json);
	return true;
}
