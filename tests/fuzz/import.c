/*
 * import.c - fuzzing the file of an export, of flynn or of another program: any bytes give conversations that can be written and
 * read again and say the same then, or an error in words. The history itself is not needed for that.
 */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chat/recording.h"
#include "store/import_format.h"
#include "store/import_llama_ui.h"
#include "store/import_same.h"
#include "store/json_pieces.h"
#include "store/json_read.h"
#include "store/json_write.h"

static const char *const names[] = {"format", "version", "conversations", NULL};

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
	json_pieces_init(&pieces, file, "f", names, n);
	must(json_pieces_next(&pieces, &err) == PIECE_LIST && json_pieces_next(&pieces, &err) == PIECE_ELEMENT);
	must(read_element(&pieces, again, &err));
	must(json_pieces_next(&pieces, &err) == PIECE_END);
	json_pieces_release(&pieces);
	fclose(file);
	return write(again, m);
}

/* Whatever its pieces are, they end; and a recording goes on from them to one of all of its text. */
static void
check_pieces(struct message *m)
{
	struct recording_reader reader;
	struct recording_piece piece;
	struct recorder recorder;
	size_t content, reasoning, n = 0;

	recording_read(&reader, &m->pieces);
	while (recording_next(&reader, &piece))
		must(++n <= m->pieces.len / 2);
	recorder_start(&recorder, m);
	recorder_add(&recorder, m, 7, false, 0);
	must(recording_sums(&m->pieces, &content, &reasoning));
	must(content == m->content.len && reasoning == m->reasoning.len);
}

static void
check_conversation(const struct loaded *loaded)
{
	struct loaded again;
	size_t n, n_again;
	char *first = write(loaded, &n), *second = write_again(first, n, &again, &n_again);

	must(n == n_again && memcmp(first, second, n) == 0);
	must(import_same_holds(loaded->conversation, again.conversation));
	loaded_release(&again);
	free(first);
	free(second);
	for (struct message *m = NULL; (m = conversation_next(loaded->conversation, m)) != NULL;)
		check_pieces(m);
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

/* ---- other programs ---- */

/* What cannot be represented leaves a note, so a message that something was lost of is there. */
static void
check_other(const cJSON *value)
{
	const struct import_format *format = import_format_find(value);
	struct err err = {0};
	struct import_reading r = {.err = &err};

	if (!format)
		return;
	if (import_format_read(format, value, &r)) {
		check_conversation(&r.loaded);
		loaded_release(&r.loaded);
	} else {
		must(err.code != ERR_NONE && err.text[0]);
	}
}

/* Lines are gathered until the next conversation begins. */
static void
take_value(struct json_pieces *pieces, cJSON **gathered)
{
	cJSON *value = pieces->value;

	if (import_llama_ui_begins(value)) {
		pieces->value = NULL;
		check_other(*gathered);
		cJSON_Delete(*gathered);
		*gathered = import_llama_ui_begin(value);
	} else if (*gathered && import_llama_ui_add(*gathered, value)) {
		pieces->value = NULL;
	} else {
		check_other(value);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	FILE *file = n > 0 ? fmemopen((void *)(uintptr_t)bytes, n, "r") : NULL;
	struct json_pieces pieces;
	struct err err = {0};
	enum json_piece type = PIECE_MEMBER;
	cJSON *gathered = NULL;

	if (!file)
		return 0;
	json_pieces_init(&pieces, file, "f", names, n);
	while (type != PIECE_END && type != PIECE_WRONG) {
		type = json_pieces_next(&pieces, &err);
		if (type == PIECE_ELEMENT) {
			check_element(&pieces);
			check_other(pieces.value);
		}
		if (type == PIECE_VALUE)
			take_value(&pieces, &gathered);
	}
	check_other(gathered);
	cJSON_Delete(gathered);
	must(type == PIECE_END || (err.code != ERR_NONE && err.text[0]));
	json_pieces_release(&pieces);
	fclose(file);
	return 0;
}
