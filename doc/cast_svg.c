/*
 * cast_svg.c - a moving picture of an asciicast: `cast-svg FOREGROUND BACKGROUND <CAST >SVG`. doc/moving-picture.sh makes those of README.
 *
 * libvterm reads the bytes. Each row of the screen is a column of all that it ever shows, one picture's height apart, and CSS
 * moves the column up by one where the row changes. What stands in several places is drawn once. Where nothing moves, the last screen is
 * shown.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <vterm.h>

#include "base/mem.h"
#include "doc/svg_row.h"

enum {
	FRAME_MS = 50,
	MARGIN_X = 14, /* pixels */
	MARGIN_Y = 12,
};

/* What a row shows at some time, drawn with its baseline at 0. */
struct drawing {
	char *markup;
	int uses;
};

/* A row from a time on. */
struct change {
	int ms;
	size_t drawing;
};

struct row {
	struct change *changes;
	size_t n;
};

struct cursor {
	int ms;
	VTermPos at;
	bool visible;
};

struct film {
	struct svg_screen screen;
	struct drawing *drawings;
	size_t n_drawings;
	struct row *row;
	struct cursor *cursors;
	size_t n_cursors;
	struct cursor cursor; /* now */
	int end_ms;
};

/* ---- a frame ---- */

/* Takes the markup. */
static size_t
find_drawing(struct film *f, char *markup)
{
	for (size_t i = 0; i < f->n_drawings; i++)
		if (strcmp(f->drawings[i].markup, markup) == 0) {
			free(markup);
			return i;
		}
	f->drawings = mem_realloc(f->drawings, (f->n_drawings + 1) * sizeof(*f->drawings));
	f->drawings[f->n_drawings] = (struct drawing){markup, 0};
	return f->n_drawings++;
}

static void
take_row(struct film *f, int row, int ms)
{
	struct row *r = &f->row[row];
	size_t drawing = find_drawing(f, svg_row(&f->screen, row));

	if (r->n > 0 && r->changes[r->n - 1].drawing == drawing)
		return;
	r->changes = mem_realloc(r->changes, (r->n + 1) * sizeof(*r->changes));
	r->changes[r->n++] = (struct change){ms, drawing};
	f->drawings[drawing].uses++;
}

static void
take_frame(struct film *f, int ms)
{
	const struct cursor *last = f->n_cursors > 0 ? &f->cursors[f->n_cursors - 1] : NULL;

	vterm_screen_flush_damage(f->screen.screen);
	for (int row = 0; row < f->screen.rows; row++)
		take_row(f, row, ms);
	if (last && last->visible == f->cursor.visible && vterm_pos_cmp(last->at, f->cursor.at) == 0)
		return;
	f->cursors = mem_realloc(f->cursors, (f->n_cursors + 1) * sizeof(*f->cursors));
	f->cursors[f->n_cursors] = f->cursor;
	f->cursors[f->n_cursors++].ms = ms;
}

/* ---- the cast ---- */

static int
on_move(VTermPos at, VTermPos before, int visible, void *user)
{
	struct film *f = user;

	(void)before;
	f->cursor.at = at;
	f->cursor.visible = visible;
	return 1;
}

static int
on_property(VTermProp property, VTermValue *value, void *user)
{
	struct film *f = user;

	if (property == VTERM_PROP_CURSORVISIBLE)
		f->cursor.visible = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.movecursor = on_move, .settermprop = on_property};

/* 0: it is no number. */
static int
whole_number(const cJSON *json)
{
	return cJSON_IsNumber(json) ? json->valueint : 0;
}

static void
begin(struct film *f, const char *head)
{
	cJSON *json = cJSON_Parse(head);

	f->screen.rows = whole_number(cJSON_GetObjectItem(json, "height"));
	f->screen.cols = whole_number(cJSON_GetObjectItem(json, "width"));
	cJSON_Delete(json);
	if (f->screen.rows < 1 || f->screen.cols < 1) {
		fputs("cast-svg: standard input is no asciicast, version 2\n", stderr);
		exit(1);
	}
	f->row = mem_alloc((size_t)f->screen.rows * sizeof(*f->row));
	f->screen.vterm = vterm_new(f->screen.rows, f->screen.cols);
	vterm_set_utf8(f->screen.vterm, 1);
	f->screen.screen = vterm_obtain_screen(f->screen.vterm);
	vterm_screen_set_callbacks(f->screen.screen, &callbacks, f);
	vterm_screen_reset(f->screen.screen, 1);
}

/* What comes within one frame's time is seen together, at its end. */
static void
take_event(struct film *f, const char *line)
{
	cJSON *event = cJSON_Parse(line);
	const cJSON *seconds = cJSON_GetArrayItem(event, 0);
	const char *bytes = cJSON_GetStringValue(cJSON_GetArrayItem(event, 2));

	if (cJSON_IsNumber(seconds) && bytes) {
		int ms = (int)(seconds->valuedouble * 1000);

		if (ms / FRAME_MS != f->end_ms / FRAME_MS)
			take_frame(f, f->end_ms / FRAME_MS * FRAME_MS);
		vterm_input_write(f->screen.vterm, bytes, strlen(bytes));
		f->end_ms = ms;
	}
	cJSON_Delete(event);
}

static void
read_cast(struct film *f)
{
	char *line = NULL;
	size_t space = 0;

	begin(f, getline(&line, &space, stdin) > 0 ? line : "");
	while (getline(&line, &space, stdin) > 0)
		take_event(f, line);
	take_frame(f, f->end_ms / FRAME_MS * FRAME_MS);
	free(line);
}

