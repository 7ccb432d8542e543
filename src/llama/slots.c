/*
 * slots.c - an array of slots. `next_token` is an array of one object in newer servers, an object in older ones; a slot that was
 * never used says no more than its number.
 */
#include "llama/slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "llama/client_secret.h"
#include "llama/json.h"
#include "llama/request.h"
#include "llama/server_error.h"

/* As it stands in a query (RFC 3986). */
static void
put_escaped(struct buf *out, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; *text; text++)
		if (strchr(plain, *text))
			buf_putc(out, *text);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
}

void
slots_request(const struct model_client *client, struct http_request *out)
{
	struct buf path = {0};

	buf_puts(&path, "/slots");
	if (client->model) {
		buf_puts(&path, "?autoload=false&model=");
		put_escaped(&path, client->model);
	}
	request_init(out, client, buf_text(&path), "application/json");
	client_authorise(client, out);
	buf_release(&path);
}

static int64_t
count(const cJSON *object, const char *name)
{
	int64_t n = json_int(object, name, 0);

	return n > 0 && n < INT32_MAX ? n : 0;
}

static const cJSON *
next_token(const cJSON *slot)
{
	const cJSON *next = json_get(slot, "next_token");

	return cJSON_IsArray(next) ? next->child : next;
}

/* Older servers do not count the reply among n_prompt_tokens. */
static void
read_slot(const cJSON *json, struct slot *slot)
{
	int64_t prompt = count(json, "n_prompt_tokens"),
	        read = count(json, "n_prompt_tokens_cache") + count(json, "n_prompt_tokens_processed");

	slot->id = count(json, "id");
	slot->task = json_int(json, "id_task", -1);
	slot->is_busy = cJSON_IsTrue(json_get(json, "is_processing"));
	slot->n_ctx = count(json, "n_ctx");
	slot->written = count(next_token(json), "n_decoded");
	slot->used = prompt > read + slot->written ? prompt : read + slot->written;
}

static bool
refused(const struct model_client *client, int status, const char *body, size_t n, struct err *err)
{
	const struct http_head head = {
	        .status = status, .reason = "", .content_type = "", .location = "", .server = ""};

	if (status == 501)
		return err_set(err, ERR_SERVER, "the server does not tell: it runs with --no-slots");
	if (status == 404)
		return err_set(err, ERR_SERVER, "this server does not tell");
	return server_error_from_body(&head, body, n, false, client_secret(client), err);
}

static void
read_rows(struct slots *slots, const cJSON *list)
{
	const cJSON *json;

	slots->rows = mem_alloc(SLOTS_MAX * sizeof(*slots->rows));
	cJSON_ArrayForEach(json, list)
	{
		if (slots->n == SLOTS_MAX)
			return;
		read_slot(json, &slots->rows[slots->n]);
		slots->n_busy += slots->rows[slots->n++].is_busy;
	}
}

bool
slots_read(
        struct slots *slots, const struct model_client *client, int status, const char *body, size_t n, struct err *err)
{
	cJSON *list;
	bool good;

	*slots = (struct slots){0};
	if (status != 200)
		return refused(client, status, body, n, err);
	list = json_parse(body, n, err);
	good = cJSON_IsArray(list);
	if (good)
		read_rows(slots, list);
	cJSON_Delete(list);
	return good || err_set(err, ERR_SERVER, "what the server says of its slots is no list");
}

void
slots_release(struct slots *slots)
{
	free(slots->rows);
	*slots = (struct slots){0};
}
