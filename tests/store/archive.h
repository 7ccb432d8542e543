/*
 * archive.h - a history to text and back, in plain calls.
 */
#ifndef FLYNN_TESTS_STORE_ARCHIVE_H
#define FLYNN_TESTS_STORE_ARCHIVE_H

#include "store/export.h"
#include "store/history.h"
#include "store/import.h"

/* All conversations of it. To be freed. */
char *archive_export(struct history *, enum export_format);

/* What importing these bytes says, "" when it went well. To be freed. The counts may be NULL. */
char *archive_import(struct history *, const char *, size_t n, struct import_counts *);

/* The same of a text: it goes well, and this is what the counts say. */
void archive_check(struct history *, const char *json, size_t added, size_t copied, size_t skipped);

/* What an export begins with, up to its first conversation. */
#define ARCHIVE_HEAD "{\"format\":\"flynn-history\",\"version\":1,\"conversations\":["

#endif
