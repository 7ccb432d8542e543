/*
 * history_list.c - `flynn history list` and `flynn history search`.
 */
#include "cmd/history_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/json_put.h"
#include "cmd/history_tools.h"
#include "cmd/say.h"
#include "store/json_values.h"
#include "store/list.h"
#include "store/search.h"

enum {
	PAGE = 200,
	SEARCH_LIMIT = 50,
	TITLE_WIDTH = 100, /* characters */
};

/* The state that both commands share. */
struct finder {
	const struct options *options;
	struct history *history; /* or NULL: there is none yet */
	struct output out;
	struct query query;
	int64_t limit;
	size_t n; /* shown so far */
	struct err err;
};

/* ---- conversations ---- */

static void
put_conversation_json(struct finder *f, const struct listed *row)
{
	struct buf json = {0};

	buf_puts(&json, f->n > 0 ? ",\n{" : "\n{");
	json_put_int(&json, "id", row->key.row);
	json_put_text(&json, "uuid", row->uuid);
	json_put_buf(&json, "title", &row->title);
	json_put_time(&json, "created", row->created_ms);
	json_put_time(&json, "updated", row->key.updated_ms);
	json_put_buf(&json, "model", &row->model);
	json_put_bool(&json, "pinned", row->key.pinned);
	json_put_bool(&json, "archived", row->archived);
	json_put_tags(&json, &row->tags);
	json_put_int(&json, "message_count", row->messages);
	buf_putc(&json, '}');
	(void)!output_put(&f->out, json.data, json.len);
	buf_release(&json);
}

static void
put_tags(struct finder *f, const struct tags *tags)
{
	for (size_t i = 0; i < tags->n; i++)
		tools_print(&f->out, " #%s", tags->names[i]);
}

static void
put_conversation(struct finder *f, const struct listed *row)
{
	struct buf updated = {0};

	if (f->n == 0)
		tools_print(&f->out, "%6s  %-16s  %8s  %s\n", "ID", "CHANGED", "MESSAGES", "TITLE");
	date_put_local(&updated, row->key.updated_ms);
	tools_print(&f->out, "%6lld  %-16s  %8lld  ", (long long)row->key.row, buf_text(&updated),
	        (long long)row->messages);
	tools_put_line(&f->out, row->title.len > 0 ? buf_text(&row->title) : "(no title)", TITLE_WIDTH);
	tools_print(&f->out, "%s%s", row->key.pinned ? " [pinned]" : "", row->archived ? " [archived]" : "");
	put_tags(f, &row->tags);
	tools_print(&f->out, "\n");
	buf_release(&updated);
}

static bool
is_full(const struct finder *f)
{
	return f->limit > 0 && f->n >= (size_t)f->limit;
}

/* Shows a page; false: that was the last one. */
static bool
put_page(struct finder *f, const struct list *list, struct list_key *last)
{
	for (size_t i = 0; i < list->n && !is_full(f); i++) {
		if (f->options->json)
			put_conversation_json(f, &list->rows[i]);
		else
			put_conversation(f, &list->rows[i]);
		f->n++;
		*last = list->rows[i].key;
	}
	return list->more && !is_full(f) && !f->out.error;
}

static bool
list_all(struct finder *f, const struct query *query)
{
	struct list_key last;
	struct list_request request = {.query = query, .way = LIST_DOWN, .limit = PAGE};
	struct list list;
	bool more = true;

	while (more) {
		if (!list_page(f->history, &request, &list, &f->err)) {
			list_release(&list);
			return false;
		}
		more = put_page(f, &list, &last);
		request.from = &last;
		list_release(&list);
	}
	return true;
}

/* ---- hits ---- */

static bool
put_hit_json(struct finder *f, const struct search_hit *hit)
{
	struct buf json = {0};
	int64_t message;

	if (!lookup_message(f->history, hit->conversation, hit->message, &message, &f->err))
		return false;
	buf_puts(&json, f->n > 0 ? ",\n{" : "\n{");
	json_put_int(&json, "conversation", hit->conversation);
	json_put_int(&json, "message", message);
	json_put_buf(&json, "title", &hit->title);
	json_put_tags(&json, &hit->tags);
	json_put_text(&json, "role", hit->role);
	json_put_buf(&json, "model", &hit->model);
	json_put_time(&json, "created", hit->created_ms);
	json_put_text(&json, "in", hit->in_reasoning ? "reasoning" : hit->in_files ? "attachments" : "content");
	json_put_buf(&json, "snippet", &hit->snippet.text);
	buf_putc(&json, '}');
	(void)!output_put(&f->out, json.data, json.len);
	buf_release(&json);
	return true;
}

static const char *
who(const struct search_hit *hit)
{
	if (strcmp(hit->role, "assistant") != 0)
		return strcmp(hit->role, "user") == 0 ? "You" : "System";
	return hit->model.len > 0 ? buf_text(&hit->model) : "Assistant";
}

