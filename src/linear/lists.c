/*
 * lists.c - each list is made, said and asked about; the function below it does what was chosen.
 */
#include "linear/lists.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/branches.h"
#include "app/browse_ask.h"
#include "app/conversations.h"
#include "app/keeper.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/models.h"
#include "app/opening.h"
#include "app/pane.h"
#include "app/preset.h"
#include "app/settings.h"
#include "app/tagging.h"
#include "app/talk.h"
#include "app/time_words.h"
#include "app/turn.h"
#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "chat/title.h"
#include "linear/history_ask.h"
#include "linear/question.h"
#include "linear/state.h"
#include "store/query.h"
#include "store/worker.h"
#include "system/prompt_reader.h"

enum {
	MODELS_MS = 3000, /* for servers to say which models they have */
	HISTORY_ROWS = 10,
};

void
list_put_start(const char *text, struct buf *out)
{
	struct buf line = {0};

	title_from_prompt(text, &line);
	buf_printf(out, "%s", line.len > 0 ? buf_text(&line) : "(no text)");
	buf_release(&line);
}

/* ---- models ---- */

static void
choose_model(struct app *app, size_t which)
{
	void (*then)(struct app *) = linear_of(app)->after_model;

	if (model_use(app, question_name(app, which)) && then)
		then(app);
}

static void
add_model(struct app *app, const struct model_row *row)
{
	struct buf words = {0};

	if (row->state != MODEL_UNKNOWN)
		buf_puts(&words, model_state_word(row->state));
	if (models_uses(app, row, app->pane->talk->link))
		buf_printf(&words, "%sin use", words.len > 0 ? ", " : "");
	question_add(app, 0, row->name, model_show_name(app, row->name), buf_text(&words));
	buf_release(&words);
}

static bool
all_have_told(const struct app *app, const struct model_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (models_server(app, &rows->items[i])->state == MODEL_UNKNOWN)
			return false;
	return true;
}

static void
say_models(struct app *app)
{
	struct linear *l = linear_of(app);
	struct model_rows rows = {0};

	models_rows(app, &rows);
	if (all_have_told(app, &rows) || clock_ms() >= l->waits_until_ms) {
		l->waits_for = WAITS_FOR_NOTHING;
		models_watch(app, false);
		question_begin(app, choose_model);
		for (size_t i = 0; i < rows.n; i++)
			add_model(app, &rows.items[i]);
		question_ask(app, "there is no model to choose from");
	}
	model_rows_release(&rows);
}

void
list_models(struct app *app, void (*then)(struct app *))
{
	struct linear *l = linear_of(app);

	if (model_names_wait(app))
		return;
	l->after_model = then;
	models_watch(app, true);
	models_turn(app);
	l->waits_for = WAITS_FOR_MODELS;
	l->waits_until_ms = clock_ms() + MODELS_MS;
}

/* ---- presets ---- */

static void
choose_preset(struct app *app, size_t which)
{
	(void)preset_use(app, question_id(app, which) ? question_name(app, which) : NULL);
}

void
list_presets(struct app *app)
{
	const char *used = buf_text(&conversation_info(app->pane->talk->session.conversation)->preset);

	question_begin(app, choose_preset);
	for (size_t i = 0; i < app->config->presets.n; i++) {
		const struct config_preset *preset = &app->config->presets.items[i];
		struct buf words = {0};

		preset_put_words(preset, &words);
		if (strcmp(used, preset->name) == 0)
			buf_puts(&words, ", in use");
		question_add(app, 1, preset->name, NULL, buf_text(&words));
		buf_release(&words);
	}
	if (app->config->presets.n > 0)
		question_add(app, 0, "none", NULL, *used ? "" : "in use");
	question_ask(app, "there are no presets: presets: in the configuration has them");
}

/* ---- prompts ---- */

static void
choose_prompt(struct app *app, size_t which)
{
	prompt_reader_read(app->prompt_reader, question_name(app, which));
	linear_of(app)->waits_for = WAITS_FOR_TEXT;
}

static void
say_prompts(struct app *app)
{
	const struct prompt_files *files = prompt_reader_files(app->prompt_reader);
	const struct err *why = prompt_reader_list_error(app->prompt_reader);

	linear_of(app)->waits_for = WAITS_FOR_NOTHING;
	question_begin(app, choose_prompt);
	for (size_t i = 0; i < files->n && !question_is_full(app); i++)
		question_add(app, 0, files->items[i].name, NULL, files->items[i].words);
	question_ask(app, why->code != ERR_NONE ? why->text : "the library of prompts is empty");
}

