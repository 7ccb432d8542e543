/*
 * token_counts.c - a hash table from the hash of a chat to its tokens, and the one request.
 */
#include "app/token_counts.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/calls.h"
#include "app/model_link.h"
#include "app/settings.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/mem.h"
#include "llama/content.h"
#include "llama/token_count.h"

enum {
	SLOTS_FIRST = 64,
	KNOWN_MAX = 32768, /* chats: all are forgotten then */
	ANSWER_MS = 10000, /* a server that takes longer has refused */
	AWAKE_MS = 1000,   /* for so long it is believed that the model is in memory still */
};

struct known {
	uint64_t key; /* 0: nobody */
	int64_t tokens;
};

struct token_counts {
	struct known *known; /* a power of two of slots, half of them empty at the least */
	size_t slots, n;
	uint64_t asked; /* the key of the request that is on its way; 0: none is */
	struct link *link;
	struct chat_order *count; /* sent as soon as the server has said that the model is in memory; or NULL */
	bool loaded;
};

void
token_counts_init(struct app *app)
{
	app->token_counts = mem_alloc(sizeof(*app->token_counts));
}

void
token_counts_release(struct app *app)
{
	if (!app->token_counts)
		return;
	chat_order_free(app->token_counts->count);
	free(app->token_counts->known);
	free(app->token_counts);
}

/* ---- what is known ---- */

static struct known *
find_slot(const struct token_counts *c, uint64_t key)
{
	size_t i = (size_t)key & (c->slots - 1);

	while (c->known[i].key != 0 && c->known[i].key != key)
		i = (i + 1) & (c->slots - 1);
	return &c->known[i];
}

static void
make_room(struct token_counts *c)
{
	struct token_counts before = *c;

	if ((c->n + 1) * 2 <= c->slots)
		return;
	c->slots = c->slots == 0 || c->n >= KNOWN_MAX ? SLOTS_FIRST : c->slots * 2;
	c->known = mem_alloc(c->slots * sizeof(*c->known));
	if (before.n >= KNOWN_MAX)
		c->n = before.slots = 0;
	for (size_t i = 0; i < before.slots; i++)
		if (before.known[i].key != 0)
			*find_slot(c, before.known[i].key) = before.known[i];
	free(before.known);
}

static void
learn(struct token_counts *c, uint64_t key, int64_t tokens)
{
	struct known *slot;

	make_room(c);
	slot = find_slot(c, key);
	c->n += slot->key == 0;
	*slot = (struct known){key, tokens};
}

int64_t
token_counts_get(const struct app *app, uint64_t key)
{
	const struct token_counts *c = app->token_counts;
	const struct known *slot = c->slots > 0 ? find_slot(c, key) : NULL;

	return slot && slot->key != 0 ? slot->tokens : TOKENS_UNKNOWN;
}

/* ---- keys ---- */

/* Eight bytes at a time, since texts are long. */
static uint64_t
hash_word(uint64_t h, uint64_t word)
{
	h = (h ^ word) * 0x9fb21c651e98df25u;
	return h ^ h >> 32;
}

static uint64_t
hash(uint64_t h, const void *bytes, size_t n)
{
	const char *at = bytes;
	uint64_t word;

	h = hash_word(h, n);
	for (; n >= sizeof(word); at += sizeof(word), n -= sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		h = hash_word(h, word);
	}
	word = 0;
	memcpy(&word, at, n);
	return hash_word(h, word);
}

/* NULL is another text than "". */
static uint64_t
hash_text(uint64_t h, const char *text)
{
	unsigned char is_text = text != NULL;

	h = hash(h, &is_text, 1);
	return text ? hash(h, text, strlen(text) + 1) : h;
}

/* Sampling changes no prompt. */
static bool
makes_prompt(const struct parameter *p)
{
	return p->group == PARAMETER_THINKING || p->group == PARAMETER_FORM;
}

static uint64_t
hash_parameters(uint64_t h, const struct app *app, const struct talk *talk)
{
	size_t n;
	const struct parameter *table = parameter_table(&n);
	enum setting_source source;

	for (size_t i = 0; i < n; i++)
		if (makes_prompt(&table[i]))
			h = hash_text(h, settings_get(app, talk, &table[i], &source));
	return h;
}

/* Equal bytes are equal files; the name of a text is sent with it. */
static uint64_t
hash_attachments(uint64_t h, const struct attachments *list)
{
	for (size_t i = 0; list && i < list->n; i++) {
		const struct attachment *a = list->items[i];

		h = hash(h, &a->kind, sizeof(a->kind));
		h = hash_text(h, a->sha256);
		h = hash_text(h, a->kind == ATTACHMENT_TEXT ? a->name : a->type);
	}
	return h;
}

uint64_t
token_counts_key(const struct app *app, const struct talk *talk, const struct chat_message *messages, size_t n)
{
	const struct link *link = talk->link;
	uint64_t h = 14695981039346656037u;

	h = hash(h, &link, sizeof(link));
	h = hash(h, &link->starts, sizeof(link->starts));
	h = hash_text(h, link->server.model);
	h = hash_parameters(h, app, talk);
	for (size_t i = 0; i < n; i++) {
		h = hash(h, &messages[i].role, sizeof(messages[i].role));
		h = hash_text(h, messages[i].content);
		h = hash_text(h, messages[i].reasoning);
		h = hash_attachments(h, messages[i].attachments);
	}
	return h != 0 ? h : 1;
}

