/*
 * browse_show.c - a row, and what keys need to know of it, for each conversation or message that was found; and what one
 * sees of the one that is chosen.
 */
#include "pages/browse_show.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/conversations.h"
#include "app/model.h"
#include "app/pane.h"
#include "app/tagging.h"
#include "app/talk.h"
#include "app/time_words.h"
#include "base/clock.h"
#include "base/mem.h"

static const char untitled[] = "(no title)";

void
browse_show_nothing(struct browse *b)
{
	for (size_t i = 0; i < b->n_facts; i++) {
		free((char *)b->facts[i].title);
		free((char *)b->facts[i].model);
		tags_release(&b->facts[i].tags);
	}
	b->n_facts = 0;
}

/* ---- rows ---- */

static void
add_fact(struct browse *b, const struct browse_fact *fact, const struct tags *tags)
{
	if (b->n_facts == b->space) {
		b->space = b->space ? b->space * 2 : 64;
		b->facts = mem_realloc(b->facts, b->space * sizeof(*b->facts));
	}
	b->facts[b->n_facts] = *fact;
	b->facts[b->n_facts].title = mem_strdup(*fact->title ? fact->title : untitled);
	b->facts[b->n_facts].model = mem_strdup(fact->model);
	tags_copy(&b->facts[b->n_facts].tags, tags);
	b->n_facts++;
}

static void
put_note(struct buf *notes, bool is, const char *word)
{
	if (is)
		buf_printf(notes, "%s%s", notes->len > 0 ? ", " : "", word);
}

/* The row's last part is in `entry` already. An open conversation may have tags that are not saved yet. */
static void
add_row(const struct app *app, struct browse *b, const struct browse_fact *fact, int64_t when_ms,
        struct browser_entry *entry)
{
	const struct talk *talk = conversations_of_row(app, fact->id);
	const struct tags *now = talk ? &conversation_info(talk->session.conversation)->tags : &fact->tags;
	struct buf notes = {0}, tags = {0};
	char when[AGO_MAX];

	add_fact(b, fact, now);
	put_note(&notes, talk && !talk_is_idle(talk), "writing");
	put_note(&notes, talk == app->pane->talk, "shown");
	put_note(&notes, fact->pinned, "pinned");
	put_note(&notes, fact->archived, "archived");
	ago_say(clock_unix_ms(), when_ms, when);
	entry->id = fact->id;
	entry->message = fact->message;
	entry->title = b->facts[b->n_facts - 1].title;
	entry->notes = buf_text(&notes);
	tagging_put(&tags, now);
	entry->tags = buf_text(&tags);
	entry->when = when;
	browser_add(&b->view, entry);
	buf_release(&notes);
	buf_release(&tags);
}

static void
add_listed(const struct app *app, struct browse *b, const struct listed *l)
{
	const struct browse_fact fact = {.id = l->key.row,
	        .title = buf_text(&l->title),
	        .model = buf_text(&l->model),
	        .created_ms = l->created_ms,
	        .messages = l->messages,
	        .pinned = l->key.pinned,
	        .archived = l->archived,
	        .tags = l->tags};
	char *count = mem_printf("%" PRId64 " message%s", l->messages, l->messages == 1 ? "" : "s");

	add_row(app, b, &fact, l->key.updated_ms, &(struct browser_entry){.count = count});
	free(count);
}

static const char *
role_word(const char *role)
{
	return strcmp(role, "user") == 0 ? "you" : strcmp(role, "assistant") == 0 ? "reply" : role;
}

static void
add_hit(const struct app *app, struct browse *b, const struct search_hit *hit)
{
	const struct browse_fact fact = {.id = hit->conversation,
	        .message = hit->message,
	        .title = buf_text(&hit->title),
	        .model = buf_text(&hit->model),
	        .created_ms = hit->created_ms,
	        .pinned = hit->pinned,
	        .archived = hit->archived,
	        .tags = hit->tags};
	const struct snippet *s = &hit->snippet;
	struct mark marks[SNIPPET_HITS_MAX];
	struct buf line = {0};
	size_t before;

	buf_printf(&line, "%s%s",
	        hit->in_reasoning ? "thought: "
	        : hit->in_files   ? "attached: "
	                          : "",
	        s->more_before ? "…" : "");
	before = line.len;
	buf_put(&line, buf_text(&s->text), s->text.len);
	buf_puts(&line, s->more_after ? "…" : "");
	for (size_t i = 0; i < s->n_hits; i++)
		marks[i] = (struct mark){before + s->hits[i].start, before + s->hits[i].start + s->hits[i].len};
	add_row(app, b, &fact, hit->created_ms,
	        &(struct browser_entry){.count = role_word(hit->role),
	                .line = line.data,
	                .line_len = line.len,
	                .hits = marks,
	                .n_hits = s->n_hits});
	buf_release(&line);
}

