/*
 * attachment_file.h - reads a file that is to be attached. It waits for the disk: the screen calls it on an errand's thread
 * (errand.h).
 */
#ifndef FLYNN_SYSTEM_ATTACHMENT_FILE_H
#define FLYNN_SYSTEM_ATTACHMENT_FILE_H

#include "base/err.h"
#include "llama/attachment.h"

/* NULL, and a sentence that begins with the path as it was given: a folder, nothing there, not readable, empty, over the limit of
 * its kind, or of a type that is not sent. `path` is opened as it is: no ~, no pattern. A byte order mark is left out of a text. */
struct attachment *attachment_file_read(const char *path, const struct attachment_limits *, struct err *) MUST_USE;

enum attachment_file_state {
	ATTACHMENT_SAME,
	ATTACHMENT_CHANGED, /* or what is there now cannot be told */
	ATTACHMENT_GONE,
};

/* What became of the file since it was read; of one with a path. */
enum attachment_file_state attachment_file_look(const struct attachment *);

#endif
