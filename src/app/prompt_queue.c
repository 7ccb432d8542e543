/*
 * prompt_queue.c - a short array of texts, and rows of it.
 */
#include "app/prompt_queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "store/save.h"
#include "text/clean.h"

enum {
	SCREEN_ROWS_EACH = 8, /* of the screen for each row of the queue */
	ROWS_MAX = 4,
	BYTES_EACH_COL = 8, /* of a prompt that are looked at: more than a cell usually holds */
};

void
queued_prompt_release(struct queued_prompt *p)
{
	free(p->text);
	attachments_release(&p->files);
	*p = (struct queued_prompt){0};
}

void
prompt_queue_release(struct prompt_queue *q)
{
	for (size_t i = 0; i < q->n; i++)
		queued_prompt_release(&q->prompts[i]);
	free(q->prompts);
	*q = (struct prompt_queue){.n = 0};
}

void
prompt_queue_add(struct prompt_queue *q, const char *prompt, const struct attachments *files)
{
	struct queued_prompt queued = {.text = mem_strdup(prompt)};

	if (files)
		attachments_add_all(&queued.files, files);
	if (q->n == q->space) {
		q->space = q->space > 0 ? 2 * q->space : 4;
		q->prompts = mem_realloc(q->prompts, q->space * sizeof(*q->prompts));
	}
	q->prompts[q->n++] = queued;
}

void
prompt_queue_seed(struct prompt_queue *q, long seed)
{
	if (q->n > 0)
		q->prompts[q->n - 1].seed = seed;
}

bool
prompt_queue_take_next(struct prompt_queue *q, struct queued_prompt *next)
{
	if (q->n == 0)
		return false;
	*next = q->prompts[0];
	memmove(q->prompts, q->prompts + 1, --q->n * sizeof(*q->prompts));
	return true;
}

bool
prompt_queue_take_last(struct prompt_queue *q, struct queued_prompt *last)
{
	if (q->n == 0)
		return false;
	*last = q->prompts[--q->n];
	return true;
}

char *
prompt_queue_join(const struct prompt_queue *q, const char *typed)
{
	struct buf kept = {0};

	for (size_t i = 0; i < q->n; i++)
		buf_printf(&kept, "%s%c", q->prompts[i].text, SAVE_PROMPT_END);
	buf_puts(&kept, typed);
	return buf_take(&kept);
}

const char *
prompt_queue_split(struct prompt_queue *q, const char *kept)
{
	const char *end;

	for (; (end = strchr(kept, SAVE_PROMPT_END)) != NULL; kept = end + 1) {
		char *prompt = mem_strndup(kept, (size_t)(end - kept));

		prompt_queue_add(q, prompt, NULL);
		free(prompt);
	}
	return kept;
}

int
prompt_queue_rows(const struct prompt_queue *q, int screen_rows)
{
	int most = screen_rows / SCREEN_ROWS_EACH;

	most = most < 1 ? 1 : most > ROWS_MAX ? ROWS_MAX : most;
	return q->n < (size_t)most ? (int)q->n : most;
}

/* Its first line that is not empty, cut to what a row can show; the caller's to free. */
static char *
first_line(const char *prompt, int cols)
{
	const char *start = prompt + strspn(prompt, " \t\n");
	size_t len = strcspn(start, "\n"), most = (size_t)cols * BYTES_EACH_COL;
	bool whole = start[len] == '\0' && len <= most;
	char *cut = mem_strndup(start, len <= most ? len : utf8_floor(start, most));
	char *clean = clean_line(cut), *line = mem_printf("%s%s", clean, whole ? "" : " …");

	free(cut);
	free(clean);
	return line;
}

static void
draw_row(struct grid *g, struct rect r, int row, const char *label, const char *prompt)
{
	char *line = first_line(prompt, r.cols);
	int end = r.col + r.cols, col = grid_puts(g, row, r.col, end, STYLE_NOTE, label);

	if (col + cluster_width(line, strlen(line)) <= end)
		grid_puts(g, row, col, end, STYLE_NOTE, line);
	else
		grid_puts(g, row, grid_puts(g, row, col, end - 1, STYLE_NOTE, line), end, STYLE_NOTE, "…");
	free(line);
}

static void
put_label(const struct queued_prompt *p, bool held, size_t more, size_t size, char label[])
{
	const char *word = held ? "waiting, Enter sends" : "queued";
	char files[32] = "";

	if (p->files.n > 0)
		snprintf(files, sizeof(files), ", %zu file%s", p->files.n, p->files.n == 1 ? "" : "s");
	if (more > 0)
		snprintf(label, size, "%s%s (%zu more): ", word, files, more);
	else
		snprintf(label, size, "%s%s: ", word, files);
}

void
prompt_queue_draw(const struct prompt_queue *q, bool held, struct grid *g, struct rect r)
{
	for (int i = 0; i < r.rows && (size_t)i < q->n; i++) {
		size_t more = i == r.rows - 1 ? q->n - (size_t)r.rows : 0;
		char label[96];

		put_label(&q->prompts[i], held && i == 0, more, sizeof(label), label);
		draw_row(g, r, r.row + i, label, q->prompts[i].text);
	}
}
