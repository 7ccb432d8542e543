/*
 * import.c - fuzzing the file of an export: any bytes give conversations that can be written and read again and say the
 * same then, or an error in words. The history itself is not needed for that.
 */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "llama/json.h"
#include "store/import_same.h"
#include "store/json_pieces.h"
#include "store/json_read.h"
#include "store/json_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static char *
write(const struct loaded *loaded, size_t *n)
{
	char *text;
	FILE *file = open_memstream(&text, n);

	json_write_conversation(file, loaded);
	must(fclose(file) == 0);
	return text;
}

static void
check_conversation(const struct loaded *loaded)
{
	struct loaded again;
	struct err err;
	size_t n, m, message;
	char *first = write(loaded, &n), *second;
	cJSON *json = json_parse(first, n, &err);

	must(json_read_conversation(json, &again, &message, &err));
	second = write(&again, &m);
	must(n == m && memcmp(first, second, n) == 0);
	must(import_same_holds(loaded->conversation, again.conversation));
	loaded_release(&again);
	cJSON_Delete(json);
	free(first);
	free(second);
}

static void
check_element(const cJSON *value)
{
	struct loaded loaded;
	struct err err = {0};
	size_t message;

	if (json_read_conversation(value, &loaded, &message, &err)) {
		check_conversation(&loaded);
		loaded_release(&loaded);
	} else {
		must(err.code != ERR_NONE && err.text[0]);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	FILE *file = n > 0 ? fmemopen((void *)(uintptr_t)bytes, n, "r") : NULL;
	struct json_pieces pieces;
	struct err err = {0};
	enum json_piece type = PIECE_MEMBER;

	if (!file)
		return 0;
	json_pieces_init(&pieces, file, "f", "conversations", n);
	while (type != PIECE_END && type != PIECE_WRONG) {
		type = json_pieces_next(&pieces, &err);
		if (type == PIECE_ELEMENT)
			check_element(pieces.value);
	}
	must(type == PIECE_END || (err.code != ERR_NONE && err.text[0]));
	json_pieces_release(&pieces);
	fclose(file);
	return 0;
}
