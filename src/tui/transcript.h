/*
 * transcript.h - the view of a conversation: the path to its leaf, wrapped to the width it has here.
 *
 * Only what is looked at is laid out, and a growing reply from its last line on; a long text that was not read so far is
 * read in several frames, and what is after it is looked at when it is there. The view is held by a place in the
 * text, never by a count of rows: it follows the end, or it stands where the reader left it while text grows below.
 */
#ifndef FLYNN_TUI_TRANSCRIPT_H
#define FLYNN_TUI_TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "chat/session.h"
#include "tui/grid.h"
#include "tui/hits.h"
#include "tui/message_rows.h"

/* A row of the view: a message of the path and a row of its layout, as message_rows.h numbers them. */
struct place {
	size_t message;
	uint64_t row;
};

/* The same, whatever the width is. */
struct place_in_text {
	size_t message;
	struct spot spot;
};

/* Keys as help says them, for the words that name them; borrowed; NULL: there is none. */
struct transcript_keys {
	const char *retry;     /* the last reply again */
	const char *go_on;     /* it goes on where it was cut short */
	const char *send;      /* what is in the composer */
	const char *end;       /* back to the end */
	const char *begin;     /* a new conversation */
	const char *compact;   /* the conversation is summed up */
	const char *on_server; /* no key: who else gives more context; never NULL where that is short */
};

/* What stands at the top of the view for whoever keeps it: by the message's id; 0: the view follows the end. */
struct transcript_place {
	uint64_t message;
	struct spot spot;
};

enum {
	TRANSCRIPT_COUNT_MAX = 2000, /* rows below the view that are counted */
};

struct transcript {
	struct session *session;
	struct message_rows *
	        *messages; /* of each message of the path: NULL until it is looked at (transcript_message) */
	uint64_t *ids;     /* and its id */
	size_t n, space;
	uint64_t path;         /* the number of the path that they are of */
	int rows, width, cols; /* as of the last layout: of the view, and the columns that text has */
	bool follow;
	bool statistics;             /* below each reply */
	bool hides_errors;           /* why replies failed is not told */
	bool unfolded, was_unfolded; /* reasoning is shown; it was, when last laid out; */
	struct folds {
		uint64_t *ids; /* of messages */
		size_t n;
	} thoughts,                /* but not of these, or of these only */
	        texts;             /* of which only the first rows are shown, where they are long */
	bool refolded;             /* one of them is another since the last layout */
	bool raw, was_raw;         /* replies are shown as raw text; the same */
	bool bare, was_bare;       /* nothing but texts, for the terminal's own selection; nothing moves meanwhile */
	unsigned sequences;        /* that the terminal drew as one at the last layout */
	bool bare_followed;        /* the view followed the end before */
	struct place top;          /* the first row shown */
	struct spot held;          /* what it begins with: finds the row again when the layout is another */
	struct place_in_text seen; /* the last row that was ever shown, */
	bool has_seen;             /* once there is one */
	size_t below,
	        fresh; /* rows below the last one shown, TRANSCRIPT_COUNT_MAX of them or more; those never shown */
	bool counted;  /* both of them, as of this version of the session */
	uint64_t counted_version;
	struct transcript_place wanted; /* to be gone to with the next layout; message 0: nowhere */
	int failure_rows;               /* that the error of a prompt which went back takes */
	uint64_t cursor;                /* the message with the message cursor, by its id; 0: there is no cursor */
	size_t cursor_at;               /* the same by its index in the path */
	size_t part_start, part_end; /* of its text, as spots have them: that the cursor is at; end 0: at all of it */
	struct hits *hits;           /* marked; as of this path (hits_update); borrowed; NULL: nothing is */
	struct hit here;             /* the one of them that is gone to; none, when there is no such one */
	struct transcript_keys keys;
	struct code_colours *colours;    /* for the colours of code; borrowed; NULL: it is plain */
	struct picture_source *pictures; /* of prompts; borrowed; NULL: they are not drawn */
	int picture_rows;                /* that each may have */
	size_t *budget;   /* for texts that were not read so far (text/pieces.h); borrowed; NULL: no bound */
	const char *hint; /* shown while there is nothing else; borrowed, cleaned; NULL: nothing */
};

void transcript_init(struct transcript *, struct session *);
void transcript_release(struct transcript *);
void transcript_size(struct transcript *, int rows, int cols); /* that the first layout will probably have */

/* Brings the layout up to date with the session, for a view of this size. Before transcript_draw. */
void transcript_layout(struct transcript *, int rows, int cols);
/*
 * The same without a frame, for a view as large as it was: messages of the path, the row at the top and the cursor are
 * those of the session as it is now. Several keys may come before the next frame, and each may change the path. All that
 * moves the view settles it first; who has an index of the path got it since.
 */
