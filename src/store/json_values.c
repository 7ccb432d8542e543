/*
 * json_values.c - usage and timings as JSON, and the names of enums.
 */
#include "store/json_values.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/json_put.h"
#include "llama/json.h"
#include "store/database.h"

/* ---- usage and timings ---- */

struct field {
	const char *name;
	size_t at;
	bool is_count, is_extra; /* extra: left out where it is 0 */
};

static const struct field usage_fields[] = {
        {"prompt_tokens", offsetof(struct chat_usage, prompt_tokens), true, false},
        {"completion_tokens", offsetof(struct chat_usage, completion_tokens), true, false},
        {"cached_tokens", offsetof(struct chat_usage, cached_tokens), true, false},
};

static const struct field timings_fields[] = {
        {"cache_n", offsetof(struct chat_timings, cache_n), true, false},
        {"prompt_n", offsetof(struct chat_timings, prompt_n), true, false},
        {"predicted_n", offsetof(struct chat_timings, predicted_n), true, false},
        {"prompt_ms", offsetof(struct chat_timings, prompt_ms), false, false},
        {"predicted_ms", offsetof(struct chat_timings, predicted_ms), false, false},
        {"prompt_per_second", offsetof(struct chat_timings, prompt_per_second), false, false},
        {"predicted_per_second", offsetof(struct chat_timings, predicted_per_second), false, false},
        {"draft_n", offsetof(struct chat_timings, draft_n), true, true},
        {"draft_n_accepted", offsetof(struct chat_timings, draft_n_accepted), true, true},
        {"first_ms", offsetof(struct chat_timings, first_ms), true, true},
};

static int64_t
count_at(const void *fields, size_t at)
{
	int64_t count;

	memcpy(&count, (const char *)fields + at, sizeof(count));
	return count;
}

static double
number_at(const void *fields, size_t at)
{
	double number;

	memcpy(&number, (const char *)fields + at, sizeof(number));
	return number;
}

void
json_put_usage(struct buf *to, const struct chat_usage *usage)
{
	const char *before = "{";

	for (size_t i = 0; i < ARRAY_LEN(usage_fields); i++) {
		int64_t count = count_at(usage, usage_fields[i].at);

		if (count < 0)
			continue;
		buf_printf(to, "%s\"%s\":%lld", before, usage_fields[i].name, (long long)count);
		before = ",";
	}
	buf_puts(to, *before == ',' ? "}" : "");
}

static bool
server_told(const struct chat_timings *timings)
{
	struct chat_timings told = *timings;

	told.first_ms = 0;
	return memcmp(&told, &(struct chat_timings){0}, sizeof(told)) != 0;
}

/* Of a reply that was stopped the server tells none: then its own members are left out, which are not known to be 0. */
static bool
is_worth_writing(const struct chat_timings *timings, const struct field *field)
{
	return field->is_extra ? count_at(timings, field->at) != 0 : server_told(timings);
}

static void
put_field(struct buf *to, const void *fields, const struct field *field)
{
	buf_printf(to, "\"%s\":", field->name);
	if (field->is_count)
		buf_printf(to, "%lld", (long long)count_at(fields, field->at));
	else
		json_put_number(to, number_at(fields, field->at));
}

void
json_put_timings(struct buf *to, const struct chat_timings *timings)
{
	const char *before = "{";

	for (size_t i = 0; i < ARRAY_LEN(timings_fields); i++) {
		if (!is_worth_writing(timings, &timings_fields[i]))
			continue;
		buf_puts(to, before);
		put_field(to, timings, &timings_fields[i]);
		before = ",";
	}
	buf_puts(to, *before == ',' ? "}" : "");
}

/* ---- any value ---- */

static void
put_members(struct buf *to, const cJSON *value)
{
	const cJSON *member;
	bool named = cJSON_IsObject(value);

	buf_putc(to, named ? '{' : '[');
	cJSON_ArrayForEach(member, value)
	{
		if (named)
			json_put_name(to, member->string);
		else
			json_put_comma(to);
		json_put_json(to, member);
	}
	buf_putc(to, named ? '}' : ']');
}

void
json_put_json(struct buf *to, const cJSON *value)
{
	if (cJSON_IsObject(value) || cJSON_IsArray(value))
		put_members(to, value);
	else if (cJSON_IsString(value))
		json_put_string(to, value->valuestring, strlen(value->valuestring));
	else if (cJSON_IsNumber(value) && isfinite(value->valuedouble))
		json_put_number(to, value->valuedouble);
	else if (cJSON_IsBool(value))
		buf_puts(to, cJSON_IsTrue(value) ? "true" : "false");
	else
		buf_puts(to, "null");
}

static cJSON *
parse(const char *text, size_t n)
{
	struct err err;

	return n > 0 ? json_parse(text, n, &err) : NULL;
}

void
json_put_parameters(struct buf *to, const char *text, size_t n)
{
	cJSON *json = parse(text, n);

	if (cJSON_IsObject(json))
		json_put_json(to, json);
	else
		json_put_string(to, text, n);
	cJSON_Delete(json);
}

void
json_put_tags(struct buf *to, const struct tags *tags)
{
	json_put_name(to, "tags");
	buf_putc(to, '[');
	for (size_t i = 0; i < tags->n; i++) {
		json_put_comma(to);
		json_put_string(to, tags->names[i], strlen(tags->names[i]));
	}
	buf_putc(to, ']');
}