static void
add_rows(const struct app *app, struct browse *b, const struct browse_page *p)
{
	for (size_t i = 0; p->is_search && i < p->search.n; i++)
		add_hit(app, b, &p->search.hits[i]);
	for (size_t i = 0; !p->is_search && i < p->list.n; i++)
		add_listed(app, b, &p->list.rows[i]);
	b->more = p->is_search ? p->search.more : p->list.more;
	b->next = p->search.next;
	if (p->list.n > 0)
		b->from = p->list.rows[p->list.n - 1].key;
}

void
browse_show_page(const struct app *app, struct browse *b, const struct browse_page *p)
{
	if (p->is_first) {
		browser_begin(&b->view);
		browse_show_nothing(b);
		b->is_search = p->is_search;
		b->ranked = p->search.ranked;
	}
	add_rows(app, b, p);
	if (p->is_first)
		browser_end(&b->view);
	if (b->wanted)
		browser_choose(&b->view, b->wanted);
	b->wanted = 0;
}

static bool
is_listed(const struct browse *b, int64_t id)
{
	for (size_t i = 0; i < b->n_facts; i++)
		if (b->facts[i].id == id)
			return true;
	return false;
}

void
browse_show_titles(const struct app *app, struct browse *b, const struct browse_page *p)
{
	for (size_t i = 0; i < p->list.n; i++)
		if (!is_listed(b, p->list.rows[i].key.row))
			add_listed(app, b, &p->list.rows[i]);
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
put_message(const struct app *app, struct browse *b, const struct preview_message *m)
{
	bool mine = strcmp(m->role, "user") == 0;
	char date[AGO_MAX];
	struct buf text = {0};

	ago_say_date(m->created_ms, date);
	buf_printf(&text, "\n%s%s%s%s%s",
	        mine               ? "you"
	        : m->model.len > 0 ? model_show_name(app, buf_text(&m->model))
	                           : m->role,
	        m->in_reasoning ? ", thinking" : "", *date ? ", " : "", date, "");
	put_line(&b->view, STYLE_NOTE, buf_text(&text));
	buf_clear(&text);
	buf_puts(&text, m->more_before ? "… " : "");
	buf_put(&text, buf_text(&m->text), m->text.len);
	buf_puts(&text, m->more_after ? " …" : "");
	if (text.len > 0 || m->files.len == 0)
		put_part(b, m->in_reasoning ? STYLE_THINKING : mine ? STYLE_PROMPT : STYLE_TEXT, &text);
	if (m->files.len > 0)
		put_part(b, STYLE_NOTE, &m->files);
	buf_release(&text);
}

static void
put_facts(const struct app *app, struct browse *b, const struct browse_fact *fact)
{
	struct buf line = {0};
	char date[AGO_MAX];

	put_line(&b->view, STYLE_PROMPT, fact->title);
	tagging_put(&line, &fact->tags);
	if (line.len > 0)
		put_line(&b->view, STYLE_NOTE, buf_text(&line));
	buf_release(&line);
	if (fact->message)
		return;
	ago_say_date(fact->created_ms, date);
	buf_printf(&line, "%" PRId64 " message%s", fact->messages, fact->messages == 1 ? "" : "s");
	if (*date)
		buf_printf(&line, ", begun %s", date);
	if (*fact->model)
		buf_printf(&line, ", %s", model_show_name(app, fact->model));
	put_line(&b->view, STYLE_NOTE, buf_text(&line));
	buf_release(&line);
}

void
browse_show_look(const struct app *app, struct browse *b, const struct browse_fact *fact, const struct browse_look *l)
{
	browser_preview_clear(&b->view);
	put_facts(app, b, fact);
	for (size_t i = 0; i < l->preview.n; i++)
		put_message(app, b, &l->preview.messages[i]);
}

const struct browse_fact *
browse_chosen(const struct browse *b)
{
	return b->view.chosen < b->n_facts ? &b->facts[b->view.chosen] : NULL;
}
