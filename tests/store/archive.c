/*
 * archive.c - see archive.h.
 */
#include "config.h"

#include "tests/store/archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/harness.h"
#include "tests/store/place.h"

char *
archive_export(struct history *h, enum export_format format)
{
	char *text = NULL, *last = place_query(h, "SELECT max(id) FROM conversation");
	size_t n = 0;
	FILE *file = open_memstream(&text, &n);
	struct export export;
	struct err err;

	export_begin(&export, file, format);
	for (int64_t row = 1; row <= atoll(last); row++) {
		struct loaded loaded;

		if (!load_conversation(h, row, &loaded, &err))
			continue;
		export_conversation(&export, &loaded);
		loaded_release(&loaded);
	}
	export_end(&export);
	CU_ASSERT(fclose(file) == 0);
	free(last);
	return text;
}

char *
archive_import(struct history *h, const char *text, size_t n, struct import_counts *counts)
{
	FILE *file = tmpfile();
	struct import_counts own;
	struct err err = {0};

	CU_ASSERT(file && fwrite(text, 1, n, file) == n);
	rewind(file);
	if (!import_json(h, file, "f", NULL, NULL, counts ? counts : &own, &err))
		CU_ASSERT(err.code != ERR_NONE && err.text[0]);
	fclose(file);
	return mem_strdup(err.text);
}

void
archive_check(struct history *h, const char *json, size_t added, size_t copied, size_t skipped)
{
	struct import_counts counts;
	char *words = archive_import(h, json, strlen(json), &counts);

	HARNESS_EQUAL(words, "");
	HARNESS_CHECK(counts.added == added && counts.copied == copied && counts.skipped == skipped,
	        "%zu added, %zu copied, %zu skipped", counts.added, counts.copied, counts.skipped);
	free(words);
}
