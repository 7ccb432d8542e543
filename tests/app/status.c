/*
 * status.c - the state of server and turn in words, at any time, and how it looks where nothing answers.
 */
#include "app/life.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/status.h"
#include "app/status_activity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/talk.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "screen/screen.h"
#include "tests/app/netless.h"
#include "tests/app/tests.h"
#include "tests/harness.h"

static char name[] = "one";
static struct config_model model = {.name = name};
static const struct config config = {.models = &model, .n_models = 1, .model = &model};

/* Of a server that is ready. */
static void
init(struct app *app)
{
	netless_init(app, &config);
	app->pane->talk->link->server.state = SERVER_READY;
}

static void
tell(struct app *app, int64_t now_ms, const struct chat_event *event)
{
	struct err err;

	app->pane->talk->session.now_ms = now_ms;
	CU_ASSERT(session_event(&app->pane->talk->session, event, &err));
}

static void
tell_text(struct app *app, int64_t now_ms, enum chat_event_type type, const char *text)
{
	tell(app, now_ms, &(struct chat_event){.type = type, .text = text, .len = strlen(text)});
}

static void
expect_activity(const struct app *app, int64_t now_ms, const char *whole, const char *brief)
{
	struct status status;

	status_make(app, now_ms, &status);
	HARNESS_EQUAL(status.activity[0], whole);
	HARNESS_EQUAL(status.activity[1], brief);
}

/* From the prompt to the end; after five seconds in which nothing comes it says so, and counts. */
static void
says_what_happens(void)
{
	static const struct err good = {.code = ERR_NONE};
	struct app app;
	struct session *s;

	init(&app);
	s = &app.pane->talk->session;
	expect_activity(&app, 1000, "", "");
	s->now_ms = 1000;
	session_send(s, "Go", 1);
	expect_activity(&app, 1000, "waiting", "");
	expect_activity(&app, 5999, "waiting", "");
	expect_activity(&app, 6000, "waiting 5 s", "");
	tell(&app, 7000,
	        &(struct chat_event){.type = CHAT_EVENT_PROGRESS, .progress = {.total = 200, .processed = 124}});
	expect_activity(&app, 60000, "reading prompt 62 %", "reading 62 %");
	tell_text(&app, 60000, CHAT_EVENT_REASONING, "Hm");
	expect_activity(&app, 60000, "thinking", "");
	tell_text(&app, 60100, CHAT_EVENT_CONTENT, "Once");
	expect_activity(&app, 60100, "writing", "");
	expect_activity(&app, 65099, "writing", "");
	expect_activity(&app, 65100, "no text for 5 s", "silent 5 s");
	expect_activity(&app, 99100, "no text for 39 s", "silent 39 s");
	/* A ping is no text. */
	tell(&app, 99200, &(struct chat_event){.type = CHAT_EVENT_LULL});
	expect_activity(&app, 99200, "no text for 39 s", "silent 39 s");
	tell_text(&app, 99300, CHAT_EVENT_CONTENT, " upon");
	expect_activity(&app, 99300, "writing", "");
	session_stop(s);
	expect_activity(&app, 99400, "stopping", "");
	tell(&app, 99500, &(struct chat_event){.type = CHAT_EVENT_TIMINGS, .timings = {.predicted_per_second = 38.24}});
	CU_ASSERT(session_end(s, &good, true) == NULL);
	expect_activity(&app, 99500, "38.2 tok/s", "");
	netless_release(&app);
}

