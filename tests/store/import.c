/*
 * import.c - what was exported comes back whole, what is broken leaves nothing, and what is there stays as it is.
 */
#include "store/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "llama/file_type.h"
#include "tests/harness.h"
#include "tests/store/archive.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

#define TAIL "]}"
#define UUID "01234567-89ab-4def-8123-456789abcdef"

/* ---- random conversations ---- */

static uint64_t seed;

static unsigned
below(unsigned n)
{
	seed = seed * 6364136223846793005 + 1442695040888963407;
	return (unsigned)(seed >> 33) % n;
}

static void
put_any_text(struct buf *to)
{
	static const char *const parts[] = {"word ", "\n", "\"", "\\", "\t", "\x01", "\x7f", "ä", "漢字", "\U0001f600",
	        UTF8_REPLACEMENT, "</details>", "```\n", "{\"a\":1}", "\xe2\x80\xae"};

	for (unsigned n = below(6); n > 0; n--)
		talk_put(to, parts[below(ARRAY_LEN(parts))]);
}

static double
any_number(void)
{
	return below(4) == 0 ? 0 : below(1000000) / 997.0;
}

static void
put_any_numbers(struct message *m)
{
	if (below(2))
		m->usage = (struct chat_usage){below(1000), (int64_t)below(1000) - 1, below(2) ? -1 : 5};
	if (below(2))
		m->timings = (struct chat_timings){below(9), below(999), below(999), any_number(), any_number(),
		        any_number(), any_number(), below(9), below(9), below(9)};
	if (below(3) == 0)
		m->thought_tokens = below(100), m->thought_ms = below(10000);
	m->tool_calls = below(9) == 0;
	m->is_edited = below(5) == 0;
	m->is_muted = below(4) == 0;
	m->is_summary = m->role == CHAT_SYSTEM && below(2);
}

static void
put_any_error(struct message *m)
{
	struct buf text = {0};

	put_any_text(&text);
	m->state = MESSAGE_FAILED;
	m->error = mem_alloc(sizeof(*m->error));
	err_set(m->error, ERR_TIMEOUT, "%s", buf_text(&text));
	buf_release(&text);
}

/* A picture, by its first bytes, or a text. */
static void
put_any_attachment(struct attachments *to)
{
	struct buf name = {0}, data = {0};
	struct file_type type;

	put_any_text(&name);
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] == '/')
			name.data[i] = '|';
	if (below(2))
		buf_put(&data, "\x89PNG\r\n\x1a\n\0\xff", 10);
	put_any_text(&data);
	if (data.len == 0)
		buf_puts(&data, "x");
	type = file_type_find(data.data, data.len);
	attachments_add(to, attachment_new(type.kind, buf_text(&name), NULL, type.type, &data));
	buf_release(&name);
}

static void
add_any_message(struct conversation *c, struct message *parent)
{
	static const enum message_state states[] = {
	        MESSAGE_COMPLETE, MESSAGE_STOPPED, MESSAGE_INTERRUPTED, MESSAGE_FAILED};
	static const char *const parameters[] = {"", "{\"max_tokens\": 20, \"temperature\": 0.70}", "{}", "odd"};
	struct message *m = conversation_add(c, parent, (enum chat_role)below(3), "");

	m->state = states[below(4)];
	m->created_ms = 1700000000000 + below(100000000);
	put_any_text(&m->content);
	put_any_text(&m->reasoning);
	put_any_text(&m->model);
	put_any_text(&m->endpoint);
	put_any_text(&m->finish_reason);
	talk_put(&m->parameters, parameters[below(4)]);
	put_any_numbers(m);
	if (below(5) == 0)
		put_any_error(m);
	for (unsigned n = m->role == CHAT_USER ? below(3) : 0; n > 0; n--)
		put_any_attachment(&m->attachments);
}

static void
put_any_settings(struct conversation_info *info)
{
	struct buf grammar = {0};

	if (below(2))
		put_any_text(&info->preset);
	if (below(2))
		(void)tags_add(&info->tags, below(2) ? "work" : "\xe6\x97\xa5/x");
	if (below(2))
		(void)tags_add(&info->tags, "home");
	if (below(2))
		parameters_fix(&info->parameters, "temperature", "0.70");
	if (below(3) == 0)
		parameters_fix(&info->parameters, "logit_bias", "[[1, -0.25], [\"x\", false]]");
	if (below(3) == 0) {
		put_any_text(&grammar);
		parameters_fix(&info->parameters, "grammar", buf_text(&grammar));
		buf_release(&grammar);
	}
}

