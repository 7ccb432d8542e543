/*
 * json.h - foreign JSON made safe for cJSON, and read with defaults.
 *
 * One scan before parsing: ill-formed UTF-8, U+0000 (raw or as \u0000) and lone surrogate escapes become U+FFFD, and
 * nesting deeper than JSON_DEPTH_MAX is refused. cJSON alone ends strings at \u0000, refuses a document with a lone
 * surrogate, and reads past text that is not NUL-terminated (CVE-2023-53154).
 */
#ifndef FLYNN_LLAMA_JSON_H
#define FLYNN_LLAMA_JSON_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum {
	JSON_DEPTH_MAX = 512,
};

/* NULL, with code ERR_INCOMPLETE or ERR_LIMIT and what is wrong, where text[0..n) is not one JSON value. White space
 * around it is fine, any other text after it is not. cJSON_Delete it. */
cJSON *json_parse(const char *text, size_t n, struct err *);

/* The same of a text that is needed no more, and may be long: it is parsed where it is, without a copy, and released. Where
 * it is not one JSON value it stays, with its escapes mended. */
cJSON *json_take(struct buf *text, struct err *);

/* What there is of a text that was cut off: open strings, arrays and objects end where it ends, and a member without a
 * value is left out; a number may lack digits. NULL where it is not the beginning of JSON. cJSON_Delete it. */
cJSON *json_parse_beginning(const char *text, size_t n);

/* Whether text[0..n) is UTF-8 without U+0000, which is all that json_parse would mend but for escapes. Fast on ASCII. */
bool json_is_well_formed(const char *text, size_t n);

/* A member of an object, or NULL: object may be NULL or anything else. Names are case-sensitive. */
const cJSON *json_get(const cJSON *object, const char *name);
/* A member's value where it has the type, else the default. Strings are borrowed. */
const char *json_string(const cJSON *object, const char *name, const char *otherwise);
double json_number(const cJSON *object, const char *name, double otherwise);
int64_t json_int(const cJSON *object, const char *name, int64_t otherwise);

#endif