/* While no byte has come, and after a reply was stopped. */
static void
says_what_the_slots_do(void)
{
	static const struct {
		struct net_slots slots;
		int64_t now_ms;
		const char *whole, *brief;
	} waits[] = {
	        {{true, 4, 4}, 3000, "waiting for a free slot (4 of 4 busy)", "waiting for a slot"},
	        {{true, 1, 1}, 90000, "waiting for a free slot (1 of 1 busy)", "waiting for a slot"},
	        {{true, 4, 1}, 3000, "waiting", ""},
	        {{true, 4, 1}, 8000, "waiting 8 s", ""},
	        {{false, 0, 0}, 3000, "waiting for the server", "waiting"},
	        {{false, 0, 0}, 8000, "waiting for the server 8 s", "waiting 8 s"},
	};
	static const struct {
		enum talk_stop stop;
		const char *whole, *brief;
	} stops[] = {{STOP_WATCHED, "stopping", ""}, {STOP_DONE, "stopped", ""}, {STOP_NONE, "", ""},
	        {STOP_WORKS, "the server is still working on it", "still working"}};
	static const struct err stopped = {.code = ERR_CANCELLED};
	struct app app;
	struct talk *talk;

	init(&app);
	talk = app.pane->talk;
	session_send(&talk->session, "Go", 1);
	talk->slots_told = true;
	for (size_t i = 0; i < ARRAY_LEN(waits); i++) {
		talk->slots = waits[i].slots;
		expect_activity(&app, waits[i].now_ms, waits[i].whole, waits[i].brief);
	}
	tell_text(&app, 90000, CHAT_EVENT_CONTENT, "Once");
	expect_activity(&app, 90000, "writing", "");
	CU_ASSERT(session_end(&talk->session, &stopped, true) == NULL);
	for (size_t i = 0; i < ARRAY_LEN(stops); i++) {
		talk->stop = stops[i].stop;
		expect_activity(&app, 90000, stops[i].whole, stops[i].brief);
	}
	netless_release(&app);
}

static void
tells_the_rate(void)
{
	struct app app;

	init(&app);
	session_send(&app.pane->talk->session, "Go", 1);
	for (int i = 0; i <= 100; i++)
		tell_text(&app, 10000 + 50 * i, CHAT_EVENT_CONTENT, "a ");
	expect_activity(&app, 15000, "writing 20.0 tok/s", "20.0 tok/s");
	netless_release(&app);
}

/* Seconds of silence are counted as they pass; nothing is to be drawn while nothing runs. */
static void
knows_when_it_changes(void)
{
	struct app app;

	init(&app);
	CU_ASSERT(status_next_ms(app.pane->talk, 1000) == 0);
	app.pane->talk->session.now_ms = 1000;
	session_send(&app.pane->talk->session, "Go", 1);
	CU_ASSERT(status_next_ms(app.pane->talk, 1000) == 2000);
	CU_ASSERT(status_next_ms(app.pane->talk, 1999) == 2000);
	CU_ASSERT(status_next_ms(app.pane->talk, 7250) == 8000);
	netless_release(&app);
}

static void
counts_the_context(void)
{
	static const struct err good = {.code = ERR_NONE};
	struct app app;
	struct status status;

	init(&app);
	app.pane->talk->link->server.n_ctx = 4096;
	status_make(&app, 0, &status);
	CU_ASSERT(status.context_used == 0 && status.context_size == 4096);
	session_send(&app.pane->talk->session, "Go", 1);
	tell(&app, 1, &(struct chat_event){.type = CHAT_EVENT_PROGRESS, .progress = {.total = 30, .processed = 30}});
	tell_text(&app, 2, CHAT_EVENT_CONTENT, "a");
	tell_text(&app, 3, CHAT_EVENT_CONTENT, "b");
	/* As of the last whole second, and shown when the next one begins. */
	status_make(&app, 3, &status);
	CU_ASSERT(status.context_used == 30);
	CU_ASSERT(status_next_ms(app.pane->talk, 3) == 1000);
	status_make(&app, 1000, &status);
	CU_ASSERT(status.context_used == 32);
	tell(&app, 4,
	        &(struct chat_event){
	                .type = CHAT_EVENT_TIMINGS, .timings = {.cache_n = 10, .prompt_n = 20, .predicted_n = 3}});
	CU_ASSERT(session_end(&app.pane->talk->session, &good, true) == NULL);
	status_make(&app, 5, &status);
	CU_ASSERT(status.context_used == 33);
	/* The next reply has told nothing yet: what was used still is. */
	session_send(&app.pane->talk->session, "And", 2);
	status_make(&app, 6, &status);
	CU_ASSERT(status.context_used == 33);
	netless_release(&app);
}

