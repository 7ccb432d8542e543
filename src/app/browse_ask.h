/*
 * browse_ask.h - what the browser asks the history for: a page of conversations or of messages found, and a look into
 * one. Asked on the UI thread, filled on the store's reading thread.
 */
#ifndef FLYNN_APP_BROWSE_ASK_H
#define FLYNN_APP_BROWSE_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "store/list.h"
#include "store/preview.h"
#include "store/search.h"
#include "store/worker.h"

/* Kinds of questions: a newer one of a kind ends the older one. */
enum {
	BROWSE_ASK_PAGE,
	BROWSE_ASK_PREVIEW,
	BROWSE_ASK_TITLES,
	BROWSE_ASK_RECENT, /* a page too: of the sidebar */
	BROWSE_ASK_MODELS, /* of the statistics page: pages/stats_ask.h */
	BROWSE_ASK_VOTES,  /* of the page of votes */
	BROWSE_ASK_END,    /* of a conversation that is being opened: app/glimpse.c */
	BROWSE_ASK_TAGS,   /* all names: app/tagging.c */
};

enum {
	BROWSE_PAGE_ROWS = 60,
	BROWSE_TITLES = 20,
};

/* Which rows of the list. Without words in its text the filters choose conversations; with words, messages are found. */
struct browse_page {
	struct store_question question; /* the first member, as in the other */
	uint64_t number;                /* the asker's */
	char *text;
	enum search_order order;
	size_t limit;
	bool is_first;
	struct list_key from; /* when it is not: where the page before ended, for a list, */
	int64_t next;         /* and for a search */

	bool is_search; /* which of these two was filled */
	struct list list;
	struct search search;
};

struct browse_look {
	struct store_question question;
	char *text;
	int64_t conversation, message; /* message: 0 for the whole */

	struct preview preview;
};

/* The same for conversations whose title has the words: a list. They are few, and follow the hits. */
struct browse_page *browse_titles_new(const char *text);

/* On the heap, to be filled in and given to store_ask, which takes it; else to be freed with question.free. The text is
 * copied. */
struct browse_page *browse_page_new(const char *text);
struct browse_look *browse_look_new(const char *text);

#endif
