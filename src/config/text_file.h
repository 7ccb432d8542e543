/*
 * text_file.h - a text that a person wrote into a file of its own: a system prompt, a schema, a grammar, a prompt of the library.
 */
#ifndef FLYNN_CONFIG_TEXT_FILE_H
#define FLYNN_CONFIG_TEXT_FILE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/err.h"

enum {
	TEXT_FILE_MAX = 1 << 20, /* bytes */
};

/* The text (yours), as UTF-8 without a byte order mark, line ends as line feeds, those at its end left out. NULL, with ERR_CONFIG and the path: it
 * cannot be read, is larger, is no regular file or no text. */
char *text_file_read(const char *path, struct err *);

/* All bytes of an open file into a buffer whose bound is 1 MiB. ERR_CONFIG; `too_large` is added where it holds more ("": nothing is). */
bool text_file_bytes(int fd, const char *path, struct buf *, const char *too_large, struct err *) MUST_USE;

#endif
