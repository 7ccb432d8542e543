/*
 * play_options.c - reads --speed, --cast and --size.
 */
#include "cmd/play_options.h"

#include <stdio.h>
#include <stdlib.h>

#include "tui/cast.h"

enum {
	ROWS = 24,
	COLS = 80,
};

static bool
read_speed(const char *text, int fastest, double *speed, struct err *err)
{
	char *end = NULL;

	*speed = text ? strtod(text, &end) : 1;
	if (text && (end == text || *end || !(*speed >= 0.25) || *speed > fastest))
		return err_set(err, ERR_USAGE, "--speed %s: write a number from 0.25 to %d", text, fastest);
	return true;
}

static bool
read_size(struct play_options *p, const char *text, struct err *err)
{
	char more;

	p->rows = ROWS;
	p->cols = COLS;
	if (text && !p->cast)
		return err_set(err, ERR_USAGE, "--size is for --cast: a terminal has a size of its own");
	if (text && (sscanf(text, "%dx%d%c", &p->cols, &p->rows, &more) != 2 || p->rows < CAST_ROWS_LEAST ||
	                    p->rows > CAST_ROWS_MOST || p->cols < CAST_COLS_LEAST || p->cols > CAST_COLS_MOST))
		return err_set(err, ERR_USAGE, "--size %s: write columns and rows, such as 80x24, from %dx%d to %dx%d",
		        text, CAST_COLS_LEAST, CAST_ROWS_LEAST, CAST_COLS_MOST, CAST_ROWS_MOST);
	return true;
}

bool
play_options_read(struct play_options *p, const struct options *o, int fastest, struct err *err)
{
	*p = (struct play_options){.cast = o->cast};
	return read_speed(o->speed, fastest, &p->speed, err) && read_size(p, o->size, err);
}

static enum theme
cast_theme(const struct config *config)
{
	enum theme guessed = theme_guess(getenv("COLORFGBG"));

	if (config->theme != CONFIG_THEME_AUTO)
		return config->theme == CONFIG_THEME_LIGHT ? THEME_LIGHT : THEME_DARK;
	return guessed == THEME_AUTO ? THEME_DARK : guessed;
}

struct term *
play_options_cast(const struct play_options *p, const struct config *config, struct err *err)
{
	return cast_new(p->cast, p->rows, p->cols, cast_theme(config), err);
}
