/*
 * import_other.c - exports of other programs: what is in them comes, once; what is broken leaves nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/store/archive.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

static char *
sample(const char *name, size_t *n)
{
	char *relative = mem_printf("fuzz/import.corpus/%s", name), *path = harness_path(relative);
	char *text = harness_read(path, n);

	free(relative);
	free(path);
	return text;
}

static void
import_sample(struct history *h, const char *name, struct import_counts *counts)
{
	size_t n;
	char *text = sample(name, &n), *words = archive_import(h, text, n, counts);

	HARNESS_EQUAL(words, "");
	free(words);
	free(text);
}

/* ---- whole files ---- */

static const struct {
	const char *name, *program;
	size_t added, messages, empty, lost;
} samples[] = {
        {"chatgpt", "ChatGPT", 1, 5, 1, 6},
        {"llama-ui", "llama-ui", 2, 5, 0, 5},
        {"open-webui", "Open WebUI", 1, 5, 0, 7},
};

static size_t
all_lost(const struct import_counts *counts)
{
	size_t n = 0;

	for (int i = 0; i < IMPORT_LOST_N; i++)
		n += counts->lost.n[i];
	return n;
}

static void
the_same_file_adds_nothing_again(void)
{
	struct import_counts counts;
	struct history *h;

	place_make();
	h = place_open();
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		import_sample(h, samples[i].name, &counts);
		HARNESS_EQUAL(counts.program, samples[i].program);
		HARNESS_CHECK(counts.added == samples[i].added && counts.messages == samples[i].messages &&
		                      counts.empty == samples[i].empty && counts.skipped == 0,
		        "%s: %zu with %zu, %zu empty", samples[i].name, counts.added, counts.messages, counts.empty);
		HARNESS_CHECK(all_lost(&counts) == samples[i].lost, "%s: %zu lost", samples[i].name, all_lost(&counts));
		import_sample(h, samples[i].name, &counts);
		HARNESS_CHECK(counts.added == 0 && counts.skipped == samples[i].added && all_lost(&counts) == 0,
		        "%s again: %zu", samples[i].name, counts.added);
	}
	place_check(h);
	history_close(h);
	place_remove();
}

/* Five, and one that is made of "chatgpt", the conversation's id and "a1": SHA-256, as uuid.h has it. */
#define UUIDS "5c1c2bf93-6bd3-88aa-9f51-0bcd9453b089"

static void
what_chatgpt_has_comes(void)
{
	struct history *h;

	place_make();
	h = place_open();
	import_sample(h, "chatgpt", NULL);
	place_expect(h, "SELECT title || pinned || archived || created || ' ' || updated FROM conversation",
	        "Boats and water101700000000500 1700000600250");
	place_expect(h, "SELECT system FROM conversation", "I sail.\n\nBe brief.");
	place_expect(h, "SELECT group_concat(role, ' ') FROM (SELECT role FROM message ORDER BY id)",
	        "user assistant assistant user assistant");
	place_expect(h, "SELECT content FROM message WHERE id = (SELECT leaf FROM conversation)", "You are welcome.");
	place_expect(h, "SELECT content FROM message WHERE id = 1",
	        "[picture not in the export: boat.png]\n\nWhat is in this picture?\n\n[file not in the export: "
	        "log.pdf]");
	place_expect(h, "SELECT content FROM message WHERE id = 2",
	        "[tool call: python]\n\n```\nprint(6 * 7)\n```\n\n[result of a tool: python]\n\nA boat in Kiel. 42 "
	        "sails.");
	place_expect(h,
	        "SELECT reasoning || ' ' || thought_ms || ' ' || model || ' ' || finish_reason FROM message"
	        "  WHERE id = 2",
	        "Looking\n\nA hull and a sail. 7000 o3 stop");
	place_expect(h, "SELECT content || parent FROM message WHERE id = 3", "Another answer.1");
	place_expect(h, "SELECT count(DISTINCT uuid) || (SELECT uuid FROM message WHERE id = 2) FROM message", UUIDS);
	history_close(h);
	place_remove();
}

