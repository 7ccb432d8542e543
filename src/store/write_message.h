/*
 * write_message.h - the messages of a save: part of write.c.
 */
#ifndef FLYNN_STORE_WRITE_MESSAGE_H
#define FLYNN_STORE_WRITE_MESSAGE_H

#include <stdbool.h>

#include "store/write_inside.h"

/* The conversation has its row. New messages get theirs; has_news is set when one came or was settled. */
bool write_messages(struct write_state *) MUST_USE;

#endif
