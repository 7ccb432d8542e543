/*
 * value.h - the values that both the file and a flag or a variable may hold, out of their text.
 *
 * The errors (ERR_CONFIG) go on from a name that the caller puts before them ("timeout", "--timeout"), and never hold
 * the value itself: it may be a secret.
 */
#ifndef FLYNN_CONFIG_VALUE_H
#define FLYNN_CONFIG_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	VALUE_SECONDS_MAX = 24 * 60 * 60,
	VALUE_SIZE_MAX = 1 << 30,
};

/* "60", "2.5", "0"; at most a day, with at most three digits after the point, in every locale. */
bool value_seconds(const char *text, long *ms, struct err *) MUST_USE;

/* true and false, as YAML 1.2 has them: yes, no, on and off are texts there. */
bool value_bool(const char *text, bool *, struct err *) MUST_USE;

/* Bytes: "65536", "1 MiB", "2.5 GiB" (KiB, MiB, GiB; with or without a space; at most three digits after the point); at most
 * VALUE_SIZE_MAX. */
bool value_size(const char *text, size_t *bytes, struct err *) MUST_USE;

/* A token for "Authorization: Bearer": no spaces, line ends or other control characters. */
bool value_token(const char *text, struct err *) MUST_USE;

#endif
