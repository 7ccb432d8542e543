/*
 * key_values.h - converts the value of a key: functions for the rows of a key_table. `to` is the member.
 */
#ifndef FLYNN_CONFIG_KEY_VALUES_H
#define FLYNN_CONFIG_KEY_VALUES_H

#include <stdbool.h>

#include "config/key_table.h"

/* char *; NULL for an empty text, but for the provider. */
bool take_text(const struct reader *, const struct tree *, void *to);
bool take_endpoint(const struct reader *, const struct tree *, void *to);
bool take_provider(const struct reader *, const struct tree *, void *to);
bool take_token(const struct reader *, const struct tree *, void *to);
bool take_path(const struct reader *, const struct tree *, void *to);      /* beside the file */
bool take_read_path(const struct reader *, const struct tree *, void *to); /* the same, of a file that is read later */
bool take_text_file(const struct reader *, const struct tree *, void *to); /* reads the file of that path */

bool take_seconds(const struct reader *, const struct tree *, void *to); /* long: milliseconds */
bool take_size(const struct reader *, const struct tree *, void *to);    /* size_t: bytes */
bool take_bool(const struct reader *, const struct tree *, void *to);    /* bool */
bool take_unless(const struct reader *, const struct tree *, void *to);  /* bool: the opposite of what is there */

bool take_parameters(const struct reader *, const struct tree *, void *to); /* struct parameters */
bool take_json(const struct reader *, const struct tree *, void *to);       /* char *: the JSON of a mapping */

#endif
