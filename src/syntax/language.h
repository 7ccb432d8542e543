/*
 * language.h - which language a fence's info string names ("python", "c++ title=a.cc", "{.sh}").
 */
#ifndef FLYNN_SYNTAX_LANGUAGE_H
#define FLYNN_SYNTAX_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	LANGUAGE_MAX = 32, /* bytes of a name, with its NUL */
};

/* The language's name in small letters, where it has several the one that nano has a syntax for. False: none is named, or
 * what stands there is no name. */
bool language_of(const char *info, size_t n, char name[LANGUAGE_MAX]);

#endif