static void
what_open_webui_has_comes(void)
{
	struct history *h;

	place_make();
	h = place_open();
	import_sample(h, "open-webui", NULL);
	place_expect(h, "SELECT title || pinned || archived || system FROM conversation", "Sails01Answer in rhymes.");
	place_expect(h, "SELECT group_concat(name, ' ') FROM tag", "sea_life water");
	place_expect(h, "SELECT parameters FROM conversation",
	        "{\"temperature\":0.3,\"max_tokens\":200,\"stop\":[\"END\"]}");
	place_expect(
	        h, "SELECT group_concat(name, ' ') FROM message_attachment WHERE message = 1", "picture.png notes.txt");
	place_expect(h, "SELECT content || '|' || reasoning || '|' || thought_ms FROM message WHERE id = 2",
	        "Because they are wings.\n\n[tool call: search]\n\n```json\n{\"q\": \"sails\"}\n```\n\n"
	        "[result of a tool: search]\n\nSee above.|Lift & drag.\n\nIt's a wing.|13000");
	place_expect(h, "SELECT usage FROM message WHERE id = 2", "{\"prompt_tokens\":12,\"completion_tokens\":34}");
	place_expect(h, "SELECT content || reasoning FROM message WHERE id = 3", "Wind pushes.hm");
	place_expect(h, "SELECT state || error || error_text FROM message WHERE id = 5", "failedservermodel not found");
	history_close(h);
	place_remove();
}

static void
what_llama_ui_has_comes(void)
{
	struct history *h;

	place_make();
	h = place_open();
	import_sample(h, "llama-ui", NULL);
	place_expect(h, "SELECT title || system || parameters FROM conversation WHERE id = 1",
	        "RopesYou tie knots.{\"thinking\":\"on\",\"reasoning_effort\":\"medium\"}");
	place_expect(h, "SELECT group_concat(name, ' ') FROM message_attachment WHERE message = 1",
	        "knots.txt dot.png book.pdf");
	place_expect(h, "SELECT reasoning || json_extract(timings, '$.predicted_per_second') FROM message WHERE id = 2",
	        "Short.50");
	place_expect(h, "SELECT content FROM message WHERE id = (SELECT leaf FROM conversation WHERE id = 1)",
	        "Let me look.\n\n[tool call: search]\n\n```json\n{\"q\":\"knot\"}\n```\n\n[result of a tool]\n\n"
	        "The clove hitch.");
	history_close(h);
	place_remove();
}

/* ---- small ones ---- */

#define CHAT(nodes) "[{\"mapping\":{" nodes "}}]"
#define NODE(id, parent, role, text)                                                                                   \
	"\"" id "\":{\"parent\":" parent ",\"message\":{\"author\":{\"role\":\"" role                                  \
	"\"},\"content\":{\"content_type\":\"text\",\"parts\":[\"" text "\"]}}}"
#define WEBUI(messages) "[{\"id\":\"c\",\"chat\":{\"history\":{\"messages\":{" messages "}}}}]"
#define LINES(messages) "{\"conv\":{\"id\":\"c\"},\"messages\":[" messages "]}"

