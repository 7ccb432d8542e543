/*
 * saving.h - a saver from inside, for saver.c and saver_take.c: its struct, and what the history lacks of the
 * conversation.
 */
#ifndef FLYNN_STORE_SAVING_H
#define FLYNN_STORE_SAVING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "chat/conversation.h"
#include "store/saver_told.h"

/* What the history has of the conversation, besides its messages. */
struct told_info {
	struct buf title, system, preset;
	struct parameters parameters;
	struct tags tags; /* as far as this flynn knows */
	enum title_by titled;
	bool pinned, archived;
	uint64_t leaf;
};

struct saver {
	uint64_t handle;
	struct saver_told_list list;
	struct told_info info;
	bool has_row, info_due;
	struct buf draft, told_draft;
	uint64_t seen, told_seen;
	int64_t seen_line, told_line;
	bool on_its_way, carries_words; /* a save; and more in it than leaf and place */
	int64_t taken_ms;               /* the last save */
	int64_t whole_ms;               /* the last save that came back with all that was new when it was taken */
	int took_ms;                    /* a save of late, until it was written; a guess while none is `timed` */
	bool timed;
	int64_t due_ms; /* what is new; 0: nothing is, as far as was asked */
	bool at_once;   /* … though a save has just come back */
};

/* Moves the conversation's list of changes into ours. */
void saving_drain(struct saver *, struct conversation *);

bool saving_draft_is_due(const struct saver *);
bool saving_place_is_due(const struct saver *);
/* Whether anything is to be saved; a place, a title and a leaf do not count in a conversation without messages. */
bool saving_has_news(const struct saver *, const struct conversation *);

/* Which of SAVE_TITLE, _SYSTEM, _MARKS, _LEAF, _PARAMETERS, _PRESET and _TAGS differ in the history, or are not there. */
unsigned saving_differences(const struct saver *, struct conversation *);

uint64_t saving_id_of(const struct message *); /* 0 for NULL */

/* A number for what is counted of a reply on its way: the same for the same, others for others but by chance. */
unsigned saving_counts(const struct chat_usage *, int64_t thought_tokens, int64_t thought_ms);

/* Texts where NULL is "". */
void saving_set_text(struct buf *to, const char *text);
bool saving_is_text(const struct buf *, const char *text);

#endif
