/*
 * attachment_path.h - a file with the bytes of an attachment, for another program to open. It waits for the disk: the screen calls it
 * on an errand's thread (errand.h).
 */
#ifndef FLYNN_SYSTEM_ATTACHMENT_PATH_H
#define FLYNN_SYSTEM_ATTACHMENT_PATH_H

#include "base/err.h"
#include "llama/attachment.h"

/* Where it was read, as long as it is the same there; else a copy with mode 0600 in *folder, which is made where it is NULL. The ending of a
 * copy's name tells its type, whatever its own name ends with. To be freed, both. NULL, and why. */
char *attachment_path_find(const struct attachment *, char **folder, struct err *) MUST_USE;

/* Removes the folder and the copies in it. NULL is fine. */
void attachment_path_remove(const char *folder);

#endif
