/*
 * key_input.c - bytes to whole sequences (tui/key_stream.h) to termkey to keys. So termkey never meets one that is cut.
 */
#include "tui/key_input.h"

#include <stdlib.h>
#include <string.h>

#include <termkey.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tui/key_stream.h"

enum {
	LEFT = 1, /* a button */
	WHEEL_UP = 4,
	WHEEL_DOWN = 5,
};

struct key_input {
	struct key_stream stream;
	struct buf piece; /* a key's bytes, or text, taken from `stream` */
	TermKey *keys;
};

/* Newer descriptions of terminals say that the mouse begins with ESC [ <, and termkey then takes the three bytes after
 * it for the old form. Left to itself it knows both. */
static const char *
not_the_mouse(const char *name, const char *value, UNUSED void *arg)
{
	return strcmp(name, "key_mouse") == 0 ? NULL : value;
}

struct key_input *
key_input_new(const char *name, bool slow, struct err *err)
{
	struct key_input *k = mem_alloc(sizeof(*k));

	key_stream_init(&k->stream, slow);
	k->keys = termkey_new_abstract(name, TERMKEY_FLAG_UTF8 | TERMKEY_FLAG_CONVERTKP | TERMKEY_FLAG_NOSTART);
	if (k->keys)
		termkey_hook_terminfo_getstr(k->keys, not_the_mouse, NULL);
	if (!k->keys || !termkey_start(k->keys)) {
		key_input_free(k);
		err_set(err, ERR_SYSTEM, "cannot decode this terminal's keys");
		return NULL;
	}
	termkey_set_canonflags(k->keys, TERMKEY_CANON_DELBS);
	return k;
}

void
key_input_free(struct key_input *k)
{
	if (!k)
		return;
	if (k->keys)
		termkey_destroy(k->keys);
	key_stream_release(&k->stream);
	buf_release(&k->piece);
	free(k);
}

/* ---- bytes ---- */

void
key_input_feed(struct key_input *k, const char *bytes, size_t n, int64_t now_ms)
{
	key_stream_feed(&k->stream, bytes, n, now_ms);
}

void
key_input_silence(struct key_input *k)
{
	key_stream_silence(&k->stream);
}

int
key_input_timeout(const struct key_input *k)
{
	return key_stream_timeout(&k->stream);
}

size_t
key_input_take_columns(struct key_input *k, int *columns, size_t most)
{
	size_t n = k->stream.n_columns < most ? k->stream.n_columns : most;

	memcpy(columns, k->stream.columns, n * sizeof(*columns));
	k->stream.n_columns = 0;
	return n;
}

bool
key_input_take_well(struct key_input *k)
{
	bool well = k->stream.well > 0;

	k->stream.well = 0;
	return well;
}

/* ---- keys ---- */

static const struct {
	TermKeySym sym;
	uint32_t code;
} named_keys[] = {
        {TERMKEY_SYM_ENTER, KEYN_ENTER},
        {TERMKEY_SYM_TAB, KEYN_TAB},
        {TERMKEY_SYM_BACKSPACE, KEYN_BACKSPACE},
        {TERMKEY_SYM_DEL, KEYN_BACKSPACE},
        {TERMKEY_SYM_ESCAPE, KEYN_ESCAPE},
        {TERMKEY_SYM_SPACE, ' '},
        {TERMKEY_SYM_UP, KEYN_UP},
        {TERMKEY_SYM_DOWN, KEYN_DOWN},
        {TERMKEY_SYM_LEFT, KEYN_LEFT},
        {TERMKEY_SYM_RIGHT, KEYN_RIGHT},
        {TERMKEY_SYM_HOME, KEYN_HOME},
        {TERMKEY_SYM_FIND, KEYN_HOME},
        {TERMKEY_SYM_END, KEYN_END},
        {TERMKEY_SYM_SELECT, KEYN_END},
        {TERMKEY_SYM_PAGEUP, KEYN_PAGE_UP},
        {TERMKEY_SYM_PAGEDOWN, KEYN_PAGE_DOWN},
        {TERMKEY_SYM_DELETE, KEYN_DELETE},
        {TERMKEY_SYM_INSERT, KEYN_INSERT},
};

static unsigned
mods_of(const TermKeyKey *key)
{
	return (key->modifiers & TERMKEY_KEYMOD_CTRL ? KEY_CTRL_BIT : 0u) |
	       (key->modifiers & TERMKEY_KEYMOD_ALT ? KEY_ALT_BIT : 0u) |
	       (key->modifiers & TERMKEY_KEYMOD_SHIFT ? KEY_SHIFT_BIT : 0u);
}

static bool
is_surrogate(long code)
{
	return code >= 0xd800 && code <= 0xdfff;
}