static const struct {
	const char *json, *sql, *want;
} shapes[] = {
        /* an object around the list, which some exports have had */
        {"{\"conversations\":" CHAT(NODE("a", "null", "user", "Hi")) "}", "SELECT content FROM message", "Hi"},
        /* what is above is not there */
        {CHAT(NODE("a", "\"gone\"", "user", "Hi") "," NODE("b", "\"a\"", "assistant", "Yes")),
                "SELECT group_concat(content || ' ' || ifnull(parent, 0)) FROM message", "Hi 0,Yes 1"},
        /* two replies below a part of one are two */
        {CHAT(NODE("a", "null", "user", "Hi") "," NODE("b", "\"a\"", "assistant", "Yes") "," NODE(
                 "c", "\"b\"", "assistant", "one") "," NODE("d", "\"b\"", "assistant", "two")),
                "SELECT group_concat(content || ' ' || ifnull(parent, 0)) FROM message", "Hi 0,Yes 1,one 2,two 2"},
        /* but one is the same, also with structure in between */
        {CHAT(NODE("a", "null", "user", "Hi") "," NODE("b", "\"a\"", "assistant",
                 "Yes") ","
                        "\"x\":{\"parent\":\"b\",\"message\":null}," NODE("c", "\"x\"", "assistant", "one")),
                "SELECT group_concat(content || ' ' || ifnull(parent, 0)) FROM message", "Hi 0,Yes\n\none 1"},
        /* a role that nobody knows */
        {CHAT(NODE("a", "null", "critic", "Hm")), "SELECT role || content FROM message", "assistant[of: critic]\n\nHm"},
        /* system messages further down stay where they are */
        {CHAT(NODE("s", "null", "system", "Be good") "," NODE("a", "\"s\"", "user", "Hi") "," NODE(
                 "t", "\"a\"", "system", "Be bad")),
                "SELECT system || ':' || (SELECT group_concat(role || content) FROM message) FROM conversation",
                "Be good:userHi,systemBe bad"},
        /* nothing said, and nothing to say it with */
        {CHAT("\"a\":{\"parent\":null,\"message\":{\"author\":{\"role\":\"user\"},\"content\":null}}," NODE(
                 "b", "\"a\"", "user", "Hi")),
                "SELECT group_concat(content) FROM message", "Hi"},
        {CHAT("\"a\":{\"message\":{\"author\":{\"role\":\"assistant\"},\"content\":{\"parts\":[null,\"Hi\"]}}}"),
                "SELECT content FROM message", "Hi"},
        /* what ChatGPT notes on its user is no reply */
        {CHAT("\"a\":{\"message\":{\"author\":{\"role\":\"assistant\"},\"content\":{\"content_type\":"
              "\"model_editable_context\",\"model_set_context\":\"1. Likes C.\"}}}," NODE("b", "\"a\"", "user", "Hi")),
                "SELECT group_concat(role || content) FROM message", "userHi"},
        {CHAT("\"a\":{\"message\":{\"author\":{\"role\":\"tool\",\"name\":\"python\"},\"content\":{\"content_type\":"
              "\"execution_output\",\"text\":\"\"},\"metadata\":{\"aggregate_result\":{\"messages\":[{\"message_type\":"
              "\"image\",\"image_url\":\"file-service://plot\"},{\"message_type\":\"stream\"}]}}}}"),
                "SELECT content FROM message",
                "[result of a tool: python]\n\n[picture not in the export: file-service://plot]"},
        /* old citations: what stands for them, or they themselves; other brackets are text */
        {CHAT("\"a\":{\"message\":{\"author\":{\"role\":\"user\"},\"content\":{\"parts\":[\"【a】【1†source】.【2†x】."
              "【"
              "†\"]},\"metadata\":{\"content_references\":[{\"matched_text\":\"【1†source】\",\"alt\":\"(e.org)\"}]}}"
              "}"),
                "SELECT content FROM message", "【a】(e.org).【2†x】.【†"},
        {CHAT(NODE("a", "null", "user", "Hi\\ue200cite【1†x】\\ue201 \\ue201\\ue200【【2†y】")),
                "SELECT substr(content, 1, 3) || length(content) FROM message", "Hi 11"},
        /* a mark that does not end is text */
        {CHAT(NODE("a", "null", "user", "Hi\\ue200cite")), "SELECT length(content) FROM message", "7"},
        {WEBUI("\"a\":{\"role\":\"assistant\",\"content\":\"<details type=\\\"reasoning\\\" done=\\\"true\\\">\"}"),
                "SELECT content FROM message", "<details type=\"reasoning\" done=\"true\">"},
        {WEBUI("\"a\":{\"role\":\"assistant\",\"content\":\"<details type=\\\"mine\\\">\\nx</details>\"}"),
                "SELECT content FROM message", "<details type=\"mine\">\nx</details>"},
        {WEBUI("\"a\":{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"smell\"}]}"),
                "SELECT content FROM message", "Hi\n\n[part not known to flynn: smell]"},
        {WEBUI("\"a\":{\"role\":\"user\",\"content\":\"\",\"files\":[{\"type\":\"image\",\"url\":"
               "\"data:image/webp;base64,UklGRgAAAABXRUJQ\"}]}"),
                "SELECT content FROM message", "[a WebP picture, not imported]"},
        /* remnants of messages; a reply made of several; Ollama's times, and llama-server's */
        {WEBUI("\"a\":null,\"b\":{\"statusHistory\":[]},\"c\":{\"role\":\"user\",\"content\":\"Hi\"}"),
                "SELECT content || ifnull(parent, 0) FROM message", "Hi0"},
        {WEBUI("\"a\":{\"role\":\"assistant\",\"content\":\"Hi\",\"merged\":{\"status\":true,\"content\":\"Ho\"}}"),
                "SELECT content FROM message", "Hi\n\n[part not known to flynn: merged]\n\nHo"},
        {WEBUI("\"a\":{\"role\":\"assistant\",\"content\":\"Hi\",\"info\":{\"eval_count\":10,\"eval_duration\":"
               "250000000,"
               "\"prompt_eval_count\":4,\"prompt_eval_duration\":1000000}}"),
                "SELECT json_extract(timings, '$.predicted_per_second', '$.prompt_per_second') FROM message",
                "[40,4000]"},
        {WEBUI("\"a\":{\"role\":\"assistant\",\"content\":\"Hi\",\"usage\":{\"prompt_tokens\":9,\"predicted_n\":10,"
               "\"predicted_ms\":100}}"),
                "SELECT json_extract(timings, '$.predicted_per_second') FROM message", "100"},
        /* of versions without branches */
        {"[{\"chat\":{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":"
         "\"Ho\"}]}}]",
                "SELECT group_concat(content || ' ' || ifnull(parent, 0)) FROM message", "Hi 0,Ho 1"},
        /* ids that are numbers; the order of siblings is the parent's */
        {LINES("{\"id\":1,\"parent\":-1,\"role\":\"user\",\"content\":\"a\",\"children\":[3,2]},"
               "{\"id\":2,\"parent\":1,\"role\":\"assistant\",\"content\":\"b\",\"timestamp\":5000},"
               "{\"id\":3,\"parent\":1,\"role\":\"assistant\",\"content\":\"c\",\"timestamp\":9000}"),
                "SELECT group_concat(content || ' ' || ifnull(parent, 0)) FROM message", "a 0,c 1,b 1"},
        {LINES("{\"role\":\"user\",\"content\":\"a\",\"extra\":[{\"type\":\"IMAGE\",\"name\":\"x/y.png\",\"base64Url\":"
               "\"data:image/png;base64,!\"}]}"),
                "SELECT content FROM message", "a\n\n[a damaged file, not imported: x/y.png]"},
        {LINES("{\"role\":\"assistant\",\"content\":\"a\",\"extra\":[{\"type\":\"IMAGE\",\"name\":\"y.gif\","
               "\"base64Url\":\"data:image/gif;base64,R0lGODlh/w==\"}]}"),
                "SELECT content FROM message", "a\n\n[a GIF picture of the reply, not imported: y.gif]"},
        /* a fence longer than any in it */
        {LINES("{\"role\":\"assistant\",\"content\":\"a\",\"toolCalls\":[{\"function\":{\"name\":\"f\\ng\","
               "\"arguments\":"
               "\"````\"}}]}"),
                "SELECT content FROM message", "a\n\n[tool call: f g]\n\n`````\n````\n`````"},
        /* several files in a row */
        {CHAT(NODE("a", "null", "user", "Hi")) "\n[]" CHAT(NODE("b", "null", "user", "Ho")),
                "SELECT group_concat(content) FROM message", "Hi,Ho"},
        {"{\"type\":\"session\",\"id\":\"1\"}{\"type\":\"message\",\"message\":{\"role\":\"user\",\"content\":\"Hi\"}"
         "}" LINES("{\"role\":\"user\",\"content\":\"Ho\"}"),
                "SELECT group_concat(content) FROM message", "Hi,Ho"},
};

