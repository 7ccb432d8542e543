/*
 * entity.h - characters by their names and numbers in HTML, as Markdown has them: &amp; &#8212; &#x2014;
 */
#ifndef FLYNN_TEXT_ENTITY_H
#define FLYNN_TEXT_ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* s[0..n) from the & to the semicolon; what is no character becomes U+FFFD. False: no such name, or no number. */
bool entity_decode(const char *s, size_t n, uint32_t *character);

#endif
