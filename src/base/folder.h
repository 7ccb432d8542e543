/*
 * folder.h - the folders that flynn's own files stand in.
 */
#ifndef FLYNN_BASE_FOLDER_H
#define FLYNN_BASE_FOLDER_H

#include <stdbool.h>

#include "base/err.h"

/* Makes the folder of this file, and those above it, with mode 0700, where they are not there. */
bool folder_make_for(const char *file, struct err *) MUST_USE;

#endif
