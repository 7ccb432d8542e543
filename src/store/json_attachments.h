/*
 * json_attachments.h - the attachments of a message in JSON: a list of objects with name, kind, type, size and sha256; in an
 * export also with data, in Base64.
 */
#ifndef FLYNN_STORE_JSON_ATTACHMENTS_H
#define FLYNN_STORE_JSON_ATTACHMENTS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"
#include "llama/attachment.h"
#include "store/json_data.h"

struct cJSON;

/* The member `attachments`, without data, where there are any. */
void json_put_attachments(struct buf *, const struct attachments *);

/* The same with data: the text so far is written to the file, and then step by step what comes; none of it is in memory
 * as a whole. */
void json_write_attachments(FILE *, struct buf *text, const struct attachments *);

/* The other way. Only name and data must be there; what else there is must be true of the data. The err says which
 * attachment is wrong. */
bool json_read_attachments(
        const struct cJSON *list, const struct json_data *, struct attachments *to, struct err *) MUST_USE;

#endif
