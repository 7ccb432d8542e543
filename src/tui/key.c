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

/* In small letters or capitals. Most differ in the first one. */
static bool
is_name(const char *name, const char *text)
{
	return (name[0] | 0x20) == (text[0] | 0x20) && strcasecmp(name, text) == 0;
}

static uint32_t
named_code(const char *text)
{
	char *end;
	long number;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (is_name(names[i].name, text))
			return names[i].code;
	if ((text[0] != 'F' && text[0] != 'f') || text[1] < '1' || text[1] > '9')
		return KEYN_NONE;
	number = strtol(text + 1, &end, 10);
	return *end == '\0' && number <= 24 ? KEYN_F1 + (uint32_t)number - 1 : KEYN_NONE;
}

/* How many bytes of a modifier the text begins with; 0: none, or nothing after it. */
static size_t
modifier_length(const char *text, unsigned *bit)
{
	bool letter = text[0] && text[1] == '-' && text[2], word = strchr(text, '+');

	for (size_t i = 0; (letter || word) && i < ARRAY_LEN(modifiers); i++) {
		size_t len = strlen(modifiers[i].word);

		*bit = modifiers[i].bit;
		if (letter && text[0] == modifiers[i].letter)
			return 2;
		if (word && strncasecmp(text, modifiers[i].word, len) == 0 && text[len])
			return len;
	}
	return 0;
}

/* The letter stands for what is on the key, or for itself with Shift: "M-B" and "Alt+Shift+B" are one. */
static uint32_t
letter_of(uint32_t code, unsigned *mods, bool said)
{
	bool small = code >= 'a' && code <= 'z', capital = code >= 'A' && code <= 'Z';

	if (*mods & KEY_CTRL_BIT)
		return capital ? code + 'a' - 'A' : code;
	if (said && capital && !(*mods & KEY_SHIFT_BIT))
		return code + 'a' - 'A';
	if ((*mods & KEY_SHIFT_BIT) && (small || capital)) {
		*mods &= ~(unsigned)KEY_SHIFT_BIT;
		return small ? code - ('a' - 'A') : code;
	}
	return code;
}

bool
key_parse(const char *text, struct key *key, struct err *err)
{
	const char *rest = text;
	struct key k = {0, 0};
	bool said = false;
	size_t len;
	unsigned bit;

	for (; (len = modifier_length(rest, &bit)) != 0; rest += len) {
		k.mods |= bit;
		said = len > 2;
	}
	len = strlen(rest);
	if (len > 0 && utf8_decode(rest, len, &k.code) == len && utf8_span(rest, len) == len && k.code > ' ')
		k.code = letter_of(k.code, &k.mods, said);
	else
		k.code = named_code(rest);
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

bool
key_is_text(struct key key)
{
	return key.code >= ' ' && key.code < KEYN_ENTER && !(key.mods & (KEY_CTRL_BIT | KEY_ALT_BIT));
}

/* ---- what a terminal sends ---- */

/* What Ctrl makes of these characters, terminals know by other names. */
static const struct {
	uint32_t code, same;
	unsigned mods; /* of `same` */
} twins[] = {
        {'i', KEYN_TAB, 0},
        {'m', KEYN_ENTER, 0},
        {'[', KEYN_ESCAPE, 0},
        {'h', KEYN_BACKSPACE, 0},
        {'?', KEYN_BACKSPACE, 0},
        {'@', ' ', KEY_CTRL_BIT},
        {'/', '_', KEY_CTRL_BIT},
};

static bool
say_twin(struct key key, struct key same, struct err *err)
{
	char said[KEY_TEXT_MAX], other[KEY_TEXT_MAX], written[KEY_TEXT_MAX];

	key_say(key, said);
	key_say(same, other);
	key_print(same, written);
	return err_set(err, ERR_CONFIG, "a terminal sends the same for %s and %s: write %s if you mean that", said,
	        other, written);
}

bool
key_is_told_apart(struct key key, struct err *err)
{
	struct key same = {key.code, key.mods & ~(unsigned)KEY_SHIFT_BIT};
	bool character = key.code < KEYN_ENTER;
	char said[KEY_TEXT_MAX];

	if (character && key.mods == KEY_SHIFT_BIT && key.code != ' ')
		return err_set(err, ERR_CONFIG, "with Shift this key is another character: write that one");
	if (character && key.mods & KEY_SHIFT_BIT)
		return say_twin(key, same, err);
	for (size_t i = 0; key.mods & KEY_CTRL_BIT && i < ARRAY_LEN(twins); i++)
		if (twins[i].code == key.code) {
			same.code = twins[i].same;
			same.mods = (key.mods & ~(unsigned)KEY_CTRL_BIT) | twins[i].mods;
			return say_twin(key, same, err);
		}
	if (key.mods != KEY_ALT_BIT || (key.code != '[' && key.code != 'O'))
		return true;
	key_say(key, said);
	return err_set(
	        err, ERR_CONFIG, "a terminal begins other keys with what it sends for %s: take another key", said);
}
