/*
 * json_read.c - members first, by their tables; then the tree. Ids are looked up in a sorted array of all there are,
 * made before the first message, so that a parent that comes too late is told from one that is not there.
 */
#include "store/json_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "chat/recording.h"
#include "store/json_attachments.h"
#include "store/json_members.h"
#include "store/json_values.h"
#include "store/token_list.h"
#include "store/uuid.h"

enum {
	NAME_MAX_BYTES = 4096, /* of a model, an endpoint, a finish_reason */
};

struct entry {
	int64_t id;
	size_t at; /* its place among the messages, from 0 */
};

struct reader {
	struct loaded *loaded;
	struct entry *entries;     /* by ascending id */
	struct message **messages; /* in their order */
	size_t n;
	const struct json_data *data;
	size_t *number; /* of the message that is being read */
	struct err *err;
};

static bool
wrong(struct reader *r, const char *words)
{
	return err_set(r->err, ERR_INCOMPLETE, "%s", words);
}

static const char *
text(const cJSON *value)
{
	return value ? value->valuestring : "";
}

static bool
put_text(struct reader *r, struct buf *to, const cJSON *value, const char *name)
{
	return !value || buf_append_string(to, value->valuestring) ||
	       err_set(r->err, ERR_LIMIT, "\"%s\" is longer than %zu bytes", name, to->max);
}

/* ---- ids ---- */

