/*
 * conversation.h - a conversation: a tree of messages. Editing and regenerating add siblings, nothing is overwritten;
 * the path from the root to the current leaf is what the screen shows and a request sends.
 *
 * It owns its messages. It knows nothing of lines, panes, servers or files.
 */
#ifndef FLYNN_CHAT_CONVERSATION_H
#define FLYNN_CHAT_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "chat/message.h"
#include "chat/tags.h"
#include "llama/chat.h"
#include "llama/chat_order.h"
#include "llama/parameters.h"

enum {
	CONVERSATION_TITLE_MAX = 4096, /* bytes of one that comes from a file */
};

/* The origin of a conversation's title. */
enum title_by {
	TITLE_BY_PROMPT, /* its first prompt */
	TITLE_BY_MODEL,
	TITLE_BY_PERSON,
};

/* What is known of a conversation besides its messages. */
struct conversation_info {
	int64_t row;   /* its id in the history; 0: not there (yet) */
	char uuid[37]; /* "" while row is 0 */
	struct buf title;
	enum title_by titled;
	int64_t created_ms, updated_ms; /* Unix time */
	bool pinned, archived;
	struct parameters parameters; /* set for it by /set */
	struct buf preset;            /* the name of the one in use; "": none */
	struct tags tags;
};

struct conversation;

struct conversation *conversation_new(const char *system); /* system: copied; NULL or "": none */
void conversation_free(struct conversation *);

const char *conversation_system(const struct conversation *);            /* NULL: none */
void conversation_set_system(struct conversation *, const char *system); /* from the next request on; as above */

/* The caller may write to it, and says so with conversation_touch_info. */
struct conversation_info *conversation_info(struct conversation *);

/* Adds a message below `parent` (NULL: at the top) and makes it the leaf. Borrowed until it is removed. */
struct message *conversation_add(struct conversation *, struct message *parent, enum chat_role, const char *content);
/* The same with all that this message says; texts are shared with it (buf_share), not copied. */
struct message *conversation_add_copy(struct conversation *, struct message *parent, struct message *from);
/* Removes a message that has no children; the leaf goes to its parent. */
void conversation_remove(struct conversation *, struct message *);

/* Takes a message and all below it out of the tree; the leaf goes to a sibling's newest end, else to its parent. They
 * are kept, the last one deleted comes back first: to its old place, and the leaf with it. NULL: nothing to bring back. */
void conversation_delete(struct conversation *, struct message *);
struct message *conversation_undelete(struct conversation *);

/* Which of its siblings a message is, from 1, and of how many (itself counted); and the sibling so many places on, round
 * and round. */
size_t conversation_sibling_number(const struct conversation *, const struct message *, size_t *of);
struct message *conversation_sibling(const struct conversation *, const struct message *, int steps);

/* A conversation of its own from copies of the messages down to this one, which share their texts. */
struct conversation *conversation_fork(const struct conversation *, struct message *);

/* All of it but what is deleted, with the same ids, for another thread to read: texts are shared. */
struct conversation *conversation_copy(struct conversation *);

struct message *conversation_first(const struct conversation *); /* the first at the top; NULL: it is empty */
struct message *conversation_leaf(const struct conversation *);  /* NULL: the same */
void conversation_set_leaf(struct conversation *, struct message *);
struct message *conversation_last_reply(const struct conversation *); /* of the path, that has a text; NULL: there is none */

/* The message with this id, or with this row; NULL: there is none. */
struct message *conversation_find(const struct conversation *, uint64_t id);
struct message *conversation_find_row(const struct conversation *, int64_t row);

/* In the order of their ids, deleted ones too: the next after `m`, the first after NULL; NULL: that was the last. A parent
 * always comes before its children. */
struct message *conversation_next(const struct conversation *, const struct message *m);

/*
 * Changes since they were last taken, for whoever keeps a copy (the history). Adding, removing, deleting, another leaf
 * and another system text are noted by themselves; code that writes to a message or to the info says so with a touch. Taking
 * gives the changed messages one by one, new ones in the order of their ids; a message changed again is given again.
 */
void conversation_touch(struct conversation *, struct message *);
void conversation_touch_info(struct conversation *);
uint64_t conversation_changes(const struct conversation *); /* grows with every change */
bool conversation_is_changed(const struct conversation *);
struct message *conversation_take_changed(struct conversation *); /* NULL: no more */
uint64_t conversation_take_removed(struct conversation *);        /* the id of a message that is gone; 0: no more */
bool conversation_take_info(struct conversation *);               /* the info, system text or leaf changed */

/* The path to the leaf, the oldest first: an array of `*n` pointers, borrowed until the tree or the leaf changes. */
struct message *const *conversation_path(struct conversation *, size_t *n);
bool conversation_is_on_path(struct conversation *, const struct message *);
/* Since it had this number the path was only added to at its end. */
bool conversation_path_only_grew(const struct conversation *, uint64_t number);
/* Another one whenever the path is another; no other conversation's path ever has it. */
uint64_t conversation_path_number(struct conversation *);

/* The last summary on the path, or NULL; and whether a message of the path is muted. Asked for every frame: looked for only when
 * the path is another, or something changed. */
const struct message *conversation_last_summary(struct conversation *);
bool conversation_has_muted(struct conversation *);

/* The path as a request sends it, up to and including `last` (a message of the path): first one system message, which is the
 * system text and the summaries on the path; muted messages left out, replies with no text left out (but for `last`, which is to be continued, where it has a thought), and so are prompts that have no reply but another prompt behind them. Borrowed like the
 * path; good until a message of it changes. NULL: what the next request has before its prompt. */
const struct chat_message *conversation_request(struct conversation *, const struct message *last, size_t *n);

/* The same for a thread that sends it: texts are shared, not copied. To be freed; it has room for one more message. */
struct chat_order *conversation_order(struct conversation *, const struct message *last);

/* What both are made of: the messages, and the text of the system message (NULL: there is none). Borrowed as above. */
struct message *const *conversation_sent(
        struct conversation *, const struct message *last, size_t *n, struct buf **system);

#endif
