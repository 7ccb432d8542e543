/*
 * pictures.h - attached pictures as cells: each is decoded once per size, by a program of its own (system/picture_program.h), one at a
 * time, and while that lasts everything else goes on.
 */
#ifndef FLYNN_APP_PICTURES_H
#define FLYNN_APP_PICTURES_H

struct app;
struct picture_source;

void pictures_init(struct app *);
void pictures_release(struct app *);

/* What the transcript asks; NULL: pictures are not drawn. */
struct picture_source *pictures_source(struct app *);

/* Every turn of the loop. */
void pictures_turn(struct app *);
int pictures_fd(const struct app *); /* for poll(2); -1: there is nothing to wait for */

/* Another program than flynn's own, and another time for it. */
void pictures_use(struct app *, const char *program, int limit_ms);

#endif
