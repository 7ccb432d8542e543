/*
 * server_error.c - where servers put the words of an error, and the code that goes with them.
 */
#include "llama/server_error.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/json.h"
#include "llama/secret.h"

#define NO_WORDS "the server reported an error without a reason"

/* Line ends become spaces; spaces at both ends are dropped. */
static void
make_one_line(char *s)
{
	char *to = s, *last;

	for (const char *from = s + strspn(s, " \t\r\n"); *from; from++)
		if (*from != '\r' && *from != '\n')
			*to++ = *from;
		else if (to > s && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
	for (last = to; last > s && strchr(" \t", last[-1]); last--)
		last[-1] = '\0';
}

char *
server_error_words(const char *words, size_t len, const char *secret)
{
	struct buf mended = {0}, hidden = {0};

	if (!utf8_append_mended(&mended, words, len))
		abort(); /* a buffer without a bound refuses nothing */
	secret_append_words(&hidden, buf_text(&mended), secret);
	buf_release(&mended);
	if (hidden.data) {
		make_one_line(hidden.data);
		hidden.len = strlen(hidden.data);
		buf_truncate(&hidden, utf8_prefix(hidden.data, hidden.len, SERVER_ERROR_CHARACTERS));
	}
	return buf_take(&hidden);
}

/* What a router says of a model that it cannot give. */
static bool
is_about_model(const char *words)
{
	static const struct {
		const char *before, *after;
	} rows[] = {
	        {"model name=", " failed to load"},
	        {"model '", "' not found"},
	        {"model is not", " loaded"},
	};
	size_t n = strlen(words);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t before = strlen(rows[i].before), after = strlen(rows[i].after);

		if (n >= before + after && strncmp(words, rows[i].before, before) == 0 &&
		        strcmp(words + n - after, rows[i].after) == 0)
			return true;
	}
	return false;
}

static bool
set_words(struct err *err, enum err_code code, const char *words, size_t len, const char *secret)
{
	char *shown = server_error_words(words, len, secret);

	if (code == ERR_SERVER && is_about_model(shown))
		code = ERR_MODEL;
	err_set(err, code, "%s", *shown ? shown : NO_WORDS);
	free(shown);
	return false;
}

/* llama-server says it by the type, OpenAI by the code, vLLM and SGLang in words. */
static bool
is_about_context(const cJSON *error, const char *type, const char *words)
{
	return strcmp(type, "exceed_context_size_error") == 0 ||
	       strcmp(json_string(error, "code", ""), "context_length_exceeded") == 0 ||
	       strstr(words, "maximum context length") || strstr(words, "model's context length");
}

/* 403 is also what a server says to something that it does not offer, whatever the key is. `error`: the object, or NULL. */
static enum err_code
code_of(int64_t status, const cJSON *error, const char *words)
{
	const char *type = json_string(error, "type", "");

	if (status == 401 || (status == 403 && strcmp(type, "feature_disabled") != 0))
		return ERR_UNAUTHORISED;
	if (is_about_context(error, type, words))
		return ERR_CONTEXT;
	return status == 503 && strcmp(type, "unavailable_error") == 0 ? ERR_LOADING : ERR_SERVER;
}

static const char *
text_of(const cJSON *value)
{
	return cJSON_IsString(value) && *value->valuestring ? value->valuestring : NULL;
}

/* FastAPI's: a text, or a list of what is wrong. */
static const char *
detail_of(const cJSON *object)
{
	const cJSON *detail = json_get(object, "detail");

	return cJSON_IsArray(detail) ? text_of(json_get(cJSON_GetArrayItem(detail, 0), "msg")) : text_of(detail);
}

/* The object that holds message, type and code: {"error": {…}}, or {"object": "error", …} itself. */
static const cJSON *
error_in(const cJSON *object)
{
	const cJSON *error = json_get(object, "error");

	return !error && strcmp(json_string(object, "object", ""), "error") == 0 ? object : error;
}

/* NULL where the object holds none. */
static const char *
words_of(const cJSON *object)
{
	const cJSON *error = error_in(object), *message = json_get(error, "message");
	const char *words = text_of(message);

	if (!words)
		words = detail_of(message);
	if (!words)
		words = text_of(error);
	return words ? words : detail_of(object);
}

/* Gateways have {"message":"…"} alone, or {"errors":[{"message":"…"}]}: a text that only a status of 400 or more makes an error. */
static const char *
words_of_body(const cJSON *object)
{
	const char *words = words_of(object);

	if (!words)
		words = text_of(json_get(object, "message"));
	return words ? words : text_of(json_get(cJSON_GetArrayItem(json_get(object, "errors"), 0), "message"));
}

