/*
 * import_part.c - nothing that is lost is lost without a word: what counts it also writes a note where it was.
 */
#include "store/import_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "chat/title.h"
#include "llama/file_type.h"
#include "llama/json.h"
#include "store/json_values.h"

#define WORD "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+#-_." /* of a language */

enum {
	NAME_BYTES = 200, /* of a file or a tool, in a note */
	MODEL_BYTES = 4096,
	FENCE_LEAST = 3,   /* backquotes */
	FENCE_MOST = 1000, /* a line of more is not looked at */
};

struct message *
import_add(struct import_reading *r, enum chat_role role, const char *id, const char *parent, const cJSON *children)
{
	struct message *m = message_new(role, "");

	import_tree_add(&r->tree, id, parent, children, m);
	return m;
}

/* ---- texts ---- */

static void
put_text(struct import_reading *r, struct buf *to, const char *text, size_t n)
{
	if (!buf_append(to, text, n))
		r->too_long = true;
}

static void
put_paragraph(struct import_reading *r, struct buf *to, const char *text)
{
	if (!text || !*text)
		return;
	if (to->len > 0)
		put_text(r, to, "\n\n", 2);
	put_text(r, to, text, strlen(text));
}

void
import_put(struct import_reading *r, struct message *m, const char *text)
{
	put_paragraph(r, &m->content, text);
}

void
import_put_reasoning(struct import_reading *r, struct message *m, const char *text)
{
	put_paragraph(r, &m->reasoning, text);
}

/* One that is longer than any in the text. */
static size_t
fence_length(const char *text)
{
	size_t most = FENCE_LEAST - 1;

	for (const char *s = strchr(text, '`'); s; s = strchr(s, '`')) {
		size_t n = strspn(s, "`");

		if (n > most && n < FENCE_MOST)
			most = n;
		s += n;
	}
	return most + 1;
}

void
import_put_code(struct import_reading *r, struct message *m, const char *language, const char *text)
{
	struct buf block = {0};
	size_t n = fence_length(text), len = strlen(text);

	for (size_t i = 0; i < n; i++)
		buf_putc(&block, '`');
	buf_put(&block, language, language ? strspn(language, WORD) : 0);
	buf_printf(&block, "\n%s%s", text, len > 0 && text[len - 1] == '\n' ? "" : "\n");
	for (size_t i = 0; i < n; i++)
		buf_putc(&block, '`');
	import_put(r, m, buf_text(&block));
	buf_release(&block);
}

/* ---- notes ---- */

/* On one line, and cut. */
static void
put_name(struct buf *to, const char *name)
{
	size_t n = strlen(name), shown = n > NAME_BYTES ? utf8_floor(name, NAME_BYTES) : n;

	for (size_t i = 0; i < shown; i++)
		buf_putc(to, (unsigned char)name[i] < ' ' ? ' ' : name[i]);
	buf_puts(to, shown < n ? "…" : "");
}

void
import_note(struct import_reading *r, struct message *m, enum import_lost_kind kind, const char *what, const char *name)
{
	struct buf note = {0};

	r->lost.n[kind]++;
	buf_printf(&note, "[%s", what);
	if (name && *name) {
		buf_puts(&note, ": ");
		put_name(&note, name);
	}
	buf_putc(&note, ']');
	import_put(r, m, buf_text(&note));
	buf_release(&note);
}

void
import_note_call(struct import_reading *r, struct message *m, const char *name, const char *arguments)
{
	import_note(r, m, IMPORT_LOST_TOOL_CALL, "tool call", name);
	if (arguments && *arguments)
		import_put_code(r, m, *arguments == '{' ? "json" : "", arguments);
}

/* ---- files ---- */

/* "picture.png" of image/png. */
static char *
name_by_type(const struct file_type *type)
{
	static const char *const names[] = {
	        [ATTACHMENT_TEXT] = "text", [ATTACHMENT_IMAGE] = "picture", [ATTACHMENT_AUDIO] = "sound"};
	const char *end = strchr(type->type, '/');

	if (type->kind == ATTACHMENT_TEXT)
		return mem_strdup("text.txt");
	return mem_printf("%s.%s", names[type->kind], end + 1);
}

/* Without its folder. */
static char *
file_name(const char *name, const struct file_type *type)
{
	const char *slash = name ? strrchr(name, '/') : NULL;
	const char *last = slash ? slash + 1 : name;

	if (!last || !*last)
		return name_by_type(type);
	return mem_strndup(last, utf8_floor(last, strlen(last) < NAME_BYTES ? strlen(last) : NAME_BYTES));
}

