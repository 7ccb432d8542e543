/*
 * stats_rows.c - the rows of the three parts. Replies stand with the newest first; above the first of several in a row that came
 * from the same model stands its name.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/hidden.h"
#include "app/model.h"
#include "app/model_link.h"
#include "app/pane.h"
#include "app/talk.h"
#include "base/mem.h"
#include "pages/stats_state.h"
#include "text/clean.h"

/* ---- rows ---- */

void
stats_rows_clear(struct stats_page *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->rows[i].text);
		free(p->rows[i].note);
	}
	p->n = 0;
	memset(p->most, 0, sizeof(p->most));
}

/* Takes the note. */
static struct stats_row *
add(struct stats_page *p, enum stats_section section, enum stats_row_type type, const char *text, char *note)
{
	struct stats_row *row;

	if (p->n == p->space) {
		p->space = p->space ? p->space * 2 : 64;
		p->rows = mem_realloc(p->rows, p->space * sizeof(*p->rows));
	}
	row = &p->rows[p->n++];
	*row = (struct stats_row){
	        .type = type, .section = section, .text = text ? clean_line(text) : NULL, .note = note};
	return row;
}

/* Takes the note. */
static void
add_heading(struct stats_page *p, enum stats_section section, const char *text, char *note)
{
	if (p->n > 0)
		add(p, section, STATS_ROW_BLANK, NULL, NULL);
	add(p, section, STATS_ROW_HEADING, text, note);
}

static bool
add_bars(struct stats_page *p, enum stats_section section, const char *label, const struct tally *t)
{
	struct stats_row *row = add(p, section, STATS_ROW_BARS, label, NULL);
	bool any = false;

	for (int i = 0; i < TALLY_N_MEASURES; i++) {
		double *most = &p->most[section][i];

		row->known[i] = tally_value(t, (enum tally_measure)i, &row->values[i]);
		any = any || row->known[i];
		if (row->known[i] && row->values[i] > *most)
			*most = row->values[i];
	}
	return any;
}

/* "12,345" */
static void
put_count(struct buf *out, int64_t n)
{
	if (n >= 1000) {
		put_count(out, n / 1000);
		buf_printf(out, ",%03" PRId64, n % 1000);
	} else {
		buf_printf(out, "%" PRId64, n);
	}
}

/* "12 replies · 3,412 tokens" */
static char *
count_words(const struct tally *t)
{
	struct buf words = {0};

	put_count(&words, t->replies);
	buf_puts(&words, t->replies == 1 ? " reply" : " replies");
	if (t->n_tokens > 0) {
		buf_puts(&words, " · ");
		put_count(&words, t->tokens);
		buf_puts(&words, t->tokens == 1 ? " token" : " tokens");
	}
	return buf_take(&words);
}

/* ---- this conversation ---- */

static bool
is_reply(const struct message *m)
{
	return m->role == CHAT_ASSISTANT && !m->is_edited;
}

static struct tally
sum_up(struct message *const *path, size_t n)
{
	struct tally sum = {0};

	for (size_t i = 0; i < n; i++)
		if (is_reply(path[i]) && path[i]->state != MESSAGE_STREAMING)
			tally_add(&sum, &path[i]->usage, &path[i]->timings);
	return sum;
}

static void
add_reply(struct stats_page *p, const struct message *m, size_t number)
{
	struct tally one = {0};
	char label[24];

	snprintf(label, sizeof(label), "%zu", number);
	if (m->state == MESSAGE_STREAMING) {
		add(p, STATS_CONVERSATION, STATS_ROW_BARS, label, mem_strdup("on its way"));
		return;
	}
	tally_add(&one, &m->usage, &m->timings);
	if (!add_bars(p, STATS_CONVERSATION, label, &one))
		p->rows[p->n - 1].note = m->state == MESSAGE_COMPLETE
		                                 ? mem_strdup("no numbers are known")
		                                 : mem_printf("%s: no numbers are known", message_state_name(m->state));
}

static void
add_replies(const struct app *app, struct stats_page *p, struct message *const *path, size_t n, size_t replies)
{
	const char *model = NULL;

	for (size_t i = n; i-- > 0;) {
		if (!is_reply(path[i]))
			continue;
		if (path[i]->model.len > 0 && (!model || strcmp(model, buf_text(&path[i]->model)) != 0)) {
			model = buf_text(&path[i]->model);
			add(p, STATS_CONVERSATION, STATS_ROW_NAME, model_show_name(app, model), NULL);
		}
		add_reply(p, path[i], replies--);
	}
}

