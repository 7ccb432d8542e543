/*
 * export.c - what is exported is what was there: JSON all of it, texts what is shown.
 */
#include "config.h"

#include "store/export.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/store/archive.h"
#include "tests/store/place.h"
#include "tests/store/talk.h"
#include "tests/store/tests.h"

static const struct message *
put_reply(struct conversation *c, const char *model, const char *reasoning, const char *content)
{
	struct message *m = conversation_add(c, conversation_leaf(c), CHAT_ASSISTANT, content);

	m->created_ms = 1700000060000;
	talk_put(&m->model, model);
	talk_put(&m->reasoning, reasoning);
	return m;
}

static struct message *
put_prompt(struct conversation *c, struct message *parent, const char *content)
{
	struct message *m = conversation_add(c, parent, CHAT_USER, content);

	m->created_ms = 1700000000000;
	return m;
}

/* Two prompts side by side, the second one answered. */
static struct conversation *
make_conversation(void)
{
	struct conversation *c = conversation_new("Be brief.");
	struct conversation_info *info = conversation_info(c);

	talk_put(&info->title, "A\ntitle");
	put_prompt(c, NULL, "first");
	put_prompt(c, NULL, "second");
	put_reply(c, "tiny", "let me\nthink", "Here:\n```c\nint x;");
	conversation_leaf(c)->state = MESSAGE_STOPPED;
	return c;
}

static char *
export_of(struct conversation *c, enum export_format format)
{
	struct loaded loaded = {.conversation = c};
	struct export export;
	char *text = NULL;
	size_t n;
	FILE *file = open_memstream(&text, &n);

	export_begin(&export, file, format);
	export_conversation(&export, &loaded);
	export_end(&export);
	fclose(file);
	conversation_free(c);
	return text;
}

static void
check(enum export_format format, const char *want)
{
	char *have;

	setenv("TZ", "UTC", 1);
	tzset();
	have = export_of(make_conversation(), format);
	HARNESS_EQUAL(have, want);
	free(have);
}

static void
markdown_has_who_said_what_in_headings(void)
{
	check(EXPORT_MARKDOWN, "# A title\n\n## System\n\nBe brief.\n\n## You · 2023-11-14 22:13 · 2 of 2\n\nsecond\n\n"
	                       "## tiny · 2023-11-14 22:14 · stopped\n\n"
	                       "<details><summary>Reasoning</summary>\n\n> let me\n> think\n\n</details>\n\n"
	                       "Here:\n```c\nint x;\n```\n");
}

static struct conversation *
make_hostile(void)
{
	struct conversation *c = conversation_new("s\x1b[2Jy");

	talk_put(&conversation_info(c)->title, "t\x07\xc2\x9b\xe2\x80\xae");
	put_prompt(c, NULL, "a\tb\r\nc\x1b]0;x\x07\xe2\x81\xa6 👩‍🚀");
	put_reply(c, "m\x1b[31m", "th\x08ink", "```\n\x7f\xc2\x85");
	return c;
}

static void
markdown_has_no_control_characters(void)
{
	char *have;

	setenv("TZ", "UTC", 1);
	tzset();
	have = export_of(make_hostile(), EXPORT_MARKDOWN);
	HARNESS_EQUAL(have, "# t^G<U+009B><U+202E>\n\n## System\n\ns^[[2Jy\n\n## You · 2023-11-14 22:13\n\n"
	                    "a\tb\nc^[]0;x^G<U+2066> 👩‍🚀\n\n## m^[[31m · 2023-11-14 22:14\n\n"
	                    "<details><summary>Reasoning</summary>\n\n> th^Hink\n\n</details>\n\n"
	                    "```\n^?<U+0085>\n```\n");
	free(have);
}

static void
text_has_who_said_what_in_lines(void)
{
	check(EXPORT_TEXT, "A title\n\n--- System\n\nBe brief.\n\n--- You · 2023-11-14 22:13 · 2 of 2\n\nsecond\n\n"
	                   "--- tiny · 2023-11-14 22:14 · stopped\n\n| let me\n| think\n\nHere:\n```c\nint x;\n");
}

