/*
 * titles.c - what becomes of a model's answer to the question for a title.
 */
#include "app/pane.h"
#include "app/talk.h"
#include "app/titles.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

enum {
	STREAM = 5,
};

static bool
tell(struct app *app, uint64_t stream, enum net_event_type type, const void *data, size_t n)
{
	struct queue_record *r = mem_alloc(sizeof(*r) + n);
	bool its;

	r->type = type;
	r->size = (uint32_t)n;
	r->id = stream;
	memcpy(r->data, data, n);
	its = titles_event(app, r);
	free(r);
	return its;
}

/* The answer comes in two pieces, and ends so; the title afterwards. */
static const char *
title_after(struct app *app, const char *answer, enum err_code end)
{
	struct err why = {.code = end};
	size_t half = strlen(answer) / 2;

	titles_init(app);
	*app->titles = (struct titles){.stream = STREAM, .talk = app->pane->talk};
	CU_ASSERT(!tell(app, STREAM + 1, NET_CONTENT, "not mine", 8));
	CU_ASSERT(tell(app, STREAM, NET_REASONING, "A title\nis", 10));
	(void)tell(app, STREAM, NET_CONTENT, answer, half);
	(void)tell(app, STREAM, NET_CONTENT, answer + half, strlen(answer) - half);
	(void)tell(app, STREAM, NET_END, &why, sizeof(why));
	CU_ASSERT(app->titles->stream == 0 && !tell(app, STREAM, NET_CONTENT, "late", 4));
	titles_release(app);
	return buf_text(&conversation_info(app->pane->talk->session.conversation)->title);
}

static void
takes_titles(void)
{
	static const struct {
		const char *answer;
		enum err_code end;
		enum title_by by;
		const char *want;
	} rows[] = {
	        {"The Sky", ERR_NONE, TITLE_BY_PROMPT, "The Sky"},
	        {"\n **\"The Sky.\"** \n", ERR_NONE, TITLE_BY_PROMPT, "The Sky"},
	        {"# The Sky\nis blue", ERR_NONE, TITLE_BY_PROMPT, "The Sky"},
	        {"\nThe Sky\n\nis blue, for it", ERR_TIMEOUT, TITLE_BY_PROMPT, "The Sky"},
	        {"Think", ERR_NONE, TITLE_BY_PROMPT, "Think"},
	        {"The Sky", ERR_TIMEOUT, TITLE_BY_PROMPT, "Which?"},
	        {" ", ERR_NONE, TITLE_BY_PROMPT, "Which?"},
	        {"The Sky", ERR_NONE, TITLE_BY_PERSON, "Which?"},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct talk *talk = talk_new(NULL, NULL), *talks[] = {talk};
		struct pane pane = {.talk = talk};
		struct app app = {.pane = &pane, .talks = talks, .n_talks = 1};
		struct conversation_info *info = conversation_info(talk->session.conversation);

		buf_puts(&info->title, "Which?");
		info->titled = rows[i].by;
		HARNESS_EQUAL(title_after(&app, rows[i].answer, rows[i].end), rows[i].want);
		CU_ASSERT(conversation_is_changed(talk->session.conversation) == (strcmp(rows[i].want, "Which?") != 0));
		talk_free(talk);
	}
}

/* The conversation was let go of meanwhile. */
static void
forgets_closed_conversations(void)
{
	struct talk *talk = talk_new(NULL, NULL), *gone = talk_new(NULL, NULL), *talks[] = {talk};
	struct pane pane = {.talk = talk};
	struct app app = {.pane = &pane, .talks = talks, .n_talks = 1};
	struct err why = {.code = ERR_NONE};

	titles_init(&app);
	*app.titles = (struct titles){.stream = STREAM, .talk = gone};
	talk_free(gone);
	CU_ASSERT(tell(&app, STREAM, NET_CONTENT, "The Sky", 7));
	CU_ASSERT(tell(&app, STREAM, NET_END, &why, sizeof(why)));
	CU_ASSERT(!conversation_is_changed(talk->session.conversation));
	titles_release(&app);
	talk_free(talk);
}

CU_TestInfo titles_tests[] = {
        {"takes titles", takes_titles},
        {"forgets closed conversations", forgets_closed_conversations},
        CU_TEST_INFO_NULL,
};