void
list_prompts(struct app *app)
{
	prompt_reader_list(app->prompt_reader);
	linear_of(app)->waits_for = WAITS_FOR_PROMPTS;
}

static void
take_prompt(struct app *app)
{
	struct linear *l = linear_of(app);

	l->waits_for = WAITS_FOR_NOTHING;
	free(l->template_text);
	l->template_text = prompt_reader_take(app->prompt_reader, &l->template_at);
	linear_put_text(app, l->template_text);
	linear_note(app, l->template_text[l->template_at] ? "type what goes into it, or Enter to send it as it is"
	                                                  : "type what goes behind it, or Enter to send it as it is");
}

/* ---- the history ---- */

static void
choose_conversation(struct app *app, size_t which)
{
	struct talk *open = conversations_of_row(app, question_id(app, which));

	if (open == app->pane->talk)
		linear_note(app, "this conversation is the one that is open");
	else if (open)
		conversations_show(app, open);
	else
		opening_load(app, question_id(app, which), 0, NULL);
}

static bool
send_page(struct app *app, struct browse_page *page)
{
	page->is_first = true;
	page->limit = HISTORY_ROWS;
	page->order = SEARCH_FEW_BEST;
	if (store_ask(app->keeper->store, &page->question))
		return true;
	page->question.free(&page->question);
	return false;
}

static bool
ask_page(struct app *app)
{
	return send_page(app, browse_page_new(linear_of(app)->asked_words));
}

/* Those whose title has the words: after the messages that have them. */
static bool
ask_titles(struct app *app)
{
	return send_page(app, browse_titles_new(linear_of(app)->asked_words));
}

bool
list_history(struct app *app, const char *words)
{
	struct linear *l = linear_of(app);

	if (!app->keeper->store)
		return app_refuse(app, "nothing is saved: there is no history here");
	free(l->asked_words);
	l->asked_words = mem_strdup(words);
	history_ask(app, ask_page);
	return true;
}

static void
put_tags(const struct tags *tags, const char *before, const char *behind, struct buf *out)
{
	if (tags->n == 0)
		return;
	buf_printf(out, "%stagged ", before);
	tagging_put(out, tags);
	buf_puts(out, behind);
}

static void
add_listed(struct app *app, const struct listed *row)
{
	char ago[AGO_MAX];
	struct buf words = {0};

	ago_say(clock_unix_ms(), row->key.updated_ms, ago);
	buf_printf(&words, "%" PRId64 " message%s, %s%s", row->messages, row->messages == 1 ? "" : "s", ago,
	        row->key.pinned ? ", pinned" : "");
	put_tags(&row->tags, ", ", "", &words);
	question_add(app, row->key.row,
	        row->title.len > 0  ? buf_text(&row->title)
	        : row->messages > 0 ? "no title"
	                            : "a draft",
	        NULL, buf_text(&words));
	buf_release(&words);
}

static void
add_hit(struct app *app, const struct search_hit *hit)
{
	struct buf words = {0};

	put_tags(&hit->tags, "", ", ", &words);
	buf_put(&words, hit->snippet.text.data, hit->snippet.text.len);
	question_add(app, hit->conversation, buf_text(&hit->title), NULL, buf_text(&words));
	buf_release(&words);
}

static void
add_found(struct app *app, const struct search *search)
{
	question_begin(app, choose_conversation);
	for (size_t i = 0; i < search->n; i++)
		add_hit(app, &search->hits[i]);
}

/* Conversations that are not listed yet. */
static void
add_list(struct app *app, const struct list *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (!question_has(app, list->rows[i].key.row))
			add_listed(app, &list->rows[i]);
}

static void
end_list(struct app *app, const struct browse_page *page)
{
	if (page->is_search ? page->search.more : page->list.more)
		linear_note(app, "there are more: /history WORDS looks for words");
	question_ask(app, *page->text ? "nothing was found" : "the history is empty");
}

/* A search for messages of one side, or in a column, is none for titles. */
static bool
titles_are_next(const struct browse_page *page)
{
	struct query query = {0};
	struct err err;
	bool good = page->is_search && !page->search.more &&
	            query_parse(&query, page->text, strlen(page->text), &err) && !query.role && !query.column;

	query_release(&query);
	return good;
}

