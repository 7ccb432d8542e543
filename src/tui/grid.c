/*
 * grid.c - cells, and text put into them cluster by cluster.
 */
#include "tui/grid.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

static const struct cell blank = {.text = " ", .width = 1, .style = STYLE_TEXT};

void
grid_init(struct grid *g, int rows, int cols)
{
	*g = (struct grid){0};
	grid_resize(g, rows, cols);
}

void
grid_release(struct grid *g)
{
	free(g->cells);
	free(g->keys);
	free(g->last);
	free(g->texts);
	free(g->versions);
	cluster_names_free(g->names);
	*g = (struct grid){0};
}

void
grid_resize(struct grid *g, int rows, int cols)
{
	size_t n = (size_t)rows * (size_t)cols;

	assert(rows > 0 && cols > 0);
	g->rows = rows;
	g->cols = cols;
	g->cells = mem_realloc(g->cells, n * sizeof(*g->cells));
	g->keys = mem_realloc(g->keys, n * sizeof(*g->keys));
	g->last = mem_realloc(g->last, (size_t)rows * sizeof(*g->last));
	g->texts = mem_realloc(g->texts, (size_t)rows * sizeof(*g->texts));
	g->versions = mem_realloc(g->versions, (size_t)rows * sizeof(*g->versions));
	memset(g->texts, 0, (size_t)rows * sizeof(*g->texts));
	grid_clear(g);
}

static void
touch(struct grid *g, int row)
{
	g->versions[row] = ++g->version;
}

static void
blank_line(struct grid *g, struct rect line, uint64_t key)
{
	size_t first = (size_t)line.row * (size_t)g->cols + (size_t)line.col;

	for (size_t at = first; at < first + (size_t)line.cols; at++) {
		g->cells[at] = blank;
		g->keys[at] = key;
	}
	g->last[line.row] = (struct grid_last){line.col, line.cols, key};
	touch(g, line.row);
}

static struct rect
clip(const struct grid *g, struct rect r)
{
	if (r.rows > g->rows - r.row)
		r.rows = g->rows - r.row;
	if (r.cols > g->cols - r.col)
		r.cols = g->cols - r.col;
	return r;
}

void
grid_blank(struct grid *g, struct rect r)
{
	r = clip(g, r);
	for (int row = r.row; row < r.row + r.rows; row++)
		blank_line(g, (struct rect){row, r.col, 1, r.cols}, 0);
}

void
grid_clear(struct grid *g)
{
	grid_blank(g, (struct rect){0, 0, g->rows, g->cols});
	g->cursor_row = g->cursor_col = -1;
}

bool
grid_renew(struct grid *g)
{
	if (!cluster_names_run_out(g->names))
		return false;
	cluster_names_free(g->names);
	g->names = NULL;
	g->renewals++;
	grid_clear(g);
	return true;
}

/* Was nothing begun in that row after it? So it is where one line has all of the row, as mostly. */
static bool
is_last(const struct grid *g, struct rect line, uint64_t key)
{
	const struct grid_last *last = &g->last[line.row];

	return last->key == key && last->col == line.col && last->cols == line.cols;
}

/* Each is what its neighbour is: one look for all. */
static bool
is_under(const struct grid *g, struct rect line, uint64_t key)
{
	const uint64_t *keys = g->keys + (size_t)line.row * (size_t)g->cols + (size_t)line.col;

	return is_last(g, line, key) ||
	       (keys[0] == key && memcmp(keys, keys + 1, (size_t)(line.cols - 1) * sizeof(*keys)) == 0);
}

/* What stands there must have been drawn for the same columns. */
static uint64_t
key_of(struct rect line, uint64_t key)
{
	return key == GRID_BLANK_KEY ? key : key ^ (uint64_t)(line.col + 1) << 48 ^ (uint64_t)line.cols << 32;
}

bool
grid_line_stands(const struct grid *g, struct rect line, uint64_t key)
{
	assert(key > 0);
	line = clip(g, line);
	return line.rows < 1 || line.cols < 1 || is_under(g, line, key_of(line, key));
}