static void
odd_shapes_are_read(void)
{
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
		struct history *h;
		char *words;

		place_make();
		h = place_open();
		words = archive_import(h, shapes[i].json, strlen(shapes[i].json), NULL);
		HARNESS_EQUAL(words, "");
		place_expect(h, shapes[i].sql, shapes[i].want);
		free(words);
		history_close(h);
		place_remove();
	}
}

/* ---- later exports ---- */

#define MESSAGE(id, parent, role, text)                                                                                \
	"{\"id\":\"" id "\",\"parent\":\"" parent "\",\"role\":\"" role "\",\"content\":\"" text "\"}"
#define FIRST_EXPORT MESSAGE("u", "", "user", "Hi") "," MESSAGE("a", "u", "assistant", "Ho")

static void
check_export(struct history *h, const char *json, size_t merged, size_t messages)
{
	struct import_counts counts;

	for (int i = 0; i < 2; i++) {
		char *words = archive_import(h, json, strlen(json), &counts);

		HARNESS_EQUAL(words, "");
		HARNESS_CHECK(counts.added == 0 && counts.copied == 0 && counts.merged == (i == 0 ? merged : 0) &&
		                      counts.messages == (i == 0 ? messages : 0) && counts.skipped == 1 - counts.merged,
		        "%s: merged %zu, %zu messages", json, counts.merged, counts.messages);
		free(words);
	}
}

