/*
 * play_disk.h - what goes wrong with the disk under a play's history.
 *
 *	full               nothing more can be written
 *	read-only          nothing may be written
 *	broken             writing fails, and nobody knows why
 *	locked             another program writes into the history, and does not come to an end
 *	stalled            what is to be written or synced is not answered; flynn is less patient from then on
 *	well               none of it any more
 */
#ifndef FLYNN_TESTS_PLAY_DISK_H
#define FLYNN_TESTS_PLAY_DISK_H

#include <stdbool.h>

/* Before any history is opened, and when all are closed. */
void play_disk_begin(void);
void play_disk_end(void);

bool play_disk_knows(const char *what);

/* False: it cannot be locked just now, for flynn itself is writing. */
bool play_disk_set(const char *path, const char *what);

#endif
