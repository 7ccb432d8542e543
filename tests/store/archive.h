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

#endif
