/*
 * spaceless_scripts.c - whole blocks of Unicode, in one table.
 */
#include "text/spaceless_scripts.h"

#include "base/compiler.h"
#include "text/char_set.h"

/* Whole blocks, as Unicode 15 has them, so that characters yet to come are in. Frozen: see spaceless_scripts.h. */
static const struct char_range alone[] = {
        {0x0e00, 0x0eff},   /* Thai, Lao */
        {0x1000, 0x109f},   /* Myanmar */
        {0x1100, 0x11ff},   /* Hangul jamo */
        {0x1780, 0x17ff},   /* Khmer */
        {0x1950, 0x19df},   /* Tai Le, New Tai Lue */
        {0x1a20, 0x1aaf},   /* Tai Tham */
        {0x2e80, 0x2fdf},   /* radicals */
        {0x3005, 0x3007},   /* iteration mark, closing mark, zero */
        {0x3021, 0x3029},   /* Hangzhou numerals */
        {0x3031, 0x3035},   /* kana repeat marks */
        {0x3038, 0x303c},   /* more numerals, masu */
        {0x3040, 0x31ff},   /* kana, bopomofo, jamo for compatibility */
        {0x3400, 0x4dbf},   /* Han */
        {0x4e00, 0x9fff},   /* Han */
        {0xa000, 0xa4cf},   /* Yi */
        {0xa960, 0xa97f},   /* Hangul jamo */
        {0xa9e0, 0xa9ff},   /* Myanmar */
        {0xaa60, 0xaadf},   /* Myanmar, Tai Viet */
        {0xac00, 0xd7ff},   /* Hangul */
        {0xf900, 0xfaff},   /* Han */
        {0xff66, 0xffdf},   /* kana and jamo of half width */
        {0x16fe0, 0x18d8f}, /* Tangut, Khitan */
        {0x1aff0, 0x1b2ff}, /* kana, Nushu */
        {0x20000, 0x3ffff}, /* Han */
};

bool
is_spaceless_script(uint32_t c)
{
	return char_set_holds(alone, ARRAY_LEN(alone), c);
}
