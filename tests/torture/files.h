/*
 * files.h - some files to attach: pictures by their first bytes, and texts; from a few bytes to megabytes.
 */
#ifndef FLYNN_TESTS_TORTURE_FILES_H
#define FLYNN_TESTS_TORTURE_FILES_H

#include <stdio.h>

/* In this folder, which must be there. Whoever asks for one before that gets NULL. */
void files_make(const char *folder);
void files_forget(void);

const char *files_any(void); /* the path of one */

/* The member `attachments` of an export, with one of them. */
void files_put_any(FILE *);

#endif
