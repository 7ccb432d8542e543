/*
 * file_type.h - what a file is, by its first bytes: its name tells nothing. llama-server looks at the bytes too, and takes PNG, JPEG,
 * GIF, BMP, WAV, MP3 and FLAC; it refuses WebP, PDF, Ogg and films.
 */
#ifndef FLYNN_LLAMA_FILE_TYPE_H
#define FLYNN_LLAMA_FILE_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "llama/attachment.h"

struct file_type {
	bool is_sent; /* in one of the ways of `kind` */
	enum attachment_kind kind;
	const char *type;  /* where it is sent, its media type: "image/png" */
	const char *words; /* for people: "a PNG picture", "an Office document", "binary data" */
};

/* data: all of the file, n > 0 bytes. */
struct file_type file_type_find(const void *data, size_t n);

#endif
