/*
 * browse.c - questions and answers, and the rows that are made of them.
 */
#include "app/browse.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/ago.h"
#include "app/app.h"
#include "app/browse_ask.h"
#include "app/conversations.h"
#include "app/model.h"
#include "base/clock.h"
#include "base/mem.h"

static const char untitled[] = "(no title)";

void
browse_init(struct app *app)
{
	app->browse = (struct browse){.order = SEARCH_FEW_BEST};
	browser_init(&app->browse.view);
}

static void
drop_facts(struct browse *b)
{
	for (size_t i = 0; i < b->n_facts; i++) {
		free((char *)b->facts[i].title);
		free((char *)b->facts[i].model);
	}
	b->n_facts = 0;
}

void
browse_release(struct app *app)
{
	struct browse *b = &app->browse;

	browser_release(&b->view);
	drop_facts(b);
	free(b->facts);
	free(b->asked);
	free(b->set_aside);
	query_release(&b->query);
	*b = (struct browse){0};
}

const struct browse_fact *
browse_chosen(const struct app *app)
{
	const struct browse *b = &app->browse;

	return b->view.chosen < b->n_facts ? &b->facts[b->view.chosen] : NULL;
}

/* ---- asking ---- */

/* What is looked for: in the input, but for a title that stands there. */
static const char *
wanted_text(const struct browse *b)
{
	return b->renamed ? b->set_aside : composer_text(&b->view.input);
}

static void
ask(struct app *app, struct store_question *question)
{
	if (!app->keeper.store)
		question->free(question);
	else if (!store_ask(app->keeper.store, question)) {
		question->free(question);
		app_say(app, true, "the history is busy: type again");
	}
}

static struct browse_page *
new_page(struct browse *b)
{
	struct browse_page *p = browse_page_new(b->asked);

	p->number = ++b->number;
	p->order = b->order;
	p->limit = BROWSE_PAGE_ROWS;
	b->waiting_ms = clock_ms();
	return p;
}

/* As many rows as there are now, so that nothing is lost of a list that is only asked for again. */
static void
ask_again(struct app *app)
{
	struct browse *b = &app->browse;
	struct browse_page *p = new_page(b);

	p->is_first = true;
	if (b->view.n > p->limit)
		p->limit = b->view.n;
	b->more = false;
	b->looked_at = 0;
	ask(app, &p->question);
}

/* What cannot be a query leaves the list as it is: it is being typed. */
static void
ask_first(struct app *app, const char *text)
{
	struct browse *b = &app->browse;
	struct query query;

	free(b->asked);
	b->asked = mem_strdup(text);
	b->wrong = (struct err){.code = ERR_NONE};
	if (!query_parse(&query, text, strlen(text), &b->wrong)) {
		query_release(&query);
		return;
	}
	query_release(&b->query);
	b->query = query;
	ask_again(app);
}

static void
ask_next(struct app *app)
{
	struct browse *b = &app->browse;
	struct browse_page *p;

	if (!b->more || b->waiting_ms > 0 || b->wrong.code != ERR_NONE || !browser_wants_more(&b->view))
		return;
	p = new_page(b);
	p->from = b->from;
	p->next = b->next;
	ask(app, &p->question);
}

static void
ask_look(struct app *app)
{
	struct browse *b = &app->browse;
	const struct browse_fact *fact = browse_chosen(app);
	struct browse_look *l;

	if (!fact || (fact->id == b->looked_at && fact->message == b->looked_message))
		return;
	b->looked_at = fact->id;
	b->looked_message = fact->message;
	l = browse_look_new(b->asked);
	l->conversation = fact->id;
	l->message = fact->message;
	ask(app, &l->question);
}

void
browse_settle(struct app *app)
{
	struct browse *b = &app->browse;

	if (!b->open || !app->keeper.store)
		return;
	if (!b->asked || strcmp(wanted_text(b), b->asked) != 0)
		ask_first(app, wanted_text(b));
	ask_next(app);
	ask_look(app);
}

void
browse_refresh(struct app *app)
{
	struct browse *b = &app->browse;

	if (!b->open || !b->asked || b->wrong.code != ERR_NONE)
		return;
	ask_again(app);
	app->stale = true;
}

/* What is new is saved first: it is to be in the list. */
void
browse_open(struct app *app)
{
	struct browse *b = &app->browse;

	for (size_t i = 0; i < app->n_talks; i++)
		keeper_flush(app, app->talks[i]);
	app->help.open = app->tree.open = false;
	b->open = true;
	b->failed.code = ERR_NONE;
	if (b->asked)
		browse_refresh(app);
	browse_settle(app);
}

