/*
 * media_refusal.h - what a server's refusal of pictures and sounds means, and what can be done: its own words are for whoever
 * programs against it ("image input is not supported - hint: …"), and name no file.
 */
#ifndef FLYNN_LLAMA_MEDIA_REFUSAL_H
#define FLYNN_LLAMA_MEDIA_REFUSAL_H

#include <stddef.h>

#include "base/err.h"
#include "llama/chat.h"
#include "llama/model_client.h"

/* This client's server refused a request with these messages. Changes nothing where it is about something else. */
void media_refusal_explain(const struct model_client *, const struct chat_message *, size_t n, struct err *);

#endif