static struct conversation *
make_any_conversation(void)
{
	struct conversation *c = conversation_new(below(2) ? "system \"text\"" : NULL);
	struct conversation_info *info = conversation_info(c);
	unsigned n = 1 + below(12);

	put_any_text(&info->title);
	info->titled = (enum title_by)below(3);
	info->pinned = below(2);
	info->archived = below(2);
	put_any_settings(info);
	for (unsigned i = 0; i < n; i++)
		add_any_message(c, conversation_find(c, below(i + 1)));
	conversation_set_leaf(c, conversation_find(c, 1 + below(n)));
	return c;
}

static void
add_any_conversation(struct history *h)
{
	struct talk *t = talk_join(h, make_any_conversation());

	if (below(2))
		saver_set_draft(t->saver, "a \"draft\"");
	if (below(2))
		saver_set_place(t->saver, 1, below(9));
	talk_save(t);
	talk_drop(t);
}

/* ---- there and back ---- */

static void
check_same(const char *have, const char *want)
{
	size_t n = 0;

	while (have[n] && have[n] == want[n])
		n++;
	HARNESS_CHECK(have[n] == want[n], "at byte %zu: %.60s, want %.60s", n, have + n, want + n);
}

static void
comes_back_whole(void)
{
	for (uint64_t round = 1; round <= 40; round += harness_stride()) {
		struct history *h;
		char *first, *second, *words;

		seed = round;
		place_make();
		h = place_open();
		for (unsigned n = below(4) + 1; n > 0; n--)
			add_any_conversation(h);
		first = archive_export(h, EXPORT_JSON);
		history_close(h);
		place_remove();

		place_make();
		h = place_open();
		words = archive_import(h, first, strlen(first), NULL);
		HARNESS_EQUAL(words, "");
		place_check(h);
		second = archive_export(h, EXPORT_JSON);
		check_same(second, first);
		history_close(h);
		place_remove();
		free(first);
		free(second);
		free(words);
	}
}

/* ---- what is there already ---- */

/* It is a mark, like a pin: what was said is the same. */
static void
muting_makes_no_other_version(void)
{
	struct history *h;
	struct import_counts counts;
	char *before, *after, *words;

	place_make();
	h = place_open();
	seed = 3;
	add_any_conversation(h);
	place_run(h, "UPDATE message SET muted = 0");
	before = archive_export(h, EXPORT_JSON);
	place_run(h, "UPDATE message SET muted = 1");
	after = archive_export(h, EXPORT_JSON);
	CU_ASSERT(!strstr(before, "muted") && strstr(after, "\"muted\":true"));
	words = archive_import(h, before, strlen(before), &counts);
	HARNESS_EQUAL(words, "");
	CU_ASSERT(counts.skipped == 1 && counts.added == 0);
	place_expect(h, "SELECT min(muted) FROM message", "1");
	history_close(h);
	place_remove();
	free(before);
	free(after);
	free(words);
}

static char *
one_message(const char *uuid, const char *content)
{
	return mem_printf(ARCHIVE_HEAD "{\"uuid\":\"%s\",\"messages\":[{\"id\":1,\"parent\":null,\"role\":\"user\","
	                               "\"content\":\"%s\"}]}" TAIL,
	        uuid, content);
}

static void
the_same_is_skipped(void)
{
	char *json = one_message(UUID, "hello");
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	archive_check(h, json, 0, 0, 1);
	place_run(h, "UPDATE conversation SET title = 'mine', draft = 'x'");
	place_run(h, "INSERT INTO message (conversation, parent, role, state, content, created)"
	             "  VALUES (1, 1, 'assistant', 'complete', 'more', 5)");
	archive_check(h, json, 0, 0, 1);
	place_expect(h, "SELECT title FROM conversation", "mine");
	place_expect(h, "SELECT count(*) FROM message", "2");
	history_close(h);
	place_remove();
	free(json);
}

