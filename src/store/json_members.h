/*
 * json_members.h - the members of a JSON object against a table of those there may be.
 */
#ifndef FLYNN_STORE_JSON_MEMBERS_H
#define FLYNN_STORE_JSON_MEMBERS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum json_member_type {
	MEMBER_TEXT,
	MEMBER_ID, /* a whole number from 1 to 2^53 */
	MEMBER_ID_OR_NULL,
	MEMBER_COUNT, /* a whole number from 0 to 2^53 */
	MEMBER_BOOL,
	MEMBER_TIME, /* RFC 3339 */
	MEMBER_LIST,
	MEMBER_OBJECT,
	MEMBER_NUMBERS,    /* an object of numbers, or null */
	MEMBER_PARAMETERS, /* an object, or text */
};

struct json_member {
	const char *name;
	enum json_member_type type;
	bool needed;
};

/*
 * values[i] becomes the value of the member rows[i], or NULL where there is none (or, for MEMBER_NUMBERS and
 * MEMBER_ID_OR_NULL, null). False, with ERR_INCOMPLETE, when the value is no object, when a member is missing that is
 * needed, or is there twice, has another type, or is not in the table.
 */
bool json_members_read(
        const cJSON *, const struct json_member *rows, size_t n, const cJSON **values, struct err *) MUST_USE;

int64_t json_member_int(const cJSON *, int64_t otherwise);  /* NULL: otherwise; the type was checked */
int64_t json_member_time(const cJSON *, int64_t otherwise); /* the same */

#endif
