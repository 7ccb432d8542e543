/*
 * pictures.c - a list of pictures by what they are and how large; those that are not there yet wait in it for the program.
 */
#include "app/pictures.h"

#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "base/compiler.h"
#include "base/errand.h"
#include "base/mem.h"
#include "system/picture_program.h"
#include "text/clean.h"
#include "tui/picture_source.h"

enum {
	KEPT_MAX = 512,   /* more than the rows that are ever laid out at once have */
	LIMIT_MS = 15000, /* for one picture */
};

/* Three words that say how a picture is to be drawn, beside its bytes. */
struct drawing_size {
	int cols, rows, colours;
};

struct drawing {
	char sha256[SHA256_TEXT];
	struct drawing_size size;
	struct attachment *attachment; /* while it waits; NULL: one of these is here */
	struct picture *picture;
	char *why;       /* there is none */
	uint64_t wanted; /* when it was asked for last: larger is later */
};

/* The thread's while it runs. */
struct decoding {
	char *program;
	int limit_ms;
	struct attachment *attachment;
	struct picture_order order;
	struct picture *picture;
	struct err err;
};

struct pictures {
	struct picture_source source; /* the first member */
	const struct app *app;
	char *program; /* NULL: flynn's own */
	int limit_ms;
	struct drawing *drawings;
	size_t n, space;
	uint64_t last_wanted;
	struct errand *errand;
};

/* ---- the list ---- */

static void
release_drawing(struct drawing *d)
{
	attachment_free(d->attachment);
	picture_free(d->picture);
	free(d->why);
}

static void
remove_drawing(struct pictures *p, struct drawing *d)
{
	release_drawing(d);
	*d = p->drawings[--p->n];
}

static bool
is_same_size(const struct drawing_size *a, const struct drawing_size *b)
{
	return a->cols == b->cols && a->rows == b->rows && a->colours == b->colours;
}

static struct drawing *
find_drawing(struct pictures *p, const struct attachment *a, const struct drawing_size *size)
{
	for (size_t i = 0; i < p->n; i++)
		if (is_same_size(&p->drawings[i].size, size) && strcmp(p->drawings[i].sha256, a->sha256) == 0)
			return &p->drawings[i];
	return NULL;
}

static struct drawing *
oldest_drawing(struct pictures *p)
{
	struct drawing *oldest = &p->drawings[0];

	for (size_t i = 1; i < p->n; i++)
		if (p->drawings[i].wanted < oldest->wanted)
			oldest = &p->drawings[i];
	return oldest;
}

static struct drawing *
add_drawing(struct pictures *p, struct attachment *a, const struct drawing_size *size)
{
	struct drawing *d;

	if (p->n == KEPT_MAX)
		remove_drawing(p, oldest_drawing(p));
	if (p->n == p->space) {
		p->space = p->space * 2 + 4;
		p->drawings = mem_realloc(p->drawings, p->space * sizeof(*p->drawings));
	}
	d = &p->drawings[p->n++];
	*d = (struct drawing){.size = *size, .attachment = attachment_hold(a)};
	strcpy(d->sha256, a->sha256);
	return d;
}

/* ---- what is asked ---- */

/* Of those that a terminal has. */
static int
count_colours(const struct app *app)
{
	static const int counts[] = {256, 16, 8};
	int has = term_colours(app->term);

	for (size_t i = 0; i < ARRAY_LEN(counts); i++)
		if (has >= counts[i])
			return counts[i];
	return 0;
}

static struct picture *
find_picture(struct picture_source *source, struct attachment *a, int cols, int rows, const char **why)
{
	struct pictures *p = (struct pictures *)source;
	struct drawing_size size = {.cols = cols, .rows = rows};
	struct drawing *d;

	if (!p->app->term)
		return NULL; /* flynn ends: nothing is drawn any more */
	size.colours = count_colours(p->app);
	d = find_drawing(p, a, &size);
	if (!d)
		d = add_drawing(p, a, &size);
	d->wanted = ++p->last_wanted;
	*why = d->why;
	return d->picture;
}

struct picture_source *
pictures_source(struct app *app)
{
	return app->pictures && app->config->images && app->term ? &app->pictures->source : NULL;
}

/* ---- decoding ---- */

