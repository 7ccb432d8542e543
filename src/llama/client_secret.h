/*
 * client_secret.h - a client's auth token, wherever it comes from.
 */
#ifndef FLYNN_LLAMA_CLIENT_SECRET_H
#define FLYNN_LLAMA_CLIENT_SECRET_H

#include "llama/http.h"
#include "llama/model_client.h"

/* To be hidden where a server repeats it. NULL: there is none, or a command has not told it yet, so that no server knows it. Borrowed
 * from the client. */
const char *client_secret(const struct model_client *);

bool client_has_secret(const struct model_client *); /* or has a command that tells it */

/* The request has the token, or is to wait for the command that tells it. */
void client_authorise(const struct model_client *, struct http_request *);

#endif
