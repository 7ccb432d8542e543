/*
 * fields.c - usage and timings as JSON, and names for what is an enum in memory.
 */
#include "store/fields.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/json_put.h"
#include "llama/json.h"

/* ---- usage and timings ---- */

static const struct {
	const char *name;
	size_t at;
} usage_fields[] = {
        {"prompt_tokens", offsetof(struct chat_usage, prompt_tokens)},
        {"completion_tokens", offsetof(struct chat_usage, completion_tokens)},
        {"cached_tokens", offsetof(struct chat_usage, cached_tokens)},
};

static const struct {
	const char *name;
	size_t at;
	bool is_count;
} timings_fields[] = {
        {"cache_n", offsetof(struct chat_timings, cache_n), true},
        {"prompt_n", offsetof(struct chat_timings, prompt_n), true},
        {"predicted_n", offsetof(struct chat_timings, predicted_n), true},
        {"prompt_ms", offsetof(struct chat_timings, prompt_ms), false},
        {"predicted_ms", offsetof(struct chat_timings, predicted_ms), false},
        {"prompt_per_second", offsetof(struct chat_timings, prompt_per_second), false},
        {"predicted_per_second", offsetof(struct chat_timings, predicted_per_second), false},
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
fields_put_usage(struct buf *to, const struct chat_usage *usage)
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

/* With as few digits as give the same number again. */
static void
put_number(struct buf *to, double number)
{
	char text[32];

	snprintf(text, sizeof(text), "%.15g", number);
	if (strtod(text, NULL) != number)
		snprintf(text, sizeof(text), "%.17g", number);
	buf_puts(to, text);
}

void
fields_put_timings(struct buf *to, const struct chat_timings *timings)
{
	const char *before = "{";

	if (memcmp(timings, &(struct chat_timings){0}, sizeof(*timings)) == 0)
		return;
	for (size_t i = 0; i < ARRAY_LEN(timings_fields); i++) {
		size_t at = timings_fields[i].at;

		buf_printf(to, "%s\"%s\":", before, timings_fields[i].name);
		if (timings_fields[i].is_count)
			buf_printf(to, "%lld", (long long)count_at(timings, at));
		else
			put_number(to, number_at(timings, at));
		before = ",";
	}
	buf_puts(to, "}");
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
		fields_put_json(to, member);
	}
	buf_putc(to, named ? '}' : ']');
}

void
fields_put_json(struct buf *to, const cJSON *value)
{
	if (cJSON_IsObject(value) || cJSON_IsArray(value))
		put_members(to, value);
	else if (cJSON_IsString(value))
		json_put_string(to, value->valuestring, strlen(value->valuestring));
	else if (cJSON_IsNumber(value) && isfinite(value->valuedouble))
		put_number(to, value->valuedouble);
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
fields_put_parameters(struct buf *to, const char *text, size_t n)
{
	cJSON *json = parse(text, n);

	if (cJSON_IsObject(json))
		fields_put_json(to, json);
	else
		json_put_string(to, text, n);
	cJSON_Delete(json);
}

/* ---- reading ---- */

struct chat_usage
fields_usage_of(const cJSON *json)
{
	struct chat_usage usage;

	for (size_t i = 0; i < ARRAY_LEN(usage_fields); i++) {
		int64_t count = json_int(json, usage_fields[i].name, -1);

		memcpy((char *)&usage + usage_fields[i].at, &count, sizeof(count));
	}
	return usage;
}

struct chat_usage
fields_usage(const char *text, size_t n)
{
	cJSON *json = parse(text, n);
	struct chat_usage usage = fields_usage_of(json);

	cJSON_Delete(json);
	return usage;
}

struct chat_timings
fields_timings_of(const cJSON *json)
{
	struct chat_timings timings = {0};

	for (size_t i = 0; i < ARRAY_LEN(timings_fields); i++) {
		char *at = (char *)&timings + timings_fields[i].at;
		int64_t count = json_int(json, timings_fields[i].name, 0);
		double number = json_number(json, timings_fields[i].name, 0);

		if (timings_fields[i].is_count)
			memcpy(at, &count, sizeof(count));
		else
			memcpy(at, &number, sizeof(number));
	}
	return timings;
}

struct chat_timings
fields_timings(const char *text, size_t n)
{
	cJSON *json = parse(text, n);
	struct chat_timings timings = fields_timings_of(json);

	cJSON_Delete(json);
	return timings;
}

/* ---- names ---- */

bool
fields_role(const char *name, enum chat_role *role)
{
	for (int i = CHAT_SYSTEM; i <= CHAT_ASSISTANT; i++)
		if (strcmp(chat_role_name((enum chat_role)i), name) == 0) {
			*role = (enum chat_role)i;
			return true;
		}
	return false;
}

bool
fields_state(const char *name, enum message_state *state)
{
	for (int i = MESSAGE_COMPLETE; i <= MESSAGE_FAILED; i++)
		if (strcmp(message_state_name((enum message_state)i), name) == 0) {
			*state = (enum message_state)i;
			return true;
		}
	return false;
}

bool
fields_error(const char *name, enum err_code *code)
{
	for (int i = ERR_NONE; i <= ERR_SYSTEM; i++)
		if (strcmp(err_name((enum err_code)i), name) == 0) {
			*code = (enum err_code)i;
			return true;
		}
	return false;
}

const char *
fields_titled_name(enum title_by by)
{
	static const char *const names[] = {
	        [TITLE_BY_PROMPT] = "prompt", [TITLE_BY_MODEL] = "model", [TITLE_BY_PERSON] = "person"};

	return names[by];
}

bool
fields_titled(const char *name, enum title_by *by)
{
	for (int i = TITLE_BY_PROMPT; i <= TITLE_BY_PERSON; i++)
		if (strcmp(fields_titled_name((enum title_by)i), name) == 0) {
			*by = (enum title_by)i;
			return true;
		}
	return false;
}
