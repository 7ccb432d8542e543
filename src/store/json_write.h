/*
 * json_write.h - a conversation as JSON, with all its branches. doc/history.md describes it for its readers.
 */
#ifndef FLYNN_STORE_JSON_WRITE_H
#define FLYNN_STORE_JSON_WRITE_H

#include <stdio.h>

#include "base/buf.h"
#include "store/load.h"

/* One object, a message a line, without a line feed at its end; with_data: with the data of attachments too. Failing to write is
 * the file's own affair (ferror). Holds the text of one message in memory besides what was loaded. */
void json_write_conversation(FILE *, const struct loaded *, bool with_data);

/* A message's object, without what it is called and where it hangs, its id and its parent's, and whether it is muted:
 * what was said, which does not change afterwards. */
void json_put_message_fields(struct buf *, const struct message *);

/* Of these the ones after role, content and reasoning. */
void json_put_message_details(struct buf *, const struct message *);

#endif
