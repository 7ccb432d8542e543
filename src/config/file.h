/*
 * file.h - the configuration file, read and checked, without flags or environment. flynn-config(5) is its manual.
 */
#ifndef FLYNN_CONFIG_FILE_H
#define FLYNN_CONFIG_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "config/config.h"

enum {
	FILE_MAX = 1024 * 1024, /* bytes */
};

/*
 * Fills in models, n_models, model and file_read from the file c->path. Where there is no such file, or nothing in it
 * but comments, there are no models; without the file that is an error only if it is `wanted`. When it is false the
 * caller releases what there is already.
 */
bool file_load(struct config *c, bool wanted, struct err *) MUST_USE;

/* The same from the file's bytes; c->path is what messages and relative paths go by. */
bool file_parse(struct config *c, const char *text, size_t n, struct err *) MUST_USE;

/* Each key there is, from 0, those of the top first, and the heading of flynn-config(5) below which it is explained. NULL: no
 * more. */
const char *file_key(size_t i, const char **heading);

#endif
