/*
 * play.h - the real app and its real loop in this process, under a script for a terminal (term_script.h), with the
 * stand-in for a server.
 *
 * A script has these lines of ours besides those of term_script.h:
 *
 *	server go          lets one `wait` of the stand-in go on
 *	server down        no longer there; "up": there again, and asked at once
 *	server probe       asked for its health now, not later
 *	answered N         until the stand-in has played so many answers to their end
 *	keep               the frame that is shown; "as kept": until one is shown that is the same but for the bottom row, with the same
 *	                   looks and the same cursor
 *	left N             until a client has closed so many connections in mid-answer
 *	attach FILE        of the tests' folder, to the last prompt of the conversation in the focused pane; "attach FILE as
 *	                   NAME": under this name, as if it came from the history
 *	decoder WHAT       the decoder of pictures does so from now on (picture_stand_in.c); "missing": there is none
 *	disk WHAT          from now on, under the history (play_disk.h)
 *	file, files        files to be attached (play_files.h)
 *	plays N            so many ms of a replay pass, which have no other clock
 *	saved              until the history has done what it was told so far
 *	sent "TEXT"        until a request holds it, head or body; as it stands, without escapes
 */
#ifndef FLYNN_TESTS_PLAY_H
#define FLYNN_TESTS_PLAY_H

#include <stdbool.h>

#include "app/app.h"
#include "base/buf.h"
#include "tests/term_script.h"
#include "tui/grid.h"

struct play {
	const char *server; /* a script of demo/script.h */
	const char *script;
	const char *args;    /* words of a command line; {endpoint} is the stand-in's; NULL: -e {endpoint} */
	const char *seeks;   /* two paths on the stand-in that are tried instead of the default endpoints; NULL: one is configured */
	const char *config;  /* text of the configuration; {tests} is FLYNN_TESTS; NULL: there is none */
	const char *history; /* lines of play_history.h; NULL: flynn has none */
	int rows, cols;
	bool write; /* keep the screens, in `written` */
	/* Another terminal than a script's, which then may be NULL: made for an app that has none yet. It shows frames to
	 * the host. `ended`: flynn has ended, and this is its history (NULL: it has said that it could not save all). False,
	 * and why: it is not as it must be. Either may be NULL. */
	struct term *(*terminal)(void *arg, struct app *, const struct term_script_host *, struct err *);
	void (*begins)(void *arg, struct app *); /* or NULL: looks at it until the play has ended */
	bool (*ended)(void *arg, const char *history, struct buf *why);
	void (*frame)(void *arg, const struct grid *);
	/* Lines that a test has besides these, or NULL. */
	enum term_script_answer (*line)(void *arg, const char *line);
	void *arg;
};

/* Parts of a server's script: it is healthy and calls itself tiny; and what begins the answer to a chat request. */
#define PLAY_HEALTH                                                                                                    \
	"on GET /health\njson 200 {\"status\":\"ok\"}\n"                                                               \
	"on GET /props\n"                                                                                              \
	"json 200 {\"default_generation_settings\":{\"n_ctx\":4096},\"total_slots\":1,\"model_alias\":\"tiny\"}\n"
#define PLAY_CHAT PLAY_HEALTH "on POST /v1/chat/completions\n"

/* Once, before the first. */
void play_init(void);

/* False, and why: something did not hold. `written` may be NULL. */
bool play_run(const struct play *, struct buf *why, struct buf *written);

#endif
