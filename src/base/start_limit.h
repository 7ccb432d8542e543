/*
 * start_limit.h - files that are read before there is anything to be lost: the configuration, and what it and the command line
 * name. Where one of them does not answer (its disk, or a pipe that nobody writes to), the program ends after five seconds, with
 * a line on standard error and status 1. For the first thread, while it is the only one.
 */
#ifndef FLYNN_BASE_START_LIMIT_H
#define FLYNN_BASE_START_LIMIT_H

enum {
	START_LIMIT_MS = 5000,
};

/* Around all calls that open and read the file. */
void start_limit_enter(const char *path);
void start_limit_leave(void);

/* How long a disk may take for what nobody can go on without. */
int start_limit_ms(void);

/* For tests: that many times shorter from now on. */
void start_limit_hasten(int times);

#endif
