/*
 * cluster.c - clusters by utf8proc's boundary rules, widths by libc.
 */
#include "text/cluster.h"

#include <string.h>
#include <wchar.h>

#include <utf8proc.h>

#include "base/compiler.h"
#include "base/utf8.h"

static const char box[] = "\xe2\x96\xa1", dotted_circle[] = "\xe2\x97\x8c";

enum {
	JOINER = 0x200d,
	PRESENTATION = 0xfe0f,
	KEYCAP = 0x20e3,
};

/* Of the terminal. */
static struct {
	unsigned joined;
	bool met;
} sequences;

void
cluster_join(unsigned joined)
{
	sequences.joined = joined;
}

unsigned
cluster_joins(void)
{
	return sequences.joined;
}

bool
cluster_has_met(void)
{
	return sequences.met;
}

static int
boundary_class(uint32_t c)
{
	return utf8proc_get_property((utf8proc_int32_t)c)->boundclass;
}

int
cluster_character_width(uint32_t c)
{
	return wcwidth((wchar_t)c);
}

/* Does the next one stand in a cell of its own, though Unicode joins it? What has a width does: else it would not be seen.
 * Two letters of a flag are drawn together. */
static bool
has_own_cell(uint32_t before, uint32_t next)
{
	if (boundary_class(before) == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR &&
	        boundary_class(next) == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR)
		return false;
	return boundary_class(before) == UTF8PROC_BOUNDCLASS_PREPEND || cluster_character_width(next) > 0 ||
	       (boundary_class(next) == UTF8PROC_BOUNDCLASS_SPACINGMARK && cluster_character_width(next) != 0);
}

bool
cluster_break(uint32_t before, uint32_t next, int32_t *state)
{
	bool ends = utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)next, state);

	if (ends || before == 0 || !has_own_cell(before, next))
		return ends;
	*state = 0;
	return true;
}

/* What Default_Ignorable_Code_Point has beside the categories below, with the joiners and selectors. */
static const struct {
	uint32_t first, last;
	enum cluster_kind kind;
} special_kinds[] = {
        {0x034f, 0x034f, CLUSTER_JOINER},
        {0x115f, 0x115f, CLUSTER_INVISIBLE},
        {0x1160, 0x1160, CLUSTER_JOINER},
        {0x17b4, 0x17b5, CLUSTER_INVISIBLE},
        {0x180b, 0x180d, CLUSTER_VARIATION},
        {0x180f, 0x180f, CLUSTER_VARIATION},
        {0x200c, 0x200d, CLUSTER_JOINER},
        {0x2065, 0x2065, CLUSTER_INVISIBLE},
        {0x2800, 0x2800, CLUSTER_BLANK},
        {0x3164, 0x3164, CLUSTER_INVISIBLE},
        {0xfe00, 0xfe0f, CLUSTER_VARIATION},
        {0xffa0, 0xffa0, CLUSTER_INVISIBLE},
        {0xfff0, 0xfff8, CLUSTER_INVISIBLE},
        {0xe0100, 0xe01ef, CLUSTER_VARIATION},
        {0xe0000, 0xe0fff, CLUSTER_INVISIBLE},
};

enum cluster_kind
cluster_kind(uint32_t c)
{
	if (c >= 0x20 && c < 0x7f)
		return c == ' ' ? CLUSTER_BLANK : CLUSTER_VISIBLE;
	for (size_t i = 0; i < ARRAY_LEN(special_kinds); i++)
		if (c >= special_kinds[i].first && c <= special_kinds[i].last)
			return special_kinds[i].kind;
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_ZS:
		return CLUSTER_BLANK;
	case UTF8PROC_CATEGORY_CF: /* those that are prepended, Arabic number signs, can be seen */
		return boundary_class(c) == UTF8PROC_BOUNDCLASS_PREPEND ? CLUSTER_VISIBLE : CLUSTER_INVISIBLE;
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return CLUSTER_INVISIBLE;
	default:
		return CLUSTER_VISIBLE;
	}
}

bool
cluster_punctuation(uint32_t c)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);

	if (c < 0x80)
		return c > ' ' && c < 0x7f && !(category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO);
	return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}

/* ---- emoji sequences ---- */

/* One was met: does the terminal draw it as one? */
static bool
is_joined(enum cluster_sequence kind)
{
	sequences.met = true;
	return sequences.joined & kind;
}

static uint32_t
character_at(const char *s, size_t n, size_t at, size_t *len)
{
	uint32_t c = 0;

	*len = at < n ? utf8_decode(s + at, n - at, &c) : 0;
	return c;
}

static bool
is_flag_letter(uint32_t c)
{
	return c >= 0x1f1e6 && c <= 0x1f1ff;
}

