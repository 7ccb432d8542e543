/*
 * grammar_files.h - syntax files on this machine: flynn's own and nano's. It reads the disk, so it is not for the UI thread:
 * system/grammar_reader.h asks for it on one of its own.
 */
#ifndef FLYNN_SYSTEM_GRAMMAR_FILES_H
#define FLYNN_SYSTEM_GRAMMAR_FILES_H

#include <stddef.h>

#include "syntax/grammar.h"

struct grammar_files;

/* `folder`: looked into before flynn's own, which comes before nano's; NULL: none. Nothing is read yet. */
struct grammar_files *grammar_files_new(const char *folder);
void grammar_files_free(struct grammar_files *);

/* The grammar of a language (syntax/language.h); NULL: there is none. The first call reads all files. */
struct grammar *grammar_files_read(struct grammar_files *, const char *language) MUST_USE;

/* The folders that have some, in the order in which a language is looked for: the path of one (borrowed), and how many
 * languages it has. NULL: there are no more. */
const char *grammar_files_folder(struct grammar_files *, size_t i, size_t *n);

#endif