static void
decode(void *work)
{
	struct decoding *d = work;

	if (!d->program)
		d->program = picture_program_find();
	d->picture = picture_program_run(d->program, &d->order, d->limit_ms, &d->err);
}

static void
release_decoding(void *work)
{
	struct decoding *d = work;

	attachment_free(d->attachment);
	picture_free(d->picture);
	free(d->program);
	free(d);
}

/* It may be wanted no longer, and be gone. Frees the decoding. */
static void
take_decoded(struct pictures *p, struct decoding *done)
{
	struct drawing_size size = {done->order.cols, done->order.rows, done->order.colours};
	struct drawing *d = find_drawing(p, done->attachment, &size);

	if (d && d->attachment) {
		d->picture = done->picture;
		done->picture = NULL;
		if (!d->picture) {
			char *words = mem_printf("no picture: %s", done->err.text);

			d->why = clean_line(words);
			free(words);
		}
		attachment_free(d->attachment);
		d->attachment = NULL;
	}
	release_decoding(done);
}

/* The one that was asked for last. */
static struct drawing *
next_waiting(struct pictures *p)
{
	struct drawing *next = NULL;

	for (size_t i = 0; i < p->n; i++)
		if (p->drawings[i].attachment && (!next || p->drawings[i].wanted > next->wanted))
			next = &p->drawings[i];
	return next;
}

/* The same picture in the sizes that a window had on its way to this one. Where they are still wanted, they are asked for again. */
static void
forget_other_sizes(struct pictures *p, const struct drawing *but)
{
	struct drawing kept = *but;

	for (size_t i = p->n; i > 0; i--) {
		struct drawing *d = &p->drawings[i - 1];

		if (d->attachment && strcmp(d->sha256, kept.sha256) == 0 && !is_same_size(&d->size, &kept.size))
			remove_drawing(p, d);
	}
}

static bool
is_light(const struct app *app)
{
	return app->config->theme == CONFIG_THEME_LIGHT ||
	       (app->config->theme == CONFIG_THEME_AUTO && theme_guess(getenv("COLORFGBG")) == THEME_LIGHT);
}

static void
start_decoding(struct pictures *p, const struct drawing *d)
{
	static const struct errand_kind kind = {decode, release_decoding};
	struct decoding *work = mem_alloc(sizeof(*work));

	*work = (struct decoding){.program = p->program ? mem_strdup(p->program) : NULL,
	        .limit_ms = p->limit_ms,
	        .attachment = attachment_hold(d->attachment),
	        .order = {.attachment = d->attachment,
	                .cols = d->size.cols,
	                .rows = d->size.rows,
	                .colours = d->size.colours,
	                .light = is_light(p->app)}};
	p->errand = errand_start(&kind, work, &work->err);
	if (!p->errand)
		take_decoded(p, work);
}

void
pictures_turn(struct app *app)
{
	struct pictures *p = app->pictures;
	struct drawing *d;

	if (!p || (p->errand && !errand_has_ended(p->errand)))
		return;
	if (p->errand) {
		struct errand *errand = p->errand;

		p->errand = NULL;
		take_decoded(p, errand_finish(errand));
		app->stale = true;
	}
	d = next_waiting(p);
	if (d) {
		start_decoding(p, d);
		forget_other_sizes(p, d);
	}
}

int
pictures_fd(const struct app *app)
{
	return app->pictures && app->pictures->errand ? errand_fd(app->pictures->errand) : -1;
}

/* ---- all of them ---- */

void
pictures_use(struct app *app, const char *program, int limit_ms)
{
	free(app->pictures->program);
	app->pictures->program = mem_strdup(program);
	app->pictures->limit_ms = limit_ms;
}

void
pictures_init(struct app *app)
{
	struct pictures *p = mem_alloc(sizeof(*p));

	p->source.find = find_picture;
	p->app = app;
	p->limit_ms = LIMIT_MS;
	app->pictures = p;
}

void
pictures_release(struct app *app)
{
	struct pictures *p = app->pictures;

	if (!p)
		return;
	errand_leave(p->errand);
	for (size_t i = 0; i < p->n; i++)
		release_drawing(&p->drawings[i]);
	free(p->drawings);
	free(p->program);
	free(p);
	app->pictures = NULL;
}
