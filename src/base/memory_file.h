/*
 * memory_file.h - a file without a name, in memory where the system has that.
 */
#ifndef FLYNN_BASE_MEMORY_FILE_H
#define FLYNN_BASE_MEMORY_FILE_H

/* Open for reading and writing, closed on exec. -1, with errno, when there is none to be had. `name` is for those who
 * look into /proc. */
int memory_file(const char *name);

#endif
