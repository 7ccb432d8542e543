/*
 * http.c - what an HTTP request owns.
 */
#include "llama/http.h"

#include <stdlib.h>

#include "base/mem.h"
#include "llama/attachment.h"
#include "llama/command_token.h"

const char *
http_server_name(const struct http_request *r)
{
	return r->server_name ? r->server_name : "llama-server";
}

void
http_request_insert(struct http_request *r, size_t at, struct attachment *a)
{
	r->inserts = mem_realloc(r->inserts, (r->n_inserts + 1) * sizeof(*r->inserts));
	r->inserts[r->n_inserts++] = (struct http_insert){at, attachment_hold(a)};
}

void
http_request_release(struct http_request *r)
{
	endpoint_release(&r->endpoint);
	free(r->url);
	free(r->body);
	for (size_t i = 0; i < r->n_inserts; i++)
		attachment_free(r->inserts[i].attachment);
	free(r->inserts);
	free(r->auth_token);
	command_token_drop(r->command_token);
	free(r->accept);
	free(r->stream_id);
	free(r->server_name);
	free(r->ca_file);
	*r = (struct http_request){0};
}
