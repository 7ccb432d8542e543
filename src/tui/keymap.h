/*
 * keymap.h - which keys do what, where. The default keys are text that is read here, as the user's are (tui/rebind.h):
 *
 *     bind CONTEXT KEY [KEY] ACTION
 *     unbind CONTEXT KEY [KEY]
 *
 * CONTEXT is where the keyboard is: a name of KEY_CONTEXTS, such as `composer`, `transcript`, `browser`.
 * What they have no binding of their own for is looked up in `line` where a line of text is written, then in
 * `anywhere`. A key that is unbound does nothing there, whatever it does in `line` or `anywhere`. A later line wins, also
 * over bindings that begin with its keys, or that its keys begin with. Blank lines and lines that begin with # say
 * nothing.
 */
#ifndef FLYNN_TUI_KEYMAP_H
#define FLYNN_TUI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "tui/action.h"
#include "tui/key.h"

/* Where, its name in `bind` lines, whether text is written there, and what help calls it. The last two are no places. */
#define KEY_CONTEXTS(X)                                                                                                \
	X(COMPOSER, "composer", true, "In the input")                                                                  \
	X(TRANSCRIPT, "transcript", false, "In the messages")                                                          \
	X(ADDRESS, "address", false, "Choosing a link")                                                                \
	X(BARE, "bare", false, "In the bare view")                                                                     \
	X(HELP, "help", false, "In the help")                                                                          \
	X(CONTEXT, "context", false, "In the list of what is in the context")                                          \
	X(LOG, "log", false, "In the network log")                                                                     \
	X(VOTES, "votes", false, "On the page of votes")                                                               \
	X(REQUEST, "request", false, "In the last request")                                                            \
	X(DIFF, "diff", false, "In a comparison")                                                                      \
	X(LENS, "lens", false, "In the token lens")                                                                    \
	X(REPLAY, "replay", false, "While a conversation is played again")                                             \
	X(STATS, "stats", false, "In the statistics")                                                                  \
	X(SIDEBAR, "sidebar", false, "In the sidebar")                                                                 \
	X(MODELS, "models", true, "In the list of models")                                                             \
	X(PARAMETERS, "parameters", true, "In the list of parameters")                                                 \
	X(PARAMETER_EDIT, "parameter-edit", true, "Changing a parameter")                                              \
	X(SAMPLERS, "samplers", false, "In the list of samplers")                                                      \
	X(REPLY_PARAMETERS, "reply-parameters", true, "In the parameters of a reply")                                  \
	X(CHOICES, "choices", true, "In the list of presets or prompts")                                               \
	X(BROWSER, "browser", true, "In the search of all conversations")                                              \
	X(FIND, "find", true, "Typing a search")                                                                       \
	X(FOUND, "found", false, "Going through the hits")                                                             \
	X(RECALL, "recall", true, "Searching earlier prompts")                                                         \
	X(TREE, "tree", false, "In the tree")                                                                          \
	X(TREE_FIND, "tree-find", true, "Typing a search in the tree")                                                 \
	X(PALETTE, "palette", true, "In the palette")                                                                  \
	X(LINE, "line", false, "In any line of text")                                                                  \
	X(ANYWHERE, "anywhere", false, "Anywhere")

enum key_context {
#define X(context, name, line, heading) CONTEXT_##context,
	KEY_CONTEXTS(X)
#undef X
	        N_CONTEXTS
};

bool keymap_is_line(enum key_context);
bool keymap_is_place(enum key_context); /* the keyboard may be there; not so `line` and `anywhere` */
const char *keymap_context_name(enum key_context);
const char *keymap_heading(enum key_context);

enum {
	KEYMAP_KEYS_MAX = 2, /* of one binding, pressed one after the other */
	KEYMAP_BEGUN = 512,
};

struct binding {
	enum key_context context;
	struct key keys[KEYMAP_KEYS_MAX];
	size_t n_keys;
	const struct action *action; /* NULL: they do nothing there */
	int line;                    /* of the user's configuration; 0: a default */
};

struct keymap {
	const struct action *actions; /* that may be bound; borrowed */
	size_t n_actions;
	struct binding *bindings; /* in the order they were first bound */
	size_t n, space;
	unsigned char begun
	        [KEYMAP_BEGUN]; /* a bit for some contexts and first keys: none of the bindings begins so, where it is 0 */
};

void keymap_init(struct keymap *, const struct action *, size_t n);
void keymap_copy(struct keymap *to, const struct keymap *from); /* `to` is made */
void keymap_release(struct keymap *);

/* Reads `bind` lines. False, with ERR_CONFIG and `name:line: …`: what stood before that line holds. */
bool keymap_read(struct keymap *, const char *text, const char *name, struct err *) MUST_USE;

/* One such line, taken apart; it says something. False, with ERR_CONFIG. */
bool keymap_parse(const struct keymap *, const char *line, struct binding *, struct err *) MUST_USE;
void keymap_bind(struct keymap *, const struct binding *);

/* They cannot stand beside each other: in the same context, and the keys of one begin with those of the other. */
bool keymap_are_rivals(const struct binding *, const struct binding *);

enum keymap_match {
	KEYMAP_NOTHING,
	KEYMAP_UNBOUND,   /* nothing, whatever other contexts say */
	KEYMAP_BEGINNING, /* of a binding: wait for the next key */
	KEYMAP_ACTION,
};

enum keymap_match keymap_find(
        const struct keymap *, enum key_context, const struct key *keys, size_t n, const struct action **);

/* By which keys the action of this name is done while the keyboard is there: the user's own, else the first of its
 * bindings. NULL: it has none. */
const struct binding *keymap_binding(const struct keymap *, enum key_context, const char *name);

/* Appends those keys as help says them. False: it has none. */
bool keymap_say_action(const struct keymap *, enum key_context, const char *name, struct buf *);

/* The binding as a line that keymap_read reads; the keys as help says them: "Ctrl+X Ctrl+E". */
void keymap_print(const struct binding *, struct buf *);
void keymap_say_keys(const struct binding *, struct buf *);

#endif
