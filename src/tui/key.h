/*
 * key.h - a key as the program knows it: a character or a named key, with modifiers.
 */
#ifndef FLYNN_TUI_KEY_H
#define FLYNN_TUI_KEY_H

#include <stdint.h>

enum {
	KEY_CTRL_BIT = 1,
	KEY_ALT_BIT = 2,
	KEY_SHIFT_BIT = 4,
};

/* Named keys lie behind the last character. */
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
	KEYN_F1, /* F2 and so on behind it, up to F24 */
	KEYN_LAST = KEYN_F1 + 23,
};

struct key {
	uint32_t code; /* a character, or an enum key_name */
	unsigned mods;
};

#endif
