/*
 * files.c - made anew for each run, the same in all of them.
 */
#include "tests/torture/files.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/torture/chance.h"

static const struct {
	const char *name;
	bool is_text;
	size_t n;
} rows[] = {
        {"a.txt", true, 12},
        {"small picture.png", false, 900},
        {"long.txt", true, 60000},
        {"größer.png", false, 300000},
        {"large.png", false, 2500000},
};

static struct file {
	char *path;
	struct buf bytes;
} files[ARRAY_LEN(rows)];

static void
fill(struct buf *to, size_t i)
{
	if (!rows[i].is_text)
		buf_put(to, "\x89PNG\r\n\x1a\n", 8);
	for (size_t at = to->len; at < rows[i].n; at++)
		buf_putc(to, rows[i].is_text ? (char)('a' + at % 26) : (char)(at * 37 + at / 251));
}

void
files_make(const char *folder)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		FILE *file;

		files[i].path = mem_printf("%s/%s", folder, rows[i].name);
		fill(&files[i].bytes, i);
		file = fopen(files[i].path, "wb");
		if (!file || fwrite(files[i].bytes.data, 1, files[i].bytes.len, file) != files[i].bytes.len ||
		        fclose(file) != 0) {
			printf("Bail out! cannot write %s\n", files[i].path);
			exit(1);
		}
	}
}

void
files_forget(void)
{
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		buf_release(&files[i].bytes);
		free(files[i].path);
	}
	memset(files, 0, sizeof(files));
}

const char *
files_any(void)
{
	return files[chance_below(ARRAY_LEN(rows))].path;
}

void
files_put_any(FILE *to)
{
	int i = chance_below(ARRAY_LEN(rows));
	struct buf base64 = {0};

	base64_put(&base64, buf_text(&files[i].bytes), files[i].bytes.len);
	fprintf(to, "\"attachments\":[{\"name\":\"%s\",\"data\":\"%s\"}]", rows[i].name, buf_text(&base64));
	buf_release(&base64);
}