void
json_bind_parameters(struct sqlite3_stmt *s, int i, const struct parameters *set)
{
	struct buf json = {0};

	parameters_put_json(set, &json);
	database_bind_buf(s, i, &json);
	buf_release(&json);
}

/* ---- reading ---- */

static void
set_field(void *fields, const struct field *field, int64_t count, double number)
{
	if (field->is_count)
		memcpy((char *)fields + field->at, &count, sizeof(count));
	else
		memcpy((char *)fields + field->at, &number, sizeof(number));
}

/* Fifteen digits and their power of ten are exact in a double, so there is one rounding only, as in strtod. */
static bool
read_short(const char *text, size_t n, double *number)
{
	double digits = 0, scale = 1;
	bool is_behind_point = false;

	if (n > 15)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '.' && !is_behind_point) {
			is_behind_point = true;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			return false;
		digits = digits * 10 + (text[i] - '0');
		scale *= is_behind_point ? 10 : 1;
	}
	*number = digits / scale;
	return true;
}

/* A number that C and JSON read alike, and that a count may be; NULL: it is something else. */
static const char *
read_number(const char *text, double *number)
{
	size_t n = strspn(text, "0123456789.e+-"), sign = *text == '-';
	char *end;

	if (text[sign] < '0' || text[sign] > '9')
		return NULL;
	if (read_short(text, n, number))
		return text + n;
	*number = strtod(text, &end);
	return end == text + n && *number > -1e15 && *number < 1e15 ? end : NULL;
}

/* What json_put_usage and json_put_timings have written, without a tree of it: a long conversation has thousands.
 * False: it is something else, and some of it may have been read. */
static bool
read_own(const char *text, size_t size, void *fields, const struct field *rows, size_t n)
{
	const char *at = text;

	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(rows[i].name);
		double number;

		if (at[0] != (at == text ? '{' : ',') || at[1] != '"' || strncmp(at + 2, rows[i].name, len) != 0 ||
		        at[len + 2] != '"' || at[len + 3] != ':')
			continue;
		at = read_number(at + len + 4, &number);
		if (!at)
			return false;
		set_field(fields, &rows[i], (int64_t)number, number);
	}
	return at != text && at[0] == '}' && at + 1 == text + size;
}

struct chat_usage
json_usage_of(const cJSON *json)
{
	struct chat_usage usage;

	for (size_t i = 0; i < ARRAY_LEN(usage_fields); i++)
		set_field(&usage, &usage_fields[i], json_int(json, usage_fields[i].name, -1), 0);
	return usage;
}

struct chat_usage
json_usage(const char *text, size_t n)
{
	struct chat_usage usage = {-1, -1, -1};
	cJSON *json;

	if (n == 0 || read_own(text, n, &usage, usage_fields, ARRAY_LEN(usage_fields)))
		return usage;
	json = parse(text, n);
	usage = json_usage_of(json);
	cJSON_Delete(json);
	return usage;
}

struct chat_timings
json_timings_of(const cJSON *json)
{
	struct chat_timings timings = {0};

	for (size_t i = 0; i < ARRAY_LEN(timings_fields); i++)
		set_field(&timings, &timings_fields[i], json_int(json, timings_fields[i].name, 0),
		        json_number(json, timings_fields[i].name, 0));
	return timings;
}

struct chat_timings
json_timings(const char *text, size_t n)
{
	struct chat_timings timings = {0};
	cJSON *json;

	if (n == 0 || read_own(text, n, &timings, timings_fields, ARRAY_LEN(timings_fields)))
		return timings;
	json = parse(text, n);
	timings = json_timings_of(json);
	cJSON_Delete(json);
	return timings;
}

/* ---- names ---- */

bool
json_role(const char *name, enum chat_role *role)
{
	for (int i = CHAT_SYSTEM; i <= CHAT_ASSISTANT; i++)
		if (strcmp(chat_role_name((enum chat_role)i), name) == 0) {
			*role = (enum chat_role)i;
			return true;
		}
	return false;
}

bool
json_state(const char *name, enum message_state *state)
{
	for (int i = MESSAGE_COMPLETE; i <= MESSAGE_FAILED; i++)
		if (strcmp(message_state_name((enum message_state)i), name) == 0) {
			*state = (enum message_state)i;
			return true;
		}
	return false;
}

bool
json_error(const char *name, enum err_code *code)
{
	for (int i = ERR_NONE; i <= ERR_SYSTEM; i++)
		if (strcmp(err_name((enum err_code)i), name) == 0) {
			*code = (enum err_code)i;
			return true;
		}
	return false;
}

const char *
json_titled_name(enum title_by by)
{
	static const char *const names[] = {
	        [TITLE_BY_PROMPT] = "prompt", [TITLE_BY_MODEL] = "model", [TITLE_BY_PERSON] = "person"};

	return names[by];
}

bool
json_titled(const char *name, enum title_by *by)
{
	for (int i = TITLE_BY_PROMPT; i <= TITLE_BY_PERSON; i++)
		if (strcmp(json_titled_name((enum title_by)i), name) == 0) {
			*by = (enum title_by)i;
			return true;
		}
	return false;
}

static const char summary[] = "summary";

const char *
json_kind_name(bool is_summary)
{
	return is_summary ? summary : "";
}

bool
json_kind(const char *name)
{
	return strcmp(name, summary) == 0;
}
