/*
 * cjk.c - two tables, by the blocks of Unicode 15.
 */
#include "text/cjk.h"

#include "base/compiler.h"
#include "text/char_set.h"

static const struct char_range letters_and_signs[] = {
        {0x1100, 0x11ff},   /* Hangul jamo */
        {0x2e80, 0x2fff},   /* radicals */
        {0x3001, 0x303e},   /* punctuation */
        {0x3041, 0x33ff},   /* kana, bopomofo, jamo, enclosed */
        {0x3400, 0x4dbf},   /* Han */
        {0x4e00, 0xa4cf},   /* Han, Yi */
        {0xa960, 0xa97f},   /* Hangul jamo */
        {0xac00, 0xd7ff},   /* Hangul */
        {0xf900, 0xfaff},   /* Han */
        {0xfe10, 0xfe19},   /* upright punctuation */
        {0xfe30, 0xfe6f},   /* upright and small punctuation */
        {0xff01, 0xffee},   /* full and half width */
        {0x16fe0, 0x18d8f}, /* Tangut, Khitan */
        {0x1aff0, 0x1b2ff}, /* kana, Nushu */
        {0x20000, 0x3ffff}, /* Han */
};

static const struct char_range ends[] = {
        {0x00ab, 0x00ab}, /* quotation marks with two angles */
        {0x00bb, 0x00bb},
        {0x060c, 0x060c}, /* Arabic comma, */
        {0x061b, 0x061b}, /* semicolon, */
        {0x061f, 0x061f}, /* question mark, */
        {0x06d4, 0x06d4}, /* full stop */
        {0x0964, 0x0965}, /* danda */
        {0x2010, 0x2027}, /* dashes, quotation marks, ellipses */
        {0x2030, 0x205e}, /* more of them */
        {0x3000, 0x3004}, /* of CJK, but the iteration mark, */
        {0x3008, 0x3020}, /* closing mark and zero, numerals, */
        {0x302a, 0x3030}, /* and repeat marks */
        {0x3036, 0x3037},
        {0x303d, 0x303f},
        {0xfe10, 0xfe19}, /* upright, small, full and half width */
        {0xfe30, 0xfe6f},
        {0xff01, 0xff0f},
        {0xff1a, 0xff20},
        {0xff3b, 0xff40},
        {0xff5b, 0xff65},
};

bool
cjk_holds(uint32_t c)
{
	return char_set_holds(letters_and_signs, ARRAY_LEN(letters_and_signs), c);
}

bool
cjk_ends_address(uint32_t c)
{
	return char_set_holds(ends, ARRAY_LEN(ends), c);
}