/* null, false and "" say that there was no error. */
static bool
is_error(const cJSON *error)
{
	return error && !cJSON_IsNull(error) && !cJSON_IsFalse(error) &&
	       !(cJSON_IsString(error) && !*error->valuestring);
}

bool
server_error_from_object(const cJSON *object, const char *secret, struct err *err)
{
	const cJSON *error = error_in(object);
	const char *words = words_of(object);

	if (!words && !is_error(error))
		return true;
	if (!words)
		words = "";
	return set_words(err, code_of(json_int(error, "code", 0), error, words), words, strlen(words), secret);
}

bool
server_error_from_field(const char *value, size_t len, const char *secret, struct err *err)
{
	struct err unused;
	cJSON *object = json_parse(value, len, &unused);
	const char *message = json_string(object, "message", NULL);

	if (message)
		set_words(err, code_of(json_int(object, "code", 0), object, message), message, strlen(message), secret);
	else if (!object || server_error_from_object(object, secret, err))
		set_words(err, ERR_SERVER, value, len, secret);
	cJSON_Delete(object);
	return false;
}

static char *
status_words(const struct http_head *head)
{
	return mem_printf("HTTP %d%s%s", head->status, *head->reason ? " " : "", head->reason);
}

/* Half a sentence says little without the status. */
static bool
set_cut_words(const struct http_head *head, enum err_code code, const char *words, size_t len, const char *secret,
        struct err *err)
{
	char *status = status_words(head), *shown = server_error_words(words, len, secret),
	     *all = mem_printf("%s%s%s%s", status, *shown ? ": " : "", shown, *shown ? "…" : "");

	set_words(err, code, all, strlen(all), secret);
	free(status);
	free(shown);
	free(all);
	return false;
}

static bool
is_control(char c)
{
	return ((unsigned char)c < ' ' && c != '\t' && c != '\x1b') || c == '\x7f';
}

/* A page, JSON without words in it, or no text at all, as what is compressed and does not say so. */
static bool
is_for_programs(const struct http_head *head, const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (is_control(line[i]))
			return true;
	return len == 0 || strchr("<{[", *line) || strncasecmp(head->content_type, "text/html", 9) == 0;
}

/* The first line that is not empty. */
static const char *
first_line(const char *body, size_t len, size_t *line_len)
{
	static const char bom[] = "\xef\xbb\xbf";
	const char *end = body + len, *stop;

	if (len >= strlen(bom) && memcmp(body, bom, strlen(bom)) == 0)
		body += strlen(bom);
	while (body < end && *body && strchr(" \t\r\n", *body))
		body++;
	for (stop = body; stop < end && *stop != '\r' && *stop != '\n'; stop++)
		;
	*line_len = (size_t)(stop - body);
	return body;
}

static bool
set_from_text(const struct http_head *head, const char *body, size_t len, bool cut, enum err_code code,
        const char *secret, struct err *err)
{
	size_t n;
	const char *line = first_line(body, len, &n);

	if (is_for_programs(head, line, n))
		return set_cut_words(head, code, "", 0, secret, err);
	if (cut && line + n == body + len)
		return set_cut_words(head, code, line, n, secret, err);
	return set_words(err, code, line, n, secret);
}

bool
server_error_from_body(
        const struct http_head *head, const char *body, size_t len, bool cut, const char *secret, struct err *err)
{
	struct err unused;
	cJSON *whole = json_parse(body, len, &unused), *object = whole ? whole : json_parse_beginning(body, len);
	const char *words = words_of_body(object);
	enum err_code code = code_of(head->status, error_in(object), words ? words : "");

	if (words && whole)
		set_words(err, code, words, strlen(words), secret);
	else if (words)
		set_cut_words(head, code, words, strlen(words), secret, err);
	else
		set_from_text(head, body, len, cut, code, secret, err);
	cJSON_Delete(object);
	return false;
}

bool
server_error_is_no_path(int status)
{
	return status == 404 || status == 405 || status == 501;
}

bool
server_error_redirect(const struct http_head *head, const char *secret, struct err *err)
{
	char *location = server_error_words(head->location, strlen(head->location), secret),
	     *reason = server_error_words(head->reason, strlen(head->reason), secret);

	if (*location)
		err_set(err, ERR_REDIRECT, "redirected to %s: set the endpoint to it", location);
	else
		err_set(err, ERR_REDIRECT, "redirected, but not to anywhere (HTTP %d%s%s): is the endpoint right?",
		        head->status, *reason ? " " : "", reason);
	free(location);
	free(reason);
	return false;
}
