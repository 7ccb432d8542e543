/*
 * attachment_path.h - a file with the bytes of an attachment, for another program to open. It waits for the disk: the screen calls it
 * on an errand's thread (errand.h).
 */
#ifndef FLYNN_SYSTEM_ATTACHMENT_PATH_H
#define FLYNN_SYSTEM_ATTACHMENT_PATH_H

#include "base/err.h"
#include "llama/attachment.h"

/* A folder for copies below $TMPDIR, locked as long as its process lives. Zeroed: there is none yet. */
struct copies {
	char *folder;
	int lock; /* a descriptor */
};

/* Where it was read, as long as it is the same there; else a copy with mode 0600, in the folder, which is made where there is none. The ending
 * of a copy's name tells its type, whatever its own name ends with. To be freed. NULL, and why. */
char *attachment_path_find(const struct attachment *, struct copies *, struct err *) MUST_USE;

/* Removes the folder and the copies in it, if there is one. */
void attachment_path_remove(struct copies *);

/* The same with folders of this user that killed processes have left: nobody holds their locks, and they are older than a minute, so none of
 * them is being made. */
void attachment_path_remove_left(void);

#endif
