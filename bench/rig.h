/*
 * rig.h - a program on a pseudo-terminal, and the llama-server it talks to, both in the hands of one thread: what is
 * sent here and what arrives there is told by one clock, in nanoseconds of clock_ns().
 *
 * A token is four letters and a space. Its letters say its number, and differ, all four, from those which stand above
 * and below it on the screen: so ncurses cannot leave any out, and it is found in the bytes of the terminal as it is.
 */
#ifndef FLYNN_BENCH_RIG_H
#define FLYNN_BENCH_RIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "byte_kinds.h"

enum {
	RIG_TOKENS_MAX = 20000,
	RIG_CONNECTIONS_MAX = 48,
	RIG_CHATS_MAX = 16,
	RIGS_MAX = 4, /* that are served at once */
};

struct rig_connection {
	int fd; /* -1: none */
	struct buf in;
	bool chat; /* the reply streams over this one */
};

struct rig {
	pid_t pid;
	int master, listener;
	int rows, cols;           /* of the terminal; 0: 24 and 80 */
	size_t panes;             /* that replies stream into, in turn; 0: one */
	int chat;                 /* the socket of the reply that is written, or -1 */
	int chats[RIG_CHATS_MAX]; /* those of all replies, in the order of their requests; -1: it was closed */
	struct rig_connection connections[RIG_CONNECTIONS_MAX];
	bool deaf; /* the terminal reads nothing */
	bool slow; /* the program runs under another one: it is waited for longer */

	int64_t width;   /* bytes a millisecond that the line to the terminal carries; the rest waits. 0: all */
	struct buf line; /* what waits */
	int64_t moved_ns;

	int64_t started_ns;
	int64_t first_ns;         /* the first character on the screen */
	int64_t request_ns;       /* the last chat request arrived, whole */
	int64_t left_ns;          /* the program closed the reply's connection */
	size_t requests, probes;  /* chat requests; anything else that was asked */
	size_t bytes;             /* that the terminal was sent */
	struct byte_kinds *kinds; /* that they are added to; borrowed, NULL: none */

	char key;       /* that is awaited on the screen; 0: none, or it has come */
	int64_t key_ns; /* when it came */

	const char *word; /* without a space, awaited on the screen; NULL: none, or it has come */
	size_t word_seen; /* so much of it */
	int64_t word_ns;  /* when it came */

	size_t sent, seen;
	int64_t sent_ns[RIG_TOKENS_MAX], seen_ns[RIG_TOKENS_MAX]; /* 0: not seen */

	/* the terminal's bytes, as far as they matter */
	int state;
	size_t letters;
	char token[4];
};

enum {
	RIG_WORDS_MAX = 8,
};

/* Starts `program`, these words after it (up to a NULL) and the endpoint last. Where `word` is set it is awaited from the
 * first byte on; the terminal's size, the number of panes and `slow` are kept, the rest of the rig is rebuilt. False:
 * it could not be started. */
bool rig_start(struct rig *, const char *program, const char *const *words);
void rig_stop(struct rig *); /* Ctrl+Q, and waits for its end */

/* Serves both sides until that time; those of several programs. */
void rig_run(struct rig *, int64_t until_ns);
void rig_run_all(struct rig *const *, size_t n, int64_t until_ns);
/* The same until *ns is not 0; false after two seconds, or a minute of a slow one. */
bool rig_await(struct rig *, const int64_t *ns);

int64_t rig_type(struct rig *, const char *bytes); /* returns when */

/* Types, and serves until the screen was sent this word: returns how long that took, in ms; below 0: it was not. */
double rig_type_for(struct rig *, const char *bytes, const char *word);

/* Types a prompt, waits for the request, and begins the reply; false when none came. */
bool rig_ask(struct rig *);

/* The reply: its head, one more token, its end. */
void rig_begin(struct rig *);
void rig_progress(struct rig *); /* the server says that it has read the prompt */
void rig_token(struct rig *);
size_t rig_line_end(struct rig *); /* makes the line wide again; returns how many bytes waited */
/* One with something around it, and one that is not looked for, sent as soon as there is room for it: as they stand in
 * JSON. */
void rig_token_in(struct rig *, const char *before, const char *after);
void rig_say(struct rig *, const char *text);
void rig_end(struct rig *);

/* With several panes: begins all replies, sends the next token to the pane whose turn it is, and ends them. */
void rig_begin_all(struct rig *);
void rig_token_in_turn(struct rig *);
void rig_end_all(struct rig *);

void rig_spell(const struct rig *, size_t token, char word[static 4]);

#endif
