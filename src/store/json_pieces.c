/*
 * json_pieces.c - between pieces the few signs of JSON are read one by one; a piece is read up to where its brackets
 * and quotes are closed, and then parsed.
 */
#include "store/json_pieces.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/base64.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/json.h"
#include "store/overdue.h"

enum {
	AHEAD_MAX = 1 << 16,
};

enum {
	EXPECT_ANY,        /* of either shape */
	EXPECT_VALUE,      /* or the end of the file */
	EXPECT_FIRST_ITEM, /* of a list at the top, or its end */
	EXPECT_ITEM_COMMA, /* the same */
	EXPECT_FIRST_NAME, /* or the end of the object */
	EXPECT_COMMA,      /* or the end of the object */
	EXPECT_FIRST_ELEMENT,
	EXPECT_ELEMENT_COMMA,
};

static bool
is_on_disk(FILE *file)
{
	struct stat st;
	int fd = fileno(file);

	return fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

void
json_pieces_init(struct json_pieces *p, FILE *file, const char *name, const char *const *names, size_t max)
{
	*p = (struct json_pieces){.file = file,
	        .path = is_on_disk(file) ? name : NULL,
	        .ahead = mem_alloc(AHEAD_MAX),
	        .names = names,
	        .next = EXPECT_ANY};
	buf_init(&p->text, max);
}

void
json_pieces_drop(struct json_pieces *p)
{
	cJSON_Delete(p->value);
	p->value = NULL;
}

void
json_pieces_release(struct json_pieces *p)
{
	json_pieces_drop(p);
	json_data_clear(&p->data);
	free(p->ahead);
	buf_release(&p->text);
	buf_release(&p->name);
}

static enum json_piece
wrong(const struct json_pieces *p, const char *words, struct err *err)
{
	if (p->ended && ferror(p->file))
		err_set(err, ERR_SYSTEM, "cannot be read: %s", strerror(errno));
	else if (p->ended)
		err_set(err, ERR_INCOMPLETE, "ends in the middle (after byte %lld)", (long long)p->at);
	else
		err_set(err, ERR_INCOMPLETE, "byte %lld: %s", (long long)p->at, words);
	return PIECE_WRONG;
}

/* ---- signs ---- */

/* False: the file is at its end, or cannot be read. */
static bool
read_ahead(struct json_pieces *p)
{
	if (p->path)
		overdue_enter_file(p->path, 0);
	p->n_ahead = fread(p->ahead, 1, AHEAD_MAX, p->file);
	if (p->path)
		overdue_leave();
	p->taken = 0;
	p->ended = p->n_ahead == 0;
	return !p->ended;
}

static int
take(struct json_pieces *p)
{
	if (p->taken == p->n_ahead && !read_ahead(p))
		return EOF;
	p->at++;
	return (unsigned char)p->ahead[p->taken++];
}

/* The byte that was taken last. */
static void
give_back(struct json_pieces *p, int c)
{
	if (c == EOF)
		return;
	p->taken--;
	p->at--;
}

static int
take_sign(struct json_pieces *p)
{
	int c;

	do
		c = take(p);
	while (c == ' ' || c == '\t' || c == '\n' || c == '\r');
	return c;
}

/* Some editors put it before everything. */
static void
skip_mark(struct json_pieces *p)
{
	int c = take(p);

	if (c != 0xef) {
		give_back(p, c);
		return;
	}
	if (take(p) == 0xbb)
		take(p);
}

/* ---- a value ---- */

static bool
keep(struct json_pieces *p, int c)
{
	char byte = (char)c;

	return buf_append(&p->text, &byte, 1);
}

/* Up to its closing quote; the opening one was kept. */
static bool
keep_string(struct json_pieces *p)
{
	for (int c; (c = take(p)) != EOF && keep(p, c);) {
		if (c == '"')
			return true;
		if (c == '\\' && ((c = take(p)) == EOF || !keep(p, c)))
			return false;
	}
	return false;
}

/* The bytes that are read already, up to a quote or a backslash; a length of 0: there are none. */
static const char *
take_run(struct json_pieces *p, size_t *n)
{
	const char *run = p->ahead + p->taken;

	*n = 0;
	while (p->taken + *n < p->n_ahead && run[*n] != '"' && run[*n] != '\\')
		++*n;
	p->taken += *n;
	p->at += (int64_t)*n;
	return run;
}

/* What stands for Base64 behind a backslash: white space is skipped. */
static const char *
escaped(int c)
{
	return c == '/' ? "/" : c != EOF && strchr("nrt", c) ? "" : "?";
}

/* Data up to its closing quote; false: the file ends in it, or it is too long. */
static bool
decode_string(struct json_pieces *p, struct base64_decoder *d, struct buf *bytes, bool *is_wrong)
{
	for (int c; (c = take(p)) != EOF && c != '"';) {
		char byte = (char)c;
		const char *text = c == '\\' ? escaped(take(p)) : &byte;
		size_t n = c == '\\' ? strlen(text) : 1;

		*is_wrong = *is_wrong || !base64_decoder_put(d, bytes, text, n);
		text = take_run(p, &n);
		*is_wrong = *is_wrong || !base64_decoder_put(d, bytes, text, n);
		if (p->text.max && p->text.len + p->data.bytes + bytes->len > p->text.max) {
			p->too_long = true;
			return false;
		}
	}
	return !p->ended;
}

/* The data is decoded, and its number kept instead. */
static bool
keep_data(struct json_pieces *p)
{
	struct base64_decoder *d = base64_decoder_new();
	struct buf bytes = {0}, number = {0};
	bool is_wrong = false, good = decode_string(p, d, &bytes, &is_wrong);

	is_wrong = !base64_decoder_end(d) || is_wrong;
	if (good) {
		buf_printf(&number, "%zu\"", json_data_add(&p->data, &bytes, is_wrong));
		good = buf_append(&p->text, number.data, number.len);
	}
	buf_release(&number);
	buf_release(&bytes);
	return good;
}

/* A name, a text or data; the opening quote was kept. */
static bool
keep_quoted(struct json_pieces *p)
{
	size_t at = p->text.len;

	if (p->in_list && json_place_is_data(&p->place))
		return keep_data(p);
	if (!keep_string(p))
		return false;
	if (json_place_wants_name(&p->place))
		json_place_name(&p->place, p->text.data + at, p->text.len - at - 1);
	return true;
}

/* A number or a word. */
static bool
keep_word(struct json_pieces *p)
{
	int c;

	while ((c = take(p)) != EOF && !strchr(",]}\" \t\r\n", c))
		if (!keep(p, c))
			return false;
	give_back(p, c);
	return c != EOF;
}

/* Of a value whose beginning may have been kept already; `c` is its next byte. */
static bool
keep_rest(struct json_pieces *p, int c)
{
	for (; c != EOF && keep(p, c); c = take(p)) {
		if (c == '"' && !keep_quoted(p))
			return false;
		json_place_step(&p->place, (char)c);
		if (p->place.depth == 0)
			return strchr("\"}]", c) || keep_word(p);
	}
	return false;
}

static bool
keep_value(struct json_pieces *p, int c)
{
	p->place = (struct json_place){0};
	buf_clear(&p->text);
	return c != EOF && !strchr(",]}:", c) && keep_rest(p, c);
}

static bool
not_kept(struct json_pieces *p, long long first, struct err *err)
{
	if (p->too_long || (p->text.max && p->text.len == p->text.max))
		return err_set(err, ERR_LIMIT, "byte %lld: more than %zu bytes in one piece", first, p->text.max);
	wrong(p, "a value is missing", err);
	return false;
}

/* The text that was kept as p->value; it began at the byte `first`. */
static bool
parse_kept(struct json_pieces *p, long long first, struct err *err)
{
	if (!json_is_well_formed(p->text.data, p->text.len)) {
		size_t n = utf8_span(p->text.data, p->text.len);

		return err_set(err, ERR_INCOMPLETE, "byte %lld: this is no UTF-8", first + (long long)n);
	}
	p->value = json_take(&p->text, err);
	if (!p->value && err->code == ERR_LIMIT)
		err_set(err, ERR_LIMIT, "byte %lld: nested more than %d deep", first, JSON_DEPTH_MAX);
	else if (!p->value)
		err_set(err, ERR_INCOMPLETE, "bytes %lld to %lld: this is no JSON", first, (long long)p->at);
	return p->value != NULL;
}

/* What follows, up to its end, as p->value; `c` is its first byte. */
static bool
read_value(struct json_pieces *p, int c, struct err *err)
{
	long long first = (long long)p->at;

	return keep_value(p, c) ? parse_kept(p, first, err) : not_kept(p, first, err);
}

/* ---- the object ---- */

static bool
read_name(struct json_pieces *p, int c, struct err *err)
{
	if (c != '"') {
		wrong(p, "a name in quotes is missing", err);
		return false;
	}
	if (!read_value(p, c, err))
		return false;
	buf_clear(&p->name);
	buf_puts(&p->name, p->value->valuestring);
	json_pieces_drop(p);
	return true;
}

static bool
is_list_name(const struct json_pieces *p)
{
	size_t n = 0;

	while (p->names[n])
		n++;
	return n > 0 && strcmp(buf_text(&p->name), p->names[n - 1]) == 0;
}

static enum json_piece
read_member(struct json_pieces *p, int c, struct err *err)
{
	if (!p->has_name && !read_name(p, c, err))
		return PIECE_WRONG;
	p->has_name = false;
	if (take_sign(p) != ':')
		return wrong(p, "a colon is missing", err);
	c = take_sign(p);
	if (c == '[' && is_list_name(p)) {
		p->next = EXPECT_FIRST_ELEMENT;
		return PIECE_LIST;
	}
	p->next = EXPECT_COMMA;
	return read_value(p, c, err) ? PIECE_MEMBER : PIECE_WRONG;
}

static enum json_piece
read_end(struct json_pieces *p, struct err *err)
{
	if (take_sign(p) != EOF)
		return wrong(p, "there is more after the end", err);
	return ferror(p->file) ? wrong(p, "", err) : PIECE_END;
}

static enum json_piece
next_in_object(struct json_pieces *p, struct err *err)
{
	int c = p->has_name ? '"' : take_sign(p);

	if (c == '}')
		return read_end(p, err);
	if (p->next == EXPECT_COMMA) {
		if (c != ',')
			return wrong(p, "a comma or a closing brace is missing", err);
		c = take_sign(p);
	}
	return read_member(p, c, err);
}

static enum json_piece
next_in_list(struct json_pieces *p, struct err *err)
{
	int c = take_sign(p);
	bool good;

	json_data_clear(&p->data);
	if (c == ']') {
		p->next = EXPECT_COMMA;
		return next_in_object(p, err);
	}
	if (p->next == EXPECT_ELEMENT_COMMA) {
		if (c != ',')
			return wrong(p, "a comma or a closing bracket is missing", err);
		c = take_sign(p);
	}
	p->next = EXPECT_ELEMENT_COMMA;
	p->in_list = true;
	good = read_value(p, c, err);
	p->in_list = false;
	return good ? PIECE_ELEMENT : PIECE_WRONG;
}

/* ---- values ---- */

static enum json_piece
read_piece(struct json_pieces *p, int c, int next, struct err *err)
{
	p->next = next;
	return read_value(p, c, err) ? PIECE_VALUE : PIECE_WRONG;
}

/* Lists that are empty, one after another, are skipped. */
static enum json_piece
next_value(struct json_pieces *p, struct err *err)
{
	for (int c; (c = take_sign(p)) != EOF;) {
		if (c != '[')
			return read_piece(p, c, EXPECT_VALUE, err);
		if ((c = take_sign(p)) != ']')
			return read_piece(p, c, EXPECT_ITEM_COMMA, err);
	}
	return ferror(p->file) ? wrong(p, "", err) : PIECE_END;
}

static enum json_piece
next_item(struct json_pieces *p, struct err *err)
{
	int c = take_sign(p);

	if (c == ']') {
		p->next = EXPECT_VALUE;
		return next_value(p, err);
	}
	if (p->next == EXPECT_ITEM_COMMA) {
		if (c != ',')
			return wrong(p, "a comma or a closing bracket is missing", err);
		c = take_sign(p);
	}
	return read_piece(p, c, EXPECT_ITEM_COMMA, err);
}

/* ---- which shape ---- */

static bool
is_known_name(const struct json_pieces *p)
{
	for (size_t i = 0; p->names[i]; i++)
		if (strcmp(buf_text(&p->name), p->names[i]) == 0)
			return true;
	return false;
}

/* Goes on with a value that begins with this brace and, as it stands in p->text, this name. */
static enum json_piece
read_from_name(struct json_pieces *p, const struct buf *name, long long first, struct err *err)
{
	p->is_other = true;
	p->next = EXPECT_VALUE;
	buf_clear(&p->text);
	p->place = (struct json_place){0};
	json_place_step(&p->place, '{');
	if (!keep(p, '{') || !buf_append(&p->text, buf_text(name), name->len) || !keep_rest(p, take(p)))
		return not_kept(p, first, err) ? PIECE_VALUE : PIECE_WRONG;
	return parse_kept(p, first, err) ? PIECE_VALUE : PIECE_WRONG;
}

/* After an opening brace. */
static enum json_piece
first_of_object(struct json_pieces *p, struct err *err)
{
	long long first = (long long)p->at;
	struct buf name = {0};
	enum json_piece piece;
	int c = take_sign(p);

	if (c != '"') {
		give_back(p, c);
		p->next = EXPECT_FIRST_NAME;
		return next_in_object(p, err);
	}
	if (!keep_value(p, c))
		return not_kept(p, first, err) ? PIECE_VALUE : PIECE_WRONG;
	buf_put(&name, buf_text(&p->text), p->text.len);
	if (!parse_kept(p, first, err)) {
		buf_release(&name);
		return PIECE_WRONG;
	}
	buf_clear(&p->name);
	buf_puts(&p->name, p->value->valuestring);
	json_pieces_drop(p);
	p->has_name = is_known_name(p);
	p->next = EXPECT_FIRST_NAME;
	piece = p->has_name ? next_in_object(p, err) : read_from_name(p, &name, first, err);
	buf_release(&name);
	return piece;
}

static enum json_piece
first_of_file(struct json_pieces *p, struct err *err)
{
	int c;

	skip_mark(p);
	c = take_sign(p);
	if (c == '{')
		return first_of_object(p, err);
	if (c != '[')
		return wrong(p, "this is no JSON object, and no list", err);
	p->is_other = true;
	p->next = EXPECT_FIRST_ITEM;
	return next_item(p, err);
}

enum json_piece
json_pieces_next(struct json_pieces *p, struct err *err)
{
	json_pieces_drop(p);
	switch (p->next) {
	case EXPECT_ANY:
		return first_of_file(p, err);
	case EXPECT_VALUE:
		return next_value(p, err);
	case EXPECT_FIRST_ITEM:
	case EXPECT_ITEM_COMMA:
		return next_item(p, err);
	case EXPECT_FIRST_ELEMENT:
	case EXPECT_ELEMENT_COMMA:
		return next_in_list(p, err);
	default:
		return next_in_object(p, err);
	}
}
