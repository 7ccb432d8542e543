/*
 * cluster.h - grapheme clusters: where one ends, how wide it is, and what of it is drawn. The only file pair that knows
 * utf8proc.h; widths are libc's wcwidth, which ncurses and tmux count with, so they follow LC_CTYPE.
 *
 * Clusters are the legacy ones of UAX #29: what has a width stands in a cell of its own, as terminals draw it (Devanagari
 * and Bengali vowel signs, Thai sara am, the voiced marks of half-width kana, each emoji of a sequence), and so does what
 * follows a prepended mark. Only a flag's two letters are one. Terminals differ in emoji sequences: those that the one in use
 * is known to draw as one character, in two cells, are whole clusters.
 */
#ifndef FLYNN_TEXT_CLUSTER_H
#define FLYNN_TEXT_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	CLUSTER_POINTS_MAX = 5, /* code points that ncurses keeps in a cell */
	CLUSTER_DRAWN_MAX = 4 * CLUSTER_POINTS_MAX,
	CLUSTER_LENGTH_MAX = 128, /* bytes, or a few more: where marks without end are cut */
};

/* Emoji sequences by kind. */
enum cluster_sequence {
	CLUSTER_FLAGS = 1,      /* two regional indicators */
	CLUSTER_TONES = 2,      /* an emoji and a skin tone */
	CLUSTER_JOINED = 4,     /* emoji with joiners between them */
	CLUSTER_PRESENTED = 8,  /* a character that U+FE0F makes an emoji */
	CLUSTER_KEYCAPS = 16,   /* a digit, # or *, U+FE0F, U+20E3 */
	CLUSTER_SEQUENCES = 31, /* all of them */
};

/* These the terminal draws as one. Until it is called none is: it belongs to the terminal, as LC_CTYPE does, so it holds for all that is
 * measured afterwards. On the thread that measures. */
void cluster_join(unsigned sequences);
unsigned cluster_joins(void);
bool cluster_has_met(void); /* a sequence, of any kind */

struct cluster {
	size_t len; /* bytes of the text that it takes */
	size_t joined; /* it is such a sequence, of which so many bytes are to be drawn: `drawn` is its first character; 0: it is none */
	int width; /* cells, 1 or 2; 0 for a line feed only */
	char drawn[CLUSTER_DRAWN_MAX + 1];
};

/* Whether s[0..n), n > 0, begins with one printable ASCII character that nothing can join, because the next is ASCII too
 * or missing: a cluster of one byte and one cell. Most are; the rest of this file is for those which are not. */
static inline bool
cluster_plain(const char *s, size_t n)
{
	return s[0] >= 0x20 && s[0] < 0x7f && (n == 1 || (unsigned char)s[1] < 0x80);
}

/* The cluster at the start of the cleaned text s[0..n), n > 0. One that cannot stand in a cell (more than
 * CLUSTER_POINTS_MAX code points) is drawn with the first of its marks, a flag as two letters, a skin tone as a square of that
 * colour, what libc has no width for as a box, and a mark without a base on a dotted circle. */
struct cluster cluster_read(const char *s, size_t n);

size_t cluster_length(const char *s, size_t n);         /* the same cluster's bytes, without its looks */
size_t cluster_before(const char *s, size_t at);        /* where the cluster that ends at s[at] begins; at > 0 */
int cluster_width(const char *s, size_t n);             /* cells of a whole text */
size_t cluster_fit(const char *s, size_t n, int width); /* bytes of s[0..n) that fit into so many cells */

/* ---- for clean.c ---- */

/* Does a cluster end between these two? `state` goes from each pair of a text to the next and starts with 0; `before`
 * is 0 at the start. */
bool cluster_break(uint32_t before, uint32_t next, int32_t *state);

/* What a character is for a reader. */
enum cluster_kind {
	CLUSTER_VISIBLE,
	CLUSTER_BLANK,
	CLUSTER_VARIATION, /* a variation selector: text after a character */
	CLUSTER_JOINER,    /* a joiner: text after a character or its variation selector */
	CLUSTER_INVISIBLE, /* a control, or nothing that can be seen */
};

enum cluster_kind cluster_kind(uint32_t character);

bool cluster_punctuation(uint32_t character);    /* as CommonMark has it: ASCII's, and Unicode's category P */
int cluster_character_width(uint32_t character); /* wcwidth: -1 when libc knows none */

#endif
