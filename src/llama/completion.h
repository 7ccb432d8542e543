/*
 * completion.h - the answer to a POST of /v1/chat/completions, of any server that speaks that API: a provider's part from reply_new
 * to lacks_rest (model_client.h).
 */
#ifndef FLYNN_LLAMA_COMPLETION_H
#define FLYNN_LLAMA_COMPLETION_H

#include "llama/model_client.h"

struct reply *completion_new(const struct model_client *, bool stream, struct reply_sink);
void completion_free(struct reply *);
void completion_head(struct reply *, const struct http_head *);
enum reply_status completion_feed(struct reply *, const char *bytes, size_t n, size_t *used, struct err *);
bool completion_finish(struct reply *, const struct err *broken, struct err *) MUST_USE;

/* Of a server that keeps the bytes of a reply. */
bool completion_lacks_rest(const struct reply *, bool broken);

#endif
