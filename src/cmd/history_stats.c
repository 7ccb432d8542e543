/*
 * history_stats.c - the numbers of the history, and those of each model.
 */
#include "cmd/history_stats.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/json_put.h"
#include "cmd/history_tools.h"
#include "cmd/say.h"
#include "store/model_stats.h"
#include "store/stats.h"

enum {
	MODEL_WIDTH = 100, /* characters */
};

/* The numbers of both forms. */
struct numbers {
	const char *path;
	struct stats stats;
	struct model_stats models;
};

/* ---- as JSON ---- */

/* To a thousandth; null where it is not known. */
static void
put_value(struct buf *json, const char *name, const struct tally *t, enum tally_measure measure, double scale)
{
	double value;

	json_put_name(json, name);
	if (tally_value(t, measure, &value))
		json_put_number(json, round(value * scale * 1000) / 1000);
	else
		buf_puts(json, "null");
}

static void
put_count(struct buf *json, const char *name, int64_t count, int64_t known_of)
{
	if (known_of > 0)
		json_put_int(json, name, count);
	else
		json_put_raw(json, name, "null");
}

static void
put_model_json(struct buf *json, const struct model_stats_row *row)
{
	const struct tally *t = &row->tally;

	buf_putc(json, '{');
	if (*row->model)
		json_put_text(json, "model", row->model);
	else
		json_put_raw(json, "model", "null");
	json_put_int(json, "replies", t->replies);
	put_count(json, "tokens", t->tokens, t->n_tokens);
	put_value(json, "tokens_per_second", t, TALLY_SPEED, 1);
	put_value(json, "time_to_first_token_ms", t, TALLY_FIRST, 1000);
	put_value(json, "prompt_tokens_per_second", t, TALLY_PROMPT, 1);
	put_count(json, "cached_tokens", t->cached_tokens, t->n_cached);
	put_count(json, "draft_tokens", t->draft_tokens, t->n_drafts);
	put_count(json, "draft_accepted", t->draft_accepted, t->n_drafts);
	put_count(json, "votes", row->votes, row->votes + 1);
	buf_putc(json, '}');
}

static void
put_models_json(struct buf *json, const struct model_stats *models)
{
	json_put_name(json, "models");
	buf_putc(json, '[');
	for (size_t i = 0; i < models->n; i++) {
		buf_puts(json, i > 0 ? ",\n" : "\n");
		put_model_json(json, &models->rows[i]);
	}
	buf_puts(json, models->n > 0 ? "\n]" : "]");
}

static void
put_json(struct output *out, const struct numbers *n)
{
	const struct stats *t = &n->stats;
	struct buf json = {0};

	buf_putc(&json, '{');
	json_put_text(&json, "path", n->path);
	json_put_int(&json, "bytes", t->bytes);
	json_put_int(&json, "conversations", t->conversations);
	json_put_int(&json, "pinned", t->pinned);
	json_put_int(&json, "archived", t->archived);
	json_put_int(&json, "deleted", t->deleted);
	json_put_int(&json, "messages", t->messages);
	json_put_int(&json, "prompts", t->prompts);
	json_put_int(&json, "replies", t->replies);
	json_put_int(&json, "unfinished", t->unfinished);
	json_put_int(&json, "text_bytes", t->text_bytes);
	json_put_int(&json, "attachments", t->files);
	json_put_int(&json, "attachment_bytes", t->file_bytes);
	if (t->conversations > 0) {
		json_put_time(&json, "first", t->first_ms);
		json_put_time(&json, "last", t->last_ms);
	}
	put_models_json(&json, &n->models);
	buf_puts(&json, "}\n");
	(void)!output_put(out, json.data, json.len);
	buf_release(&json);
}

/* ---- as text ---- */

static const char *
size_text(int64_t bytes, char *text, size_t n)
{
	if (bytes < 1000000)
		snprintf(text, n, "%lld kB", (long long)((bytes + 999) / 1000));
	else
		snprintf(text, n, "%.1f MB", (double)bytes / 1e6);
	return text;
}

/* "-" where it is not known. */
static void
print_value(struct output *out, const struct tally *t, enum tally_measure measure)
{
	int width = (int)strlen(tally_heading(measure));
	struct buf text = {0};
	double value;

	if (tally_value(t, measure, &value))
		tally_put_value(&text, measure, value);
	tools_print(out, "  %*s", width, text.len > 0 ? buf_text(&text) : "-");
	buf_release(&text);
}

