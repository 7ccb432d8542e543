/*
 * import_tree.h - a conversation of another program, message by message, as the tree that flynn has.
 *
 * Other programs have messages that flynn has not: structure without text, calls of tools and what these gave, a thought by
 * itself. Such parts of one reply stand below each other; a line of them, with no branch in between, becomes one reply.
 */
#ifndef FLYNN_STORE_IMPORT_TREE_H
#define FLYNN_STORE_IMPORT_TREE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "chat/conversation.h"
#include "store/uuid.h"

enum {
	IMPORT_ID_SIZE = 32, /* of one that is a number, with its NUL */
};

/* An id, which may be a text or a number; NULL: it is neither. */
const char *import_id(const cJSON *, char room[IMPORT_ID_SIZE]);

struct import_node;

/* Zeroed to begin with. */
struct import_tree {
	struct import_node *nodes; /* in the order of the file */
	size_t n, space;
	const char *program,
	        *id; /* of the conversation there: the uuids of its messages are made of these and of their ids; or NULL */
};

/*
 * Adds a message. `parent`: the id of the one above it; NULL or an unknown one: it is at the top. `children`: a list of ids
 * that has those below it in their order, or NULL: the order of the file; borrowed. The ids are copied. The message is
 * taken; NULL: nothing is said there, and those below it follow the one above it.
 */
void import_tree_add(
        struct import_tree *, const char *id, const char *parent, const cJSON *children, struct message *takes);

/* A uuid that is the same for the same names: of a conversation there, and of a message in it (NULL: the conversation's own). */
void import_tree_uuid(char out[UUID_SIZE], const char *program, const char *conversation, const char *message);

/*
 * The conversation of all that was added. `leaf`: the id of the message that is shown last; NULL or unknown: the newest
 * one. A system message at the top becomes its system text. NULL: ERR_INCOMPLETE, `*message` is the number of the message
 * that is wrong, from 1.
 */
struct conversation *import_tree_build(struct import_tree *, const char *leaf, size_t *message, struct err *) MUST_USE;

void import_tree_release(struct import_tree *);

#endif
