/*
 * browse_state.h - the browser's state while flynn runs. For the files of its family.
 */
#ifndef FLYNN_PAGES_BROWSE_STATE_H
#define FLYNN_PAGES_BROWSE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/list.h"
#include "store/query.h"
#include "store/search.h"
#include "tui/browser.h"

struct app;

/* The facts of a row that actions need. */
struct browse_fact {
	int64_t id, message;
	const char *title, *model;    /* the row owns them */
	int64_t created_ms, messages; /* of the whole, or when the message was written; 0: not known */
	bool pinned, archived;
	struct tags tags; /* the row's */
};

struct browse {
	struct browser view;
	struct browse_fact *facts; /* one for each row of the view */
	size_t n_facts, space;

	char *asked;             /* the text of the last question; NULL: none was asked */
	enum search_order order; /* of what is found */
	uint64_t number;         /* of that question */
	int64_t waiting_ms;      /* since when its answer is waited for; 0: it is here */
	struct query query;      /* the search */
	struct err wrong;        /* why what is typed asks for nothing; ERR_NONE: it does */
	struct err failed;       /* why there is no answer */
	bool is_search, ranked, more;
	bool lacks;           /* the history may not have yet all that was there when it was opened */
	int64_t opened_ms;
	struct list_key from; /* where the next page begins */
	int64_t next;

	int64_t looked_at, looked_message; /* the row that the preview was asked for */
	int64_t wanted;                    /* to be chosen when it is listed; 0: none */

	int64_t edited;  /* while its title or its tags are in the input; else 0 */
	bool edits_tags; /* which of them */
	char *set_aside; /* meanwhile: what was looked for */
	int64_t deleted; /* last, to be brought back; 0: none */
};

struct browse *browse_state(const struct app *);

#endif