static void
another_of_that_name_is_a_copy(void)
{
	char *json = one_message(UUID, "hello"), *other = one_message(UUID, "bye");
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	archive_check(h, other, 1, 1, 0);
	archive_check(h, other, 0, 0, 1);
	archive_check(h, json, 0, 0, 1);
	place_expect(h, "SELECT group_concat(content) FROM message", "hello,bye");
	place_expect(h, "SELECT uuid FROM conversation WHERE id = 1", UUID);
	place_expect(h, "SELECT count(DISTINCT uuid) FROM conversation", "2");
	history_close(h);
	place_remove();
	free(json);
	free(other);
}

static void
what_was_deleted_comes_back(void)
{
	char *json = one_message(UUID, "hello");
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	place_run(h, "UPDATE conversation SET deleted = 5");
	archive_check(h, json, 1, 0, 0);
	place_expect(h, "SELECT count(*) FROM conversation WHERE deleted IS NULL AND uuid = '" UUID "'", "1");
	place_expect(h, "SELECT count(*) FROM conversation WHERE deleted IS NOT NULL", "1");
	history_close(h);
	place_remove();
	free(json);
}

static void
without_a_uuid_adds_once(void)
{
	static const char json[] =
	        ARCHIVE_HEAD "{\"messages\":[{\"id\":7,\"parent\":null,\"role\":\"user\",\"content\":\"x\"},"
	                     "{\"id\":3,\"parent\":7,\"role\":\"assistant\",\"content\":\"y\"}]}" TAIL;
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, json, 1, 0, 0);
	archive_check(h, json, 0, 0, 1);
	place_expect(h, "SELECT length(uuid) FROM conversation", "36");
	place_expect(h, "SELECT content FROM message WHERE id = (SELECT leaf FROM conversation)", "y");
	history_close(h);
	place_remove();
}

/* ---- what is broken ---- */

static const char whole[] =
        "{\"format\":\"flynn-history\",\"version\":1,\"conversations\":[\n"
        "{\"id\":1,\"uuid\":\"" UUID "\",\"title\":\"\\u00e4\\\"\",\"titled\":\"model\","
        "\"created\":\"2023-11-14T22:13:20.000Z\",\"pinned\":true,\"draft\":\"d\",\"leaf\":2,"
        "\"seen\":{\"message\":1,\"line\":0},\"messages\":[\n"
        "{\"id\":1,\"parent\":null,\"role\":\"user\",\"content\":\"h\xc3\xa9\",\"attachments\":[{\"name\":\"a\","
        "\"kind\":\"text\",\"type\":\"text/plain\",\"size\":3,"
        "\"sha256\":\"98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4\","
        "\"data\":\"aGkK\"}]},\n"
        "{\"id\":2,\"parent\":1,\"role\":\"assistant\",\"content\":\"x\",\"usage\":{\"prompt_tokens\":5},"
        "\"timings\":null,\"parameters\":{\"a\":[1,{}]},\"error\":{\"code\":\"timeout\",\"message\":\"m\"},\"edited\":"
        "true,\"muted\":true,\"pieces\":\"BAc=\"},\n"
        "{\"id\":3,\"parent\":2,\"role\":\"system\",\"content\":\"s\",\"kind\":\"summary\"}\n],"
        "\"parameters\":{\"seed\":7},\"preset\":\"p\",\"tags\":[\"b\",\"A/c\",\"b\"]},\n"
        "{\"messages\":[]}\n]}";

static void
cut_anywhere_it_leaves_nothing(void)
{
	struct history *h;
	char *words;

	place_make();
	h = place_open();
	for (size_t n = 0; n < strlen(whole); n++) {
		words = archive_import(h, whole, n, NULL);
		HARNESS_CHECK(strncmp(words, "f: ", 3) == 0, "cut at %zu: [%s]", n, words);
		free(words);
	}
	place_expect(h, "SELECT count(*) FROM conversation", "0");
	archive_check(h, whole, 2, 0, 0);
	place_check(h);
	history_close(h);
	place_remove();
}

