/*
 * markdown_mask.h - for markdown_source.c: what md4c is shown of a paragraph in place of its text. As long as the text, byte
 * for byte, so what md4c says of the one holds for the other; only what would be misread is other characters:
 *
 * - formulas (text/formula.h), in which nothing is Markdown; their first byte is MASK_FORMULA, where the text has none;
 * - a single ~, for only ~~ strikes;
 * - the underscores of a __word__ that is one identifier, as in __init__.py;
 * - CJK characters beside a run of stars, for there are no spaces between words there that tell which side it belongs to;
 * - punctuation of those texts, and typographic one, beside an address.
 */
#ifndef FLYNN_TEXT_MARKDOWN_MASK_H
#define FLYNN_TEXT_MARKDOWN_MASK_H

#include <stddef.h>

enum {
	MASK_FORMULA = '%',
};

/* Masks text[start..n); out[0..n) is a copy of text to begin with. After each line feed `indent` bytes stay as they are. */
void markdown_mask(const char *text, size_t start, size_t n, size_t indent, char *out);

#endif
