/*
 * cjk.h - Chinese, Japanese and Korean text, which has no spaces between words.
 */
#ifndef FLYNN_TEXT_CJK_H
#define FLYNN_TEXT_CJK_H

#include <stdbool.h>
#include <stdint.h>

/* Its letters, its punctuation, and what is as wide; not the ideographic space. */
bool cjk_holds(uint32_t character);

/* Can an address not go on with it, as it stands after one in running text? Punctuation of those scripts, dashes, ellipses
 * and quotation marks, and what ends sentences elsewhere. */
bool cjk_ends_address(uint32_t character);

#endif