static void
changed_anywhere_it_holds_together(void)
{
	static const char signs[] = "\"\\{}[],:0\xff\x80x ";
	struct history *h;

	place_make();
	h = place_open();
	for (size_t i = 0; i < strlen(whole); i += harness_stride())
		for (const char *sign = signs; *sign; sign++) {
			char *changed = mem_strdup(whole), *words;

			changed[i] = *sign;
			words = archive_import(h, changed, strlen(changed), NULL);
			free(changed);
			free(words);
		}
	place_check(h);
	place_expect(h,
	        "SELECT count(*) FROM message m JOIN message p ON m.parent = p.id"
	        "  WHERE m.conversation <> p.conversation",
	        "0");
	history_close(h);
	place_remove();
}

#define MESSAGE(rest)                                                                                                  \
	ARCHIVE_HEAD "{\"messages\":[{\"id\":1,\"parent\":null,\"role\":\"user\",\"content\":\"a\"}," rest "]}" TAIL
#define CONVERSATION(rest) ARCHIVE_HEAD "{\"messages\":[]},{" rest "}" TAIL

static const struct {
	const char *json, *want;
} broken[] = {
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"assistant\",\"content\":\"a\",\"pieces\":\"-\"}"),
                "f: conversation 1, message 2: \"pieces\" must be Base64"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"assistant\",\"content\":\"a\",\"pieces\":[7]}"),
                "f: conversation 1, message 2: \"pieces\" must be text in quotes"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"a\",\"pieces\":\"BAc=\"}"),
                "f: conversation 1, message 2: \"pieces\" belong to a message whose role is assistant"},
        {"", "f: ends in the middle (after byte 0)"},
        {"7", "f: byte 1: this is no JSON object, and no list"},
        {"[7]", "f: conversation 1 is of no form that is known here: flynn's, ChatGPT's, llama-ui's or Open WebUI's"},
        {"{}", "f: \"format\" is missing: this is no history that flynn has exported"},
        {"{\"format\":\"flynn-history\"}", "f: \"version\" is missing"},
        {"{\"format\":\"flynn-history\",\"version\":1}", "f: \"conversations\" is missing"},
        {"{\"format\":\"other\"}", "f: \"format\" is not \"flynn-history\""},
        {"{\"version\":2}", "f: this is of a newer flynn (version 2, known here: 1)"},
        {"{\"version\":0}", "f: \"version\" is none that there was"},
        {"{\"version\":1,\"version\":1}", "f: \"version\" is there twice"},
        {"{\"conversations\":[],\"conversations\":[]}", "f: \"conversations\" is there twice"},
        {"{\"conversations\":{}}", "f: \"conversations\" must be a list"},
        {"{\"version\":1,\"more\":1}", "f: there is no member \"more\" here"},
        {"{\"version\" 1}", "f: byte 12: a colon is missing"},
        {"{\"version\":1 \"format\":1}", "f: byte 14: a comma or a closing brace is missing"},
        {"{\"version\":tru}", "f: bytes 12 to 14: this is no JSON"},
        {"{\"version\":}", "f: byte 12: a value is missing"},
        {"{\"format\":\"a\xff\"}", "f: byte 13: this is no UTF-8"},
        {ARCHIVE_HEAD "]} x", "f: byte 59: there is more after the end"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"b\",\"uuid\":\"5\"}"),
                "f: conversation 1, message 2: \"uuid\" is none"},
        {ARCHIVE_HEAD "{} {}" TAIL, "f: conversation 1: \"messages\" is missing"},
        {ARCHIVE_HEAD "7" TAIL, "f: conversation 1: this must be an object"},
        {CONVERSATION("\"messages\":7"), "f: conversation 2: \"messages\" must be a list"},
        {CONVERSATION("\"messages\":[],\"messages\":[]"), "f: conversation 2: \"messages\" is there twice"},
        {CONVERSATION("\"massages\":[]"), "f: conversation 2: there is no member \"massages\" here"},
        {CONVERSATION("\"messages\":[],\"uuid\":\"5\""), "f: conversation 2: \"uuid\" is none"},
        {CONVERSATION("\"messages\":[],\"id\":1.5"), "f: conversation 2: \"id\" must be a whole number from 1"},
        {CONVERSATION("\"messages\":[],\"pinned\":1"), "f: conversation 2: \"pinned\" must be true or false"},
        {CONVERSATION("\"messages\":[],\"created\":\"2023-02-29T00:00:00Z\""),
                "f: conversation 2: \"created\" must be a time like 2026-01-31T23:59:59.000Z"},
        {CONVERSATION("\"messages\":[],\"titled\":\"me\""),
                "f: conversation 2: \"titled\" must be prompt, model or person"},
        {CONVERSATION("\"messages\":[],\"leaf\":4"), "f: conversation 2: leaf 4 does not exist"},
        {CONVERSATION("\"messages\":[],\"seen\":{\"message\":4,\"line\":0}"),
                "f: conversation 2: the message that was \"seen\" last does not exist"},
        {MESSAGE("{\"id\":2,\"parent\":99,\"role\":\"user\",\"content\":\"b\"}"),
                "f: conversation 1, message 2: parent 99 does not exist"},
        {MESSAGE("{\"id\":2,\"parent\":2,\"role\":\"user\",\"content\":\"b\"}"),
                "f: conversation 1, message 2: parent 2 does not stand before it"},
        {MESSAGE("{\"id\":2,\"parent\":3,\"role\":\"user\",\"content\":\"b\"},"
                 "{\"id\":3,\"parent\":2,\"role\":\"user\",\"content\":\"b\"}"),
                "f: conversation 1, message 2: parent 3 does not stand before it"},
        {MESSAGE("{\"id\":1,\"parent\":1,\"role\":\"user\",\"content\":\"b\"}"),
                "f: conversation 1, message 2: message 1 has the id 1 too"},
        {MESSAGE("{\"id\":2,\"role\":\"user\",\"content\":\"b\"}"),
                "f: conversation 1, message 2: \"parent\" is missing"},
        {MESSAGE("{\"id\":0,\"parent\":1,\"role\":\"user\",\"content\":\"b\"}"),
                "f: conversation 1, message 2: \"id\" must be a whole number from 1"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"bot\",\"content\":\"b\"}"),
                "f: conversation 1, message 2: \"role\" must be user, assistant or system"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":null}"),
                "f: conversation 1, message 2: \"content\" must be text in quotes"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"b\",\"state\":\"streaming\"}"),
                "f: conversation 1, message 2: \"state\" must be complete, stopped, interrupted or failed"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"b\",\"usage\":{\"a\":\"b\"}}"),
                "f: conversation 1, message 2: \"usage\" must be an object of numbers, or null"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"b\",\"thought_ms\":-1}"),
                "f: conversation 1, message 2: \"thought_ms\" must be a whole number from 0"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"b\",\"muted\":1}"),
                "f: conversation 1, message 2: \"muted\" must be true or false"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"system\",\"content\":\"b\",\"kind\":\"note\"}"),
                "f: conversation 1, message 2: \"kind\" must be summary, of a message whose role is system"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"b\",\"kind\":\"summary\"}"),
                "f: conversation 1, message 2: \"kind\" must be summary, of a message whose role is system"},
        {CONVERSATION("\"messages\":[],\"parameters\":\"{}\""), "f: conversation 2: \"parameters\" must be an object"},
        {CONVERSATION("\"messages\":[],\"parameters\":{\"temperatur\":1}"),
                "f: conversation 2: there is no parameter \"temperatur\": did you mean temperature?"},
        {CONVERSATION("\"messages\":[],\"parameters\":{\"temperature\":\"hot\"}"),
                "f: conversation 2: temperature takes a number from 0 to 20"},
        {CONVERSATION("\"messages\":[],\"parameters\":{\"grammar\":\"a\",\"json_schema\":{}}"),
                "f: conversation 2: json_schema and grammar exclude each other: give one of them"},
        {CONVERSATION("\"messages\":[],\"preset\":7"), "f: conversation 2: \"preset\" must be text in quotes"},
        {CONVERSATION("\"messages\":[],\"tags\":\"work\""), "f: conversation 2: \"tags\" must be a list"},
        {CONVERSATION("\"messages\":[],\"tags\":[\"work\",7]"),
                "f: conversation 2: \"tags\" must be a list of strings"},
        {CONVERSATION("\"messages\":[],\"tags\":[\"a b\"]"),
                "f: conversation 2: a b: a tag has letters and digits, and - _ . / between them"},
        {MESSAGE("{\"id\":2,\"parent\":1,\"role\":\"user\",\"content\":\"b\",\"error\":{\"code\":\"none\","
                 "\"message\":\"\"}}"),
                "f: conversation 1, message 2: the error's \"code\" is none that flynn knows"},
};

