/*
 * browse_ask.c - the functions that run on the store's reading thread. They share nothing with the screen but the question.
 */
#include "app/browse_ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/query.h"

/* Asked again after it was halted: frees the partial answer first. */
static bool
fill_page(struct history *h, struct browse_page *p, const struct query *query, struct err *err)
{
	struct search_request search = {
	        .query = query, .order = p->order, .from = p->is_first ? 0 : p->next, .limit = p->limit};
	struct list_request list = {
	        .query = query, .from = p->is_first ? NULL : &p->from, .way = LIST_DOWN, .limit = p->limit};

	search_release(&p->search);
	list_release(&p->list);
	p->is_search = query->words.n > 0 && p->question.kind == BROWSE_ASK_PAGE;
	return p->is_search ? search_page(h, &search, &p->search, err) : list_page(h, &list, &p->list, err);
}

static bool
ask_page(struct history *h, struct store_question *question, struct err *err)
{
	struct browse_page *p = (struct browse_page *)question;
	struct query query;
	bool good = query_parse(&query, p->text, strlen(p->text), err) && fill_page(h, p, &query, err);

	query_release(&query);
	return good;
}

static void
free_page(struct store_question *question)
{
	struct browse_page *p = (struct browse_page *)question;

	search_release(&p->search);
	list_release(&p->list);
	free(p->text);
	free(p);
}

struct browse_page *
browse_page_new(const char *text)
{
	struct browse_page *p = mem_alloc(sizeof(*p));

	p->question = (struct store_question){.kind = BROWSE_ASK_PAGE, .ask = ask_page, .free = free_page};
	p->text = mem_strdup(text);
	return p;
}

struct browse_page *
browse_titles_new(const char *text)
{
	struct browse_page *p = browse_page_new(text);

	p->question.kind = BROWSE_ASK_TITLES;
	p->is_first = true;
	p->limit = BROWSE_TITLES;
	return p;
}

static bool
ask_look(struct history *h, struct store_question *question, struct err *err)
{
	struct browse_look *l = (struct browse_look *)question;
	struct query query;
	bool good;

	preview_release(&l->preview);
	good = query_parse(&query, l->text, strlen(l->text), err) &&
	       preview_load(h, l->conversation, l->message, &query.words, &l->preview, err);
	query_release(&query);
	return good;
}

static void
free_look(struct store_question *question)
{
	struct browse_look *l = (struct browse_look *)question;

	preview_release(&l->preview);
	free(l->text);
	free(l);
}

struct browse_look *
browse_look_new(const char *text)
{
	struct browse_look *l = mem_alloc(sizeof(*l));

	l->question = (struct store_question){.kind = BROWSE_ASK_PREVIEW, .ask = ask_look, .free = free_look};
	l->text = mem_strdup(text);
	return l;
}
