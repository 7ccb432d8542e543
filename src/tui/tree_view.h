/*
 * tree_view.h - the view of a whole conversation: a row for each message, on every branch. What follows a message alone
 * stands below it without being indented. Only where several do, each begins a branch, and what is below all but the last
 * of them is indented: so a long conversation with many a second try stays readable.
 *
 * The rows are pointers to messages, whose texts are looked at when they are drawn. The conversation may be another one
 * whenever something was done to it: tree_view_update comes before anything else then.
 */
#ifndef FLYNN_TUI_TREE_VIEW_H
#define FLYNN_TUI_TREE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "chat/conversation.h"
#include "text/find.h"
#include "tui/grid.h"

#define TREE_NO_ROW ((size_t)-1)

/* What tree_view.c, which makes the rows, and tree_view_draw.c, which draws them, have in common. */
struct tree_row {
	struct message *message;
	size_t branch; /* the row that begins the branch it is in (itself, if it begins one); TREE_NO_ROW: it is in none */
	size_t outer; /* of a row that begins one: the branch around that */
	size_t below; /* messages that are folded away below it */
};

struct tree_note; /* what is known of a message, by its id */

/* Zeroed to begin with. */
struct tree_view {
	struct conversation *conversation;
	struct tree_row *rows;
	size_t n, space;
	size_t messages;   /* folded ones too */
	bool hides_errors; /* why replies failed is not told */
	struct tree_note *notes;
	size_t n_notes;
	uint64_t chosen_id;
	size_t chosen, top, page; /* rows; top and page as of the last tree_view_draw */
	const struct find *marks; /* words that stand out; borrowed; NULL: none */
};

void tree_view_release(struct tree_view *);

/* Another conversation, with nothing folded and this message chosen (NULL: none). */
void tree_view_show(struct tree_view *, struct conversation *, const struct message *);
/* The same one, which may have changed: what was chosen stays so, or else what has its place. */
void tree_view_update(struct tree_view *);

struct message *tree_view_chosen(const struct tree_view *);        /* NULL: there is none */
void tree_view_choose(struct tree_view *, const struct message *); /* unfolds what hides it */
void tree_view_move(struct tree_view *, long rows);

bool tree_view_is_folded(const struct tree_view *, const struct message *);
bool tree_view_is_on_path(const struct tree_view *, const struct message *);
void tree_view_fold(struct tree_view *, bool folded); /* what is below the chosen one */

/*
 * The next message in the order of the rows, folded ones too, that `holds` says yes to; round and round, the chosen one
 * the last. NULL: there is none.
 */
struct message *tree_view_find(
        const struct tree_view *, bool backwards, bool (*holds)(const struct message *, void *arg), void *arg);

/* How the name of a model is shown. */
struct tree_names {
	const char *(*shown)(const void *arg, const char *name);
	const void *arg;
};

/* Draws what is in view, the chosen row among it, and puts the grid's cursor there. */
void tree_view_draw(struct tree_view *, struct grid *, struct rect, const struct tree_names *);

#endif
