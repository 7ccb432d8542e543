/*
 * question.c - the question is gone before its answer is acted on, so that this may ask another one.
 */
#include "linear/question.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/mem.h"
#include "linear/state.h"

static struct question *
question_of(const struct app *app)
{
	return &linear_of(app)->question;
}

void
question_drop(struct app *app)
{
	struct question *q = question_of(app);
	void (*dropped)(struct app *) = q->dropped;

	for (size_t i = 0; i < q->n; i++)
		free(q->names[i]);
	*q = (struct question){.n = 0};
	if (dropped)
		dropped(app);
}

void
question_begin(struct app *app, void (*chosen)(struct app *, size_t which))
{
	question_drop(app);
	question_of(app)->chosen = chosen;
}

void
question_on_drop(struct app *app, const char *what, void (*dropped)(struct app *))
{
	question_of(app)->drop_word = what;
	question_of(app)->dropped = dropped;
}

bool
question_has(const struct app *app, int64_t id)
{
	const struct question *q = question_of(app);

	for (size_t i = 0; i < q->n; i++)
		if (q->ids[i] == id)
			return true;
	return false;
}

bool
question_is_full(const struct app *app)
{
	return question_of(app)->n == CHOICES_MAX;
}

void
question_add(struct app *app, int64_t id, const char *name, const char *shown, const char *words)
{
	struct question *q = question_of(app);

	if (question_is_full(app))
		return;
	q->ids[q->n] = id;
	q->names[q->n++] = mem_strdup(name);
	linear_line(app, "%zu. %s%s%s", q->n, shown ? shown : name, *words ? ", " : "", words);
}

static const char *
drop_word(const struct question *q)
{
	return q->drop_word ? q->drop_word : "none";
}

void
question_ask(struct app *app, const char *nothing)
{
	struct question *q = question_of(app);

	if (q->n > 0) {
		linear_note(app, "type a number, or Enter for %s", drop_word(q));
		return;
	}
	linear_note(app, "%s", nothing);
	question_drop(app);
}

void
question_ask_text(struct app *app, const char *words, void (*written)(struct app *, const char *text))
{
	question_drop(app);
	question_of(app)->written = written;
	linear_note(app, "%s", words);
}

int64_t
question_id(const struct app *app, size_t which)
{
	return question_of(app)->ids[which];
}

const char *
question_name(const struct app *app, size_t which)
{
	return question_of(app)->names[which];
}

bool
question_is_open(const struct app *app)
{
	return question_of(app)->chosen || question_of(app)->written;
}

/* Those that ask for the choice's name or id have it until they ask again. */
static void
act(struct app *app, size_t which)
{
	struct question asked;

	question_of(app)->dropped = NULL;
	asked = *question_of(app);
	asked.chosen(app, which);
	if (memcmp(&asked, question_of(app), sizeof(asked)) == 0)
		question_drop(app);
}

static bool
answer_number(struct app *app, const char *line)
{
	const struct question *q = question_of(app);
	char *end;
	unsigned long number = strtoul(line, &end, 10);

	if (*line < '0' || *line > '9' || *end) {
		question_drop(app);
		return false;
	}
	if (number < 1 || number > q->n)
		linear_note(app, "type a number from 1 to %zu, or Enter for %s", q->n, drop_word(q));
	else
		act(app, number - 1);
	return true;
}

bool
question_answer(struct app *app, const char *line)
{
	void (*written)(struct app *, const char *) = question_of(app)->written;

	if (!*line) {
		if (!question_of(app)->dropped)
			linear_note(app, "none");
		question_drop(app);
		return true;
	}
	if (*line == '/') {
		question_drop(app);
		return false;
	}
	if (!written)
		return answer_number(app, line);
	question_drop(app);
	written(app, line);
	return true;
}
