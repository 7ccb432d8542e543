/*
 * busy_slots.c - the array of /slots, and which of its elements a reply belongs to.
 */
#include "llama/busy_slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "llama/json.h"
#include "llama/request.h"

enum {
	PROMPT_SLACK = 2, /* tokens by which two counts of the same prompt may differ */
};

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

/* A router needs the model, other servers ignore it. */
void
busy_slots_request(struct http_request *request, const struct model_client *client)
{
	struct buf path = {0};

	buf_puts(&path, "/slots");
	if (client->model) {
		buf_puts(&path, "?model=");
		put_escaped(&path, client->model);
	}
	request_init(request, client, buf_text(&path), "application/json");
	request->auth_token = mem_strdup(client->auth_token);
	buf_release(&path);
}

/* An object, or (as of 2026) an array of one. */
static const cJSON *
next_token_of(const cJSON *slot)
{
	const cJSON *next = json_get(slot, "next_token");

	return cJSON_IsArray(next) ? next->child : next;
}

static void
read_slot(struct busy_slots *slots, const cJSON *json)
{
	slots->total++;
	if (!cJSON_IsTrue(json_get(json, "is_processing")))
		return;
	if (slots->busy < BUSY_SLOTS_MAX)
		slots->at[slots->busy] = (struct busy_slot){.task = json_int(json, "id_task", -1),
		        .tokens = json_int(json, "n_prompt_tokens", 0),
		        .decoded = json_int(next_token_of(json), "n_decoded", 0)};
	slots->busy++;
}

void
busy_slots_read(struct busy_slots *slots, int status, const char *body, size_t n)
{
	struct err ignored;
	cJSON *json = status == 200 ? json_parse(body, n, &ignored) : NULL;

	*slots = (struct busy_slots){.told = cJSON_IsArray(json) && json->child};
	for (const cJSON *slot = slots->told ? json->child : NULL; slot; slot = slot->next)
		read_slot(slots, slot);
	cJSON_Delete(json);
}

/* ---- whose slot it is ---- */

static int
count_known(const struct busy_slots *slots)
{
	return slots->busy < BUSY_SLOTS_MAX ? slots->busy : BUSY_SLOTS_MAX;
}

static int64_t
distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

static bool
has_prompt(const struct busy_slot *slot, int64_t prompt)
{
	if (slot->decoded == 0)
		return slot->tokens <= prompt + PROMPT_SLACK;
	return distance(slot->tokens - slot->decoded, prompt) <= PROMPT_SLACK ||
	       distance(slot->tokens, prompt) <= PROMPT_SLACK;
}

/* A slot is never behind what has come of its reply. */
static bool
may_make(const struct busy_slot *slot, const struct slot_trace *trace)
{
	return slot->task >= 0 && slot->decoded >= trace->tokens &&
	       (trace->prompt == 0 || has_prompt(slot, trace->prompt));
}

int64_t
busy_slots_task(const struct busy_slots *slots, const struct slot_trace *trace)
{
	const struct busy_slot *best = NULL;

	for (int i = 0; i < count_known(slots); i++) {
		const struct busy_slot *slot = &slots->at[i];

		if (may_make(slot, trace) && (!best || slot->decoded < best->decoded))
			best = slot;
	}
	return best ? best->task : -1;
}

bool
busy_slots_have(const struct busy_slots *slots, int64_t task)
{
	for (int i = 0; i < count_known(slots); i++)
		if (slots->at[i].task == task)
			return true;
	return false;
}
