/*
 * json_write.c - the members that doc/history.md promises are always there, the others where they are set. Messages are
 * called by their ids within the conversation, which are the same in every history.
 */
#include "store/json_write.h"

#include "base/base64.h"
#include "base/json_put.h"
#include "store/json_attachments.h"
#include "store/json_values.h"

/* ---- a message ---- */

static void
put_error(struct buf *to, const struct err *err)
{
	json_put_name(to, "error");
	buf_putc(to, '{');
	json_put_text(to, "code", err_name(err->code));
	json_put_text(to, "message", err->text);
	buf_putc(to, '}');
}

static void
put_numbers(struct buf *to, const struct message *m)
{
	struct buf json = {0};

	json_put_usage(&json, &m->usage);
	json_put_raw(to, "usage", buf_text(&json));
	buf_clear(&json);
	json_put_timings(&json, &m->timings);
	json_put_raw(to, "timings", buf_text(&json));
	buf_release(&json);
}

static void
put_rest(struct buf *to, const struct message *m)
{
	if (m->endpoint.len > 0)
		json_put_buf(to, "endpoint", &m->endpoint);
	if (m->parameters.len > 0) {
		json_put_name(to, "parameters");
		json_put_parameters(to, buf_text(&m->parameters), m->parameters.len);
	}
	if (m->error)
		put_error(to, m->error);
	if (m->thought_tokens != 0)
		json_put_int(to, "thought_tokens", m->thought_tokens);
	if (m->thought_ms != 0)
		json_put_int(to, "thought_ms", m->thought_ms);
	if (m->tool_calls)
		json_put_bool(to, "tool_calls", true);
	if (m->is_edited)
		json_put_bool(to, "edited", true);
	if (m->is_summary)
		json_put_text(to, "kind", json_kind_name(true));
}

static void
put_details(struct buf *to, const struct message *m)
{
	/* One that another flynn is writing has just what is there so far. */
	enum message_state state = m->state == MESSAGE_STREAMING ? MESSAGE_INTERRUPTED : m->state;

	json_put_text(to, "state", message_state_name(state));
	if (m->created_ms != 0)
		json_put_time(to, "created", m->created_ms);
	json_put_buf(to, "model", &m->model);
	json_put_buf(to, "finish_reason", &m->finish_reason);
	put_numbers(to, m);
	put_rest(to, m);
}

void
json_put_message_details(struct buf *to, const struct message *m)
{
	put_details(to, m);
	json_put_attachments(to, &m->attachments);
}

static void
put_texts(struct buf *to, const struct message *m)
{
	json_put_text(to, "role", chat_role_name(m->role));
	json_put_buf(to, "content", &m->content);
	json_put_buf(to, "reasoning", &m->reasoning);
}

void
json_put_message_fields(struct buf *to, const struct message *m)
{
	put_texts(to, m);
	json_put_message_details(to, m);
}

static void
put_bytes(struct buf *to, const char *name, const struct buf *bytes)
{
	if (bytes->len == 0)
		return;
	json_put_name(to, name);
	buf_putc(to, '"');
	base64_put(to, bytes->data, bytes->len);
	buf_putc(to, '"');
}

static void
write_message(FILE *file, struct buf *to, const struct message *m, bool with_data)
{
	buf_putc(to, '{');
	json_put_int(to, "id", (int64_t)m->id);
	json_put_name(to, "parent");
	if (m->parent)
		buf_printf(to, "%lld", (long long)m->parent->id);
	else
		buf_puts(to, "null");
	put_texts(to, m);
	put_details(to, m);
	if (m->uuid[0])
		json_put_text(to, "uuid", m->uuid);
	if (m->is_muted)
		json_put_bool(to, "muted", true);
	if (with_data) {
		put_bytes(to, "pieces", &m->pieces);
		put_bytes(to, "tokens", &m->tokens);
		json_write_attachments(file, to, &m->attachments);
	} else
		json_put_attachments(to, &m->attachments);
	buf_putc(to, '}');
}

/* ---- the conversation ---- */

static void
put_view(struct buf *to, const struct loaded *loaded)
{
	const struct message *leaf = conversation_leaf(loaded->conversation);

	if (loaded->draft.len > 0)
		json_put_buf(to, "draft", &loaded->draft);
	if (leaf)
		json_put_int(to, "leaf", (int64_t)leaf->id);
	if (loaded->seen == 0)
		return;
	json_put_name(to, "seen");
	buf_putc(to, '{');
	json_put_int(to, "message", (int64_t)loaded->seen);
	json_put_int(to, "line", loaded->seen_line > 0 ? loaded->seen_line : 0);
	buf_putc(to, '}');
}

static void
put_settings(struct buf *to, const struct conversation_info *info)
{
	struct buf json = {0};

	parameters_put_json(&info->parameters, &json);
	if (json.len > 0)
		json_put_raw(to, "parameters", buf_text(&json));
	if (info->preset.len > 0)
		json_put_buf(to, "preset", &info->preset);
	buf_release(&json);
}

static void
put_info(struct buf *to, const struct loaded *loaded)
{
	const struct conversation_info *info = conversation_info(loaded->conversation);
	const char *system = conversation_system(loaded->conversation);

	buf_putc(to, '{');
	if (info->row != 0)
		json_put_int(to, "id", info->row);
	if (info->uuid[0])
		json_put_text(to, "uuid", info->uuid);
	json_put_buf(to, "title", &info->title);
	json_put_text(to, "titled", json_titled_name(info->titled));
	if (info->created_ms != 0)
		json_put_time(to, "created", info->created_ms);
	if (info->updated_ms != 0)
		json_put_time(to, "updated", info->updated_ms);
	json_put_bool(to, "pinned", info->pinned);
	json_put_bool(to, "archived", info->archived);
	json_put_tags(to, &info->tags);
	if (system)
		json_put_text(to, "system", system);
	put_settings(to, info);
	put_view(to, loaded);
	json_put_name(to, "messages");
	buf_puts(to, "[\n");
}

static void
flush(struct buf *text, FILE *file)
{
	fwrite(buf_text(text), 1, text->len, file);
	buf_clear(text);
}

/* One byte for each id so far: 1 where the message is deleted, or its parent is hidden. A parent's id is the smaller. */
static bool
is_hidden(struct buf *hidden, const struct message *m)
{
	bool is = m->is_deleted || (m->parent && hidden->data[m->parent->id]);

	while (hidden->len < m->id)
		buf_putc(hidden, 0);
	buf_putc(hidden, is);
	return is;
}

void
json_write_conversation(FILE *file, const struct loaded *loaded, bool with_data)
{
	struct buf text = {0}, hidden = {0};
	bool first = true;

	put_info(&text, loaded);
	flush(&text, file);
	for (const struct message *m = NULL; (m = conversation_next(loaded->conversation, m)) != NULL;) {
		if (is_hidden(&hidden, m))
			continue;
		if (!first)
			buf_puts(&text, ",\n");
		first = false;
		write_message(file, &text, m, with_data);
		flush(&text, file);
	}
	buf_puts(&text, first ? "]}" : "\n]}");
	flush(&text, file);
	buf_release(&text);
	buf_release(&hidden);
}
