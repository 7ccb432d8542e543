/*
 * failing.h - which call of a program made with tests/failing.c fails: told by an environment, counted in a file.
 */
#ifndef FLYNN_TESTS_FAILING_H
#define FLYNN_TESTS_FAILING_H

#include <stdatomic.h>

/* Kinds of calls that flynn itself makes, those of its libraries not. */
enum failing_kind {
	FAILING_ALLOC,  /* calloc, realloc */
	FAILING_OPEN,   /* open, fopen, fdopen, opendir, pipe2, eventfd, memfd_create */
	FAILING_READ,   /* read, pread, fread */
	FAILING_WRITE,  /* write, fwrite */
	FAILING_POLL,   /* poll */
	FAILING_THREAD, /* pthread_create */
	FAILING_TTY,    /* tcgetattr, tcsetattr, ioctl */
	FAILING_FILE,   /* stat, fstat, access, mkdir, rename, unlink, fsync, ftruncate, lseek, flock */
	FAILING_KINDS,
};

/* FLYNN_FAIL="KIND N ERRNO": the N-th call of that kind, from 0, fails with this error. FLYNN_FAIL_COUNT: the path of a file
 * of this, which is there already and zero. */
struct failing_count {
	atomic_ulong calls[FAILING_KINDS];
	atomic_ulong failed;
};

#endif
