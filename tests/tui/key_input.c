/*
 * key_input.c - what keys come of the bytes of a terminal, however late each byte is. Time is told, nobody waits.
 */
#include "tui/key_input.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"
#include "tui/key_stream.h"

/* Somebody at a terminal, and what flynn made of it so far: names of keys, pasted text in brackets. */
struct typist {
	struct key_input *input;
	int64_t now_ms;
	struct buf out;
	bool in_text;
};

static void
typist_init(struct typist *t, const char *term, bool slow)
{
	struct err err;

	*t = (struct typist){.now_ms = 100000};
	t->input = key_input_new(term, slow, &err);
	CU_ASSERT_FATAL(t->input != NULL);
}

static void
typist_release(struct typist *t)
{
	key_input_free(t->input);
	buf_release(&t->out);
}

static void
note(struct typist *t, const struct term_event *event)
{
	static const char *const mouse[] = {"press", "drag", "release"};
	char name[KEY_TEXT_MAX];

	if (event->type == TERM_PASTE) {
		buf_puts(&t->out, t->in_text ? "" : "[");
		buf_put(&t->out, event->text, event->len);
		t->in_text = true;
		return;
	}
	buf_puts(&t->out, t->in_text ? "] " : "");
	t->in_text = false;
	if (event->type == TERM_MOUSE) {
		buf_printf(&t->out, "%s:%d,%d ", mouse[event->mouse], event->row, event->col);
		return;
	}
	if (event->type == TERM_FOCUS_IN || event->type == TERM_FOCUS_OUT) {
		buf_puts(&t->out, event->type == TERM_FOCUS_IN ? "focus " : "unfocus ");
		return;
	}
	key_print(event->key, name);
	buf_printf(&t->out, "%s ", name);
}

static void
take(struct typist *t)
{
	struct term_event event;

	while ((event = key_input_next(t->input)).type != TERM_NOTHING)
		note(t, &event);
}

/* As the program's loop does: it looks when the time-out has passed. */
static void
wait_ms(struct typist *t, int ms)
{
	int timeout;

	while ((timeout = key_input_timeout(t->input)) >= 0 && timeout <= ms) {
		t->now_ms += timeout;
		ms -= timeout;
		key_input_silence(t->input);
		take(t);
	}
	t->now_ms += ms;
}

static void
type(struct typist *t, const char *bytes, size_t n)
{
	key_input_feed(t->input, bytes, n, t->now_ms);
	take(t);
}

/* What was made of it; the caller's to free. */
static char *
finish(struct typist *t)
{
	wait_ms(t, 10000);
	buf_puts(&t->out, t->in_text ? "] " : "");
	if (t->out.len > 0)
		buf_truncate(&t->out, t->out.len - 1);
	return mem_strdup(buf_text(&t->out));
}

/* ---- with pauses ---- */

enum {
	PIECES = 12,
};

/* "@60" is a pause of 60 ms. */
struct row {
	const char *pieces[PIECES], *want;
};

static void
check(const struct row *row, bool slow)
{
	struct typist t;
	char *have;

	typist_init(&t, "xterm-256color", slow);
	for (size_t i = 0; i < PIECES && row->pieces[i]; i++)
		if (row->pieces[i][0] == '@')
			wait_ms(&t, atoi(row->pieces[i] + 1));
		else
			type(&t, row->pieces[i], strlen(row->pieces[i]));
	have = finish(&t);
	HARNESS_EQUAL(have, row->want);
	free(have);
	typist_release(&t);
}

