/*
 * place.h - a temporary folder for one test, and a history in it.
 */
#ifndef FLYNN_TESTS_STORE_PLACE_H
#define FLYNN_TESTS_STORE_PLACE_H

#include "store/history.h"
#include "store/worker.h"

/* A folder of its own for the running test, and a path in it (the caller's to free). */
void place_make(void);
void place_remove(void);
char *place_path(const char *name);
bool place_has(const char *name);

/* Do two users of a history see each other's locks within one program (store/lock.h)? Else the test is skipped. */
bool place_has_two_users(void);

/* The place with all that is in it belongs to an ordinary user from now on, whom modes can stop, and this program is that
 * user until place_remove. */
void place_as_anyone(void);
void place_mode(const char *name, unsigned mode); /* "": of the folder */

/* The history.db of that folder. place_open ends the test program when it cannot be opened. */
struct history *place_open(void);
char *place_try(enum history_mode, struct history **); /* what opening it says, "" when it is open; to be freed */

/* The threads of a store with that history, and the prompts beside it. */
struct store *place_start(void);

/* The first column of the first row as text; "" for none. To be freed. */
char *place_query(struct history *, const char *sql);
void place_expect(struct history *, const char *sql, const char *want); /* the same, as a test */
void place_run(struct history *, const char *sql);

/* Damages the closed history, over a connection that may do anything; its search index, and the page that this table begins
 * at, which holds such bytes from now on. */
void place_damage(const char *sql);
void place_break_index(void);
void place_break_table(const char *name);
void place_fill_table(const char *name, int byte);

/* Whether SQLite finds nothing wrong with it, nor with its references. */
void place_check(struct history *);

#endif
