/*
 * own_path.h - the file that the program was started from, and what lies in a folder beside it: a build that was not installed,
 * or an installation that was moved, finds its own files so.
 */
#ifndef FLYNN_BASE_OWN_PATH_H
#define FLYNN_BASE_OWN_PATH_H

/* At the start: `argv0` is kept as it is. It counts where the system does not tell the file. */
void own_path_init(const char *argv0);

/* Each to be freed; NULL: it cannot be known, or is not there. */
char *own_path(void);
char *own_path_by_name(const char *argv0); /* as a shell finds it: in PATH, where it has no slash */

/* The path of what is named as seen from the program's folder, "../share/x"; to be freed. NULL: it is not there. */
char *own_path_beside(const char *name);

#endif
