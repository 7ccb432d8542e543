/*
 * sent_json.c - encoded as it was sent, then indented.
 */
#include "app/sent_json.h"

#include "app/sent.h"
#include "app/talk.h"
#include "llama/http_body.h"
#include "llama/model_client.h"
#include "llama/request_show.h"

enum {
	WHOLE_MAX = 256 * 1024, /* bytes of all texts, up to which they are shown whole */
	TEXT_SHOWN = 3 * 1024,  /* of a text of a larger request */
	FIRST_SHOWN = 20,       /* messages */
	LAST_SHOWN = 80,
};

void
sent_json_make(struct sent_json *s, const struct talk *talk)
{
	static const struct sent_limits limits = {TEXT_SHOWN, FIRST_SHOWN, LAST_SHOWN};
	struct sent_again again;
	struct http_request http = {0};
	struct buf body = {0};

	s->is_short = sent_bytes(talk->sent) > WHOLE_MAX;
	s->failed.code = ERR_NONE;
	buf_clear(&s->text);
	sent_again(talk->sent, talk->session.conversation, s->is_short ? &limits : NULL, &again);
	s->is_changed = again.is_changed;
	if (model_encode(sent_client(talk->sent), &again.request, &http, &s->failed))
		http_body_put_short(&http, &body);
	if (body.len == 0 || !request_show_json(body.data, body.len, FIRST_SHOWN, again.left_out, &s->text, &s->failed))
		buf_clear(&s->text);
	buf_release(&body);
	http_request_release(&http);
	sent_again_release(&again);
}
