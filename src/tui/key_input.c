/*
 * key_input.c - bytes to paste to termkey to keys.
 */
#include "tui/key_input.h"

#include <stdlib.h>
#include <string.h>

#include <termkey.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tui/paste.h"

enum {
	ESCAPE_MS = 30, /* after this a lone Esc is the key */
	LEFT = 1,       /* a button */
	WHEEL_UP = 4,
	WHEEL_DOWN = 5,
	PASTE_SILENCE_MS = 1000, /* after this a paste is over, whether its end came or not */
};

struct key_input {
	struct paste paste;
	struct buf piece;  /* the keys or the text taken from `paste` */
	size_t piece_used; /* of its keys, handed to termkey */
	bool piece_is_text;
	int64_t fed_ms; /* when bytes came last */
	bool silence;
	bool force; /* termkey must decide what a partial sequence is */
	TermKey *keys;
};

/* Newer descriptions of terminals say that the mouse begins with ESC [ <, and termkey then takes the three bytes behind
 * it for the old form. Left to itself it knows both. */
static const char *
not_the_mouse(const char *name, const char *value, UNUSED void *arg)
{
	return strcmp(name, "key_mouse") == 0 ? NULL : value;
}

struct key_input *
key_input_new(const char *name, struct err *err)
{
	struct key_input *k = mem_alloc(sizeof(*k));

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
	paste_release(&k->paste);
	buf_release(&k->piece);
	free(k);
}

/* ---- bytes ---- */

void
key_input_feed(struct key_input *k, const char *bytes, size_t n)
{
	int64_t now_ms = clock_ms();

	if (now_ms - k->fed_ms >= PASTE_BURST_MS)
		paste_pause(&k->paste);
	paste_feed(&k->paste, bytes, n);
	k->fed_ms = now_ms;
	k->silence = false;
}

void
key_input_silence(struct key_input *k)
{
	k->silence = true;
}

int
key_input_timeout(const struct key_input *k)
{
	if (k->paste.inside)
		return PASTE_SILENCE_MS;
	return k->paste.waiting.len > 0 || k->force ? ESCAPE_MS : -1;
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

/* KEYN_NONE for what the program has no name for: answers of the terminal, rare keys. */
static uint32_t
code_of(const TermKeyKey *key)
{
	if (key->type == TERMKEY_TYPE_UNICODE)
		return (uint32_t)key->code.codepoint;
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

/* The next key that has a name here, or what the mouse does. False: termkey wants more bytes. */
static bool
decode(struct key_input *k, struct term_event *event)
{
	TermKeyKey found;
	TermKeyResult result;

	while ((result = k->silence ? termkey_getkey_force(k->keys, &found) : termkey_getkey(k->keys, &found)) ==
	        TERMKEY_RES_KEY) {
		*event = found.type == TERMKEY_TYPE_MOUSE ? mouse_event(k->keys, &found) : key_event(&found);
		if (event->type != TERM_NOTHING)
			return true;
	}
	k->force = result == TERMKEY_RES_AGAIN;
	return false;
}

/* termkey's own buffer is small: it is handed what it takes, and asked for keys in between. */
static bool
push_keys(struct key_input *k)
{
	size_t left = k->piece.len - k->piece_used, took;

	if (left == 0)
		return false;
	took = termkey_push_bytes(k->keys, k->piece.data + k->piece_used, left);
	if (took == 0 || took > left)
		took = left;
	k->piece_used += took;
	return true;
}

/* False: nothing more was read. */
static bool
take_piece(struct key_input *k)
{
	enum paste_kind kind;

	buf_clear(&k->piece);
	k->piece_used = 0;
	kind = paste_next(&k->paste, &k->piece, k->silence);
	k->piece_is_text = kind == PASTE_TEXT;
	return kind != PASTE_NOTHING;
}

struct term_event
key_input_next(struct key_input *k)
{
	for (;;) {
		struct term_event event;

		if (decode(k, &event))
			return event;
		if (!k->piece_is_text && push_keys(k))
			continue;
		if (!take_piece(k))
			break;
		if (k->piece_is_text && k->piece.len > 0)
			return (struct term_event){.type = TERM_PASTE, .text = k->piece.data, .len = k->piece.len};
	}
	k->silence = false;
	return (struct term_event){.type = TERM_NOTHING};
}