/* However a reply ended before the server could tell: its prompt, and as many tokens as came. */
static void
keeps_the_context(void)
{
	static const struct err ends[] = {{.code = ERR_CANCELLED}, {.code = ERR_SERVER}, {.code = ERR_TIMEOUT}};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct app app;
		struct status status;
		struct message *reply;

		init(&app);
		session_send(&app.pane->talk->session, "Go", 1);
		tell(&app, 1,
		        &(struct chat_event){
		                .type = CHAT_EVENT_PROGRESS, .progress = {.total = 30, .cached = 7, .processed = 30}});
		tell_text(&app, 2, CHAT_EVENT_REASONING, "a");
		tell_text(&app, 3, CHAT_EVENT_CONTENT, "b");
		reply = app.pane->talk->session.reply;
		CU_ASSERT(session_end(&app.pane->talk->session, &ends[i], true) == NULL);
		status_make(&app, 5, &status);
		CU_ASSERT(status.context_used == 32);
		CU_ASSERT(reply->usage.prompt_tokens == 30 && reply->usage.completion_tokens == 2 &&
		          reply->usage.cached_tokens == 7);
		netless_release(&app);
	}
}

/* What the server told is believed, and of a prompt that it never read nothing is known. */
static void
counts_nothing_itself(void)
{
	static const struct err stopped = {.code = ERR_CANCELLED};
	struct app app;
	struct message *reply;

	init(&app);
	session_send(&app.pane->talk->session, "Go", 1);
	tell_text(&app, 3, CHAT_EVENT_CONTENT, "b");
	reply = app.pane->talk->session.reply;
	CU_ASSERT(session_end(&app.pane->talk->session, &stopped, true) == NULL);
	CU_ASSERT(reply->usage.prompt_tokens == -1);
	session_send(&app.pane->talk->session, "Go", 2);
	tell(&app, 1, &(struct chat_event){.type = CHAT_EVENT_PROGRESS, .progress = {.total = 30, .processed = 30}});
	tell_text(&app, 3, CHAT_EVENT_CONTENT, "b");
	tell(&app, 4, &(struct chat_event){.type = CHAT_EVENT_USAGE, .usage = {40, 5, 0}});
	reply = app.pane->talk->session.reply;
	CU_ASSERT(session_end(&app.pane->talk->session, &stopped, true) == NULL);
	CU_ASSERT(reply->usage.prompt_tokens == 40 && reply->usage.completion_tokens == 5);
	netless_release(&app);
}

static void
says_what_the_server_is_like(void)
{
	static const struct {
		enum server_state state;
		enum err_code code;
		const char *why, *forms[STATUS_STATES];
	} rows[] = {
	        {SERVER_UNKNOWN, ERR_NONE, "", {"connecting", "", ""}},
	        {SERVER_READY, ERR_NONE, "", {"ready at localhost:8080", "", "ready"}},
	        {SERVER_LOADING, ERR_LOADING, "Loading model", {"loading at localhost:8080", "", "loading"}},
	        {SERVER_UNAUTHORISED, ERR_UNAUTHORISED, "Invalid API Key",
	                {"unauthorised at localhost:8080", "", "unauthorised"}},
	        {SERVER_TIMED_OUT, ERR_TIMEOUT, "llama-server request timed out", {"timed out", "", ""}},
	        {SERVER_NOT_RUNNING, ERR_UNREACHABLE, "llama-server not running at http://h:1 (no such host)",
	                {"llama-server not running at http://h:1 (no such host)", "not running at http://h:1",
	                        "not running"}},
	        {SERVER_FAILING, ERR_SERVER, "HTTP 502 \x1b[31m",
	                {"failing at localhost:8080: HTTP 502 ^[[31m", "failing at localhost:8080", "failing"}},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct app app;
		struct status status;

		init(&app);
		app.pane->talk->link->server.state = rows[i].state;
		app.pane->talk->link->server.error.code = rows[i].code;
		snprintf(app.pane->talk->link->server.error.text, sizeof(app.pane->talk->link->server.error.text), "%s",
		        rows[i].why);
		status_make(&app, 0, &status);
		for (size_t form = 0; form < STATUS_STATES; form++)
			HARNESS_EQUAL(status.state[form], rows[i].forms[form]);
		netless_release(&app);
	}
}