void transcript_settle(struct transcript *);
void transcript_draw(const struct transcript *, struct grid *, struct rect);

void transcript_scroll(struct transcript *, long rows); /* negative: up */
void transcript_end(struct transcript *);               /* to the end, and follow it */
void transcript_start(struct transcript *);
/* What stands at the top; and putting it there again, before anything else is done to the view. A message that is not on the path is not found,
 * and the view stays. What is there in a view that has shown nothing so far is no news. */
void transcript_place(struct transcript *, struct transcript_place *);
void transcript_go(struct transcript *, struct transcript_place);

void transcript_show_raw(struct transcript *); /* replies as raw text, or as Markdown */

struct place transcript_place_of(const struct transcript *, struct place_in_text);
/* The rows that messages have: a failure, or the mark while the view does not follow, has its own. */
int transcript_text_rows(const struct transcript *);
/* The words on a prompt that is in the composer again, or that has an older reply; to be freed. */
char *transcript_failure_words(const struct transcript *);
/* Puts this row at the top, as far as there is enough below it. */
void transcript_set_top(struct transcript *, struct place);

void transcript_set_bare(struct transcript *, bool bare);

/* ---- transcript_rows.c ---- */

struct message_rows *transcript_message(const struct transcript *, size_t message); /* as it was laid out last */
/* The rows that a message of the path has, the space one after it included. */
size_t transcript_rows_of(const struct transcript *, size_t message, size_t most); /* as far as there are `most` */
/* Rows from one place down to another, as far as there are `most`. */
size_t transcript_rows_between(const struct transcript *, struct place from, struct place to, size_t most);
struct place transcript_first_row(const struct transcript *, size_t message);
bool transcript_is_before(struct place, struct place);
/* A place so many rows on (negative: back), as far as there are any; how many it went. */
long transcript_move(const struct transcript *, struct place *, long rows);
/* Has the text been read up to there? */
bool transcript_reaches(const struct transcript *, struct place_in_text);

/* ---- transcript_fold.c ---- */

void transcript_fold(struct transcript *); /* shows all reasoning, or none */
/* Shows one message's, or folds it away, whatever is done with the others. */
void transcript_fold_message(struct transcript *, uint64_t id);
bool transcript_is_unfolded(const struct transcript *, uint64_t id);
/* The same for its text, which is shown whole unless it is folded. */
void transcript_fold_text(struct transcript *, uint64_t id);
bool transcript_is_folded(const struct transcript *, uint64_t id);
void transcript_folds_release(struct transcript *);

/* What is in this part is to be seen. */
void transcript_unfold(struct transcript *, uint64_t id, enum spot_part);

/* ---- transcript_hits.c ---- */

/* Scrolls to it, unless it is in view. */
void transcript_show_hit(struct transcript *, const struct hit *);

void transcript_show_place(struct transcript *, struct place); /* the same for any row */

bool transcript_is_below(const struct transcript *, struct place); /* the view */

/* The same for places in texts: however many are asked for, nothing has to be laid out. */
bool transcript_text_is_above(const struct transcript *, struct place_in_text);
bool transcript_text_is_below(const struct transcript *, struct place_in_text);

/* The first one that is at the top of the view or below it, else the last; false: there is none. */
bool transcript_hit_in_view(const struct transcript *, struct hit *);
bool transcript_hides(const struct transcript *, const struct hit *); /* in what is folded away */

void transcript_mark_row(const struct transcript *, struct place, struct grid *, struct rect line);
bool transcript_has_marks(const struct transcript *, size_t message);

/* ---- transcript_cursor.c ---- */

/*
 * The message cursor: a mark beside one message, and the grid's cursor on it. It stays at its message whatever arrives;
 * while that is not the last one, the view does not follow the end if that would move it. When the message is gone,
 * transcript_layout puts the cursor on the one that has its place, or removes it.
 */
bool transcript_cursor_start(
        struct transcript *); /* at the last message that begins in the view; false: there is none */
void transcript_cursor_stop(struct transcript *);
void transcript_cursor_put(struct transcript *, size_t message); /* of the path, if there is; the view stays */

/* Only while there is a cursor. A message that is taller than the view is gone through by pages first. */
void transcript_cursor_next(struct transcript *);
void transcript_cursor_previous(struct transcript *);
void transcript_cursor_first(struct transcript *);
void transcript_cursor_last(struct transcript *);

/* To a part of a message's text: bytes as spots have them. */
void transcript_cursor_to_part(struct transcript *, size_t message, size_t start, size_t end);

void transcript_cursor_show(struct transcript *); /* scrolls to it */
/* The view was scrolled: the cursor goes to a message that is shown. */
void transcript_cursor_keep(struct transcript *);

#endif
