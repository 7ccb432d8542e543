/*
 * spaceless_scripts.h - scripts that are written without spaces between words, and Hangul, whose words have many endings without
 * one: for finding, each of their characters is a word of its own.
 *
 * The search index depends on this table: it changes only together with store/schema.c, in a step that makes the index
 * again. Nothing of a library is asked, so that no update of one can change it.
 */
#ifndef FLYNN_TEXT_SPACELESS_SCRIPTS_H
#define FLYNN_TEXT_SPACELESS_SCRIPTS_H

#include <stdbool.h>
#include <stdint.h>

/* Han, kana, Hangul, Thai, Lao, Khmer, Myanmar and their like. */
bool is_spaceless_script(uint32_t character);

#endif