/* Two addresses are tried where none is configured: which one it was. */
static void
says_which_default_answered(void)
{
	static const struct {
		bool configured;
		enum server_state state;
		size_t which;
		const char *forms[STATUS_STATES];
	} rows[] = {
	        {false, SERVER_READY, 1, {"ready at localhost:9931", "", "ready"}},
	        {false, SERVER_READY, 0, {"ready at localhost:8080", "", "ready"}},
	        {false, SERVER_SLEEPING, 1, {"sleeping at localhost:9931", "", "sleeping"}},
	        {false, SERVER_LOADING, 1, {"loading at localhost:9931", "", "loading"}},
	        {false, SERVER_UNKNOWN, 0, {"connecting", "", ""}},
	        {false, SERVER_TIMED_OUT, 0, {"timed out", "", ""}},
	        {true, SERVER_READY, 0, {"ready", "", ""}},
	};
	static char endpoint[] = "http://localhost:9931";

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct config_model tried = {.name = name, .endpoint = rows[i].configured ? endpoint : NULL};
		struct config wanted = {.models = &tried, .n_models = 1, .model = &tried};
		struct app app;
		struct status status;

		netless_init(&app, &wanted);
		app.pane->talk->link->server.state = rows[i].state;
		app.pane->talk->link->which = rows[i].which;
		status_make(&app, 0, &status);
		for (size_t form = 0; form < STATUS_STATES; form++)
			HARNESS_EQUAL(status.state[form], rows[i].forms[form]);
		HARNESS_EQUAL(status_word(app.pane->talk, &status),
		        server_state_is_up(rows[i].state) ? "" : server_state_word(rows[i].state));
		netless_release(&app);
	}
}

/* Models of two servers: which one it is; of one server alone, at two names of a model: nothing. */
static void
says_which_of_several_servers(void)
{
	static const struct {
		const char *second;
		enum server_state state;
		const char *first_form, *last_form;
	} rows[] = {
	        {"http://localhost:9932/v1", SERVER_READY, "ready at localhost:9931", "ready"},
	        {"http://localhost:9932/v1", SERVER_TIMED_OUT, "timed out at localhost:9931", "timed out"},
	        {"http://localhost:9932/v1", SERVER_UNAUTHORISED, "unauthorised at localhost:9931", "unauthorised"},
	        {"http://localhost:9932/v1", SERVER_UNKNOWN, "connecting", ""},
	        {"http://localhost:9931/other", SERVER_READY, "ready", ""},
	        {"unix:/run/llama.sock", SERVER_SLEEPING, "sleeping at localhost:9931", "sleeping"},
	};
	static char endpoint[] = "http://localhost:9931/v1", one[] = "a", two[] = "b";

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct config_model models[] = {
		        {.name = one, .endpoint = endpoint}, {.name = two, .endpoint = mem_strdup(rows[i].second)}};
		struct config wanted = {.models = models, .n_models = 2, .model = models};
		struct app app;
		struct status status;

		netless_init(&app, &wanted);
		app.pane->talk->link->server.state = rows[i].state;
		status_make(&app, 0, &status);
		HARNESS_EQUAL(status.state[0], rows[i].first_form);
		HARNESS_EQUAL(status.state[2], rows[i].last_form);
		netless_release(&app);
		free(models[1].endpoint);
	}
}