static int
by_id(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

static const struct entry *
find(const struct reader *r, int64_t id)
{
	size_t from = 0, to = r->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (r->entries[middle].id == id)
			return &r->entries[middle];
		if (r->entries[middle].id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

static struct message *
find_message(const struct reader *r, int64_t id)
{
	const struct entry *entry = find(r, id);

	return entry ? r->messages[entry->at] : NULL;
}

/* Its type is looked at when the message is read. */
static int64_t
id_of(const cJSON *message)
{
	const cJSON *id = cJSON_IsObject(message) ? cJSON_GetObjectItemCaseSensitive(message, "id") : NULL;

	return cJSON_IsNumber(id) && id->valuedouble >= 1 && id->valuedouble <= 9007199254740992.0
	               ? (int64_t)id->valuedouble
	               : 0;
}

static bool
read_ids(struct reader *r, const cJSON *list)
{
	const cJSON *message;
	size_t i = 0;

	r->n = (size_t)cJSON_GetArraySize(list);
	r->entries = mem_alloc((r->n + 1) * sizeof(*r->entries));
	r->messages = mem_alloc((r->n + 1) * sizeof(struct message *));
	cJSON_ArrayForEach(message, list)
	{
		r->entries[i] = (struct entry){id_of(message), i};
		i++;
	}
	qsort(r->entries, r->n, sizeof(*r->entries), by_id);
	for (i = 1; i < r->n; i++)
		if (r->entries[i].id == r->entries[i - 1].id && r->entries[i].id != 0) {
			*r->number = r->entries[i].at + 1;
			return err_set(r->err, ERR_INCOMPLETE, "message %zu has the id %lld too",
			        r->entries[i - 1].at + 1, (long long)r->entries[i].id);
		}
	return true;
}

/* ---- a message ---- */

enum {
	ID,
	PARENT,
	ROLE,
	CONTENT,
	REASONING,
	STATE,
	CREATED,
	MODEL,
	FINISH_REASON,
	USAGE,
	TIMINGS,
	ENDPOINT,
	PARAMETERS,
	ERROR,
	THOUGHT_TOKENS,
	THOUGHT_MS,
	TOOL_CALLS,
	EDITED,
	MUTED,
	KIND,
	TOKENS,
	ATTACHMENTS,
	PIECES,
	NAME,
	N_MESSAGE,
};

static const struct json_member message_rows[N_MESSAGE] = {
        [ID] = {"id", MEMBER_ID, true},
        [PARENT] = {"parent", MEMBER_ID_OR_NULL, true},
        [ROLE] = {"role", MEMBER_TEXT, true},
        [CONTENT] = {"content", MEMBER_TEXT, true},
        [REASONING] = {"reasoning", MEMBER_TEXT, false},
        [STATE] = {"state", MEMBER_TEXT, false},
        [CREATED] = {"created", MEMBER_TIME, false},
        [MODEL] = {"model", MEMBER_TEXT, false},
        [FINISH_REASON] = {"finish_reason", MEMBER_TEXT, false},
        [USAGE] = {"usage", MEMBER_NUMBERS, false},
        [TIMINGS] = {"timings", MEMBER_NUMBERS, false},
        [ENDPOINT] = {"endpoint", MEMBER_TEXT, false},
        [PARAMETERS] = {"parameters", MEMBER_PARAMETERS, false},
        [ERROR] = {"error", MEMBER_OBJECT, false},
        [THOUGHT_TOKENS] = {"thought_tokens", MEMBER_COUNT, false},
        [THOUGHT_MS] = {"thought_ms", MEMBER_COUNT, false},
        [TOOL_CALLS] = {"tool_calls", MEMBER_BOOL, false},
        [EDITED] = {"edited", MEMBER_BOOL, false},
        [MUTED] = {"muted", MEMBER_BOOL, false},
        [KIND] = {"kind", MEMBER_TEXT, false},
        [TOKENS] = {"tokens", MEMBER_TEXT, false},
        [ATTACHMENTS] = {"attachments", MEMBER_LIST, false},
        [PIECES] = {"pieces", MEMBER_TEXT, false},
        [NAME] = {"uuid", MEMBER_TEXT, false},
};

static bool
find_parent(struct reader *r, size_t at, const cJSON *value, struct message **parent)
{
	const struct entry *entry;
	long long id = (long long)json_member_int(value, 0);

	*parent = NULL;
	if (!value)
		return true;
	entry = find(r, id);
	if (!entry)
		return err_set(r->err, ERR_INCOMPLETE, "parent %lld does not exist", id);
	if (entry->at >= at)
		return err_set(r->err, ERR_INCOMPLETE, "parent %lld does not stand before it", id);
	*parent = r->messages[entry->at];
	return true;
}

static bool
read_state(struct reader *r, struct message *m, const cJSON *value)
{
	if (value && (!json_state(value->valuestring, &m->state) || m->state == MESSAGE_STREAMING))
		return wrong(r, "\"state\" must be complete, stopped, interrupted or failed");
	return true;
}

static bool
read_kind(struct reader *r, struct message *m, const cJSON *value)
{
	m->is_summary = value != NULL;
	if (value && (!json_kind(value->valuestring) || m->role != CHAT_SYSTEM))
		return wrong(r, "\"kind\" must be summary, of a message whose role is system");
	return true;
}

static bool
read_error(struct reader *r, struct message *m, const cJSON *value)
{
	enum { CODE, MESSAGE, N };
	static const struct json_member rows[N] = {{"code", MEMBER_TEXT, true}, {"message", MEMBER_TEXT, true}};
	const cJSON *values[N];
	enum err_code code;

	if (!value)
		return true;
	if (!json_members_read(value, rows, N, values, r->err))
		return false;
	if (!json_error(values[CODE]->valuestring, &code) || code == ERR_NONE)
		return wrong(r, "the error's \"code\" is none that flynn knows");
	if (strlen(values[MESSAGE]->valuestring) >= ERR_TEXT_MAX)
		return wrong(r, "the error's \"message\" is too long");
	m->error = mem_alloc(sizeof(*m->error));
	err_set(m->error, code, "%s", values[MESSAGE]->valuestring);
	return true;
}

static bool
read_attachments(struct reader *r, struct message *m, const cJSON *list)
{
	if (list && m->role != CHAT_USER)
		return wrong(r, "\"attachments\" belong to a message whose role is user");
	return !list || json_read_attachments(list, r->data, &m->attachments, r->err);
}

/* Who changes a text by hand need not know of them: they may be of another one. */
static bool
read_pieces(struct reader *r, struct message *m, const cJSON *value)
{
	if (!value)
		return true;
	if (m->role != CHAT_ASSISTANT)
		return wrong(r, "\"pieces\" belong to a message whose role is assistant");
	if (!base64_get(&m->pieces, value->valuestring, strlen(value->valuestring)))
		return wrong(r, "\"pieces\" must be Base64");
	return m->pieces.len <= RECORDING_MAX ||
	       err_set(r->err, ERR_LIMIT, "\"pieces\" are more than %d bytes", RECORDING_MAX);
}

/* Of another text they are left out, as whoever changes a text by hand need not know of them. */
static bool
read_tokens(struct reader *r, struct message *m, const cJSON *value)
{
	if (!value)
		return true;
	if (m->role != CHAT_ASSISTANT)
		return wrong(r, "\"tokens\" belong to a message whose role is assistant");
	return token_list_decode(value->valuestring, strlen(value->valuestring), m) ||
	       wrong(r, "\"tokens\" must be Base64");
}

static void
read_parameters(struct message *m, const cJSON *value)
{
	if (cJSON_IsObject(value))
		json_put_json(&m->parameters, value);
	else
		buf_puts(&m->parameters, text(value));
}

static bool
put_name(struct reader *r, struct buf *to, const cJSON *value, const char *name)
{
	if (strlen(text(value)) > NAME_MAX_BYTES)
		return err_set(r->err, ERR_LIMIT, "\"%s\" is longer than %d bytes", name, NAME_MAX_BYTES);
	buf_puts(to, text(value));
	return true;
}

static bool
read_names(struct reader *r, struct message *m, const cJSON *const *values)
{
	return put_name(r, &m->model, values[MODEL], "model") &&
	       put_name(r, &m->finish_reason, values[FINISH_REASON], "finish_reason") &&
	       put_name(r, &m->endpoint, values[ENDPOINT], "endpoint");
}

static bool
read_name(struct reader *r, struct message *m, const cJSON *value)
{
	return !value || uuid_parse(m->uuid, value->valuestring) || wrong(r, "\"uuid\" is none");
}

static bool
fill_in(struct reader *r, struct message *m, const cJSON *const *values)
{
	m->created_ms = json_member_time(values[CREATED], 0);
	m->thought_tokens = json_member_int(values[THOUGHT_TOKENS], 0);
	m->thought_ms = json_member_int(values[THOUGHT_MS], 0);
	m->tool_calls = cJSON_IsTrue(values[TOOL_CALLS]);
	m->is_edited = cJSON_IsTrue(values[EDITED]);
	m->is_muted = cJSON_IsTrue(values[MUTED]);
	m->usage = json_usage_of(values[USAGE]);
	m->timings = json_timings_of(values[TIMINGS]);
	read_parameters(m, values[PARAMETERS]);
	return read_names(r, m, values) && put_text(r, &m->content, values[CONTENT], "content") &&
	       put_text(r, &m->reasoning, values[REASONING], "reasoning") && read_state(r, m, values[STATE]) &&
	       read_kind(r, m, values[KIND]) && read_error(r, m, values[ERROR]) &&
	       read_attachments(r, m, values[ATTACHMENTS]) && read_pieces(r, m, values[PIECES]) &&
	       read_tokens(r, m, values[TOKENS]) && read_name(r, m, values[NAME]);
}

static bool
read_message(struct reader *r, size_t at, const cJSON *object)
{
	const cJSON *values[N_MESSAGE];
	struct message *parent;
	enum chat_role role;

	*r->number = at + 1;
	if (!json_members_read(object, message_rows, N_MESSAGE, values, r->err) ||
	        !find_parent(r, at, values[PARENT], &parent))
		return false;
	if (!json_role(values[ROLE]->valuestring, &role))
		return wrong(r, "\"role\" must be user, assistant or system");
	r->messages[at] = conversation_add(r->loaded->conversation, parent, role, "");
	return fill_in(r, r->messages[at], values);
}

static bool
read_messages(struct reader *r, const cJSON *list)
{
	const cJSON *message;
	size_t at = 0;

	if (!read_ids(r, list))
		return false;
	cJSON_ArrayForEach(message, list) if (!read_message(r, at++, message)) return false;
	*r->number = 0;
	return true;
}

/* ---- the conversation ---- */

enum {
	ROW,
	UUID,
	TITLE,
	TITLED,
	BEGUN,
	UPDATED,
	PINNED,
	ARCHIVED,
	SYSTEM,
	SETTINGS,
	PRESET,
	TAGS,
	DRAFT,
	LEAF,
	SEEN,
	MESSAGES,
	N_CONVERSATION,
};

static const struct json_member conversation_rows[N_CONVERSATION] = {
        [ROW] = {"id", MEMBER_ID, false},
        [UUID] = {"uuid", MEMBER_TEXT, false},
        [TITLE] = {"title", MEMBER_TEXT, false},
        [TITLED] = {"titled", MEMBER_TEXT, false},
        [BEGUN] = {"created", MEMBER_TIME, false},
        [UPDATED] = {"updated", MEMBER_TIME, false},
        [PINNED] = {"pinned", MEMBER_BOOL, false},
        [ARCHIVED] = {"archived", MEMBER_BOOL, false},
        [SYSTEM] = {"system", MEMBER_TEXT, false},
        [SETTINGS] = {"parameters", MEMBER_OBJECT, false},
        [PRESET] = {"preset", MEMBER_TEXT, false},
        [TAGS] = {"tags", MEMBER_LIST, false},
        [DRAFT] = {"draft", MEMBER_TEXT, false},
        [LEAF] = {"leaf", MEMBER_ID, false},
        [SEEN] = {"seen", MEMBER_OBJECT, false},
        [MESSAGES] = {"messages", MEMBER_LIST, true},
};

/* Notes that the title was cut: nothing else of a conversation may be. */
static void
read_title(struct reader *r, const char *title)
{
	struct buf *to = &conversation_info(r->loaded->conversation)->title;
	size_t n = strlen(title);

	r->loaded->title_cut = n > CONVERSATION_TITLE_MAX;
	if (r->loaded->title_cut)
		n = utf8_floor(title, CONVERSATION_TITLE_MAX - strlen("…"));
	buf_put(to, title, n);
	if (r->loaded->title_cut)
		buf_puts(to, "…");
}

static bool
read_setting(struct reader *r, struct parameters *to, const cJSON *value)
{
	const struct parameter *p = parameter_find(value->string, r->err);
	struct buf json = {0};
	char *read;

	if (!p)
		return false;
	json_put_json(&json, value);
	read = parameter_from_json(p, buf_text(&json), r->err);
	buf_release(&json);
	if (read)
		parameters_set(to, p, read);
	return read != NULL;
}

static bool
read_settings(struct reader *r, const cJSON *object)
{
	struct parameters *to = &conversation_info(r->loaded->conversation)->parameters;
	const cJSON *value;
	bool good = true;

	cJSON_ArrayForEach(value, object)
	{
		good = good && read_setting(r, to, value);
	}
	good = good && parameters_check(to, r->err);
	if (!good)
		r->err->code = ERR_INCOMPLETE; /* nobody has typed it */
	return good;
}

static bool
read_tag(struct reader *r, struct tags *to, const cJSON *value)
{
	char name[TAG_SIZE];

	if (!cJSON_IsString(value))
		return wrong(r, "\"tags\" must be a list of strings");
	if (!tag_make(name, value->valuestring, strlen(value->valuestring), r->err)) {
		r->err->code = ERR_INCOMPLETE; /* nobody has typed it */
		return false;
	}
	(void)tags_add(to, name);
	return true;
}

static bool
read_tags(struct reader *r, struct tags *to, const cJSON *list)
{
	const cJSON *value;
	bool good = true;

	cJSON_ArrayForEach(value, list)
	{
		good = good && read_tag(r, to, value);
	}
	return good;
}

static bool
read_info(struct reader *r, const cJSON *const *values)
{
	struct conversation_info *info = conversation_info(r->loaded->conversation);

	if (values[UUID] && !uuid_parse(info->uuid, values[UUID]->valuestring)) {
		info->uuid[0] = '\0';
		return wrong(r, "\"uuid\" is none");
	}
	info->titled = TITLE_BY_PERSON;
	if (values[TITLED] && !json_titled(values[TITLED]->valuestring, &info->titled))
		return wrong(r, "\"titled\" must be prompt, model or person");
	read_title(r, text(values[TITLE]));
	buf_puts(&r->loaded->draft, text(values[DRAFT]));
	info->pinned = cJSON_IsTrue(values[PINNED]);
	info->archived = cJSON_IsTrue(values[ARCHIVED]);
	return put_name(r, &info->preset, values[PRESET], "preset") && read_settings(r, values[SETTINGS]) &&
	       read_tags(r, &info->tags, values[TAGS]);
}

/* Times that are not there are those of the messages. */
static void
read_times(struct reader *r, const cJSON *const *values)
{
	struct conversation_info *info = conversation_info(r->loaded->conversation);
	int64_t first = 0, last = 0;

	for (size_t i = 0; i < r->n; i++) {
		int64_t ms = r->messages[i]->created_ms;

		if (ms != 0 && (first == 0 || ms < first))
			first = ms;
		if (ms != 0 && (last == 0 || ms > last))
			last = ms;
	}
	info->created_ms = json_member_time(values[BEGUN], first);
	info->updated_ms = json_member_time(values[UPDATED], last ? last : info->created_ms);
}

static bool
read_seen(struct reader *r, const cJSON *value)
{
	enum { MESSAGE, LINE, N };
	static const struct json_member rows[N] = {{"message", MEMBER_ID, true}, {"line", MEMBER_COUNT, true}};
	const cJSON *values[N];
	const struct message *m;

	if (!value)
		return true;
	if (!json_members_read(value, rows, N, values, r->err))
		return false;
	m = find_message(r, json_member_int(values[MESSAGE], 0));
	if (!m)
		return wrong(r, "the message that was \"seen\" last does not exist");
	r->loaded->seen = m->id;
	r->loaded->seen_line = json_member_int(values[LINE], 0);
	return true;
}

static bool
read_leaf(struct reader *r, const cJSON *value)
{
	long long id = (long long)json_member_int(value, 0);
	struct message *m = find_message(r, id);

	if (m)
		conversation_set_leaf(r->loaded->conversation, m);
	return m || !value || err_set(r->err, ERR_INCOMPLETE, "leaf %lld does not exist", id);
}

static bool
read_all(struct reader *r, const cJSON *object)
{
	const cJSON *values[N_CONVERSATION];

	if (!json_members_read(object, conversation_rows, N_CONVERSATION, values, r->err))
		return false;
	r->loaded->conversation = conversation_new(text(values[SYSTEM]));
	if (!read_info(r, values) || !read_messages(r, values[MESSAGES]))
		return false;
	read_times(r, values);
	return read_leaf(r, values[LEAF]) && read_seen(r, values[SEEN]);
}

bool
json_read_conversation(
        const cJSON *object, const struct json_data *data, struct loaded *loaded, size_t *message, struct err *err)
{
	struct reader r = {.loaded = loaded, .data = data, .number = message, .err = err};
	bool good;

	*loaded = (struct loaded){0};
	*message = 0;
	good = read_all(&r, object);
	if (!good)
		loaded_release(loaded);
	free(r.entries);
	free(r.messages);
	return good;
}