bool
grid_line(struct grid *g, struct rect line, uint64_t key)
{
	if (grid_line_stands(g, line, key))
		return false;
	line = clip(g, line);
	blank_line(g, line, key_of(line, key));
	return true;
}

/* ---- a text that grows ---- */

struct grid_text
grid_text_end(const struct grid *g, int row)
{
	static const struct grid_text nothing;

	return g->texts[row].version == g->versions[row] ? g->texts[row] : nothing;
}

/* One that grows has its `before` and `from` from grid_line_grow, and had no other version since. */
void
grid_text_ends(struct grid *g, int row, size_t len, int end)
{
	struct grid_text *text;
	bool grew;

	if (row < 0 || row >= g->rows)
		return;
	text = &g->texts[row];
	grew = text->version == 0;
	text->len = len;
	text->end = end;
	text->version = g->versions[row];
	if (!grew)
		text->before = 0;
}

bool
grid_line_grow(struct grid *g, struct rect line, uint64_t was, uint64_t key)
{
	struct grid_text *text = &g->texts[line.row];
	uint64_t *keys = g->keys + (size_t)line.row * (size_t)g->cols + (size_t)line.col;

	if (!is_last(g, line, key_of(line, was)) || text->version != g->versions[line.row])
		return false;
	key = key_of(line, key);
	for (int i = 0; i < line.cols; i++)
		keys[i] = key;
	g->last[line.row].key = key;
	*text = (struct grid_text){.from = text->end, .before = text->version};
	touch(g, line.row);
	return true;
}

void
grid_changed(const struct grid *g, int row, uint64_t version, int *from, int *end)
{
	struct grid_text text = grid_text_end(g, row);
	bool grew = text.before != 0 && text.before == version;

	*from = grew ? text.from : 0;
	*end = grew ? text.end : g->cols;
}

/* FNV-1a; the look is as a byte before the text. The second bit from the left sets these keys apart from others. */
uint64_t
grid_text_key(const char *text, size_t n, unsigned look)
{
	static const uint64_t prime = UINT64_C(0x100000001b3);
	uint64_t key = (UINT64_C(0xcbf29ce484222325) ^ look) * prime;

	for (size_t i = 0; i < n; i++)
		key = (key ^ (unsigned char)text[i]) * prime;
	return (key & ~(UINT64_C(3) << 62)) | UINT64_C(1) << 62;
}

static struct cell *
cell_at(const struct grid *g, int row, int col)
{
	assert(row >= 0 && row < g->rows && col >= 0 && col < g->cols);
	return &g->cells[row * g->cols + col];
}

const struct cell *
grid_cell(const struct grid *g, int row, int col)
{
	return cell_at(g, row, col);
}

uint64_t
grid_version(const struct grid *g, int row)
{
	return g->versions[row];
}

/* A wide character of which one half is overwritten is gone. */
static void
put_blank(struct grid *g, int row, int col)
{
	struct cell *cell = cell_at(g, row, col);

	if (cell->width == 0 && col > 0)
		*(cell - 1) = blank;
	if (cell->width == 2 && col + 1 < g->cols)
		*(cell + 1) = blank;
	*cell = blank;
}

static void
put_cell(struct grid *g, int row, int col, const char *text, int width, enum style style)
{
	struct cell *cell;

	for (int i = 0; i < width; i++)
		put_blank(g, row, col + i);
	cell = cell_at(g, row, col);
	strcpy(cell->text, text);
	cell->width = (uint8_t)width;
	cell->style = (uint8_t)style;
	if (width == 2)
		cell[1] = (struct cell){.width = 0, .style = (uint8_t)style};
}

/* Where there is no name left the first character stands for all. */
static void
put_named(struct grid *g, int row, int col, const struct cluster *cluster, enum style style, const char *text)
{
	uint32_t name = cluster_names_give(&g->names, text, cluster->joined > 0 ? cluster->joined : cluster->len);
	char bytes[5] = "";

	if (name != 0)
		bytes[utf8_encode(name, bytes)] = '\0';
	put_cell(g, row, col, name != 0 ? bytes : cluster->drawn, cluster->width, style);
}

