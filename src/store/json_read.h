/*
 * json_read.h - a conversation out of its JSON, which may come from anywhere: every member, type and link is checked.
 */
#ifndef FLYNN_STORE_JSON_READ_H
#define FLYNN_STORE_JSON_READ_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "store/json_data.h"
#include "store/load.h"

/*
 * What json_write_conversation writes. A message comes after its parent, and has `id`, `parent`, `role` and
 * `content`; every other member may be missing. Without `uuid`, that of the info is "". The messages get ids of their
 * own, 1, 2, 3, … in their order, and no rows. `data` is what json_pieces has taken out of it, whose bytes go to the attachments.
 *
 * False, with ERR_INCOMPLETE and what is wrong; `*message` is the number of the message where it is, from 1; 0: it is
 * not in a message. Nothing is to be released then.
 */
bool json_read_conversation(
        const cJSON *, const struct json_data *, struct loaded *, size_t *message, struct err *) MUST_USE;

#endif
