/*
 * json_pieces.h - a JSON file read piece by piece, so that a file of any size needs the memory of its largest piece. Two
 * shapes are known:
 *
 * One object with one long list in it, whose first member has one of the names that are given: its members, and each
 * element of the list by itself.
 *
 * Anything else: one value after another, with white space or nothing between them (JSON Lines, or several files in a
 * row); of a list each element by itself.
 */
#ifndef FLYNN_STORE_JSON_PIECES_H
#define FLYNN_STORE_JSON_PIECES_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "store/json_data.h"

enum json_piece {
	PIECE_MEMBER,  /* name and value */
	PIECE_LIST,    /* the list begins */
	PIECE_ELEMENT, /* of the list: value */
	PIECE_VALUE,   /* of the other shape */
	PIECE_END,     /* the object, or the last value, has ended, and the file with it */
	PIECE_WRONG,   /* the err says what and where */
};

struct json_pieces {
	FILE *file;
	const char *path; /* for store/overdue.h, where the file is on a disk; else NULL */
	char *ahead;      /* bytes of the file that were read, */
	size_t n_ahead, taken;
	bool ended;               /* more was wanted than there is */
	const char *const *names; /* of the object's members; NULL after the last, which is the list's */
	int64_t at;               /* bytes taken so far */
	struct buf text, name;
	cJSON *value;
	struct json_data data; /* of the element's attachments */
	struct json_place place;
	bool too_long;
	bool in_list;  /* the value is an element of the list */
	bool is_other; /* the file is of the second shape */
	bool has_name; /* the name of the object's first member was read */
	int next;      /* what is expected there: json_pieces.c knows */
};

/* `name` of the file and the names of the members are borrowed; `max`: bytes of one piece. */
void json_pieces_init(struct json_pieces *, FILE *, const char *name, const char *const *names, size_t max);
void json_pieces_release(struct json_pieces *);

/* The value is borrowed until the next call, or until json_pieces_drop. Errors name the byte of the file, from 1, and have no name of the file. */
enum json_piece json_pieces_next(struct json_pieces *, struct err *) MUST_USE;
void json_pieces_drop(struct json_pieces *); /* the value, which may be large, but not its data */

#endif