/* "a PDF document, not imported", or with who made it. */
static void
note_file(struct import_reading *r, struct message *m, enum import_lost_kind kind, const char *words, const char *name)
{
	char *what = mem_printf("%s%s, not imported", words, kind == IMPORT_LOST_REPLY_FILE ? " of the reply" : "");

	import_note(r, m, kind, what, name);
	free(what);
}

void
import_attach(struct import_reading *r, struct message *m, const char *name, struct buf *data)
{
	struct file_type type =
	        data->len > 0 ? file_type_find(data->data, data->len) : (struct file_type){.words = "an empty file"};

	if (!type.is_sent) {
		note_file(r, m, IMPORT_LOST_KIND, type.words, name);
	} else if (m->role != CHAT_USER) {
		note_file(r, m, IMPORT_LOST_REPLY_FILE, type.words, name);
	} else {
		char *last = file_name(name, &type);

		attachments_add(&m->attachments, attachment_new(type.kind, last, NULL, type.type, data));
		free(last);
	}
	buf_release(data);
}

void
import_attach_text(struct import_reading *r, struct message *m, const char *name, const char *text)
{
	struct buf data = {0};

	buf_puts(&data, text);
	import_attach(r, m, name, &data);
}

void
import_attach_base64(struct import_reading *r, struct message *m, const char *name, const char *base64)
{
	struct buf data = {0};

	if (base64_get(&data, base64, strlen(base64)))
		import_attach(r, m, name, &data);
	else
		note_file(r, m, IMPORT_LOST_KIND, "a damaged file", name);
	buf_release(&data);
}

void
import_attach_url(struct import_reading *r, struct message *m, const char *name, const char *url)
{
	static const char mark[] = ";base64,";
	const char *data = strncmp(url, "data:", 5) == 0 ? strchr(url, ',') : NULL;

	if (!data)
		import_note(r, m, IMPORT_LOST_PICTURE, "picture not in the export", name && *name ? name : url);
	else if (data - url >= (long)strlen(mark) - 1 && strncmp(data - (strlen(mark) - 1), mark, strlen(mark)) == 0)
		import_attach_base64(r, m, name, data + 1);
	else
		note_file(r, m, IMPORT_LOST_KIND, "a file in an unknown form", name);
}

/* ---- the conversation ---- */

void
import_set(struct import_reading *r, const char *name, const cJSON *value)
{
	const struct parameter *p = name ? parameter_named(name) : NULL;
	struct buf json = {0};
	struct err err;
	char *read = NULL;

	if (!value || cJSON_IsNull(value))
		return;
	json_put_json(&json, value);
	if (p)
		read = parameter_from_json(p, buf_text(&json), &err);
	buf_release(&json);
	if (read)
		parameters_set(&conversation_info(r->loaded.conversation)->parameters, p, read);
	else
		r->lost.n[IMPORT_LOST_PARAMETER]++;
}

static void
title_of_prompt(struct conversation *c, struct conversation_info *info)
{
	const struct message *m = NULL;

	while ((m = conversation_next(c, m)) != NULL && m->role != CHAT_USER)
		;
	info->titled = TITLE_BY_PROMPT;
	if (m)
		title_from_prompt(buf_text(&m->content), &info->title);
}

void
import_title(struct import_reading *r, const char *title)
{
	struct conversation_info *info = conversation_info(r->loaded.conversation);
	size_t n = title ? strlen(title) : 0;

	info->titled = TITLE_BY_PERSON;
	if (n == 0) {
		title_of_prompt(r->loaded.conversation, info);
		return;
	}
	r->loaded.title_cut = n > CONVERSATION_TITLE_MAX;
	if (r->loaded.title_cut)
		n = utf8_floor(title, CONVERSATION_TITLE_MAX - strlen("…"));
	buf_put(&info->title, title, n);
	buf_puts(&info->title, r->loaded.title_cut ? "…" : "");
}

void
import_times(struct import_reading *r, int64_t created_ms, int64_t updated_ms)
{
	struct conversation_info *info = conversation_info(r->loaded.conversation);
	int64_t first = 0, last = 0;

	for (const struct message *m = NULL; (m = conversation_next(r->loaded.conversation, m)) != NULL;) {
		if (m->created_ms != 0 && (first == 0 || m->created_ms < first))
			first = m->created_ms;
		if (m->created_ms > last)
			last = m->created_ms;
	}
	info->created_ms = created_ms ? created_ms : first;
	info->updated_ms = updated_ms ? updated_ms : last ? last : info->created_ms;
}