static void
errors_name_the_place(void)
{
	struct history *h;

	place_make();
	h = place_open();
	for (size_t i = 0; i < ARRAY_LEN(broken); i++) {
		char *words = archive_import(h, broken[i].json, strlen(broken[i].json), NULL);

		HARNESS_EQUAL(words, broken[i].want);
		free(words);
	}
	place_expect(h, "SELECT count(*) FROM conversation", "0");
	history_close(h);
	place_remove();
}

static void
put_many(struct buf *to, const char *text, int n)
{
	for (int i = 0; i < n; i++)
		buf_puts(to, text);
}

/* Cut between two characters, and told; again it is the same conversation. */
static void
long_titles_are_cut(void)
{
	struct import_counts counts;
	struct buf json = {0};
	struct history *h;
	char *words;

	place_make();
	h = place_open();
	buf_puts(&json, ARCHIVE_HEAD "{\"messages\":[],\"title\":\"");
	put_many(&json, "ü", 5000000);
	buf_puts(&json, "\"},{\"messages\":[],\"title\":\"short\"}" TAIL);
	for (int i = 0; i < 2; i++) {
		words = archive_import(h, buf_text(&json), json.len, &counts);
		HARNESS_EQUAL(words, "");
		CU_ASSERT(i == 0 ? counts.added == 2 && counts.cut == 1 : counts.skipped == 2 && counts.cut == 0);
		free(words);
	}
	place_expect(h, "SELECT length(CAST(title AS BLOB)) || ' ' || substr(title, -2) FROM conversation WHERE id = 1",
	        "4095 ü…");
	buf_release(&json);
	history_close(h);
	place_remove();
}

