/*
 * symbols.c - one canvas of chafa's, on one thread.
 */
#include "picture/symbols.h"

#include <chafa.h>

enum {
	DARK = 0x000000,
	LIGHT = 0xffffff,
};

static ChafaCanvasMode
mode_of(int colours)
{
	if (colours >= 256)
		return CHAFA_CANVAS_MODE_INDEXED_240; /* the first 16 are whatever a person has made of them */
	if (colours >= 16)
		return CHAFA_CANVAS_MODE_INDEXED_16;
	return colours >= 8 ? CHAFA_CANVAS_MODE_INDEXED_8 : CHAFA_CANVAS_MODE_FGBG;
}

static ChafaCanvasConfig *
make_config(int cols, int rows, const struct picture_want *want)
{
	ChafaCanvasConfig *config = chafa_canvas_config_new();
	ChafaSymbolMap *map = chafa_symbol_map_new();

	chafa_symbol_map_add_by_tags(map, CHAFA_SYMBOL_TAG_SPACE | CHAFA_SYMBOL_TAG_BLOCK | CHAFA_SYMBOL_TAG_BORDER);
	chafa_canvas_config_set_symbol_map(config, map);
	chafa_symbol_map_unref(map);
	chafa_canvas_config_set_geometry(config, cols, rows);
	chafa_canvas_config_set_canvas_mode(config, mode_of(want->colours));
	chafa_canvas_config_set_fg_color(config, want->light ? DARK : LIGHT);
	chafa_canvas_config_set_bg_color(config, want->light ? LIGHT : DARK);
	if (want->colours < 16)
		chafa_canvas_config_set_dither_mode(config, CHAFA_DITHER_MODE_ORDERED);
	return config;
}

static void
take_cells(ChafaCanvas *canvas, struct picture *p, bool colours)
{
	for (int row = 0; row < p->rows; row++)
		for (int col = 0; col < p->cols; col++) {
			struct picture_cell *cell = &p->cells[row * p->cols + col];
			int foreground, background;
			uint32_t character = chafa_canvas_get_char_at(canvas, col, row);

			chafa_canvas_get_raw_colors_at(canvas, col, row, &foreground, &background);
			if (picture_has_character(character))
				cell->character = character;
			cell->foreground = (int16_t)(colours ? foreground : -1);
			cell->background = (int16_t)(colours ? background : -1);
		}
}

struct picture *
symbols_find(const struct pixels *pixels, const struct picture_want *want)
{
	int cols = want->cols, rows = want->rows;
	ChafaCanvasConfig *config;
	ChafaCanvas *canvas;
	struct picture *p;

	chafa_set_n_threads(1);
	picture_size_fit(&pixels->of, &cols, &rows);
	cols = CLAMP(cols, 1, want->cols);
	rows = CLAMP(rows, 1, want->rows);
	config = make_config(cols, rows, want);
	canvas = chafa_canvas_new(config);
	chafa_canvas_draw_all_pixels(canvas, pixels->has_alpha ? CHAFA_PIXEL_RGBA8_UNASSOCIATED : CHAFA_PIXEL_RGB8,
	        pixels->data, pixels->width, pixels->height, pixels->row_bytes);
	p = picture_new(cols, rows);
	take_cells(canvas, p, want->colours > 0);
	chafa_canvas_unref(canvas);
	chafa_canvas_config_unref(config);
	return p;
}
