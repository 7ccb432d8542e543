/*
 * prompt_files.h - the library of prompts: a folder of files NAME.md, also in folders of it. A name is the file's path within
 * the library without ".md".
 */
#ifndef FLYNN_CONFIG_PROMPT_FILES_H
#define FLYNN_CONFIG_PROMPT_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
	PROMPT_FILES_MAX = 10000,     /* entries of all folders together; more are not looked at */
	PROMPT_FILES_DEPTH_MAX = 4,   /* folders in folders */
	PROMPT_FILES_WORDS_MAX = 240, /* bytes of the first line */
};

struct prompt_file {
	char *name;
	char *words; /* its first line that is not blank; for one that cannot be read: why */
	bool bad;    /* it cannot be read */
};

/* Zeroed: none. */
struct prompt_files {
	struct prompt_file *items; /* by their names */
	size_t n, space;
	size_t seen; /* entries of folders */
};

/* Waits for the disk. A folder that is not there is an empty library. ERR_CONFIG, with the folder: it cannot be read. */
bool prompt_files_list(struct prompt_files *, const char *folder, struct err *) MUST_USE;
void prompt_files_release(struct prompt_files *);

/* The text of a prompt (yours), its first "{{cursor}}" taken out, and where that stood; else the text's end. Waits for the disk.
 * NULL, with ERR_CONFIG and the path: as text_file.h says; the name leads out of the library, or the text is empty. */
char *prompt_files_read(const char *folder, const char *name, size_t *cursor, struct err *);

#endif
