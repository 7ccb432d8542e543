/*
 * new_file.h - a file that is written whole or not at all, and never over another one unless that was asked for.
 */
#ifndef FLYNN_BASE_NEW_FILE_H
#define FLYNN_BASE_NEW_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

struct new_file {
	FILE *file;
	char *path;
	char *beside; /* what is written to, until the end; NULL: the path itself */
	bool stays;   /* standard output, which is not ours to take away */
};

/* Mode 0600. A file that is there is refused with ERR_USAGE; `replace`: it stays until the new one is whole. What is no
 * regular file (a device, a pipe) is written to as it is. */
bool new_file_open(struct new_file *, const char *path, bool replace, struct err *) MUST_USE;

/* Standard output in place of a file. */
bool new_file_open_output(struct new_file *, struct err *) MUST_USE;

/* With `good` false, or when it could not be written, nothing is left of it. */
bool new_file_close(struct new_file *, bool good, struct err *) MUST_USE;

#endif
