/*
 * request_show.c - the tree is changed, then printed by cJSON.
 */
#include "llama/request_show.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "llama/client_secret.h"
#include "llama/json.h"
#include "llama/request.h"
#include "llama/server_error.h"

/* ---- data: URLs ---- */

enum {
	DATA_LEAST = 96, /* bytes of base64: shorter ones are shown */
	DATA_SHOWN = 24, /* of a longer one */
};

static bool
is_base64(char c)
{
	return isalnum((unsigned char)c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_';
}

static size_t
base64_length(const char *text)
{
	size_t n = 0;

	while (is_base64(text[n]))
		n++;
	return n;
}

/* The data of the next URL ("data:image/png;base64,…") in any text; NULL: there is none. */
static const char *
next_data(const char *text)
{
	static const char scheme[] = "data:", mark[] = ";base64,";

	for (const char *at = text; (at = strstr(at, scheme)) != NULL; at += strlen(scheme)) {
		const char *comma = at + strcspn(at, ", \t\n\"");

		if (*comma == ',' && (size_t)(comma - at) >= strlen(mark) &&
		        memcmp(comma + 1 - strlen(mark), mark, strlen(mark)) == 0)
			return comma + 1;
	}
	return NULL;
}

/* NULL: nothing is to be left out. */
static char *
without_data(const char *text)
{
	struct buf out = {0};
	const char *data, *rest = text;

	for (const char *at = text; (data = next_data(at)) != NULL; at = data) {
		size_t n = base64_length(data);

		if (n < DATA_LEAST)
			continue;
		buf_put(&out, rest, (size_t)(data - rest) + DATA_SHOWN);
		buf_printf(&out, "… (%zu characters)", n);
		rest = data += n;
	}
	if (rest == text)
		return NULL;
	buf_puts(&out, rest);
	return buf_take(&out);
}

static void
leave_data_out(cJSON *value)
{
	char *shorter;
	cJSON *child;

	if (cJSON_IsString(value) && (shorter = without_data(value->valuestring)) != NULL) {
		(void)!cJSON_SetValuestring(value, shorter);
		free(shorter);
	}
	cJSON_ArrayForEach(child, value) leave_data_out(child);
}

/* ---- the JSON ---- */

/* One item after the other into a new array: cJSON_InsertItemInArray refuses in some versions of cJSON 1.7. */
static void
say_left_out(cJSON *root, size_t at, size_t left_out)
{
	cJSON *old = cJSON_GetObjectItemCaseSensitive(root, "messages"), *new = cJSON_CreateArray(), *item;
	char *words = mem_printf("… %zu messages are left out here …", left_out);

	for (size_t i = 0; cJSON_IsArray(old) && (item = cJSON_DetachItemFromArray(old, 0)) != NULL; i++) {
		if (i == at)
			cJSON_AddItemToArray(new, cJSON_CreateString(words));
		cJSON_AddItemToArray(new, item);
	}
	free(words);
	if (!cJSON_IsArray(old) || !cJSON_ReplaceItemInObjectCaseSensitive(root, "messages", new))
		cJSON_Delete(new);
}

/* cJSON indents by tabs, and has one after each name; in strings they are escaped. */
static void
put_with_blanks(const char *json, struct buf *out)
{
	bool at_start = true;

	for (; *json; json++) {
		if (*json == '\t')
			buf_puts(out, at_start ? "  " : " ");
		else
			buf_putc(out, *json);
		at_start = *json == '\n' || (at_start && *json == '\t');
	}
}

bool
request_show_json(const char *body, size_t n, size_t at, size_t left_out, struct buf *out, struct err *err)
{
	cJSON *root = json_parse(body, n, err);
	char *text;

	if (!root)
		return false;
	leave_data_out(root);
	if (left_out > 0)
		say_left_out(root, at, left_out);
	text = cJSON_Print(root);
	cJSON_Delete(root);
	if (!text)
		return err_set(err, ERR_SYSTEM, "no memory for the request");
	put_with_blanks(text, out);
	cJSON_free(text);
	return true;
}

/* ---- what a server makes of it ---- */

bool
request_show_ask_tokenize(
        const struct model_client *client, const char *prompt, struct http_request *out, struct err *err)
{
	cJSON *root = cJSON_CreateObject();
	char *body = NULL;

	/* As the server itself reads the prompt of a chat. A router needs to know whom to ask. */
	if (cJSON_AddStringToObject(root, "content", prompt) && cJSON_AddTrueToObject(root, "add_special") &&
	        cJSON_AddTrueToObject(root, "parse_special") &&
	        (!client->model || cJSON_AddStringToObject(root, "model", client->model)))
		body = cJSON_PrintUnformatted(root);
	cJSON_Delete(root);
	if (!body)
		return err_set(err, ERR_SYSTEM, "no memory for the request");
	request_init(out, client, "/tokenize?autoload=false", "application/json");
	client_authorise(client, out);
	out->body = body;
	out->body_len = strlen(body);
	return true;
}

static cJSON *
read_answer(
        const struct model_client *client, int status, const char *body, size_t n, const char *cannot, struct err *err)
{
	const struct http_head head = {
	        .status = status, .reason = "", .content_type = "", .location = "", .server = ""};

	if (server_error_is_no_path(status))
		err_set(err, ERR_SERVER, "%s", cannot);
	else if (status != 200)
		server_error_from_body(&head, body, n, false, client_secret(client), err);
	else
		return json_parse(body, n, err);
	return NULL;
}

bool
request_show_prompt(
        const struct model_client *client, int status, const char *body, size_t n, char **prompt, struct err *err)
{
	static const char cannot[] = "this server does not tell it: it has no /apply-template";
	cJSON *root = read_answer(client, status, body, n, cannot, err);
	const char *text = json_string(root, "prompt", NULL);

	*prompt = text ? mem_strdup(text) : NULL;
	if (root && !text)
		err_set(err, ERR_SERVER, "the server's answer has no prompt");
	cJSON_Delete(root);
	return *prompt != NULL;
}

bool
request_show_tokens(
        const struct model_client *client, int status, const char *body, size_t n, int64_t *tokens, struct err *err)
{
	cJSON *root = read_answer(client, status, body, n, "this server does not count tokens", err);

	*tokens = cJSON_IsArray(json_get(root, "tokens")) ? cJSON_GetArraySize(json_get(root, "tokens"))
	                                                  : json_int(root, "input_tokens", -1);
	if (root && *tokens < 0)
		err_set(err, ERR_SERVER, "the server's answer has no count");
	cJSON_Delete(root);
	return *tokens >= 0;
}