/* The two letters of a flag have a cell each. */
static void
put_cluster(struct grid *g, int row, int col, const struct cluster *cluster, enum style style, const char *text)
{
	bool letters = cluster->width == 2 && (unsigned char)cluster->drawn[0] < 0x80;

	if (cluster->joined > 0 || cluster_names_has(cluster->drawn)) {
		put_named(g, row, col, cluster, style, text);
		return;
	}

	if (!letters) {
		put_cell(g, row, col, cluster->drawn, cluster->width, style);
		return;
	}
	for (int i = 0; i < 2; i++)
		put_cell(g, row, col + i, (char[2]){cluster->drawn[i], '\0'}, 1, style);
}

/* Most text is this, so it goes a short way: ASCII that nothing joins, onto cells that are no half of anything. Returns
 * how many bytes, each a column, it could do. */
static size_t
put_plain(struct grid *g, int row, int col, int end, enum style style, const char *text, size_t n)
{
	struct cell *cells = cell_at(g, row, col);
	size_t room = (size_t)(end - col), at = 0;

	for (; at < n && at < room && cluster_plain(text + at, n - at) && cells[at].width == 1; at++)
		cells[at] = (struct cell){.text = {text[at]}, .width = 1, .style = (uint8_t)style};
	return at;
}

int
grid_put(struct grid *g, int row, int col, int end, enum style style, const char *text, size_t n)
{
	if (row < 0 || row >= g->rows)
		return col;
	end = end < g->cols ? end : g->cols;
	touch(g, row);
	for (size_t at = 0; at < n && col < end;) {
		size_t plain = put_plain(g, row, col, end, style, text + at, n - at);
		struct cluster cluster;

		at += plain;
		col += (int)plain;
		if (at == n || col == end)
			break;
		cluster = cluster_read(text + at, n - at);
		if (col + cluster.width > end)
			break;
		if (cluster.width > 0)
			put_cluster(g, row, col, &cluster, style, text + at);
		col += cluster.width;
		at += cluster.len;
	}
	return col;
}

void
grid_put_picture(struct grid *g, int row, int col, uint32_t character, int foreground, int background)
{
	struct cell *cell;

	if (row < 0 || row >= g->rows || col >= g->cols)
		return;
	touch(g, row);
	put_blank(g, row, col);
	cell = cell_at(g, row, col);
	*cell = (struct cell){.width = 1, .style = STYLE_PICTURE};
	utf8_encode(character, cell->picture.character);
	cell->picture.foreground = (int16_t)foreground;
	cell->picture.background = (int16_t)background;
}

int
grid_puts(struct grid *g, int row, int col, int end, enum style style, const char *text)
{
	return grid_put(g, row, col, end, style, text, strlen(text));
}

int
grid_puts_clipped(struct grid *g, int row, int col, int end, enum style style, const char *text)
{
	if (col + cluster_width(text, strlen(text)) <= end)
		return grid_puts(g, row, col, end, style, text);
	col = grid_puts(g, row, col, end - 1, style, text);
	return col < end ? grid_puts(g, row, col, end, style, "…") : col;
}

void
grid_fill(struct grid *g, int row, int col, int end, enum style style, const char *cluster)
{
	grid_puts(g, row, col, end, style, cluster);
	for (int at = col + 1; row < g->rows && at < end && at < g->cols; at++)
		*cell_at(g, row, at) = *cell_at(g, row, col);
}

void
grid_paint(struct grid *g, int row, int col, int end, enum style style)
{
	if (row < 0 || row >= g->rows)
		return;
	touch(g, row);
	for (; col < end && col < g->cols; col++)
		cell_at(g, row, col)->style = (uint8_t)style;
}

char *
grid_text(const struct grid *g)
{
	struct buf out = {0};

	for (int row = 0; row < g->rows; row++) {
		size_t end = out.len;

		for (int col = 0; col < g->cols; col++) {
			cluster_names_put(
			        g->names, cell_at(g, row, col)->text, strlen(cell_at(g, row, col)->text), &out);
			if (strcmp(cell_at(g, row, col)->text, " ") != 0)
				end = out.len;
		}
		if (out.len > end)
			buf_truncate(&out, end);
		buf_putc(&out, '\n');
	}
	return buf_take(&out);
}