static bool
is_tone(uint32_t c)
{
	return c >= 0x1f3fb && c <= 0x1f3ff;
}

/* The bytes of an emoji that begins at s[at] and is two cells wide, with its tone; 0: there is none. `*many`: it has more than one
 * code point that has a width, or has become wider by a selector. */
static size_t
emoji_length(const char *s, size_t n, size_t at, bool *many)
{
	size_t len, one;
	uint32_t c = character_at(s, n, at, &len), next = character_at(s, n, at + len, &one);
	int width = cluster_character_width(c);

	if (c < 0x80 || boundary_class(c) != UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC)
		return 0;
	if (next == PRESENTATION && (width == 2 || (width == 1 && is_joined(CLUSTER_PRESENTED)))) {
		*many = *many || width == 1;
		return len + one;
	}
	if (width == 2 && is_tone(next) && is_joined(CLUSTER_TONES)) {
		*many = true;
		return len + one;
	}
	return width == 2 ? len : 0;
}

static size_t
emoji_sequence_length(const char *s, size_t n)
{
	bool many = false, ignored = false;
	size_t len = emoji_length(s, n, 0, &many), joiner, more;

	while (len > 0 && character_at(s, n, len, &joiner) == JOINER) {
		more = emoji_length(s, n, len + joiner, &ignored);
		if (more == 0 || !is_joined(CLUSTER_JOINED) || len + joiner + more > CLUSTER_LENGTH_MAX)
			break;
		len += joiner + more;
		many = true;
	}
	return many ? len : 0;
}

static size_t
flag_length(const char *s, size_t n)
{
	size_t one, other;

	return is_flag_letter(character_at(s, n, 0, &one)) && is_flag_letter(character_at(s, n, one, &other)) &&
	                       is_joined(CLUSTER_FLAGS)
	               ? one + other
	               : 0;
}

static size_t
keycap_length(const char *s, size_t n)
{
	size_t one, other;

	return character_at(s, n, 1, &one) == PRESENTATION && character_at(s, n, 1 + one, &other) == KEYCAP &&
	                       is_joined(CLUSTER_KEYCAPS)
	               ? 1 + one + other
	               : 0;
}

/* By the first bytes of its first two characters; the second is a selector, a joiner, or of those from U+1F000 on. Most text is none. */
static inline bool
may_be_sequence(const char *s, size_t n)
{
	unsigned char lead = (unsigned char)s[0], second;
	size_t len = lead == 0xf0 ? 4 : lead >= 0xe2 ? 3 : lead == 0xc2 ? 2 : 1;

	if (lead < 0x80)
		return n > 1 && (unsigned char)s[1] == 0xef;
	if (len + 1 >= n || (lead > 0xe3 && lead != 0xf0))
		return false;
	second = (unsigned char)s[len];
	return second == 0xef || second == 0xf0 || (second == 0xe2 && (unsigned char)s[len + 1] == 0x80);
}

/* The bytes of a sequence at the start that the terminal draws as one; 0: there is none. */
static size_t
joined_length(const char *s, size_t n)
{
	size_t len;

	if (!may_be_sequence(s, n))
		return 0;
	if ((unsigned char)s[0] < 0x80)
		return (s[0] >= '0' && s[0] <= '9') || s[0] == '#' || s[0] == '*' ? keycap_length(s, n) : 0;
	len = flag_length(s, n);
	return len > 0 ? len : emoji_sequence_length(s, n);
}

/* ---- clusters ---- */

/* The first cluster's bytes, of which such a sequence has `joined`. */
static size_t
length_behind(const char *s, size_t n, size_t joined)
{
	uint32_t before = joined > 0 ? PRESENTATION : 0, next; /* as any mark */
	int32_t state = 0;
	size_t len = joined;

	while (len < n && len < CLUSTER_LENGTH_MAX) {
		size_t one = utf8_decode(s + len, n - len, &next);
		bool ends = cluster_break(before, next, &state);

		if (ends && len > 0)
			break;
		before = next;
		len += one;
	}
	return len;
}

size_t
cluster_length(const char *s, size_t n)
{
	return cluster_plain(s, n) ? 1 : length_behind(s, n, joined_length(s, n));
}

static void
draw_as(struct cluster *cluster, const char *bytes, size_t n, int width)
{
	memcpy(cluster->drawn, bytes, n);
	cluster->drawn[n] = '\0';
	cluster->width = width;
}

