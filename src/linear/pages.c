/*
 * pages.c - signs such as [-old-] tell a listener little: a change is a sentence, with the words before it.
 */
#include "linear/pages.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/keeper.h"
#include "app/pane.h"
#include "app/sent.h"
#include "app/sent_json.h"
#include "app/talk.h"
#include "app/two_replies.h"
#include "app/votes_ask.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "linear/history_ask.h"
#include "linear/quote.h"
#include "linear/state.h"
#include "llama/endpoint.h"
#include "llama/model_client.h"
#include "store/vote.h"
#include "store/worker.h"
#include "text/word_diff.h"

/* ---- two versions ---- */

/* Its part i is not in both. Returns the parts that it takes. */
static size_t
say_change(struct app *app, const struct two_replies *two, const struct word_diff *d, size_t i)
{
	const char *a = buf_text(&two->replies[0]->content), *b = buf_text(&two->replies[1]->content);
	const struct word_diff_part *part = &d->parts[i], *next = i + 1 < d->n ? part + 1 : NULL;
	bool removed = part->type == WORD_DIFF_REMOVED, both = removed && next && next->type == WORD_DIFF_ADDED;
	char *where = i == 0 ? quote_where("", 0)
	                     : quote_where((part[-1].type == WORD_DIFF_ADDED ? b : a) + part[-1].at, part[-1].len),
	     *words = quote_words((removed ? a : b) + part->at, part->len),
	     *other = both ? quote_words(b + next->at, next->len) : NULL;

	if (both)
		linear_line(app, "%s: instead of %s, %s.", where, words, other);
	else
		linear_line(app, "%s: %s, %s.", where, removed ? "removed" : "added", words);
	free(other);
	free(words);
	free(where);
	return both ? 2 : 1;
}

static void
say_changes(struct app *app, const struct two_replies *two)
{
	const struct buf *a = &two->replies[0]->content, *b = &two->replies[1]->content;
	struct word_diff d = {0};

	word_diff_make(&d, buf_text(a), a->len, buf_text(b), b->len);
	if (d.removed + d.added == 0)
		linear_note(app, "%s and %s say the same: %zu words", two->words[0], two->words[1], d.same);
	else
		linear_note(app, "from %s to %s: %zu word%s removed, %zu added, %zu the same", two->words[0],
		        two->words[1], d.removed, d.removed == 1 ? "" : "s", d.added, d.same);
	for (size_t i = 0; i < d.n;)
		i += d.parts[i].type == WORD_DIFF_SAME ? 1 : say_change(app, two, &d, i);
	word_diff_release(&d);
}

bool
pages_diff(struct app *app, UNUSED const char *argument)
{
	struct two_replies two = {0};
	bool good = two_replies_versions(app, &two) ||
	            app_refuse(app, "nothing to compare with: /retry makes another version");

	good = good && two_replies_compare(app, &two);
	if (good)
		say_changes(app, &two);
	two_replies_release(&two);
	return good;
}

/* ---- the request ---- */

bool
pages_request(struct app *app, UNUSED const char *argument)
{
	const struct talk *talk = app->pane->talk;
	struct sent_json json = {0};
	char *url;

	if (sent_stream(talk->sent) == 0)
		return app_refuse(app, "nothing was sent in this conversation since flynn has opened it");
	url = endpoint_url(&sent_client(talk->sent)->endpoint, "/v1/chat/completions");
	sent_json_make(&json, talk);
	linear_note(app, "POST %s%s%s", url, json.is_short ? ", shortened" : "",
	        json.is_changed ? "; a text was changed since it was sent" : "");
	if (json.failed.code != ERR_NONE)
		(void)app_refuse(app, json.failed.text);
	linear_put_text(app, buf_text(&json.text));
	buf_release(&json.text);
	free(url);
	return true;
}

/* ---- votes ---- */

bool
pages_votes(struct app *app, UNUSED const char *argument)
{
	if (!app->keeper->store)
		return app_refuse(app, "this flynn keeps no history, and so no votes");
	history_ask(app, votes_ask);
	return true;
}

void
pages_votes_answer(struct app *app, const struct store_result *r)
{
	const struct votes *votes = votes_answered(r->question);
	char *words;

	if (linear_of(app)->waits_for != WAITS_FOR_HISTORY)
		return;
	linear_of(app)->waits_for = WAITS_FOR_NOTHING;
	if (r->err.code != ERR_NONE) {
		(void)app_refuse(app, r->err.text);
		return;
	}
	words = votes_words(votes);
	linear_line(app, "%s", words);
	free(words);
	for (size_t i = 0; i < votes->n; i++) {
		words = votes_row_words(app, &votes->rows[i]);
		linear_line(app, "%s", words);
		free(words);
	}
}