void
browse_close(struct app *app)
{
	app->browse.open = false;
	app->stale = true;
}

/* ---- rows ---- */

static void
add_fact(struct browse *b, const struct browse_fact *fact)
{
	if (b->n_facts == b->space) {
		b->space = b->space ? b->space * 2 : 64;
		b->facts = mem_realloc(b->facts, b->space * sizeof(*b->facts));
	}
	b->facts[b->n_facts] = *fact;
	b->facts[b->n_facts].title = mem_strdup(*fact->title ? fact->title : untitled);
	b->facts[b->n_facts].model = mem_strdup(fact->model);
	b->n_facts++;
}

static void
put_tag(struct buf *tags, bool is, const char *word)
{
	if (is)
		buf_printf(tags, "%s%s", tags->len > 0 ? ", " : "", word);
}

/* The row's last part is in `entry` already. */
static void
add_row(struct app *app, const struct browse_fact *fact, int64_t when_ms, struct browser_entry *entry)
{
	struct browse *b = &app->browse;
	const struct talk *talk = conversations_of_row(app, fact->id);
	struct buf tags = {0};
	char when[AGO_MAX];

	add_fact(b, fact);
	put_tag(&tags, talk && !talk_is_idle(talk), "writing");
	put_tag(&tags, talk == app->pane->talk, "shown");
	put_tag(&tags, fact->pinned, "pinned");
	put_tag(&tags, fact->archived, "archived");
	ago_say(clock_unix_ms(), when_ms, when);
	entry->id = fact->id;
	entry->message = fact->message;
	entry->title = b->facts[b->n_facts - 1].title;
	entry->tags = buf_text(&tags);
	entry->when = when;
	browser_add(&b->view, entry);
	buf_release(&tags);
}

static void
add_listed(struct app *app, const struct listed *l)
{
	const struct browse_fact fact = {.id = l->key.row,
	        .title = buf_text(&l->title),
	        .model = buf_text(&l->model),
	        .created_ms = l->created_ms,
	        .messages = l->messages,
	        .pinned = l->key.pinned,
	        .archived = l->archived};
	char *count = mem_printf("%" PRId64 " message%s", l->messages, l->messages == 1 ? "" : "s");

	add_row(app, &fact, l->key.updated_ms, &(struct browser_entry){.count = count});
	free(count);
}

static const char *
role_word(const char *role)
{
	return strcmp(role, "user") == 0 ? "you" : strcmp(role, "assistant") == 0 ? "reply" : role;
}

static void
add_hit(struct app *app, const struct search_hit *hit)
{
	const struct browse_fact fact = {.id = hit->conversation,
	        .message = hit->message,
	        .title = buf_text(&hit->title),
	        .model = buf_text(&hit->model),
	        .created_ms = hit->created_ms,
	        .pinned = hit->pinned,
	        .archived = hit->archived};
	const struct snippet *s = &hit->snippet;
	struct mark marks[SNIPPET_HITS_MAX];
	struct buf line = {0};
	size_t before;

	buf_printf(&line, "%s%s", hit->in_reasoning ? "thought: " : "", s->more_before ? "…" : "");
	before = line.len;
	buf_put(&line, buf_text(&s->text), s->text.len);
	buf_puts(&line, s->more_after ? "…" : "");
	for (size_t i = 0; i < s->n_hits; i++)
		marks[i] = (struct mark){before + s->hits[i].start, before + s->hits[i].start + s->hits[i].len};
	add_row(app, &fact, hit->created_ms,
	        &(struct browser_entry){.count = role_word(hit->role),
	                .line = line.data,
	                .line_len = line.len,
	                .hits = marks,
	                .n_hits = s->n_hits});
	buf_release(&line);
}

static void
add_rows(struct app *app, const struct browse_page *p)
{
	struct browse *b = &app->browse;

	for (size_t i = 0; p->is_search && i < p->search.n; i++)
		add_hit(app, &p->search.hits[i]);
	for (size_t i = 0; !p->is_search && i < p->list.n; i++)
		add_listed(app, &p->list.rows[i]);
	b->more = p->is_search ? p->search.more : p->list.more;
	b->next = p->search.next;
	if (p->list.n > 0)
		b->from = p->list.rows[p->list.n - 1].key;
}

static void
put_rows(struct app *app, const struct browse_page *p)
{
	struct browse *b = &app->browse;

	if (p->is_first) {
		browser_begin(&b->view);
		drop_facts(b);
		b->is_search = p->is_search;
		b->ranked = p->search.ranked;
	}
	add_rows(app, p);
	if (p->is_first)
		browser_end(&b->view);
	if (b->wanted)
		browser_choose(&b->view, b->wanted);
	b->wanted = 0;
}