void
list_history_answer(struct app *app, struct store_result *r)
{
	const struct browse_page *page = (const struct browse_page *)r->question;

	if (linear_of(app)->waits_for != WAITS_FOR_HISTORY)
		return;
	linear_of(app)->waits_for = WAITS_FOR_NOTHING;
	if (r->err.code != ERR_NONE) {
		app_say(app, true, r->err.text);
		return;
	}
	if (page->is_search)
		add_found(app, &page->search);
	else if (page->question.kind == BROWSE_ASK_PAGE)
		question_begin(app, choose_conversation);
	if (!page->is_search)
		add_list(app, &page->list);
	if (titles_are_next(page) && ask_titles(app))
		linear_of(app)->waits_for = WAITS_FOR_HISTORY;
	else
		end_list(app, page);
}

/* ---- messages ---- */

static void
choose_message(struct app *app, size_t which)
{
	struct message *m = conversation_find(app->pane->talk->session.conversation, (uint64_t)question_id(app, which));

	if (!m || !branches_show(app, m))
		return;
	pane_to_composer(app->pane);
	linear_note(app, "this branch is shown; /last reads its last reply");
}

static void
put_version(const struct app *app, const struct message *m, struct buf *out)
{
	size_t of, number = conversation_sibling_number(app->pane->talk->session.conversation, m, &of);

	if (of > 1)
		buf_printf(out, "version %zu of %zu, ", number, of);
	if (of > 1 && conversation_is_on_path(app->pane->talk->session.conversation, m))
		buf_puts(out, "shown, ");
}

/* In the order in which they were said: a parent stands before what was said below it. */
void
list_messages(struct app *app)
{
	struct conversation *c = app->pane->talk->session.conversation;
	static const char *const names[] = {[CHAT_SYSTEM] = "Summary", [CHAT_USER] = "You", [CHAT_ASSISTANT] = "Reply"};

	question_begin(app, choose_message);
	for (const struct message *m = conversation_next(c, NULL); m; m = conversation_next(c, m)) {
		struct buf words = {0};

		if (m->is_deleted)
			continue;
		put_version(app, m, &words);
		list_put_start(buf_text(&m->content), &words);
		question_add(app, (int64_t)m->id, names[m->role], NULL, buf_text(&words));
		buf_release(&words);
	}
	question_ask(app, "nothing was said yet");
}

void
list_versions(struct app *app, const char *words)
{
	struct message *leaf = conversation_leaf(app->pane->talk->session.conversation);
	struct message *m = leaf && leaf->parent ? leaf->parent->first_child : NULL;

	question_begin(app, choose_message);
	for (; m; m = m->next_sibling) {
		struct buf start = {0};

		if (m->is_deleted)
			continue;
		list_put_start(buf_text(&m->content), &start);
		question_add(app, (int64_t)m->id,
		        m->model.len > 0 ? model_show_name(app, buf_text(&m->model)) : "Reply", NULL, buf_text(&start));
		buf_release(&start);
	}
	linear_note(app, "%s", words);
	question_ask(app, "there is no reply");
}

/* ---- parameters ---- */

void
list_parameters(struct app *app)
{
	size_t n, set = 0;
	const struct parameter *table = parameter_table(&n);
	struct buf names = {0};

	for (size_t i = 0; i < n; i++) {
		enum setting_source source;
		const char *json = settings_get(app, app->pane->talk, &table[i], &source);
		struct buf who = {0};

		if (!json)
			continue;
		settings_put_source(app, app->pane->talk, source, &who);
		linear_line(app, "%s: %s, of %s", table[i].name, json, buf_text(&who));
		buf_release(&who);
		set++;
	}
	for (size_t i = 0; i < n; i++)
		buf_printf(&names, "%s%s", i > 0 ? ", " : "", table[i].name);
	linear_note(app, "%s; /set NAME tells of one, /set NAME VALUE sets it",
	        set == 0 ? "nothing is set, the server's defaults hold" : "all others have the server's default");
	linear_line(app, "Names: %s.", buf_text(&names));
	buf_release(&names);
}

/* ---- waiting ---- */

void
lists_turn(struct app *app)
{
	struct linear *l = linear_of(app);
	struct err err;

	history_ask_turn(app);
	if (l->waits_for == WAITS_FOR_MODELS)
		say_models(app);
	switch (prompt_reader_turn(app->prompt_reader, &err)) {
	case PROMPT_READ:
		take_prompt(app);
		break;
	case PROMPT_REFUSED:
		l->waits_for = WAITS_FOR_NOTHING;
		(void)app_refuse(app, err.text);
		break;
	case PROMPT_LISTED:
		if (l->waits_for == WAITS_FOR_PROMPTS)
			say_prompts(app);
		break;
	case PROMPT_NOTHING:
		break;
	}
}
