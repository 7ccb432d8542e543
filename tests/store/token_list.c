/*
 * token_list.c - the tokens of a reply: in the history with the reply's end, in exports, and back; never those of another text.
 */
#include "store/token_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chat/tokens.h"
#include "tests/harness.h"
#include "tests/store/archive.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

#define ALL_TOKENS "SELECT group_concat(id || iif(tokens IS NULL, '', ':' || hex(tokens)), ' ') FROM message"

/* One more token, of one byte, which is its own candidate. */
static void
come(struct message *reply, const char *text, unsigned nats)
{
	struct buf rest = {0};

	talk_put(&reply->content, text);
	token_pack_nats(&rest, nats);
	buf_put(&rest, "\x01\x01", 2);
	token_pack_candidate(&rest, &(struct token_candidate){text, 1, nats});
	CU_ASSERT(tokens_put(&reply->tokens, 0, 0, 1, rest.data, rest.len));
	buf_release(&rest);
}

static struct talk *
make_history(void)
{
	return talk_two_versions(come, ALL_TOKENS);
}

#define SAVED                                                                                                          \
	"1 2:010001070001010161070000010900010101620900 3:01000101000101016301"                                        \
	"00"

static void
are_saved_with_the_end_of_the_reply(void)
{
	struct talk *t = make_history();
	const struct message *m;

	place_expect(t->history, ALL_TOKENS, SAVED);
	talk_reopen(t);
	m = conversation_find(t->conversation, 2);
	CU_ASSERT(m->tokens.len == 21 && tokens_are_of(&m->tokens, &m->content, &m->reasoning));
	CU_ASSERT(conversation_find(t->conversation, 3)->tokens.len == 11);
	CU_ASSERT(conversation_find(t->conversation, 1)->tokens.len == 0);
	place_check(t->history);
	talk_free(t);
}

/* What is saved later of such a message leaves them as they are; a reply that goes on gets more. */
static void
stay_when_something_else_is_saved(void)
{
	struct talk *t = make_history();
	struct message *m;

	talk_reopen(t);
	m = conversation_find(t->conversation, 2);
	m->is_muted = true;
	conversation_touch(t->conversation, m);
	talk_save(t);
	place_expect(t->history, ALL_TOKENS, SAVED);
	m = conversation_find(t->conversation, 3);
	come(m, "d", 2);
	talk_end(t, m, MESSAGE_COMPLETE);
	place_expect(t->history, "SELECT length(tokens) FROM message WHERE id = 3", "21");
	talk_free(t);
}

/* A history that somebody else has written to. */
static void
are_not_read_of_another_text(void)
{
	static const char *const changes[] = {"UPDATE message SET content = 'xb' WHERE id = 2",
	        "UPDATE message SET content = 'a' WHERE id = 2",
	        "UPDATE message SET tokens = zeroblob(9000000) WHERE id = 2",
	        "UPDATE message SET tokens = x'02' WHERE id = 2",
	        "UPDATE message SET tokens = x'0104FFFFFFFFFF' WHERE id = 2",
	        "UPDATE message SET tokens = 'text' WHERE id = 2"};

	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		struct talk *t = make_history();

		place_run(t->history, changes[i]);
		talk_reopen(t);
		CU_ASSERT(conversation_find(t->conversation, 2)->tokens.len == 0);
		CU_ASSERT(conversation_find(t->conversation, 3)->tokens.len == 11);
		talk_free(t);
	}
}

/* As an export has them, with another text. */
static void
import(const char *json, const char *want)
{
	struct import_counts counts;
	struct history *h;
	char *words;

	place_make();
	h = place_open();
	words = archive_import(h, json, strlen(json), &counts);
	HARNESS_EQUAL(words, "");
	place_expect(h, ALL_TOKENS, want);
	history_close(h);
	place_remove();
	free(words);
}

static void
are_in_an_export(void)
{
	struct talk *t = make_history();
	char *json = archive_export(t->history, EXPORT_JSON), *words, *text;
	struct import_counts counts;

	CU_ASSERT_PTR_NOT_NULL(strstr(json, "\"tokens\":\"AQABBwABAQFhBwAAAQkAAQEBYgkA\""));
	place_run(t->history, "UPDATE message SET tokens = NULL"); /* they are nothing that was said */
	words = archive_import(t->history, json, strlen(json), &counts);
	CU_ASSERT(counts.added == 0 && counts.skipped == 1);
	free(words);
	talk_free(t);
	import(json, SAVED);
	text = strstr(json, "\"ab\"");
	CU_ASSERT_PTR_NOT_NULL_FATAL(text);
	text[1] = 'x';
	import(json, "1 2 3:0100010100010101630100");
	free(json);
}

CU_TestInfo token_list_tests[] = {
        {"are saved with the end of the reply", are_saved_with_the_end_of_the_reply},
        {"stay when something else is saved", stay_when_something_else_is_saved},
        {"are not read of another text", are_not_read_of_another_text},
        {"are in an export", are_in_an_export},
        CU_TEST_INFO_NULL,
};