/* KEYN_NONE for what the program has no name for: answers of the terminal, rare keys. */
static uint32_t
code_of(const TermKeyKey *key)
{
	if (key->type == TERMKEY_TYPE_UNICODE) /* a number of the terminal's: after the last character are our own */
		return key->code.codepoint >= 0 && key->code.codepoint < KEYN_ENTER &&
		                       !is_surrogate(key->code.codepoint)
		               ? (uint32_t)key->code.codepoint
		               : KEYN_NONE;
	if (key->type == TERMKEY_TYPE_FUNCTION && key->code.number >= 1 && key->code.number <= 24)
		return KEYN_F1 + (uint32_t)key->code.number - 1;
	if (key->type != TERMKEY_TYPE_KEYSYM)
		return KEYN_NONE;
	for (size_t i = 0; i < ARRAY_LEN(named_keys); i++)
		if (named_keys[i].sym == key->code.sym)
			return named_keys[i].code;
	return KEYN_NONE;
}

/* Of the mouse the wheel is a key. Other buttons than the left one say nothing; which one was released, old terminals do
 * not tell. */
static struct term_event
mouse_event(TermKey *keys, const TermKeyKey *key)
{
	struct term_event event = {.type = TERM_NOTHING};
	TermKeyMouseEvent what;
	int button;

	if (termkey_interpret_mouse(keys, key, &what, &button, &event.row, &event.col) != TERMKEY_RES_KEY)
		return event;
	if (what == TERMKEY_MOUSE_PRESS && (button == WHEEL_UP || button == WHEEL_DOWN)) {
		event.type = TERM_KEY;
		event.key.code = button == WHEEL_UP ? KEYN_WHEEL_UP : KEYN_WHEEL_DOWN;
	} else if (button == LEFT || what == TERMKEY_MOUSE_RELEASE) {
		event.type = TERM_MOUSE;
		event.mouse = what == TERMKEY_MOUSE_PRESS  ? TERM_MOUSE_PRESS
		              : what == TERMKEY_MOUSE_DRAG ? TERM_MOUSE_DRAG
		                                           : TERM_MOUSE_RELEASE;
	}
	return event;
}

static struct term_event
key_event(const TermKeyKey *in)
{
	struct term_event event = {.type = TERM_KEY, .key = {code_of(in), mods_of(in)}};

	if (event.key.code == 'h' && event.key.mods == KEY_CTRL_BIT)
		event.key = (struct key){KEYN_BACKSPACE, 0};
	if (event.key.code == KEYN_NONE)
		event.type = TERM_NOTHING;
	return event;
}

/* Of a sequence that termkey does not know it gives the bytes one by one: Alt+[ and so on. */
static bool
is_unknown(const struct key_input *k, const TermKeyKey *found)
{
	return k->piece.len > 2 && k->piece.data[0] == '\x1b' && found->type == TERMKEY_TYPE_UNICODE &&
	       (found->code.codepoint == '[' || found->code.codepoint == 'O');
}

/* ESC [ I and ESC [ O, which termkey does not know. */
static bool
is_focus(const struct buf *piece, struct term_event *event)
{
	const char *s = buf_text(piece);

	if (strcmp(s, "\x1b[I") != 0 && strcmp(s, "\x1b[O") != 0)
		return false;
	event->type = s[2] == 'I' ? TERM_FOCUS_IN : TERM_FOCUS_OUT;
	return true;
}

/* One key's bytes: one key, or nothing that has a name here. */
static struct term_event
decode(struct key_input *k)
{
	struct term_event event = {.type = TERM_NOTHING};
	TermKeyKey found;

	if (is_focus(&k->piece, &event))
		return event;
	termkey_push_bytes(k->keys, buf_text(&k->piece), k->piece.len);
	if (termkey_getkey_force(k->keys, &found) == TERMKEY_RES_KEY && !is_unknown(k, &found))
		event = found.type == TERMKEY_TYPE_MOUSE ? mouse_event(k->keys, &found) : key_event(&found);
	while (termkey_getkey_force(k->keys, &found) == TERMKEY_RES_KEY)
		;
	return event;
}

struct term_event
key_input_next(struct key_input *k)
{
	struct term_event event = {.type = TERM_NOTHING};
	enum stream_piece piece;

	do {
		buf_clear(&k->piece);
		piece = key_stream_next(&k->stream, &k->piece);
		if (piece == STREAM_TEXT && k->piece.len > 0)
			event = (struct term_event){.type = TERM_PASTE, .text = k->piece.data, .len = k->piece.len};
		else if (piece == STREAM_KEY)
			event = decode(k);
	} while (piece != STREAM_NOTHING && event.type == TERM_NOTHING);
	return event;
}
