/*
 * http.h - one HTTP exchange as plain data: what a provider wants moved. net/ moves it.
 */
#ifndef FLYNN_LLAMA_HTTP_H
#define FLYNN_LLAMA_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "llama/endpoint.h"

struct attachment;
struct command_token;

/* The Base64 of an attachment stands in the body before its byte `at`. */
struct http_insert {
	size_t at;
	struct attachment *attachment;
};

struct http_request {
	struct endpoint endpoint; /* a copy */
	char *url;
	const char *method; /* static; NULL: POST where there is a body, else GET */
	char *body;         /* NULL: none */
	size_t body_len;
	struct http_insert *inserts; /* in their order; what is sent is http_body.h's */
	size_t n_inserts;
	char *auth_token;                    /* sent as "Authorization: Bearer"; NULL: none */
	struct command_token *command_token; /* tells it where it is NULL; or NULL. Held */
	char *accept;                        /* the Accept header; NULL: none */
	char *stream_id;                     /* sent as "X-Conversation-Id"; NULL: none */
	char *server_name;                   /* what messages call the server; NULL: "llama-server" */
	char *ca_file;                       /* NULL: the system's */
	bool insecure;                       /* do not verify the certificate */
};

void http_request_release(struct http_request *);

const char *http_server_name(const struct http_request *);

/* At the end of what was inserted so far. The request holds the attachment. */
void http_request_insert(struct http_request *, size_t at, struct attachment *);

/* What came before the body. Borrowed. */
struct http_head {
	int status;
	const char *reason;       /* "Bad Gateway"; "" when the server sent none */
	const char *content_type; /* "" when absent; parameters included */
	const char *location;     /* "" when absent */
	const char *server;       /* the Server header; "" when absent */
};

#endif
