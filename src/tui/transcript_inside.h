/*
 * transcript_inside.h - the rows of the messages of a transcript, one below the other. For the files of its family.
 */
#ifndef FLYNN_TUI_TRANSCRIPT_INSIDE_H
#define FLYNN_TUI_TRANSCRIPT_INSIDE_H

#include <stddef.h>

struct message_rows;
struct place;
struct transcript;

/* As many layouts as the path has messages, each of the right one; and without those from this message on. */
void transcript_match_path(struct transcript *);
void transcript_drop_messages(struct transcript *, size_t from);

/* The layout of a message of the path, up to date. */
struct message_rows *transcript_laid_out(const struct transcript *, size_t message);
struct place transcript_last_row(const struct transcript *, size_t message);

/* Rows from the one place to the other, at most so many; of so many pieces of long messages, which it counts down. */
size_t transcript_count_between(
        const struct transcript *, struct place from, struct place to, size_t most, size_t *pieces);

#endif