static void
json_has_all_branches(void)
{
	check(EXPORT_JSON,
	        "{\"format\":\"flynn-history\",\"version\":1,\"conversations\":[\n"
	        "{\"title\":\"A\\ntitle\",\"titled\":\"prompt\",\"pinned\":false,\"archived\":false,\"tags\":[],"
	        "\"system\":\"Be brief.\",\"leaf\":3,\"messages\":[\n"
	        "{\"id\":1,\"parent\":null,\"role\":\"user\",\"content\":\"first\",\"reasoning\":\"\","
	        "\"state\":\"complete\",\"created\":\"2023-11-14T22:13:20.000Z\",\"model\":\"\","
	        "\"finish_reason\":\"\",\"usage\":null,\"timings\":null},\n"
	        "{\"id\":2,\"parent\":null,\"role\":\"user\",\"content\":\"second\",\"reasoning\":\"\","
	        "\"state\":\"complete\",\"created\":\"2023-11-14T22:13:20.000Z\",\"model\":\"\","
	        "\"finish_reason\":\"\",\"usage\":null,\"timings\":null},\n"
	        "{\"id\":3,\"parent\":2,\"role\":\"assistant\",\"content\":\"Here:\\n```c\\nint x;\","
	        "\"reasoning\":\"let me\\nthink\",\"state\":\"stopped\","
	        "\"created\":\"2023-11-14T22:14:20.000Z\",\"model\":\"tiny\",\"finish_reason\":\"\","
	        "\"usage\":null,\"timings\":null}\n]}\n]}\n");
}

/* Names as they are, whatever is in them; data in JSON only. */
static struct conversation *
make_attached(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *m = conversation_add(c, NULL, CHAT_USER, "Why?");
	struct buf png = {0}, text = {0};

	buf_put(&png, "\x89PNG\r\n\x1a\n", 8);
	attachments_add(&m->attachments, attachment_new(ATTACHMENT_IMAGE, "a *b*.png", "/x/a", "image/png", &png));
	buf_puts(&text, "hi\n");
	attachments_add(&m->attachments, attachment_new(ATTACHMENT_TEXT, "`c\x1b`\n.txt", NULL, "text/plain", &text));
	return c;
}

static void
attachments_are_named(void)
{
	static const char in_json[] = "\"timings\":null,\"attachments\":[{\"name\":\"a "
	                              "*b*.png\",\"kind\":\"image\",\"type\":\"image/png\","
	                              "\"size\":8,\"sha256\":"
	                              "\"4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6\",\"data\":"
	                              "\"iVBORw0KGgo=\"},{\"name\":\"`c\\u001b`\\n.txt\",\"kind\":\"text\",\"type\":"
	                              "\"text/plain\",\"size\":3,"
	                              "\"sha256\":\"98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4\","
	                              "\"data\":\"aGkK\"}]}\n]}";
	char *markdown = export_of(make_attached(), EXPORT_MARKDOWN), *text = export_of(make_attached(), EXPORT_TEXT),
	     *json = export_of(make_attached(), EXPORT_JSON);

	HARNESS_EQUAL(markdown, "# Untitled conversation\n\n## You\n\nWhy?\n\nAttached:\n\n"
	                        "- `a *b*.png` (image, 8 B)\n- `` `c^[` .txt `` (text, 3 B)\n");
	HARNESS_EQUAL(text, "Untitled conversation\n\n--- You\n\nWhy?\n\n"
	                    "attached: a *b*.png (image, 8 B)\nattached: `c\x1b` .txt (text, 3 B)\n");
	HARNESS_CHECK(strstr(json, in_json) != NULL, "%s", json);
	free(markdown);
	free(text);
	free(json);
}

/* The reply of a muted prompt is muted with it. */
static struct conversation *
make_changed(void)
{
	struct conversation *c = conversation_new(NULL);
	struct conversation_info *info = conversation_info(c);
	struct message *m;

	parameters_fix(&info->parameters, "temperature", "0.2");
	talk_put(&info->preset, "terse");
	CU_ASSERT(tags_add(&info->tags, "work") && tags_add(&info->tags, "home"));
	m = conversation_add(c, NULL, CHAT_SYSTEM, "Boats float.");
	m->is_summary = true;
	m = conversation_add(c, m, CHAT_SYSTEM, "Be long.");
	m = conversation_add(c, m, CHAT_USER, "Why?");
	m->is_muted = true;
	conversation_add(c, m, CHAT_ASSISTANT, "They do.")->is_edited = true;
	return c;
}

