/*
 * keymap.h - which keys do what, where. The default keys are text that is read here, as the user's are:
 *
 *     bind CONTEXT KEY [KEY] ACTION
 *     unbind CONTEXT KEY [KEY]
 *
 * CONTEXT is where the keyboard is: `composer`, `transcript`, `help`, `browser`, `find`, `found`. What they have no
 * binding of their own for is looked up in `line` where a line of text is written (composer, browser, find), then in
 * `anywhere`. A later line wins. Blank lines and lines that begin with # say nothing.
 */
#ifndef FLYNN_TUI_KEYMAP_H
#define FLYNN_TUI_KEYMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "tui/action.h"
#include "tui/key.h"

/* Where, its name in `bind` lines, and whether text is written there. */
#define KEY_CONTEXTS(X)                                                                                                \
	X(COMPOSER, "composer", true)                                                                                  \
	X(TRANSCRIPT, "transcript", false)                                                                             \
	X(HELP, "help", false)                                                                                         \
	X(BROWSER, "browser", true) /* all conversations */                                                            \
	X(FIND, "find", true)       /* what to find in this one */                                                     \
	X(FOUND, "found", false)    /* going from hit to hit */                                                        \
	X(LINE, "line", false)                                                                                         \
	X(ANYWHERE, "anywhere", false)

enum key_context {
#define X(context, name, line) CONTEXT_##context,
	KEY_CONTEXTS(X)
#undef X
};

bool keymap_is_line(enum key_context);

enum {
	KEYMAP_KEYS_MAX = 2, /* of one binding, pressed one after the other */
};

struct binding {
	enum key_context context;
	struct key keys[KEYMAP_KEYS_MAX];
	size_t n_keys;
	const struct action *action;
};

struct keymap {
	const struct action *actions; /* that may be bound; borrowed */
	size_t n_actions;
	struct binding *bindings; /* in the order they were first bound */
	size_t n, space;
};

void keymap_init(struct keymap *, const struct action *, size_t n);
void keymap_release(struct keymap *);

/* Reads `bind` lines. False, with ERR_CONFIG and `name:line: …`: what stood before that line holds. */
bool keymap_read(struct keymap *, const char *text, const char *name, struct err *) MUST_USE;

enum keymap_match {
	KEYMAP_NOTHING,
	KEYMAP_BEGINNING, /* of a binding: wait for the next key */
	KEYMAP_ACTION,
};

enum keymap_match keymap_find(
        const struct keymap *, enum key_context, const struct key *keys, size_t n, const struct action **);

/* Appends the keys as help says them that do the action of this name while the keyboard is there, the first of its
 * bindings. False: it has none. */
bool keymap_say_action(const struct keymap *, enum key_context, const char *name, struct buf *);

/* The binding as a line that keymap_read reads; the keys as help says them: "Ctrl+X Ctrl+E". */
void keymap_print(const struct binding *, struct buf *);
void keymap_say_keys(const struct binding *, struct buf *);

#endif
