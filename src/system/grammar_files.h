/*
 * grammar_files.h - nano's syntax files on this machine. It reads the disk, so it is not for the UI thread:
 * system/grammar_reader.h asks for it on one of its own.
 */
#ifndef FLYNN_SYSTEM_GRAMMAR_FILES_H
#define FLYNN_SYSTEM_GRAMMAR_FILES_H

#include <stddef.h>

#include "syntax/grammar.h"

struct grammar_files;

/* `folder`: looked into before the system's; NULL: none. Nothing is read yet. */
struct grammar_files *grammar_files_new(const char *folder);
void grammar_files_free(struct grammar_files *);

/* The grammar of a language (syntax/language.h); NULL: there is none. The first call reads all files. */
struct grammar *grammar_files_read(struct grammar_files *, const char *language) MUST_USE;

/* How many languages there are, and the folder that has the first of them (borrowed; NULL: there is none). */
size_t grammar_files_count(struct grammar_files *, const char **folder);

#endif
