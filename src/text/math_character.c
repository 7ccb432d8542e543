/*
 * math_character.c - ranges of Unicode's arrows and operators, for models write them beside TeX's commands.
 */
#include "text/math_character.h"

#include <stddef.h>

#include "base/compiler.h"

/* In their order. */
static const struct {
	uint32_t first, last;
	enum math_kind kind;
} ranges[] = {
        {0xb1, 0xb1, MATH_BIN},
        {0xb7, 0xb7, MATH_BIN},
        {0xd7, 0xd7, MATH_BIN},
        {0xf7, 0xf7, MATH_BIN},
        {0x2190, 0x21ff, MATH_REL},
        {0x2208, 0x220d, MATH_REL},
        {0x220f, 0x2211, MATH_LARGE},
        {0x2212, 0x2219, MATH_BIN},
        {0x221d, 0x221d, MATH_REL},
        {0x2223, 0x2226, MATH_REL},
        {0x2227, 0x222a, MATH_BIN},
        {0x222b, 0x2233, MATH_INTEGRAL},
        {0x2236, 0x228b, MATH_REL},
        {0x228c, 0x228e, MATH_BIN},
        {0x228f, 0x2292, MATH_REL},
        {0x2293, 0x22a1, MATH_BIN},
        {0x22a2, 0x22a3, MATH_REL},
        {0x22a6, 0x22b9, MATH_REL},
        {0x22bb, 0x22bd, MATH_BIN},
        {0x22c0, 0x22c3, MATH_LARGE},
        {0x22c4, 0x22c7, MATH_BIN},
        {0x22c8, 0x22ed, MATH_REL},
        {0x2308, 0x2308, MATH_OPEN},
        {0x2309, 0x2309, MATH_CLOSE},
        {0x230a, 0x230a, MATH_OPEN},
        {0x230b, 0x230b, MATH_CLOSE},
        {0x27e8, 0x27e8, MATH_OPEN},
        {0x27e9, 0x27e9, MATH_CLOSE},
        {0x27f5, 0x27ff, MATH_REL},
        {0x2a7d, 0x2aff, MATH_REL},
};

enum math_kind
math_character_kind(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_LEN(ranges) && c >= ranges[i].first; i++)
		if (c <= ranges[i].last)
			return ranges[i].kind;
	return MATH_ORD;
}