static void
a_later_export_adds_what_is_new(void)
{
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, LINES(FIRST_EXPORT), 1, 0, 0);
	check_export(h, LINES(FIRST_EXPORT), 0, 0);
	check_export(h,
	        LINES(FIRST_EXPORT "," MESSAGE("b", "u", "assistant", "Hey") "," MESSAGE("v", "a", "user", "More")), 1,
	        2);
	place_expect(
	        h, "SELECT group_concat(content || ' ' || ifnull(parent, 0)) FROM message", "Hi 0,Ho 1,More 2,Hey 1");
	place_expect(h, "SELECT leaf FROM conversation", "2");
	/* fewer messages are none to be removed */
	check_export(h, LINES(FIRST_EXPORT), 0, 0);
	/* another text is another version, and so is what stands below it */
	check_export(h,
	        LINES(MESSAGE("u", "", "user", "Hi") "," MESSAGE("a", "u", "assistant", "Hum") "," MESSAGE(
	                "w", "a", "user", "On")),
	        1, 2);
	place_expect(
	        h, "SELECT group_concat(content || ' ' || ifnull(parent, 0)) FROM message WHERE id > 4", "Hum 1,On 5");
	/* what was deleted comes back */
	place_run(h, "UPDATE message SET deleted = 5 WHERE id = 3");
	check_export(h, LINES(FIRST_EXPORT "," MESSAGE("v", "a", "user", "More")), 1, 1);
	place_check(h);
	history_close(h);
	place_remove();
}

