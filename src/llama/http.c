/*
 * http.c - what an HTTP request owns.
 */
#include "llama/http.h"

#include <stdlib.h>

void
http_request_release(struct http_request *r)
{
	endpoint_release(&r->endpoint);
	free(r->url);
	free(r->body);
	free(r->auth_token);
	free(r->accept);
	free(r->stream_id);
	free(r->ca_file);
	*r = (struct http_request){0};
}