static bool
draw_flag(struct cluster *cluster, const char *s)
{
	char letters[2];
	size_t at = 0;

	for (int i = 0; i < 2; i++) {
		uint32_t c;

		if (at >= cluster->len)
			return false;
		at += utf8_decode(s + at, cluster->len - at, &c);
		if (!is_flag_letter(c))
			return false;
		letters[i] = (char)('A' + (c - 0x1f1e6));
	}
	draw_as(cluster, letters, 2, 2);
	return true;
}

/* A skin tone stands as the square of its colour: by itself a terminal may join it to the emoji in the cell before. */
static bool
draw_tone(struct cluster *cluster, uint32_t base)
{
	static const char *const squares[] = {"⬜", "🟨", "🟧", "🟫", "⬛"};

	if (!is_tone(base))
		return false;
	draw_as(cluster, squares[base - 0x1f3fb], strlen(squares[base - 0x1f3fb]), 2);
	return true;
}

static size_t
without_joiner(const char *s, size_t n)
{
	static const char joiner[] = "\xe2\x80\x8d";

	return n > 3 && memcmp(s + n - 3, joiner, 3) == 0 ? n - 3 : n;
}

/* Of an emoji what the joiner at its end joins it to has a cell of its own. */
static size_t
length_drawn(const char *s, size_t n, uint32_t base)
{
	return boundary_class(base) == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC ? without_joiner(s, n) : n;
}

/* Points, and those of them that have a width or that libc does not know. */
static void
count_points(const char *s, size_t n, int *points, int *spacing)
{
	*points = *spacing = 0;
	for (size_t at = 0; at < n; ++*points) {
		uint32_t c;

		at += utf8_decode(s + at, n - at, &c);
		*spacing += cluster_character_width(c) != 0;
	}
}

static void
draw(struct cluster *cluster, const char *s)
{
	uint32_t base;
	size_t base_len = utf8_decode(s, cluster->len, &base);
	int width = cluster_character_width(base), points, spacing;
	size_t len = length_drawn(s, cluster->len, base);

	if (draw_tone(cluster, base))
		return;
	if (width < 0) {
		draw_as(cluster, box, sizeof(box) - 1, 1);
		return;
	}
	if (width == 0) {
		memcpy(cluster->drawn, dotted_circle, sizeof(dotted_circle));
		memcpy(cluster->drawn + sizeof(dotted_circle) - 1, s, base_len);
		cluster->width = 1;
		return;
	}
	if (len == base_len) {
		draw_as(cluster, s, base_len, width);
		return;
	}
	count_points(s, len, &points, &spacing);
	if (points > CLUSTER_POINTS_MAX)
		len = utf8_prefix(s, len, CLUSTER_POINTS_MAX);
	draw_as(cluster, s, spacing > 1 ? base_len : len, width);
}

struct cluster
cluster_read(const char *s, size_t n)
{
	struct cluster cluster = {.len = 1, .width = 1};

	if (cluster_plain(s, n)) {
		cluster.drawn[0] = s[0];
		return cluster;
	}
	cluster.joined = joined_length(s, n);
	cluster.len = length_behind(s, n, cluster.joined);
	if (cluster.joined > 0)
		cluster.joined = without_joiner(s, cluster.len);
	if (s[0] == '\n')
		cluster.width = 0;
	else if (cluster.joined > 0)
		draw_as(&cluster, s, utf8_prefix(s, cluster.len, 1), 2);
	else if (!draw_flag(&cluster, s))
		draw(&cluster, s);
	return cluster;
}

static bool
starts_cluster(char c)
{
	unsigned char u = (unsigned char)c;

	return u == '\n' || (u >= 0x20 && u < 0x7f) || (u >= 0xe4 && u <= 0xe9);
}

/* Boundaries can only be told going forward. Nothing joins what stands after a line feed or before printable ASCII or
 * an ideograph (the characters that begin with these bytes), so one of these, at most some words back, is where to
 * begin. */
size_t
cluster_before(const char *s, size_t at)
{
	size_t from = at - 1, last;

	while (from > 0 && !starts_cluster(s[from]))
		from--;
	do {
		last = from;
		from += cluster_length(s + from, at - from);
	} while (from < at);
	return last;
}

int
cluster_width(const char *s, size_t n)
{
	int width = 0;

	for (size_t at = 0; at < n;) {
		struct cluster cluster;

		if (cluster_plain(s + at, n - at)) {
			width++;
			at++;
			continue;
		}
		cluster = cluster_read(s + at, n - at);
		width += cluster.width;
		at += cluster.len;
	}
	return width;
}

size_t
cluster_fit(const char *s, size_t n, int width)
{
	size_t at = 0;

	while (at < n) {
		struct cluster cluster = cluster_read(s + at, n - at);

		if (cluster.width > width)
			break;
		width -= cluster.width;
		at += cluster.len;
	}
	return at;
}