/* The model is the server's word, else what was asked for, else what answered, else the configuration's. */
static void
names_the_model(void)
{
	static char path[] = "/models/tiny.gguf", configured[] = "configured";
	struct app app;
	struct status status;

	init(&app);
	status_make(&app, 0, &status);
	HARNESS_EQUAL(status.model, "");
	model.model = configured;
	status_make(&app, 0, &status);
	HARNESS_EQUAL(status.model, "configured");
	model.model = path;
	status_make(&app, 0, &status);
	HARNESS_EQUAL(status.model, "tiny.gguf");
	model.model = configured;
	session_send(&app.pane->talk->session, "Go", 1);
	tell_text(&app, 1, CHAT_EVENT_MODEL, "answered");
	status_make(&app, 0, &status);
	HARNESS_EQUAL(status.model, "answered");
	app.pane->talk->link->asked = mem_strdup("asked");
	status_make(&app, 0, &status);
	HARNESS_EQUAL(status.model, "asked");
	strcpy(app.pane->talk->link->server.model, "server\x1b");
	status_make(&app, 0, &status);
	HARNESS_EQUAL(status.model, "server^[");
	model.model = NULL;
	netless_release(&app);
}

/* What the net thread says when neither of the default endpoints answers. */
static void
tell_that_nothing_answers(struct app *app)
{
	struct net_server word = {.info = {.state = SERVER_NOT_RUNNING}};
	struct queue_record *record = mem_alloc(sizeof(*record) + sizeof(word));

	err_set(&word.info.error, ERR_UNREACHABLE,
	        "llama-server not running at http://localhost:8080 (nor at http://localhost:9931)");
	record->type = NET_SERVER;
	record->id = app->pane->talk->link->watch;
	record->size = sizeof(word);
	memcpy(record->data, &word, sizeof(word));
	life_event(app, record);
	free(record);
}

static void
expect_screen(int rows, int cols, const char *want)
{
	struct app app;
	struct grid grid;
	char *text;

	init(&app);
	tell_that_nothing_answers(&app);
	grid_init(&grid, rows, cols);
	screen_draw(&app, &grid);
	text = grid_text(&grid);
	HARNESS_EQUAL(text, want);
	free(text);
	grid_release(&grid);
	netless_release(&app);
}

static void
says_where_it_looked(void)
{
	expect_screen(16, 80,
	        "llama-server not running at http://localhost:8080 (nor at http://localhost:9931)\n\n"
	        "Start it there, for example:\n  llama-server -m MODEL.gguf --port 8080\n"
	        "or say where it is:\n  flynn -e http://HOST:PORT\n"
	        "or try flynn without a server:\n  flynn demo\n\nThe chat connects by itself.\n\n\n\n"
	        "────────────────────────────────────────────────────────────────────────────────\n>\n"
	        " not running at http://localhost:8080\n");
	expect_screen(6, 40,
	        "llama-server not running at\nhttp://localhost:8080 (nor at\nhttp://localhost:9931)\n"
	        "Start it there, for example:\n>\n"
	        " not running at http://localhost:8080\n");
}

CU_TestInfo status_tests[] = {
        {"says what happens", says_what_happens},
        {"tells the rate", tells_the_rate},
        {"knows when it changes", knows_when_it_changes},
        {"keeps the context", keeps_the_context},
        {"counts nothing itself", counts_nothing_itself},
        {"counts the context", counts_the_context},
        {"says what the server is like", says_what_the_server_is_like},
        {"says which default answered", says_which_default_answered},
        {"says which of several servers", says_which_of_several_servers},
        {"says what the slots do", says_what_the_slots_do},
        {"names the model", names_the_model},
        {"says where it looked", says_where_it_looked},
        CU_TEST_INFO_NULL,
};
