/*
 * json_members.c - one row of the table of types for each enum json_member_type: a test, and the words for what fails
 * it.
 */
#include "store/json_members.h"

#include <math.h>
#include <string.h>

#include "base/date.h"

enum {
	SHOWN_MAX = 40, /* bytes of a name that is not ours */
};

/* ---- types ---- */

static bool
is_whole(const cJSON *value, double least)
{
	double number = value->valuedouble;

	return cJSON_IsNumber(value) && number >= least && number <= 9007199254740992.0 &&
	       number == (double)(int64_t)number;
}

static bool
is_time(const cJSON *value)
{
	int64_t ms;

	return cJSON_IsString(value) && date_parse_utc(value->valuestring, &ms);
}

static bool
is_numbers(const cJSON *value)
{
	const cJSON *number;

	if (!cJSON_IsObject(value))
		return cJSON_IsNull(value);
	cJSON_ArrayForEach(number, value) if (!cJSON_IsNumber(number) || !isfinite(number->valuedouble)) return false;
	return true;
}

static const char *const words[] = {
        [MEMBER_TEXT] = "text in quotes",
        [MEMBER_ID] = "a whole number from 1",
        [MEMBER_ID_OR_NULL] = "a whole number from 1, or null",
        [MEMBER_COUNT] = "a whole number from 0",
        [MEMBER_BOOL] = "true or false",
        [MEMBER_TIME] = "a time like 2026-01-31T23:59:59.000Z",
        [MEMBER_LIST] = "a list",
        [MEMBER_OBJECT] = "an object",
        [MEMBER_NUMBERS] = "an object of numbers, or null",
        [MEMBER_PARAMETERS] = "an object, or text in quotes",
};

static bool
has_type(const cJSON *value, enum json_member_type type)
{
	switch (type) {
	case MEMBER_TEXT:
		return cJSON_IsString(value);
	case MEMBER_ID:
		return is_whole(value, 1);
	case MEMBER_ID_OR_NULL:
		return cJSON_IsNull(value) || is_whole(value, 1);
	case MEMBER_COUNT:
		return is_whole(value, 0);
	case MEMBER_BOOL:
		return cJSON_IsBool(value);
	case MEMBER_TIME:
		return is_time(value);
	case MEMBER_LIST:
		return cJSON_IsArray(value);
	case MEMBER_OBJECT:
		return cJSON_IsObject(value);
	case MEMBER_NUMBERS:
		return is_numbers(value);
	case MEMBER_PARAMETERS:
		return cJSON_IsObject(value) || cJSON_IsString(value);
	}
	return false;
}

/* ---- reading ---- */

static size_t
find(const struct json_member *rows, size_t n, const char *name)
{
	size_t i = 0;

	while (i < n && strcmp(rows[i].name, name) != 0)
		i++;
	return i;
}

static bool
read_one(const cJSON *value, const struct json_member *rows, size_t n, const cJSON **values, struct err *err)
{
	size_t i = find(rows, n, value->string);

	if (i == n)
		return err_set(err, ERR_INCOMPLETE, "there is no member \"%.*s\" here", SHOWN_MAX, value->string);
	if (values[i])
		return err_set(err, ERR_INCOMPLETE, "\"%s\" is there twice", rows[i].name);
	if (!has_type(value, rows[i].type))
		return err_set(err, ERR_INCOMPLETE, "\"%s\" must be %s", rows[i].name, words[rows[i].type]);
	values[i] = value;
	return true;
}

bool
json_members_read(const cJSON *object, const struct json_member *rows, size_t n, const cJSON **values, struct err *err)
{
	const cJSON *value;

	memset(values, 0, n * sizeof(*values));
	if (!cJSON_IsObject(object))
		return err_set(err, ERR_INCOMPLETE, "this must be an object");
	cJSON_ArrayForEach(value, object) if (!read_one(value, rows, n, values, err)) return false;
	for (size_t i = 0; i < n; i++) {
		if (!values[i] && rows[i].needed)
			return err_set(err, ERR_INCOMPLETE, "\"%s\" is missing", rows[i].name);
		if (cJSON_IsNull(values[i]))
			values[i] = NULL;
	}
	return true;
}

int64_t
json_member_int(const cJSON *value, int64_t otherwise)
{
	return value ? (int64_t)value->valuedouble : otherwise;
}

int64_t
json_member_time(const cJSON *value, int64_t otherwise)
{
	int64_t ms;

	return value && date_parse_utc(value->valuestring, &ms) ? ms : otherwise;
}
