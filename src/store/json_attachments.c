/*
 * json_attachments.c - as everywhere the bytes decide what a file is: what an import says of it is compared with them.
 */
#include "store/json_attachments.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/json_put.h"
#include "base/utf8.h"
#include "llama/file_type.h"
#include "store/json_members.h"

enum {
	STEP = 48 * 1024,  /* bytes of data that are encoded at once: a multiple of three needs no padding */
	NAME_BYTES = 4096, /* of a file */
};

/* ---- writing ---- */

static void
put_attachment(struct buf *to, const struct attachment *a)
{
	buf_putc(to, '{');
	json_put_text(to, "name", a->name);
	json_put_text(to, "kind", attachment_kind_name(a->kind));
	json_put_text(to, "type", a->type);
	json_put_int(to, "size", (int64_t)a->size);
	json_put_text(to, "sha256", a->sha256);
}

void
json_put_attachments(struct buf *to, const struct attachments *list)
{
	if (list->n == 0)
		return;
	json_put_name(to, "attachments");
	buf_putc(to, '[');
	for (size_t i = 0; i < list->n; i++) {
		json_put_comma(to);
		put_attachment(to, list->items[i]);
		buf_putc(to, '}');
	}
	buf_putc(to, ']');
}

static void
flush(FILE *file, struct buf *text)
{
	fwrite(buf_text(text), 1, text->len, file);
	buf_clear(text);
}

static void
write_data(FILE *file, struct buf *text, const struct attachment *a)
{
	json_put_name(text, "data");
	buf_putc(text, '"');
	for (size_t at = 0, n; at < a->size; at += n) {
		n = a->size - at < STEP ? a->size - at : STEP;
		base64_put(text, a->data + at, n);
		flush(file, text);
	}
	buf_puts(text, "\"}");
}

void
json_write_attachments(FILE *file, struct buf *text, const struct attachments *list)
{
	if (list->n == 0)
		return;
	json_put_name(text, "attachments");
	buf_putc(text, '[');
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			buf_putc(text, ',');
		put_attachment(text, list->items[i]);
		write_data(file, text, list->items[i]);
	}
	buf_putc(text, ']');
}

/* ---- reading ---- */

enum {
	NAME,
	KIND,
	TYPE,
	SIZE,
	SHA256,
	DATA,
	N,
};

static const struct json_member rows[N] = {
        [NAME] = {"name", MEMBER_TEXT, true},
        [KIND] = {"kind", MEMBER_TEXT, false},
        [TYPE] = {"type", MEMBER_TEXT, false},
        [SIZE] = {"size", MEMBER_COUNT, false},
        [SHA256] = {"sha256", MEMBER_TEXT, false},
        [DATA] = {"data", MEMBER_TEXT, true},
};

/* What was attached as a text may begin like another format, once its byte order mark is gone. */
static struct file_type
type_of(const char *data, size_t n, bool may_be_text)
{
	static const struct file_type text = {true, ATTACHMENT_TEXT, "text/plain", "text"};

	if (n == 0 || (may_be_text && utf8_span(data, n) == n))
		return text;
	return file_type_find(data, n);
}

static bool
find_type(const cJSON *kind, const char *data, size_t n, struct file_type *type, struct err *err)
{
	enum attachment_kind named = ATTACHMENT_TEXT;

	if (kind && !attachment_kind_find(kind->valuestring, &named))
		return err_set(err, ERR_INCOMPLETE, "\"kind\" must be text, image or audio");
	*type = type_of(data, n, kind && named == ATTACHMENT_TEXT);
	if (!type->is_sent)
		return err_set(err, ERR_INCOMPLETE, "its data is %s, which cannot be attached", type->words);
	if (kind && named != type->kind)
		return err_set(
		        err, ERR_INCOMPLETE, "\"kind\" is %s, but its data is %s", kind->valuestring, type->words);
	return true;
}

static bool
is_name(const char *name, struct err *err)
{
	if (strlen(name) > NAME_BYTES)
		return err_set(err, ERR_LIMIT, "\"name\" is longer than %d bytes", NAME_BYTES);
	return !strchr(name, '/') ||
	       err_set(err, ERR_INCOMPLETE, "\"name\" must be that of a file, without its folder");
}

static bool
is_true(const cJSON *const *values, const struct json_datum *datum, size_t n, const struct file_type *type,
        struct err *err)
{
	if (values[TYPE] && strcasecmp(values[TYPE]->valuestring, type->type) != 0)
		return err_set(err, ERR_INCOMPLETE, "\"type\" must be %s, which its data is", type->type);
	if (values[SIZE] && json_member_int(values[SIZE], 0) != (int64_t)n)
		return err_set(err, ERR_INCOMPLETE, "\"size\" must be %zu, the bytes of its data", n);
	if (values[SHA256] && strcasecmp(values[SHA256]->valuestring, datum->sha256) != 0)
		return err_set(err, ERR_INCOMPLETE, "\"sha256\" is not that of its data");
	return true;
}

static const char *
data_of(const struct json_datum *datum, size_t *n)
{
	*n = datum->made ? datum->made->size : datum->bytes.len;
	return datum->made ? datum->made->data : buf_text(&datum->bytes);
}

/* The same name and bytes are the same attachment; under another name the bytes are copied. */
static struct attachment *
make(struct json_datum *datum, const char *name, const struct file_type *type)
{
	struct buf copy = {0};
	struct attachment *a;

	if (datum->made && datum->made->kind == type->kind && strcmp(datum->made->name, name) == 0)
		return attachment_hold(datum->made);
	if (datum->made)
		buf_put(&copy, datum->made->data, datum->made->size);
	a = attachment_new(type->kind, name, NULL, type->type, datum->made ? &copy : &datum->bytes);
	if (!datum->made)
		datum->made = attachment_hold(a);
	return a;
}

static struct attachment *
read_attachment(const cJSON *object, const struct json_data *data, struct err *err)
{
	const cJSON *values[N];
	struct json_datum *datum;
	struct file_type type = {0};
	const char *bytes;
	size_t n;

	if (!json_members_read(object, rows, N, values, err) || !is_name(values[NAME]->valuestring, err))
		return NULL;
	datum = json_data_find(data, values[DATA]->valuestring);
	if (!datum || datum->is_wrong) {
		err_set(err, ERR_INCOMPLETE, "\"data\" is no Base64");
		return NULL;
	}
	bytes = data_of(datum, &n);
	if (!find_type(values[KIND], bytes, n, &type, err) || !is_true(values, datum, n, &type, err))
		return NULL;
	return make(datum, values[NAME]->valuestring, &type);
}

bool
json_read_attachments(const cJSON *list, const struct json_data *data, struct attachments *to, struct err *err)
{
	const cJSON *object;

	cJSON_ArrayForEach(object, list)
	{
		struct attachment *a = read_attachment(object, data, err);
		struct err why = *err;

		if (!a)
			return err_set(err, why.code, "attachment %zu: %s", to->n + 1, why.text);
		attachments_add(to, a);
	}
	return true;
}
