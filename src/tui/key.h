/*
 * key.h - a key as the program knows it: a character or a named key, with modifiers.
 */
#ifndef FLYNN_TUI_KEY_H
#define FLYNN_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
	KEY_CTRL_BIT = 1,
	KEY_ALT_BIT = 2,
	KEY_SHIFT_BIT = 4,
};

/* Named keys lie after the last character. */
enum key_name {
	KEYN_NONE = 0,
	KEYN_ENTER = 0x110000,
	KEYN_TAB,
	KEYN_BACKSPACE,
	KEYN_ESCAPE,
	KEYN_UP,
	KEYN_DOWN,
	KEYN_LEFT,
	KEYN_RIGHT,
	KEYN_HOME,
	KEYN_END,
	KEYN_PAGE_UP,
	KEYN_PAGE_DOWN,
	KEYN_DELETE,
	KEYN_INSERT,
	KEYN_WHEEL_UP, /* of the mouse */
	KEYN_WHEEL_DOWN,
	KEYN_F1, /* F2 and so on after it, up to F24 */
	KEYN_LAST = KEYN_F1 + 23,
};

struct key {
	uint32_t code; /* a character, or an enum key_name */
	unsigned mods;
};

enum {
	KEY_TEXT_MAX = 32, /* bytes of a key's name, with the NUL */
};

bool key_same(struct key, struct key);

/* "a", "C-x", "M-Enter", "S-Tab", "PgUp", "F1", "Space", or as help says them, "Ctrl+X": modifiers in any order, then a
 * character or a name (in any case). Alt with Shift on a letter is a capital: M-B; Ctrl takes no notice of it. */
bool key_parse(const char *text, struct key *, struct err *) MUST_USE;

/* A character that is typed with it, where text is written. */
bool key_is_text(struct key);

/* False, and what to write: no terminal sends this key, or what it sends is another key too. */
bool key_is_told_apart(struct key, struct err *) MUST_USE;

void key_print(struct key, char text[static KEY_TEXT_MAX]); /* as key_parse reads it */
void key_say(struct key, char text[static KEY_TEXT_MAX]);   /* as help says it: "Ctrl+X", "Alt+Enter" */

#endif