/* What was said here meanwhile stays where it is. */
static void
what_was_said_here_stays(void)
{
	struct history *h;

	place_make();
	h = place_open();
	archive_check(h, LINES(FIRST_EXPORT), 1, 0, 0);
	place_run(h, "INSERT INTO message (conversation, parent, role, state, content, reasoning, model, endpoint, "
	             "parameters,"
	             "  finish_reason, usage, timings, created, uuid)"
	             "  SELECT conversation, 2, 'user', 'complete', 'Mine', '', '', '', '', '', '', '', 7,"
	             "  '01234567-89ab-4def-8123-456789abcdef' FROM message WHERE id = 2");
	place_run(h, "UPDATE conversation SET leaf = 3, title = 'Mine'");
	check_export(h, LINES(FIRST_EXPORT "," MESSAGE("v", "a", "user", "More")), 1, 1);
	place_expect(
	        h, "SELECT group_concat(content || ' ' || ifnull(parent, 0)) FROM message", "Hi 0,Ho 1,Mine 2,More 2");
	place_expect(h, "SELECT title || leaf FROM conversation", "Mine3");
	history_close(h);
	place_remove();
}

/* ---- what is broken ---- */

static const struct {
	const char *json, *want;
} broken[] = {
        {CHAT(NODE("a", "\"b\"", "user", "x") "," NODE("b", "\"a\"", "user", "y")),
                "f: conversation 1, message 1: the messages above it form a circle"},
        {CHAT(NODE("a", "null", "user", "x") "," NODE("b", "\"b\"", "user", "y")),
                "f: conversation 1, message 2: the messages above it form a circle"},
        {CHAT(NODE("a", "null", "user", "x") "," NODE("a", "null", "user", "y")),
                "f: conversation 1, message 2: message 1 has the id \"a\" too"},
        {CHAT("\"a\":7"), "f: conversation 1, message 1: it must be an object"},
        {CHAT("\"a\":{\"parent\":7}"), "f: conversation 1, message 1: \"parent\" must be a text"},
        {CHAT("\"a\":{\"children\":{}}"), "f: conversation 1, message 1: \"children\" must be a list"},
        {CHAT("\"a\":{\"message\":{\"content\":{}}}"), "f: conversation 1, message 1: its \"author\" has no \"role\""},
        {CHAT("\"a\":{\"message\":{\"author\":{\"role\":\"user\"},\"content\":[]}}"),
                "f: conversation 1, message 1: \"content\" must be an object"},
        {CHAT("\"a\":{\"message\":{\"author\":{\"role\":\"user\"},\"content\":{\"parts\":\"x\"}}}"),
                "f: conversation 1, message 1: \"parts\" must be a list"},
        {"[{\"title\":7,\"mapping\":{}}]", "f: conversation 1: \"title\" must be a text"},
        {"[{\"mapping\":[]}]",
                "f: conversation 1 is of no form that is known here: flynn's, ChatGPT's, llama-ui's or Open WebUI's"},
        {CHAT("") " nil ", "f: bytes 18 to 20: this is no JSON"},
        {"[{\"mapping\":{}} {\"mapping\":{}}]", "f: byte 17: a comma or a closing bracket is missing"},
        {"[{\"mapping\":{\"\xff\":{}}}]", "f: byte 15: this is no UTF-8"},
        {CHAT("\"a\":{\"message\":7}"), "f: conversation 1, message 1: its \"author\" has no \"role\""},
        {WEBUI("\"a\":7"), "f: conversation 1, message 1: it must be an object"},
        {WEBUI("\"a\":{\"content\":\"x\"}"), "f: conversation 1, message 1: \"role\" is missing"},
        {WEBUI("\"a\":{\"role\":\"user\",\"parentId\":[]}"),
                "f: conversation 1, message 1: \"parentId\" must be a text"},
        {WEBUI("\"a\":{\"role\":\"user\",\"files\":7}"), "f: conversation 1, message 1: \"files\" must be a list"},
        {WEBUI("\"a\":{\"role\":\"user\",\"parentId\":\"a\"}"),
                "f: conversation 1, message 1: the messages above it form a circle"},
        {LINES("{\"content\":\"x\"}"), "f: conversation 1, message 1: \"role\" is missing"},
        {LINES("7"), "f: conversation 1, message 1: it must be an object"},
        {LINES("{\"role\":\"user\",\"content\":7}"), "f: conversation 1, message 1: \"content\" must be a text"},
        {"{\"conv\":{},\"messages\":7}", "f: conversation 1: \"messages\" must be a list"},
        {"{\"type\":\"message\",\"message\":{}}", "f: a message comes before any conversation"},
        {"{\"type\":\"session\",\"id\":\"1\"}\n{\"type\":\"message\",\"message\":{\"content\":\"x\"}}",
                "f: conversation 1, message 1: \"role\" is missing"},
        {"{\"type\":\"session\",\"id\":\"1\"}\n{\"type\":", "f: ends in the middle (after byte 36)"},
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

/* Of lines a part is whole too. */
static void
cut_anywhere_it_leaves_nothing(void)
{
	struct history *h;

	place_make();
	h = place_open();
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		size_t n;
		char *text = sample(samples[i].name, &n);

		for (size_t cut = 0; cut + 2 < n && text[0] == '['; cut++) {
			char *words = archive_import(h, text, cut, NULL);

			HARNESS_CHECK(
			        strncmp(words, "f: ", 3) == 0, "%s, cut at %zu: [%s]", samples[i].name, cut, words);
			free(words);
		}
		free(text);
	}
	place_expect(h, "SELECT count(*) FROM conversation", "0");
	history_close(h);
	place_remove();
}