bool
import_finish(struct import_reading *r, const char *leaf)
{
	if (r->too_long)
		return err_set(r->err, ERR_LIMIT, "a text is longer than %d bytes", MESSAGE_TEXT_MAX);
	r->loaded.conversation = import_tree_build(&r->tree, leaf, &r->message, r->err);
	if (r->loaded.conversation && r->tree.program && r->tree.id)
		import_tree_uuid(conversation_info(r->loaded.conversation)->uuid, r->tree.program, r->tree.id, NULL);
	return r->loaded.conversation != NULL;
}

void
import_name(struct import_reading *r, const char *program, const char *id)
{
	r->tree.program = program;
	r->tree.id = id && *id ? id : NULL;
}

void
import_tag(struct import_reading *r, const char *name)
{
	char tag[TAG_SIZE];

	if (tag_make_near(tag, name, strlen(name)))
		(void)tags_add(&conversation_info(r->loaded.conversation)->tags, tag);
	else
		r->lost.n[IMPORT_LOST_TAG]++;
}

void
import_put_name(struct buf *to, const char *name)
{
	size_t n = strlen(name);

	buf_put(to, name, n > MODEL_BYTES ? utf8_floor(name, MODEL_BYTES) : n);
}

void
import_put_options(struct message *m, const char *text)
{
	struct err err;
	cJSON *json = *text ? json_parse(text, strlen(text), &err) : NULL;

	if (cJSON_IsObject(json) && json->child)
		json_put_json(&m->parameters, json);
	cJSON_Delete(json);
}

/* ---- times ---- */

static double
per_second(int64_t n, double ms)
{
	return n > 0 && ms > 0 ? (double)n * 1000 / ms : 0;
}

void
import_speeds(struct chat_timings *t)
{
	if (t->predicted_per_second == 0)
		t->predicted_per_second = per_second(t->predicted_n, t->predicted_ms);
	if (t->prompt_per_second == 0)
		t->prompt_per_second = per_second(t->prompt_n, t->prompt_ms);
}

int64_t
import_duration(double n, double unit_ms)
{
	static const double most = 1e12; /* thirty years */

	return n > 0 && n * unit_ms < most ? (int64_t)(n * unit_ms) : 0;
}

static int64_t
in_range(double ms)
{
	static const double last = 253402300799999; /* the end of the year 9999 */

	return ms > 0 && ms <= last ? (int64_t)ms : 0;
}

static int64_t
time_of(double number)
{
	static const double seconds = 1e11, milliseconds = 1e14, microseconds = 1e17;

	if (!isfinite(number) || number <= 0)
		return 0;
	if (number < seconds)
		return in_range(round(number * 1000));
	if (number < milliseconds)
		return in_range(number);
	return in_range(number < microseconds ? number / 1e3 : number / 1e6);
}

int64_t
import_date(const char *text)
{
	char *date = mem_strdup(text), *with_offset, *space = strchr(date, ' ');
	int64_t ms = 0;

	if (space)
		*space = 'T';
	with_offset = mem_printf("%.60sZ", date);
	if (!date_parse_utc(date, &ms) && !date_parse_utc(with_offset, &ms))
		ms = 0;
	free(date);
	free(with_offset);
	return ms > 0 ? ms : 0;
}

int64_t
import_time(const cJSON *value)
{
	if (cJSON_IsString(value))
		return import_date(value->valuestring);
	return cJSON_IsNumber(value) ? time_of(value->valuedouble) : 0;
}

/* ---- types ---- */

bool
import_wrong(struct import_reading *r, const char *words)
{
	return err_set(r->err, ERR_INCOMPLETE, "%s", words);
}

bool
import_is_text(struct import_reading *r, const cJSON *object, const char *name)
{
	const cJSON *value = json_get(object, name);

	return !value || cJSON_IsNull(value) || cJSON_IsString(value) ||
	       err_set(r->err, ERR_INCOMPLETE, "\"%s\" must be a text", name);
}

bool
import_is_list(struct import_reading *r, const cJSON *object, const char *name)
{
	const cJSON *value = json_get(object, name);

	return !value || cJSON_IsNull(value) || cJSON_IsArray(value) ||
	       err_set(r->err, ERR_INCOMPLETE, "\"%s\" must be a list", name);
}