static void
put_hit(struct finder *f, const struct search_hit *hit)
{
	struct buf created = {0};

	date_put_local(&created, hit->created_ms);
	tools_print(&f->out, "%6lld  %-16s  ", (long long)hit->conversation, buf_text(&created));
	tools_put_line(&f->out, hit->title.len > 0 ? buf_text(&hit->title) : "(no title)", TITLE_WIDTH);
	put_tags(f, &hit->tags);
	tools_print(&f->out, "\n        ");
	tools_put_line(&f->out, who(hit), TITLE_WIDTH);
	tools_print(&f->out, "%s: %s",
	        hit->in_reasoning ? " thought"
	        : hit->in_files   ? " attached"
	                          : "",
	        hit->snippet.more_before ? "…" : "");
	tools_put_line(&f->out, buf_text(&hit->snippet.text), 0);
	tools_print(&f->out, "%s\n", hit->snippet.more_after ? "…" : "");
	buf_release(&created);
}

/* Shows a page; false: it failed. */
static bool
put_hits(struct finder *f, const struct search *found)
{
	for (size_t i = 0; i < found->n && !is_full(f); i++) {
		if (!f->options->json)
			put_hit(f, &found->hits[i]);
		else if (!put_hit_json(f, &found->hits[i]))
			return false;
		f->n++;
	}
	return true;
}

static bool
search_all(struct finder *f)
{
	struct search_request request = {.query = &f->query, .order = SEARCH_FEW_BEST, .limit = PAGE};
	bool more = true, good = true;

	if (f->limit > 0 && f->limit < PAGE)
		request.limit = (size_t)f->limit;
	while (good && more) {
		struct search found;

		good = search_page(f->history, &request, &found, &f->err) && put_hits(f, &found);
		more = found.more && !is_full(f) && !f->out.error;
		request.from = found.next;
		if (good && found.more && is_full(f))
			say("there is more: --limit %lld shows more of it", (long long)f->limit * 2);
		search_release(&found);
	}
	return good;
}

/* ---- the commands ---- */

static int
end(struct finder *f, bool good)
{
	int status;

	if (good && f->options->json)
		tools_print(&f->out, "\n]}\n");
	status = tools_end(&f->out);
	query_release(&f->query);
	tools_close(f->history);
	return good ? status : say_err(&f->err);
}

static bool
begin(struct finder *f, const struct options *o, int64_t limit)
{
	*f = (struct finder){.options = o};
	output_init(&f->out, 1, -1);
	if (!tools_number("limit", o->limit, limit, &f->limit, &f->err))
		return false;
	f->history = tools_open(o, HISTORY_READ, &f->err);
	return f->history || f->err.code == ERR_NONE;
}

static void
open_list(struct finder *f, const char *name)
{
	if (f->options->json)
		tools_print(&f->out, "{\"%s\":[", name);
}

/* Nothing was found, which is no error. */
static void
tell_none(const struct finder *f, const char *words)
{
	if (f->n == 0 && !f->options->json)
		say("%s", words);
}

static bool
add_tags(struct finder *f)
{
	const struct config_list *tags = &f->options->tags;

	for (size_t i = 0; i < tags->n; i++)
		if (!query_add_tag(&f->query, tags->items[i], &f->err))
			return false;
	return true;
}

static bool
parse_query(struct finder *f, const char *text, size_t n)
{
	bool good = query_parse(&f->query, text, n, &f->err) && add_tags(f);

	if (!good)
		f->err.code = ERR_USAGE;
	return good;
}

int
cmd_history_list(const struct options *o)
{
	const char *query = o->archived ? "is:archived" : "";
	struct finder f;
	bool good = begin(&f, o, 0) && parse_query(&f, query, strlen(query));

	if (good)
		open_list(&f, "conversations");
	if (good && f.history)
		good = list_all(&f, &f.query);
	if (good)
		tell_none(&f, f.history && o->tags.n > 0 ? "nothing was found"
		              : o->archived              ? "no conversation is archived"
		                                         : "there are no conversations yet");
	return end(&f, good);
}

static bool
parse_words(struct finder *f)
{
	struct buf text = {0};
	bool good;

	for (int i = 0; i < f->options->n_words; i++)
		buf_printf(&text, "%s%s", i > 0 ? " " : "", f->options->words[i]);
	good = parse_query(f, buf_text(&text), text.len);
	buf_release(&text);
	return good;
}

/* Filters without words are for the list. */
int
cmd_history_search(const struct options *o)
{
	struct finder f;
	bool good = begin(&f, o, SEARCH_LIMIT) && parse_words(&f), is_list = good && f.query.words.n == 0;

	if (good)
		open_list(&f, is_list ? "conversations" : "hits");
	if (good && f.history)
		good = is_list ? list_all(&f, &f.query) : search_all(&f);
	if (good)
		tell_none(&f, f.history ? "nothing was found" : "there are no conversations yet");
	return end(&f, good);
}