static void
add_conversation(const struct app *app, struct stats_page *p, struct conversation *c)
{
	size_t n, replies = 0;
	struct message *const *path = conversation_path(c, &n);
	struct tally sum = sum_up(path, n);

	for (size_t i = 0; i < n; i++)
		replies += is_reply(path[i]);
	add_heading(p, STATS_CONVERSATION, "This conversation", replies > 0 ? count_words(&sum) : NULL);
	if (replies == 0) {
		add(p, STATS_CONVERSATION, STATS_ROW_TEXT, "there is no reply yet", NULL);
		return;
	}
	add(p, STATS_CONVERSATION, STATS_ROW_MEASURES, NULL, NULL);
	if (sum.replies > 1)
		(void)add_bars(p, STATS_CONVERSATION, "all", &sum);
	add_replies(app, p, path, n, replies);
}

/* ---- all history ---- */

static void
add_model(struct stats_page *p, const struct model_stats_row *row)
{
	add(p, STATS_MODELS, STATS_ROW_NAME, *row->model ? row->model : "(a model that was not named)",
	        count_words(&row->tally));
	if (!add_bars(p, STATS_MODELS, "", &row->tally))
		p->rows[p->n - 1].note = mem_strdup("no numbers are known");
}

static void
add_models(const struct app *app, struct stats_page *p)
{
	add_heading(p, STATS_MODELS, "Models, over all of the history", NULL);
	if (hidden_is_on(app)) {
		add(p, STATS_MODELS, STATS_ROW_TEXT, "hidden until you vote", NULL);
		return;
	}
	if (p->models_failed.code != ERR_NONE) {
		add(p, STATS_MODELS, STATS_ROW_TEXT, p->models_failed.text, NULL);
		return;
	}
	if (!p->models_told || p->models.n == 0) {
		add(p, STATS_MODELS, STATS_ROW_TEXT,
		        p->models_told ? "there is no reply in it yet" : "the history is being read…", NULL);
		return;
	}
	add(p, STATS_MODELS, STATS_ROW_MEASURES, NULL, NULL);
	for (size_t i = 0; i < p->models.n; i++)
		add_model(p, &p->models.rows[i]);
}

/* ---- slots ---- */

static void
put_tokens(struct buf *out, int64_t n)
{
	put_count(out, n);
	buf_puts(out, n == 1 ? " token" : " tokens");
}

/* " · context 72 of 4,096" */
static void
put_context(struct buf *out, const struct slot *slot)
{
	buf_puts(out, slot->is_busy ? " · context " : " · keeps ");
	put_count(out, slot->used);
	if (slot->n_ctx > 0) {
		buf_puts(out, " of ");
		put_count(out, slot->n_ctx);
	}
}

static void
add_slot(struct stats_page *p, const struct slot *slot)
{
	struct buf words = {0};

	if (slot->is_busy && slot->written > 0) {
		buf_puts(&words, "writing, ");
		put_tokens(&words, slot->written);
	} else {
		buf_puts(&words, slot->is_busy ? "reading a prompt" : "idle");
	}
	if (slot->used > 0)
		put_context(&words, slot);
	add(p, STATS_SLOTS, STATS_ROW_SLOT, buf_text(&words), NULL)->slot = *slot;
	buf_release(&words);
}

static void
add_slots(const struct app *app, struct stats_page *p, const struct link *link)
{
	const char *server = link_client(link)->endpoint.text, *host = strstr(server, "://");
	char *heading = mem_printf("Slots of %s", hidden_is_on(app) ? "the server"
	                                          : host            ? host + strlen("://")
	                                                            : server),
	     *note = NULL;

	if (p->slots_told && p->slots_failed.code == ERR_NONE)
		note = mem_printf("%zu of %zu busy", p->slots.n_busy, p->slots.n);
	add_heading(p, STATS_SLOTS, heading, note);
	if (!p->slots_told || p->slots_failed.code != ERR_NONE)
		add(p, STATS_SLOTS, STATS_ROW_TEXT, p->slots_told ? p->slots_failed.text : "the server is being asked…",
		        NULL);
	for (size_t i = 0; i < p->slots.n; i++)
		add_slot(p, &p->slots.rows[i]);
	free(heading);
}

/* ---- all ---- */

static bool
is_same(const struct stats_made_of *a, const struct stats_made_of *b)
{
	return a->talk == b->talk && a->path == b->path && a->version == b->version && a->told == b->told;
}

void
stats_rows_make(struct app *app, struct stats_page *p)
{
	const struct talk *talk = app->pane->talk;
	struct conversation *c = talk->session.conversation;
	struct stats_made_of now = {
	        .talk = talk, .path = conversation_path_number(c), .version = talk->session.version, .told = p->told};

	if (p->n > 0 && is_same(&now, &p->made_of))
		return;
	p->made_of = now;
	stats_rows_clear(p);
	add_conversation(app, p, c);
	add_models(app, p);
	add_slots(app, p, talk->link);
}