static void
changed_anywhere_it_holds_together(void)
{
	enum { STEP = 3 }; /* each byte of all of them would take as long as all other tests of imports */
	static const char signs[] = "\"{}[,0\xff";
	struct history *h;

	place_make();
	h = place_open();
	for (size_t i = 0; i < ARRAY_LEN(samples); i++) {
		size_t n;
		char *text = sample(samples[i].name, &n);

		for (size_t at = i % STEP; at < n; at += STEP * harness_stride()) {
			char was = text[at];

			text[at] = signs[at % (sizeof(signs) - 1)];
			free(archive_import(h, text, n, NULL));
			text[at] = was;
		}
		free(text);
	}
	place_check(h);
	history_close(h);
	place_remove();
}

/* As many messages below each other as no stack has room for. */
static void
a_deep_tree_is_read(void)
{
	int depth = 33333 / (int)harness_stride() * 3;
	struct import_counts counts;
	struct buf json = {0};
	struct history *h;
	char *words;

	place_make();
	h = place_open();
	buf_puts(&json, "[{\"mapping\":{");
	for (int i = 0; i < depth; i++)
		buf_printf(&json,
		        "%s\"%d\":{\"parent\":\"%d\",\"children\":[\"%d\"],\"message\":{\"author\":{\"role\":\"%s\"},"
		        "\"content\":{\"parts\":[\"x\"]}}}",
		        i > 0 ? "," : "", i, i - 1, i + 1, i % 3 ? "assistant" : "user");
	buf_puts(&json, "}}]");
	words = archive_import(h, buf_text(&json), json.len, &counts);
	HARNESS_EQUAL(words, "");
	HARNESS_CHECK(counts.messages == 2 * ((size_t)depth / 3), "%zu messages", counts.messages);
	free(words);
	buf_release(&json);
	history_close(h);
	place_remove();
}

CU_TestInfo import_other_tests[] = {
        {"the same file adds nothing again", the_same_file_adds_nothing_again},
        {"what ChatGPT has comes", what_chatgpt_has_comes},
        {"what Open WebUI has comes", what_open_webui_has_comes},
        {"what llama-ui has comes", what_llama_ui_has_comes},
        {"odd shapes are read", odd_shapes_are_read},
        {"a later export adds what is new", a_later_export_adds_what_is_new},
        {"what was said here stays", what_was_said_here_stays},
        {"errors name the place", errors_name_the_place},
        {"cut anywhere it leaves nothing", cut_anywhere_it_leaves_nothing},
        {"changed anywhere it holds together", changed_anywhere_it_holds_together},
        {"a deep tree is read", a_deep_tree_is_read},
        CU_TEST_INFO_NULL,
};