static void
print_model(struct output *out, const struct model_stats_row *row, bool with_votes)
{
	const struct tally *t = &row->tally;

	tools_print(out, "%7lld", (long long)t->replies);
	if (t->n_tokens > 0)
		tools_print(out, "  %9lld", (long long)t->tokens);
	else
		tools_print(out, "  %9s", "-");
	for (int i = 0; i < TALLY_N_MEASURES; i++)
		print_value(out, t, (enum tally_measure)i);
	if (row->votes >= 0)
		tools_print(out, "  %5lld", (long long)row->votes);
	else if (with_votes)
		tools_print(out, "  %5s", "-");
	tools_print(out, "  ");
	tools_put_line(out, *row->model ? row->model : "(not named)", MODEL_WIDTH);
	tools_print(out, "\n");
}

static void
print_heading(struct output *out, const char *heading)
{
	tools_print(out, "  ");
	for (; *heading; heading++)
		tools_print(out, "%c", toupper((unsigned char)*heading));
}

static void
print_models(struct output *out, const struct model_stats *models)
{
	bool with_votes = false;

	if (models->n == 0)
		return;
	for (size_t i = 0; i < models->n; i++)
		with_votes |= models->rows[i].votes >= 0;
	tools_print(out, "\n%7s  %9s", "REPLIES", "TOKENS");
	for (int i = 0; i < TALLY_N_MEASURES; i++)
		print_heading(out, tally_heading((enum tally_measure)i));
	tools_print(out, "%s  MODEL\n", with_votes ? "  VOTES" : "");
	for (size_t i = 0; i < models->n; i++)
		print_model(out, &models->rows[i], with_votes);
}

static void
print_all(struct output *out, const struct numbers *n)
{
	const struct stats *t = &n->stats;
	struct buf first = {0}, last = {0};
	char size[32], text[32];

	date_put_local(&first, t->first_ms);
	date_put_local(&last, t->last_ms);
	tools_print(out, "file           ");
	tools_put_line(out, n->path, 0);
	tools_print(out, "\nsize           %s, %s of it text\n", size_text(t->bytes, size, sizeof(size)),
	        size_text(t->text_bytes, text, sizeof(text)));
	tools_print(out, "conversations  %lld, %lld pinned, %lld archived\n", (long long)t->conversations,
	        (long long)t->pinned, (long long)t->archived);
	tools_print(out, "messages       %lld: %s, %s (%lld not complete)\n", (long long)t->messages,
	        tools_count(t->prompts, "prompt", "prompts"), tools_count(t->replies, "reply", "replies"),
	        (long long)t->unfinished);
	if (t->files > 0)
		tools_print(out, "attached       %s, %s\n", tools_count(t->files, "file", "files"),
		        size_text(t->file_bytes, size, sizeof(size)));
	if (t->deleted > 0)
		tools_print(out, "deleted        %lld, kept for a day\n", (long long)t->deleted);
	if (t->conversations > 0)
		tools_print(out, "first          %s\nlast           %s\n", buf_text(&first), buf_text(&last));
	print_models(out, &n->models);
	buf_release(&first);
	buf_release(&last);
}

/* ---- the command ---- */

static bool
read_numbers(struct history *h, struct numbers *n, struct err *err)
{
	return stats_read(h, &n->stats, err) && model_stats_read(h, &n->models, err);
}

int
cmd_history_stats(const struct options *o)
{
	struct err err;
	struct history *h = tools_open(o, HISTORY_READ, &err);
	struct numbers numbers = {0};
	struct output out;
	bool good = h ? read_numbers(h, &numbers, &err) : err.code == ERR_NONE;
	char *path = tools_path(o);
	int status;

	numbers.path = path;
	output_init(&out, STDOUT_FILENO, -1);
	if (good && o->json)
		put_json(&out, &numbers);
	else if (good && h)
		print_all(&out, &numbers);
	else if (good)
		say("there are no conversations yet (they would be in %s)", path);
	status = tools_end(&out);
	model_stats_release(&numbers.models);
	free(path);
	tools_close(h);
	return good ? status : say_err(&err);
}
