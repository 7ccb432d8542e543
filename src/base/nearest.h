/*
 * nearest.h - the word that was probably meant: "endpont" for "endpoint".
 */
#ifndef FLYNN_BASE_NEAREST_H
#define FLYNN_BASE_NEAREST_H

#include <stdbool.h>
#include <stddef.h>

/* How many letters differ, are missing, are too many, or stand in each other's place; capitals are no difference. A
 * large number for words beyond 32 bytes. */
size_t nearest_distance(const char *a, const char *b);

/* Whether somebody who typed `typed` may have meant `word`: of each three letters of the shorter one, one is wrong at the
 * most. */
bool nearest_is_near(const char *typed, const char *word);

#endif