static void
texts_say_what_was_changed(void)
{
	char *markdown = export_of(make_changed(), EXPORT_MARKDOWN), *text = export_of(make_changed(), EXPORT_TEXT);

	HARNESS_EQUAL(markdown,
	        "# Untitled conversation\n\nTags: home, work\n\n## Summary of what was said before\n\nBoats float.\n\n"
	        "## System\n\nBe long.\n\n## You · muted\n\nWhy?\n\n"
	        "## Assistant · edited · muted\n\nThey do.\n");
	HARNESS_EQUAL(text,
	        "Untitled conversation\n\nTags: home, work\n\n--- Summary of what was said before\n\nBoats float.\n\n"
	        "--- System\n\nBe long.\n\n--- You · muted\n\nWhy?\n\n"
	        "--- Assistant · edited · muted\n\nThey do.\n");
	free(markdown);
	free(text);
}

static void
json_has_what_was_changed(void)
{
	static const char *const parts[] = {"\"parameters\":{\"temperature\":0.2},\"preset\":\"terse\",\"leaf\":4,",
	        "\"tags\":[\"home\",\"work\"]",
	        ("\"content\":\"Boats float.\",\"reasoning\":\"\",\"state\":\"complete\",\"model\":\"\","
	         "\"finish_reason\":\"\",\"usage\":null,\"timings\":null,\"kind\":\"summary\"},"),
	        "\"timings\":null,\"muted\":true},\n", "\"timings\":null,\"edited\":true}\n", "\"timings\":null},\n"};
	char *have = export_of(make_changed(), EXPORT_JSON);

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		HARNESS_CHECK(strstr(have, parts[i]) != NULL, "%s is not in %s", parts[i], have);
	free(have);
}

/* What is below a deleted message goes with it, and a message with the id after it stays. */
static void
json_has_nothing_deleted(void)
{
	struct conversation *c = conversation_new(NULL);
	struct message *a = put_prompt(c, NULL, "a"), *gone = put_prompt(c, a, "gone");
	char *have;

	put_reply(c, "tiny", "", "below");
	put_prompt(c, conversation_leaf(c), "far below");
	put_prompt(c, a, "kept");
	conversation_delete(c, gone);
	put_reply(c, "tiny", "", "kept too");
	have = export_of(c, EXPORT_JSON);
	CU_ASSERT(!strstr(have, "gone") && !strstr(have, "below"));
	CU_ASSERT_PTR_NOT_NULL(strstr(have, "{\"id\":5,\"parent\":1,\"role\":\"user\",\"content\":\"kept\""));
	CU_ASSERT_PTR_NOT_NULL(strstr(have, "{\"id\":6,\"parent\":5,"));
	free(have);
}

/* Each with a look at all that is above it, this would take minutes. */
static void
json_of_a_long_row(void)
{
	enum { N = 100000 };
	struct conversation *c = conversation_new(NULL);
	char *have, last[64];

	for (int i = 0; i < N; i++)
		put_prompt(c, conversation_leaf(c), "x");
	have = export_of(c, EXPORT_JSON);
	snprintf(last, sizeof(last), "{\"id\":%d,\"parent\":%d,", N, N - 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(have, last));
	free(have);
}

static void
formats_have_names(void)
{
	enum export_format format;

	CU_ASSERT(export_format_named("md", &format) && format == EXPORT_MARKDOWN);
	CU_ASSERT(export_format_of_file("a.b/x.json", &format) && format == EXPORT_JSON);
	CU_ASSERT(export_format_of_file("x.txt", &format) && format == EXPORT_TEXT);
	CU_ASSERT(!export_format_of_file("x", &format) && !export_format_of_file("a.json/x", &format));
	CU_ASSERT(!export_format_named("pdf", &format) && !export_format_of_file("x.pdf", &format));
}

CU_TestInfo export_tests[] = {
        {"Markdown has who said what in headings", markdown_has_who_said_what_in_headings},
        {"Markdown has no control characters", markdown_has_no_control_characters},
        {"text has who said what in lines", text_has_who_said_what_in_lines},
        {"texts say what was changed", texts_say_what_was_changed},
        {"JSON has what was changed", json_has_what_was_changed},
        {"JSON has all branches", json_has_all_branches},
        {"JSON has nothing that is deleted", json_has_nothing_deleted},
        {"JSON of a long row of messages", json_of_a_long_row},
        {"formats have names, files their ends", formats_have_names},
        {"attachments are named", attachments_are_named},
        CU_TEST_INFO_NULL,
};