static void
joins_what_comes_in_pieces(void)
{
	static const struct row rows[] = {
	        {{"\x1b", "@60", "[D"}, "Left"},
	        {{"\x1b", "@60", "\r"}, "M-Enter"},
	        {{"\x1b", "@60", "b"}, "M-b"},
	        {{"\x1b", "@60", "\xc3", "@600", "\xbc"}, "M-ü"},
	        {{"\x1b[", "@900", "D"}, "Left"},
	        {{"\x1b[1", "@5000", ";", "@5000", "5C"}, "C-Right"},
	        {{"\x1bO", "@900", "P"}, "F1"},
	        {{"\x1b[20", "@60", "0~ls -la\r\x1b[201~"}, "[ls -la\n]"},
	        {{"\x1b[200~a", "@60", "b\x1b[20", "@60", "1~", "@60", "\r"}, "[ab] Enter"},
	        {{"\x1b[200~a", "@5000", "bcd\r", "@5000", "e\x1b", "@60", "[201~", "@60", "\r"}, "[abcd\ne] Enter"},
	        {{"\xe6\x97", "@60", "\xa5"}, "日"},
	        {{"\xe6", "@900", "\x97", "@900", "\xa5"}, "日"},
	        {{"\x1b[<0;1", "@3000", "0;5M"}, "press:5,10"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(&rows[i], false);
}

static void
leaves_a_person_the_escape_key(void)
{
	static const struct row rows[] = {
	        {{"\x1b"}, "Esc"},
	        {{"\x1b", "@100", "x"}, "Esc x"},
	        {{"\x1b", "@100", "\r"}, "Esc Enter"},
	        {{"\x1b", "@100", "[", "@100", "D"}, "Esc [ D"},
	        {{"\x1b", "@100", "O", "@100", "K"}, "Esc O K"},
	        {{"\x1b", "@100", "[x](https://example.org)"}, "Esc [ x ] ( h t t p s : / / e x a m p l e . o r g )"},
	        {{"\x1b", "@100", "\x1b"}, "Esc Esc"},
	        {{"\x1b", "@30", "\x1b"}, "Esc Esc"},
	        {{"\x1b\x1b"}, "Esc Esc"},
	        {{"\x1b\x1b\x1b\x1b"}, "Esc Esc Esc Esc"},
	        {{"\x1b", "@30", "\x1b", "@30", "\x1b", "@100", "y"}, "Esc Esc Esc y"},
	        {{"\x1b\x1b[A"}, "M-Up"},
	        {{"\x1b", "@100", "\x1b[A"}, "Esc Up"},
	        {{"\x1b\x1b[200~t\x1b[201~"}, "Esc [t]"},
	        {{"\x1bP", "@100", "\r"}, "M-P Enter"},
	        {{"\x1bP\x1bP"}, "M-P M-P"},
	        {{"\x1b]", "@100", "x"}, "M-] x"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(&rows[i], false);
}

/* Alt+Enter and Ctrl+J break the line, Enter alone sends. */
static void
sends_nothing_behind_what_was_cut(void)
{
	static const struct row rows[] = {
	        {{"\x1b", "@200", "[D"}, "Esc Left"},
	        {{"\x1b", "@200", "[200~ls\r\x1b[201~", "@50", "\r"}, "Esc [ls\n] Enter"},
	        {{"\x1b", "@200", "[", "@50", "2", "@50", "0", "@50", "0", "@50", "~ls\r\x1b[201~"},
	                "Esc [ 2 0 0 [ls\n]"},
	        {{"\x1b[", "@3000", "200~ls\r", "@50", "\x1b[201~"}, "2 0 0 [ls\n]"},
	        {{"\x1b[", "@3000", "D\r", "@500", "\r", "@500", "\r"}, "D M-Enter M-Enter Enter"},
	        {{"\x1b[2\r"}, "M-Enter"},
	        {{"\x1b[200~one", "@5000", "x", "@50", "\r", "@500", "\r"}, "[one] x M-Enter Enter"},
	        {{"\x1b[200~one", "@5000", "\x1b", "@5000", "\r", "@500", "\r"}, "[one] Esc M-Enter Enter"},
	        {{"\x1b[200~one", "@5000", "\x1b[A"}, "[one] Up"},
	        {{"\xe6\x97", "@3000", "\xa5", "x"}, "\xef\xbf\xbd x"},
	        {{"\xe6\x97", "@3000", "x"}, "\xef\xbf\xbd x"},
	        {{"a\xe6\x97", "@3000", "\r", "@500", "\r"}, "a \xef\xbf\xbd M-Enter Enter"},
	        {{"a\xe6\x97", "@3000", "\xa5\r", "@500", "\r", "@500", "\r"}, "a \xef\xbf\xbd M-Enter M-Enter Enter"},
	        {{"a", "@50", "\xc3\r", "@500", "\r", "@500", "\r"}, "a \xef\xbf\xbd M-Enter M-Enter Enter"},
	        {{"a", "@50", "\xf0\x9f", "@60", "\r", "@500", "\r", "@500", "\r"},
	                "a \xef\xbf\xbd M-Enter M-Enter Enter"},
	        {{"a", "@50", "\x97\xa5", "@50", "\r", "@500", "\r"}, "a \xef\xbf\xbd \xef\xbf\xbd M-Enter Enter"},
	        {{"\x1b\xc3", "@50", "\r", "@500", "\r", "@500", "\r"}, "Esc \xef\xbf\xbd M-Enter M-Enter Enter"},
	        {{"\x1b\xc3", "@3000", "\r", "@500", "\r"}, "M-Enter Enter"},
	};
	static const struct row slow_rows[] = {
	        {{"\x1b", "@150", "\r"}, "M-Enter"},
	        {{"\x1b", "@300", "\r", "@600", "\r"}, "Esc M-Enter Enter"},
	        {{"\x1b", "@300", "x"}, "Esc x"},
	        {{"\x1b", "@1000", "\r"}, "Esc Enter"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(&rows[i], false);
	for (size_t i = 0; i < ARRAY_LEN(slow_rows); i++)
		check(&slow_rows[i], true);
}

/* A sequence that came in pieces tells how long the pauses are. */
static void
waits_longer_where_the_line_is_slow(void)
{
	static const struct row rows[] = {
	        {{"\x1b[1", "@120", "D", "@900", "\x1b", "@150", "\r"}, "Left M-Enter"},
	        {{"\x1b", "@110", "[D", "@900", "\x1b", "@150", "[D"}, "Esc Left Left"},
	        {{"\xe6", "@3000", "\xa5", "@900", "\x1b", "@260", "x"}, "\xef\xbf\xbd Esc x"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(&rows[i], false);
}

static void
swallows_what_terminals_answer(void)
{
	static const struct row rows[] = {
	        {{"\x1b]11;rgb:1e1e/1e1e/1e1e\x07x"}, "x"},
	        {{"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\x"}, "x"},
	        {{"\x1b]", "@60", "11;rgb:1e1e", "@900", "/1e1e/1e1e", "@60", "\x1b", "@60", "\\x"}, "x"},
	        {{"\x1b]11;rgb:1e1e", "@3000", "/1e1e/1e1e\x07x"}, "x"},
	        {{"\x1b_Gi=1;OK\x1b\\x"}, "x"},
	        {{"\x1bP>|XTerm(390)\x1b\\x"}, "x"},
	        {{"\x1bPhello\r\n\tworld\x1b\\x"}, "x"},
	        {{"\x1b^hello\x1b\\x\x1bXhello\x07y"}, "x y"},
	        {{"\x1b]\x1b\\x"}, "x"},
	        {{"\x9d"
	          "11;rgb:1e1e\x9cx"},
	                "x"},
	        {{"\xc2\x9d"
	          "11;rgb:1e1e\xc2\x9cx"},
	                "x"},
	        {{"\xc2", "@60", "\x90>|me\xc2", "@60", "\x9cx"}, "x"},
	        {{"\x1b]lA title \xe2\x9c\x93 with a \xe6\x9c\x9c\x1b\\x"}, "x"},
	        {{"\x9b"
	          "D\x8fP\xc2\x9b"
	          "1;5C"},
	                "Left F1 C-Right"},
	        {{"\x1b[?62;22c\x1b[>1;10;0c\x1b[24;80R\x1b[?2026;2$y\x1b[0n\x1b[8;24;80t\x1b[?1ux"}, "x"},
	        {{"\x1b\x1b[0n", "@600", "\x1b[0", "@60", "nx\x1b[0n", "\x1b[", "@900", "0n"}, "Esc x"},
	        {{"\x1b", "@600", "\x1b[0ny\x1b[0n"}, "Esc y"},
	        {{"\x1b[Ix\x1b[Oy"}, "focus x unfocus y"},
	        {{"\x1b]11;no end", "\x03", "x"}, "C-c x"},
	        {{"\x1b]11;no end", "\x1b[Ax"}, "Up x"},
	        {{"\x1b]11;no end", "@3000", "a", "@50", "\r"}, "a M-Enter"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(&rows[i], false);
}

static void
bounds_a_string_that_has_no_end(void)
{
	size_t n = STRING_MAX + 4096;
	char *many = mem_alloc(n), *have;
	struct typist t;

	memset(many, 'x', n);
	typist_init(&t, "xterm-256color", false);
	type(&t, "\x1b]", 2);
	type(&t, many, n);
	type(&t, "a", 1);
	have = finish(&t);
	HARNESS_EQUAL(have, "a");
	free(have);
	free(many);
	typist_release(&t);
}

/* ---- cut anywhere ---- */

/* Of all families of terminals. */
static const struct {
	const char *bytes, *want;
} keys[] = {
        {"a", "a"},
        {"\xc3\xa9", "é"},
        {"\xe6\x97\xa5", "日"},
        {"\xf0\x9f\x9a\x80", "🚀"},
        {"\r", "Enter"},
        {"\n", "C-j"},
        {"\t", "Tab"},
        {"\x7f", "Backspace"},
        {"\x08", "Backspace"},
        {"\x03", "C-c"},
        {"\x1b", "Esc"},
        {"\x1b\r", "M-Enter"},
        {"\x1b\x7f", "M-Backspace"},
        {"\x1b"
         "b",
                "M-b"},
        {"\x1b"
         "B",
                "M-B"},
        {"\x1b<", "M-<"},
        {"\x1b\xc3\xbc", "M-ü"},
        {"\x1b[A", "Up"},
        {"\x1bOA", "Up"},
        {"\x1b\x1b[A", "M-Up"},
        {"\x1b\x1bOA", "M-Up"},
        {"\x1b[1;5C", "C-Right"},
        {"\x1b[1;3D", "M-Left"},
        {"\x1b[1;2B", "S-Down"},
        {"\x1bO5C", "C-Right"},
        {"\x1bO2P", "F13"}, /* as terminfo has it */
        {"\x1b[H", "Home"},
        {"\x1b[1~", "Home"},
        {"\x1b[7~", "Home"},
        {"\x1bOF", "End"},
        {"\x1b[5~", "PgUp"},
        {"\x1b[6;3~", "M-PgDn"},
        {"\x1b[3~", "Delete"},
        {"\x1b[2;2~", "S-Insert"},
        {"\x1bOP", "F1"},
        {"\x1b[11~", "F1"},
        {"\x1b[24~", "F12"},
        {"\x1b[Z", "S-Tab"},
        {"\x1b[13;2u", "S-Enter"},
        {"\x1b[13;3u", "M-Enter"},
        {"\x1b[97;5u", "C-a"},
        {"\x1b[97:65;5:1u", "C-a"},
        {"\x1b[97;5:2u", "C-a"},
        {"\x1b[97;5:3u", ""},
        {"\x1b[1;1:3A", ""},
        {"\x1b[57441;2u", ""},
        {"\x1b\x1b[97;1:3ux", "x"}, /* nothing of Alt's stays before the next key */
        {"\x1b\x1b[1;1:3A\x1b[A", "Up"},
        {"\x1b\x1b[57441;2u日", "日"},
        {"\x1b[1114112u", ""}, /* no character, and no key of ours */
        {"\x1b[55296u", ""},
        {"\x1b[;5u", ""},
        {"\x1b[27~", ""},
        {"\x1b[!A", ""}, /* libtermkey fell over these */
        {"\x1b[ A", ""},
        {"\x1b[>0;0A", ""},
        {"\x1b[1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1A", ""},
        {"\x1b[99999999999999999999~", ""},
        {"\x1b[5M", ""},
        {"\x1b[27;2;13~", "S-Enter"},
        {"\x1b[<0;10;5M", "press:5,10"},
        {"\x1b[<32;11;5M", "drag:5,11"},
        {"\x1b[<0;11;5m", "release:5,11"},
        {"\x1b[<64;1;1M", "WheelUp"},
        {"\x1b[M ++", "press:11,11"},
        {"\x1b[M`!!", "WheelUp"},
        {"\x1b[I", "focus"},
        {"\x1b[O", "unfocus"},
        {"\xc2\x9bI", "focus"},
        {"\x1b[?62;c", ""},
        {"\x1b]11;rgb:0/0/0\x07", ""},
        {"\x1bP1$r0m\x1b\\", ""},
        {"\x1b[200~one\rtwo\x1b[201~", "[one\ntwo]"},
        {"\x1b[200~\x1b[31mred\x1b\x1b\xe6\x97\xa5\x1b[20\x1b[201~", "[\x1b[31mred\x1b\x1b日\x1b[20]"},
};

enum {
	CUT_MS = 60,
	KEY_MS = 1200, /* between two keys */
	KEYS_TYPED = 20000,
};

/* With a pause at these places: a bit for each byte. */
static void
type_cut(struct typist *t, const char *bytes, uint64_t cuts)
{
	size_t n = strlen(bytes);

	for (size_t at = 0, end; at < n; at = end) {
		for (end = at + 1; end < n && !(cuts >> (end < 64 ? end : 63) & 1);)
			end++;
		type(t, bytes + at, end - at);
		if (end < n)
			wait_ms(t, CUT_MS);
	}
	wait_ms(t, KEY_MS);
	buf_puts(&t->out, t->in_text ? "] " : ""); /* the paste is over */
	t->in_text = false;
}

static void
knows_every_key_cut_at_every_byte(void)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		for (size_t cut = 0; cut <= strlen(keys[i].bytes); cut++) {
			/* Not at all, at each place, at all of them. */
			uint64_t cuts = cut == strlen(keys[i].bytes) ? UINT64_MAX : cut ? UINT64_C(1) << cut : 0;
			struct typist t;
			char *have;

			typist_init(&t, "xterm-256color", false);
			type_cut(&t, keys[i].bytes, cuts);
			have = finish(&t);
			HARNESS_CHECK(strcmp(have, keys[i].want) == 0, "key %zu cut at %zu: \"%s\", not \"%s\"", i, cut,
			        have, keys[i].want);
			free(have);
			typist_release(&t);
		}
}

static uint64_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return *state >> 29;
}

/* Any keys in any order, cut anywhere: the same as each by itself. KEYS_SEED gives another order. */
static void
knows_keys_in_any_order_cut_anywhere(void)
{
	uint64_t state = getenv("KEYS_SEED") ? strtoull(getenv("KEYS_SEED"), NULL, 10) : 1;
	struct typist t;

	typist_init(&t, "xterm-256color", false);
	for (int i = 0; i < KEYS_TYPED; i++) {
		size_t key = next_random(&state) % ARRAY_LEN(keys);
		uint64_t cuts = next_random(&state) & next_random(&state);
		size_t len;

		buf_clear(&t.out);
		type_cut(&t, keys[key].bytes, cuts);
		len = t.out.len > 0 ? t.out.len - 1 : 0;
		HARNESS_CHECK(len == strlen(keys[key].want) && memcmp(buf_text(&t.out), keys[key].want, len) == 0,
		        "after %d keys, key %zu cut at %llx: \"%s\", not \"%s\"", i, key, (unsigned long long)cuts,
		        buf_text(&t.out), keys[key].want);
	}
	typist_release(&t);
}

/* Without any pause, as from a program: the same keys, but for what is taken for a paste without marks. */
static void
knows_keys_without_pauses(void)
{
	static const struct row rows[] = {
	        {{"\x1b[A\x1b[B\x1bOC\x1b"
	          "b\x1b\rx\x1b[<64;1;1My\xc3\xbcz\x1b"},
	                "Up Down Right M-b M-Enter x WheelUp y ü z Esc"},
	        {{"ab\x1b[D\x1b[200~p\x1b[201~\r"}, "a b Left [p] Enter"},
	        {{"one\rtwo\x11"}, "o n e Enter t w o C-q"},
	        {{"\x1b[[A\x1b[2$\x1bOM"}, "Enter"},
	        {{"\x1bOKx\x1b[99zy"}, "x y"},
	        {{"\xff\xfe"
	          "a\x80z"},
	                "\xef\xbf\xbd \xef\xbf\xbd a \xef\xbf\xbd z"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		check(&rows[i], false);
}

CU_TestInfo key_input_tests[] = {
        {"joins what comes in pieces", joins_what_comes_in_pieces},
        {"leaves a person the escape key", leaves_a_person_the_escape_key},
        {"sends nothing behind what was cut", sends_nothing_behind_what_was_cut},
        {"waits longer where the line is slow", waits_longer_where_the_line_is_slow},
        {"swallows what terminals answer", swallows_what_terminals_answer},
        {"bounds a string that has no end", bounds_a_string_that_has_no_end},
        {"knows every key, cut at every byte", knows_every_key_cut_at_every_byte},
        {"knows keys in any order, cut anywhere", knows_keys_in_any_order_cut_anywhere},
        {"knows keys without pauses", knows_keys_without_pauses},
        CU_TEST_INFO_NULL,
};