static void
long_names_are_refused(void)
{
	static const char *const names[] = {"model", "endpoint", "finish_reason"};
	struct history *h;

	place_make();
	h = place_open();
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct buf json = {0}, want = {0};
		char *words;

		buf_printf(&json,
		        ARCHIVE_HEAD
		        "{\"messages\":[{\"id\":1,\"parent\":null,\"role\":\"assistant\",\"content\":\"\",\"%s\":\"",
		        names[i]);
		put_many(&json, "x", 4097);
		buf_puts(&json, "\"}]}" TAIL);
		buf_printf(&want, "f: conversation 1, message 1: \"%s\" is longer than 4096 bytes", names[i]);
		words = archive_import(h, buf_text(&json), json.len, NULL);
		HARNESS_EQUAL(words, buf_text(&want));
		free(words);
		buf_release(&json);
		buf_release(&want);
	}
	history_close(h);
	place_remove();
}

static void
depth_is_bounded(void)
{
	struct buf deep = {0};
	struct history *h;
	char *words;

	place_make();
	h = place_open();
	buf_puts(&deep, "{\"format\":");
	for (int i = 0; i < 100000; i++)
		buf_putc(&deep, '[');
	for (int i = 0; i < 100000; i++)
		buf_putc(&deep, ']');
	buf_puts(&deep, "}");
	words = archive_import(h, buf_text(&deep), deep.len, NULL);
	HARNESS_EQUAL(words, "f: byte 11: nested more than 512 deep");
	free(words);
	buf_release(&deep);
	history_close(h);
	place_remove();
}

CU_TestInfo import_tests[] = {
        {"long titles are cut", long_titles_are_cut},
        {"long names are refused", long_names_are_refused},
        {"what was exported comes back whole", comes_back_whole},
        {"what is there already is skipped", the_same_is_skipped},
        {"muting makes no other version", muting_makes_no_other_version},
        {"another one of that name becomes a copy", another_of_that_name_is_a_copy},
        {"what was deleted comes back", what_was_deleted_comes_back},
        {"a conversation without a uuid is added once", without_a_uuid_adds_once},
        {"cut anywhere it leaves nothing", cut_anywhere_it_leaves_nothing},
        {"changed anywhere it holds together", changed_anywhere_it_holds_together},
        {"errors name the place", errors_name_the_place},
        {"depth is bounded", depth_is_bounded},
        CU_TEST_INFO_NULL,
};