/* ---- asking ---- */

bool
token_counts_may_ask(const struct chat_message *messages, size_t n)
{
	size_t text = 0, media = 0;

	for (size_t i = 0; i < n; i++) {
		text += content_text_bytes(&messages[i]);
		media += content_media_bytes(messages[i].attachments);
	}
	return text <= TOKENS_BYTES_MAX && media <= TOKENS_MEDIA_MAX;
}

bool
token_counts_can_ask(const struct app *app, const struct link *link)
{
	return app->net && app->token_counts->asked == 0 && model_is_llama_server(link_client(link)) &&
	       link->server.state == SERVER_READY && !link->cannot_count && !link->is_unloaded;
}

static void
end_asking(struct app *app)
{
	chat_order_free(app->token_counts->count);
	app->token_counts->count = NULL;
	app->token_counts->asked = 0;
	app->stale = true;
}

static void
take_count(struct app *app, UNUSED uint64_t about, const struct call_answer *answer)
{
	struct token_counts *c = app->token_counts;
	int64_t tokens = TOKENS_REFUSED;
	enum token_count_answer said = TOKEN_COUNT_REFUSED;

	if (answer->broken.code == ERR_NONE)
		said = token_count_read(answer->status, answer->body, answer->n, &tokens);
	if (said == TOKEN_COUNT_UNKNOWN)
		c->link->cannot_count = true;
	else
		learn(c, c->asked, said == TOKEN_COUNT_TOLD ? tokens : TOKENS_REFUSED);
	end_asking(app);
}

static void
send_count(struct app *app)
{
	struct token_counts *c = app->token_counts;
	struct chat_order *count = c->count;

	c->count = NULL;
	calls_send_about(app, link_client(c->link), count, ANSWER_MS, take_count, 0);
}

static struct http_head
head_of(const struct call_answer *answer)
{
	return (struct http_head){
	        .status = answer->status, .reason = "", .content_type = "", .location = "", .server = ""};
}

/* ---- of a server that sleeps ---- */

/* A server that does not say that it sleeps is asked as before. */
static void
take_props(struct app *app, UNUSED uint64_t about, const struct call_answer *answer)
{
	struct link *link = app->token_counts->link;
	const struct http_head head = head_of(answer);
	struct server_info now = link->server;

	if (answer->broken.code == ERR_NONE)
		server_props(&now, link_client(link), &head, answer->body, answer->n);
	if (now.state == SERVER_SLEEPING) {
		link_sleeps(app, link);
		end_asking(app);
	} else {
		link->awake_ms = clock_ms();
		send_count(app);
	}
}

/* ---- of a router ---- */

static void
look_at_model(void *arg, const char *name, const char *state, UNUSED unsigned inputs)
{
	struct token_counts *c = arg;
	const char *wanted = link_name_there(c->link);

	if (wanted && strcmp(name, wanted) == 0 && strcmp(state, "loaded") == 0)
		c->loaded = true;
}

static void
take_models(struct app *app, UNUSED uint64_t about, const struct call_answer *answer)
{
	struct token_counts *c = app->token_counts;
	const struct http_head head = head_of(answer);

	c->loaded = false;
	if (answer->broken.code == ERR_NONE)
		server_models(link_client(c->link), &head, answer->body, answer->n, look_at_model, c);
	if (c->loaded) {
		c->link->awake_ms = clock_ms();
		send_count(app);
	} else {
		c->link->is_unloaded = true;
		end_asking(app);
	}
}

/* ---- the request ---- */

/* Its texts are short enough to be copied (TOKENS_BYTES_MAX). */
static struct chat_order *
make_order(const struct app *app, const struct talk *talk, const struct chat_message *messages, size_t n)
{
	struct chat_order *order = chat_order_copy(&(struct chat_request){.messages = messages, .n_messages = n});

	settings_effective(app, talk, &order->parameters);
	order->path = talk->link->server.router ? TOKEN_COUNT_PATH_ROUTER : TOKEN_COUNT_PATH;
	return order;
}

/* A reply that has just ended was made by a model in memory. */
static bool
is_awake(const struct talk *talk)
{
	const struct link *link = talk->link;
	int64_t since_ms = clock_ms() - AWAKE_MS;

	return link->awake_ms > since_ms || talk->session.heard_ms > since_ms;
}

/* First whether the model is in memory, where the server can tell. */
static void
ask_whether_awake(struct app *app, const struct link *link)
{
	struct http_request request;

	if (link->server.router) {
		server_models_request(link_client(link), &request);
		calls_send(app, &request, ANSWER_MS, take_models, 0);
	} else if (link->server.tells_sleep) {
		server_props_request(link_client(link), &request);
		calls_send(app, &request, ANSWER_MS, take_props, 0);
	} else {
		send_count(app);
	}
}

void
token_counts_ask(struct app *app, const struct talk *talk, uint64_t key, const struct chat_message *messages, size_t n)
{
	struct token_counts *c = app->token_counts;

	c->count = make_order(app, talk, messages, n);
	c->asked = key;
	c->link = talk->link;
	if (is_awake(talk))
		send_count(app);
	else
		ask_whether_awake(app, c->link);
}
