/*
 * casts.h - what an asciicast says, and what a terminal shows of it.
 */
#ifndef FLYNN_TESTS_SCREEN_CASTS_H
#define FLYNN_TESTS_SCREEN_CASTS_H

/* The bytes of all its events, which must be well made, in the order of their times, and have an end; to be freed. `*seconds`: the time
 * of the last one; NULL is fine. */
char *casts_read(const char *path, double *seconds);

/* The screen of a terminal of this size that got these bytes, once it shows `last`; to be freed. */
char *casts_show(const char *bytes, int rows, int cols, const char *last);

/* Takes the last row away: it has the speed of a reply. */
void casts_cut_last_row(char *screen);

#endif
