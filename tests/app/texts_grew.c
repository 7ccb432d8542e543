/*
 * texts_grew.c - which records of a reply are shown by drawing its text, and which by drawing all.
 */
#include "app/life.h"

#include <stdlib.h>
#include <string.h>

#include "app/pane.h"
#include "app/talk.h"
#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "net/events.h"
#include "tests/app/netless.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

static char local[] = "local";
static struct config_model models[] = {{.name = local}};
static const struct config config = {.models = models, .n_models = 1, .model = models};

static void
give(struct app *app, enum net_event_type type, const void *data, size_t size)
{
	struct queue_record *r = mem_alloc(sizeof(*r) + size);

	r->type = (uint16_t)type;
	r->size = (uint32_t)size;
	r->id = app->pane->talk->session.stream;
	memcpy(r->data, data, size);
	app->stale = app->texts_grew = false;
	life_event(app, r);
	free(r);
}

static void
draws_all_but_for_more_text(void)
{
	static const struct chat_progress read = {.total = 20, .processed = 10};
	static const struct chat_usage usage = {.prompt_tokens = 20, .completion_tokens = 2};
	static const struct {
		enum net_event_type type;
		const void *data;
		size_t size;
		int64_t silent_ms; /* before it */
		bool all;
	} records[] = {
	        {NET_PROGRESS, &read, sizeof(read), 0, true},
	        {NET_REASONING, "Hm", 2, 0, true}, /* now it is thinking */
	        {NET_REASONING, ", so", 4, 0, false},
	        {NET_CONTENT, "Once", 4, 0, true}, /* now it is writing */
	        {NET_CONTENT, " upon", 5, 0, false},
	        {NET_CONTENT, " a", 2, 900, false},
	        {NET_CONTENT, " time", 5, 1000, true}, /* the bar may tell of a silence */
	        {NET_CONTENT, "\n\n", 2, 0, false},
	        {NET_USAGE, &usage, sizeof(usage), 0, true},
	        {NET_FINISH, "stop", 4, 0, true},
	};
	struct app app;
	struct session *s;

	netless_init(&app, &config);
	s = &app.pane->talk->session;
	s->now_ms = clock_ms();
	session_send(s, "Go", 1);
	for (size_t i = 0; i < ARRAY_LEN(records); i++) {
		s->heard_ms = clock_ms() - records[i].silent_ms;
		give(&app, records[i].type, records[i].data, records[i].size);
		HARNESS_CHECK(app.stale == records[i].all && app.texts_grew == !records[i].all, "record %zu", i);
		CU_ASSERT(app_is_stale(&app));
	}
	netless_release(&app);
}

CU_TestInfo texts_grew_tests[] = {
        {"draws all but for more text", draws_all_but_for_more_text},
        CU_TEST_INFO_NULL,
};