/* ---- the picture ---- */

static int
picture_height(const struct film *f)
{
	return 2 * MARGIN_Y + f->screen.rows * SVG_CELL_HEIGHT;
}

/* A percentage of the film. */
static double
when(const struct film *f, int ms)
{
	return round(ms * 1e4 / f->end_ms) / 100;
}

static void
put_row_style(const struct film *f, int row)
{
	const struct row *r = &f->row[row];

	if (r->n < 2)
		return;
	printf("@keyframes r%d{", row);
	for (size_t i = 0; i < r->n; i++)
		printf("%g%%{transform:translateY(-%zupx)}", i > 0 ? when(f, r->changes[i].ms) : 0,
		        i * (size_t)picture_height(f));
	printf("}\n#r%d{transform:translateY(-%zupx);animation-name:r%d}\n", row,
	        (r->n - 1) * (size_t)picture_height(f), row);
}

static void
put_place(const struct cursor *c)
{
	if (c->visible)
		printf("{transform:translate(%dpx,%dpx)}", c->at.col * SVG_CELL_WIDTH, c->at.row * SVG_CELL_HEIGHT);
	else
		printf("{transform:translate(0,-99px)}");
}

static void
put_cursor_style(const struct film *f)
{
	printf("@keyframes c{");
	for (size_t i = 0; i < f->n_cursors; i++) {
		printf("%g%%", i > 0 ? when(f, f->cursors[i].ms) : 0);
		put_place(&f->cursors[i]);
	}
	printf("}\n#c");
	put_place(&f->cursors[f->n_cursors - 1]);
	printf("\n#c{animation-name:c;fill:%s;opacity:.5}\n", f->screen.foreground);
}

static void
put_style(const struct film *f)
{
	printf("<style>\ntext{white-space:pre}\n");
	printf(".m{animation-duration:%dms;animation-timing-function:step-end;animation-iteration-count:infinite}\n",
	        f->end_ms);
	printf("@media (prefers-reduced-motion:reduce){.m{animation:none!important}}\n");
	for (size_t i = 0; i < f->screen.n_looks; i++)
		printf(".c%zu{%s}", i, f->screen.looks[i]);
	putchar('\n');
	for (int row = 0; row < f->screen.rows; row++)
		put_row_style(f, row);
	put_cursor_style(f);
	puts("</style>");
}

static void
put_drawings(const struct film *f)
{
	puts("<defs>");
	for (size_t i = 0; i < f->n_drawings; i++)
		if (f->drawings[i].uses > 1 && *f->drawings[i].markup)
			printf("<g id=\"d%zu\">%s</g>\n", i, f->drawings[i].markup);
	puts("</defs>");
}

static void
put_change(const struct film *f, size_t drawing, int y)
{
	const struct drawing *d = &f->drawings[drawing];

	if (!*d->markup)
		return;
	if (d->uses > 1)
		printf("<use href=\"#d%zu\" y=\"%d\"/>\n", drawing, y);
	else
		printf("<g transform=\"translate(0 %d)\">%s</g>\n", y, d->markup);
}

static void
put_row(const struct film *f, int row)
{
	const struct row *r = &f->row[row];

	printf("<g id=\"r%d\" class=\"m\">\n", row);
	for (size_t i = 0; i < r->n; i++)
		put_change(f, r->changes[i].drawing, row * SVG_CELL_HEIGHT + SVG_BASELINE + (int)i * picture_height(f));
	puts("</g>");
}

static void
put_picture(const struct film *f)
{
	int width = 2 * MARGIN_X + f->screen.cols * SVG_CELL_WIDTH, height = picture_height(f);

	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
	       "xml:space=\"preserve\" "
	       "font-family=\"ui-monospace,SFMono-Regular,Menlo,'DejaVu Sans Mono',Consolas,monospace\" "
	       "font-size=\"16.5\">\n",
	        width, height, width, height);
	put_style(f);
	put_drawings(f);
	printf("<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\" stroke=\"#808080\" "
	       "stroke-opacity=\".5\"/>\n",
	        width - 1, height - 1, f->screen.background);
	printf("<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">\n", MARGIN_X, MARGIN_Y,
	        f->screen.cols * SVG_CELL_WIDTH, f->screen.rows * SVG_CELL_HEIGHT);
	for (int row = 0; row < f->screen.rows; row++)
		put_row(f, row);
	printf("<rect id=\"c\" class=\"m\" width=\"%d\" height=\"%d\"/>\n</svg>\n</svg>\n", SVG_CELL_WIDTH,
	        SVG_CELL_HEIGHT);
}

static void
release(struct film *f)
{
	for (size_t i = 0; i < f->n_drawings; i++)
		free(f->drawings[i].markup);
	for (int row = 0; row < f->screen.rows; row++)
		free(f->row[row].changes);
	free(f->row);
	free(f->drawings);
	free(f->cursors);
	svg_screen_release(&f->screen);
}

int
main(int argc, char **argv)
{
	struct film f = {0};

	if (argc != 3) {
		fputs("usage: cast-svg FOREGROUND BACKGROUND <CAST >SVG\n", stderr);
		return 2;
	}
	f.screen.foreground = argv[1];
	f.screen.background = argv[2];
	read_cast(&f);
	put_picture(&f);
	release(&f);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