/* All that was found is listed: titles are next, which no message needs to hold. */
static void
ask_titles(struct app *app)
{
	struct browse *b = &app->browse;
	struct browse_page *p;

	if (!b->is_search || b->more || b->failed.code != ERR_NONE || b->query.role || b->query.column)
		return;
	p = browse_titles_new(b->asked);
	p->number = b->number;
	b->waiting_ms = clock_ms();
	ask(app, &p->question);
}

static bool
is_listed(const struct browse *b, int64_t id)
{
	for (size_t i = 0; i < b->n_facts; i++)
		if (b->facts[i].id == id)
			return true;
	return false;
}

static void
take_titles(struct app *app, const struct browse_page *p)
{
	struct browse *b = &app->browse;

	if (p->number != b->number)
		return;
	b->waiting_ms = 0;
	for (size_t i = 0; i < p->list.n; i++)
		if (!is_listed(b, p->list.rows[i].key.row))
			add_listed(app, &p->list.rows[i]);
}

static void
take_page(struct app *app, const struct browse_page *p, const struct err *err)
{
	struct browse *b = &app->browse;

	if (p->number != b->number)
		return;
	b->waiting_ms = 0;
	b->failed = *err;
	if (err->code == ERR_NONE)
		put_rows(app, p);
	if (b->view.n == 0)
		browser_preview_clear(&b->view);
	ask_titles(app);
}

/* ---- the preview ---- */

static void
put_line(struct browser *view, enum style style, const char *line)
{
	browser_preview_add(view, style, line, strlen(line), NULL, 0);
}

static void
put_part(struct browse *b, enum style style, const struct buf *text)
{
	struct marked marks = {0};
	struct find_range hit;

	for (size_t at = 0; find_next(&b->query.words, buf_text(text), text->len, at, &hit); at = hit.start + hit.len)
		marked_add(&marks, hit.start, hit.start + hit.len);
	browser_preview_add(&b->view, style, buf_text(text), text->len, marks.marks, marks.n);
	marked_release(&marks);
}

static void
put_message(struct browse *b, const struct preview_message *m)
{
	bool mine = strcmp(m->role, "user") == 0;
	char date[AGO_MAX];
	struct buf text = {0};

	ago_say_date(m->created_ms, date);
	buf_printf(&text, "\n%s%s%s%s%s",
	        mine               ? "you"
	        : m->model.len > 0 ? model_show_name(buf_text(&m->model))
	                           : m->role,
	        m->in_reasoning ? ", thinking" : "", *date ? ", " : "", date, "");
	put_line(&b->view, STYLE_NOTE, buf_text(&text));
	buf_clear(&text);
	buf_puts(&text, m->more_before ? "… " : "");
	buf_put(&text, buf_text(&m->text), m->text.len);
	buf_puts(&text, m->more_after ? " …" : "");
	put_part(b, m->in_reasoning ? STYLE_THINKING : mine ? STYLE_PROMPT : STYLE_TEXT, &text);
	buf_release(&text);
}

static void
put_facts(struct browse *b, const struct browse_fact *fact)
{
	struct buf line = {0};
	char date[AGO_MAX];

	put_line(&b->view, STYLE_PROMPT, fact->title);
	if (fact->message)
		return;
	ago_say_date(fact->created_ms, date);
	buf_printf(&line, "%" PRId64 " message%s", fact->messages, fact->messages == 1 ? "" : "s");
	if (*date)
		buf_printf(&line, ", begun %s", date);
	if (*fact->model)
		buf_printf(&line, ", %s", model_show_name(fact->model));
	put_line(&b->view, STYLE_NOTE, buf_text(&line));
	buf_release(&line);
}

static void
take_look(struct app *app, const struct browse_look *l)
{
	struct browse *b = &app->browse;
	const struct browse_fact *fact = browse_chosen(app);

	if (!fact || fact->id != l->conversation || fact->message != l->message)
		return;
	browser_preview_clear(&b->view);
	put_facts(b, fact);
	for (size_t i = 0; i < l->preview.n; i++)
		put_message(b, &l->preview.messages[i]);
}

void
browse_answer(struct app *app, struct store_result *r)
{
	if (r->question->kind == BROWSE_ASK_PAGE)
		take_page(app, (const struct browse_page *)r->question, &r->err);
	else if (r->question->kind == BROWSE_ASK_TITLES)
		take_titles(app, (const struct browse_page *)r->question);
	else if (r->question->kind == BROWSE_ASK_PREVIEW && r->err.code == ERR_NONE)
		take_look(app, (const struct browse_look *)r->question);
	browse_settle(app);
	app->stale = true;
}
