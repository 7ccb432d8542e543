/*
 * import.c - fuzzing the file of an export: any bytes give conversations that can be written and read again and say the
 * same then, or an error in words. The history itself is not needed for that.
 */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* A file with this conversation alone. */
static char *
write(const struct loaded *loaded, size_t *n)
{
	char *text;
	FILE *file = open_memstream(&text, n);

	fputs("{\"conversations\":[", file);
	json_write_conversation(file, loaded, true);
	fputs("]}", file);
	must(fclose(file) == 0);
	return text;
}

static bool
read_element(const struct json_pieces *pieces, struct loaded *loaded, struct err *err)
{
	size_t message;

	return json_read_conversation(pieces->value, &pieces->data, loaded, &message, err);
}

/* What was written, read and written again. */
static char *
write_again(char *text, size_t n, struct loaded *again, size_t *m)
{
	FILE *file = fmemopen(text, n, "r");
	struct json_pieces pieces;
	struct err err;

	must(file != NULL);
	json_pieces_init(&pieces, file, "f", "conversations", n);
	must(json_pieces_next(&pieces, &err) == PIECE_LIST && json_pieces_next(&pieces, &err) == PIECE_ELEMENT);
	must(read_element(&pieces, again, &err));
	must(json_pieces_next(&pieces, &err) == PIECE_END);
	json_pieces_release(&pieces);
	fclose(file);
	return write(again, m);
}

static void
check_conversation(const struct loaded *loaded)
{
	struct loaded again;
	size_t n, m;
	char *first = write(loaded, &n), *second = write_again(first, n, &again, &m);

	must(n == m && memcmp(first, second, n) == 0);
	must(import_same_holds(loaded->conversation, again.conversation));
	loaded_release(&again);
	free(first);
	free(second);
}

static void
check_element(const struct json_pieces *pieces)
{
	struct loaded loaded;
	struct err err = {0};

	if (read_element(pieces, &loaded, &err)) {
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
			check_element(&pieces);
	}
	must(type == PIECE_END || (err.code != ERR_NONE && err.text[0]));
	json_pieces_release(&pieces);
	fclose(file);
	return 0;
}
