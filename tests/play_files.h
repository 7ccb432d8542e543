/*
 * play_files.h - files for a screen test, in a folder of their own, in which flynn then runs, and which is its home:
 *
 *	file NAME "TEXT"   its text from now on, with the escapes of demo/script.h, and "TEXT" * N; folders are made. In NAME %20 is a
 *	                   blank, %0a a line feed, and so on
 *	file NAME gone     removed
 *	file NAME locked   nobody may read it
 *	files stall        reading one does not end from now on
 *	files answer       it does again
 */
#ifndef FLYNN_TESTS_PLAY_FILES_H
#define FLYNN_TESTS_PLAY_FILES_H

#include <stdbool.h>

bool play_files_knows(const char *line);
bool play_files_do(const char *line); /* false: it makes no sense */
void play_files_end(void);            /* all is as it was before the first line */

#endif
