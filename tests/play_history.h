/*
 * play_history.h - a history for a play, out of lines:
 *
 *	conversation AGO [pinned] [archived] TITLE
 *	                   one more; AGO is how long since it changed: 5m, 3h, 2d
 *	system TEXT        its system prompt
 *	preset NAME        its preset
 *	tags NAMES         its tags
 *	user TEXT          a message at its end, sent AGO
 *	attached NAME      a file of the message before: a text that is its name
 *	thought TEXT       the reasoning of the next reply
 *	reply TEXT
 *	model NAME         of the reply before, which the server of the play gave
 *	usage JSON         the same; "timings JSON", "state NAME"
 *	dying TEXT         a reply that its flynn was ended in
 *	kept N TEXT        the same; its server keeps what is behind its N-th byte, as 0a1b2c3d-0000-4000-8000-00000000000f
 *	waiting TEXT       a prompt that waits for the reply to end
 *	draft TEXT         what was being typed; the last of these lines
 *	seen N PLACE       its N-th message was being read from this place on: bytes of its text, from 1; 0: its start
 *	below N            the next message goes below its N-th one, not to the end; 0: to the top
 *	many N             so many conversations "Number 1" to "Number N", of one message each, each a minute older than the
 *	                   one before
 *	open               flynn begins with the last one; else with a new conversation
 *	layout TEXT        flynn begins with these panes (app/restore.h); conversations are 1, 2 and so on
 *	fresh              but with a new conversation all the same, as flynn --new does
 *	file damaged       its file is no database any more; the last line of all
 *	file newer         it is of a newer flynn; the same
 *	disk WHAT          what is wrong with the disk when flynn begins (play_disk.h); the same
 *
 * In TEXT and TITLE, \n is a line feed, \t a tab and \e an escape.
 */
#ifndef FLYNN_TESTS_PLAY_HISTORY_H
#define FLYNN_TESTS_PLAY_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum {
	PLAY_HISTORY_PANES = -2,
};

/* Makes the file. `endpoint`: where the replies that are kept come from. `*open` is the row to begin with, 0: none; PLAY_HISTORY_PANES: what it says itself. */
bool play_history_make(const char *path, const char *lines, const char *endpoint, int64_t *open, struct err *) MUST_USE;

#endif
