/*
 * key.c - names of keys, read and written.
 */
#include "tui/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static const struct {
	const char *name;
	uint32_t code;
} names[] = {
        {"Enter", KEYN_ENTER},
        {"Tab", KEYN_TAB},
        {"Backspace", KEYN_BACKSPACE},
        {"Esc", KEYN_ESCAPE},
        {"Up", KEYN_UP},
        {"Down", KEYN_DOWN},
        {"Left", KEYN_LEFT},
        {"Right", KEYN_RIGHT},
        {"Home", KEYN_HOME},
        {"End", KEYN_END},
        {"PgUp", KEYN_PAGE_UP},
        {"PgDn", KEYN_PAGE_DOWN},
        {"Delete", KEYN_DELETE},
        {"Insert", KEYN_INSERT},
        {"WheelUp", KEYN_WHEEL_UP},
        {"WheelDown", KEYN_WHEEL_DOWN},
        {"Space", ' '},
};

static const struct {
	char letter;
	const char *word;
	unsigned bit;
} modifiers[] = {
        {'C', "Ctrl+", KEY_CTRL_BIT},
        {'M', "Alt+", KEY_ALT_BIT},
        {'S', "Shift+", KEY_SHIFT_BIT},
};

bool
key_same(struct key a, struct key b)
{
	return a.code == b.code && a.mods == b.mods;
}

static uint32_t
named_code(const char *text)
{
	char *end;
	long number;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcasecmp(names[i].name, text) == 0)
			return names[i].code;
	if ((text[0] != 'F' && text[0] != 'f') || text[1] < '1' || text[1] > '9')
		return KEYN_NONE;
	number = strtol(text + 1, &end, 10);
	return *end == '\0' && number <= 24 ? KEYN_F1 + (uint32_t)number - 1 : KEYN_NONE;
}

static unsigned
modifier_bit(const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(modifiers); i++)
		if (text[0] == modifiers[i].letter && text[1] == '-' && text[2])
			return modifiers[i].bit;
	return 0;
}

bool
key_parse(const char *text, struct key *key, struct err *err)
{
	const char *rest = text;
	struct key k = {0, 0};
	size_t len;
	unsigned bit;

	for (; (bit = modifier_bit(rest)) != 0; rest += 2)
		k.mods |= bit;
	len = strlen(rest);
	if (len > 0 && utf8_span(rest, len) == len && utf8_decode(rest, len, &k.code) == len && k.code > ' ') {
		/* Ctrl takes no notice of Shift on a letter. */
		if (k.mods & KEY_CTRL_BIT && k.code >= 'A' && k.code <= 'Z')
			k.code += 'a' - 'A';
	} else {
		k.code = named_code(rest);
	}
	if (k.code == KEYN_NONE)
		return err_set(err, ERR_CONFIG, "\"%s\" is no key: write a, C-x, M-Enter, S-Tab, PgUp or F1", text);
	*key = k;
	return true;
}

/* The key's own name, without its modifiers. */
static void
put_name(struct key key, bool capital, char *text, size_t space)
{
	char character[5] = "";
	const char *name = character;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].code == key.code) {
			snprintf(text, space, "%s", names[i].name);
			return;
		}
	if (key.code >= KEYN_F1 && key.code <= KEYN_LAST) {
		snprintf(text, space, "F%d", (int)(key.code - KEYN_F1) + 1);
		return;
	}
	if (capital && key.code >= 'a' && key.code <= 'z')
		key.code -= 'a' - 'A';
	character[utf8_encode(key.code, character)] = '\0';
	snprintf(text, space, "%s", name);
}

void
key_print(struct key key, char text[static KEY_TEXT_MAX])
{
	size_t at = 0;

	for (size_t i = 0; i < ARRAY_LEN(modifiers); i++)
		if (key.mods & modifiers[i].bit) {
			text[at++] = modifiers[i].letter;
			text[at++] = '-';
		}
	put_name(key, false, text + at, KEY_TEXT_MAX - at);
}

void
key_say(struct key key, char text[static KEY_TEXT_MAX])
{
	size_t at = 0;

	/* What stands on the key is a capital; a capital that was typed needs Shift. */
	if (key.mods && key.code >= 'A' && key.code <= 'Z')
		key.mods |= KEY_SHIFT_BIT;
	for (size_t i = 0; i < ARRAY_LEN(modifiers); i++)
		if (key.mods & modifiers[i].bit) {
			size_t len = strlen(modifiers[i].word);

			memcpy(text + at, modifiers[i].word, len);
			at += len;
		}
	put_name(key, key.mods != 0, text + at, KEY_TEXT_MAX - at);
}
