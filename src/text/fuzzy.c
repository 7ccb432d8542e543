/*
 * fuzzy.c - one table per word: for each of its letters and each character of the text, the best score of a way that ends
 * there. As fzf does it, with a gap that costs more to begin than to go on.
 */
#include "text/fuzzy.h"

#include <stdint.h>
#include <string.h>
#include <wctype.h>

#include "base/utf8.h"

enum {
	SCORE_LETTER = 16,
	SCORE_SAME_CASE = 1,
	SCORE_WORD_START = 8, /* twice that for the first letter of the pattern's word */
	SCORE_WORD_END = 3,   /* for the last letter */
	SCORE_TEXT_START = 2,
	SCORE_SIDE_BY_SIDE = 6,
	COST_GAP_BEGIN = 3,
	COST_GAP_GOES_ON = 1,
	NOWHERE = -100000,
};

struct text {
	uint32_t characters[FUZZY_TEXT_MAX], small[FUZZY_TEXT_MAX];
	uint16_t at[FUZZY_TEXT_MAX + 1]; /* the byte that each begins with */
	int n;
};

static uint32_t
small(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
	return (uint32_t)towlower((wint_t)c);
}

static void
read_text(struct text *t, const char *text, size_t n)
{
	size_t at = 0;

	for (t->n = 0; at < n && t->n < FUZZY_TEXT_MAX; t->n++) {
		uint32_t c;

		t->at[t->n] = (uint16_t)at;
		at += utf8_decode(text + at, n - at, &c);
		t->characters[t->n] = c;
		t->small[t->n] = small(c);
	}
	t->at[t->n] = (uint16_t)at;
}

/* ---- scores ---- */

static bool
is_letter(uint32_t c)
{
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool
is_capital(uint32_t c)
{
	return small(c) != c;
}

static bool
begins_word(const struct text *t, int at)
{
	uint32_t before = at > 0 ? t->characters[at - 1] : ' ', c = t->characters[at];

	return is_letter(c) && (!is_letter(before) || (is_capital(c) && !is_capital(before)));
}

static bool
ends_word(const struct text *t, int at)
{
	return at + 1 == t->n || !is_letter(t->characters[at + 1]) || begins_word(t, at + 1);
}

static int
score_letter(const struct text *t, int at, const struct text *word, int letter)
{
	int score = SCORE_LETTER + (t->characters[at] == word->characters[letter] ? SCORE_SAME_CASE : 0);

	if (begins_word(t, at))
		score += letter == 0 ? 2 * SCORE_WORD_START : SCORE_WORD_START;
	if (letter == word->n - 1 && ends_word(t, at))
		score += SCORE_WORD_END;
	return score + (at == 0 && letter == 0 ? SCORE_TEXT_START : 0);
}

struct table {
	int score[FUZZY_WORD_MAX][FUZZY_TEXT_MAX];
	int16_t from[FUZZY_WORD_MAX][FUZZY_TEXT_MAX]; /* where the letter before it stands */
};

static void
fill_first(struct table *table, const struct text *t, const struct text *word)
{
	for (int at = 0; at < t->n; at++)
		table->score[0][at] = t->small[at] == word->small[0] ? score_letter(t, at, word, 0) : NOWHERE;
}

/* `gap` is the best way of the letters before to a place that does not touch this one, the gap paid for. */
static void
fill_row(struct table *table, const struct text *t, const struct text *word, int letter)
{
	const int *before = table->score[letter - 1];
	int gap = NOWHERE, gap_from = -1;

	for (int at = 0; at < t->n; at++) {
		int touching = at > 0 ? before[at - 1] + SCORE_SIDE_BY_SIDE : NOWHERE;

		gap -= COST_GAP_GOES_ON;
		if (at > 1 && before[at - 2] - COST_GAP_BEGIN > gap) {
			gap = before[at - 2] - COST_GAP_BEGIN;
			gap_from = at - 2;
		}
		table->score[letter][at] = NOWHERE;
		if (t->small[at] != word->small[letter] || (touching < 0 && gap < NOWHERE / 2))
			continue;
		table->from[letter][at] = (int16_t)(touching >= gap ? at - 1 : gap_from);
		table->score[letter][at] = (touching >= gap ? touching : gap) + score_letter(t, at, word, letter);
	}
}

/* ---- marks ---- */

static void
add_mark(struct fuzzy *f, size_t start, size_t end)
{
	size_t i = f->n;

	if (f->n == FUZZY_MARKS_MAX)
		return;
	for (; i > 0 && f->marks[i - 1].start > start; i--)
		f->marks[i] = f->marks[i - 1];
	f->marks[i] = (struct fuzzy_mark){start, end};
	f->n++;
}

static void
join_marks(struct fuzzy *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		if (n > 0 && f->marks[i].start <= f->marks[n - 1].end) {
			if (f->marks[i].end > f->marks[n - 1].end)
				f->marks[n - 1].end = f->marks[i].end;
		} else {
			f->marks[n++] = f->marks[i];
		}
	f->n = n;
}

static void
mark_way(struct fuzzy *f, const struct table *table, const struct text *t, const struct text *word, int at)
{
	for (int letter = word->n - 1; letter >= 0; letter--) {
		add_mark(f, t->at[at], t->at[at + 1]);
		if (letter > 0)
			at = table->from[letter][at];
	}
}

/* ---- words ---- */

static bool
match_word(const struct text *t, const struct text *word, struct table *table, struct fuzzy *f)
{
	const int *last = table->score[word->n - 1];
	int best = -1;

	fill_first(table, t, word);
	for (int letter = 1; letter < word->n; letter++)
		fill_row(table, t, word, letter);
	for (int at = 0; at < t->n; at++)
		if (last[at] > NOWHERE / 2 && (best < 0 || last[at] > last[best]))
			best = at;
	if (best < 0)
		return false;
	f->score += last[best];
	mark_way(f, table, t, word, best);
	return true;
}

bool
fuzzy_match(const char *text, size_t n, const char *pattern, struct fuzzy *f)
{
	static const char spaces[] = " \t\n";
	struct text t, word;
	struct table table;

	f->score = 0;
	f->n = 0;
	read_text(&t, text, n);
	for (size_t len; *(pattern += strspn(pattern, spaces)); pattern += len) {
		len = strcspn(pattern, spaces);
		if (utf8_count(pattern, len) > FUZZY_WORD_MAX)
			return false;
		read_text(&word, pattern, len);
		if (!match_word(&t, &word, &table, f))
			return false;
	}
	join_marks(f);
	return true;
}
