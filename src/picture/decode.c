/*
 * decode.c - gdk-pixbuf's loader, which tells the size before it decodes (the only gdk-pixbuf.h).
 */
#include "picture/decode.h"

#include <stdlib.h>
#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "picture/extent.h"
#include "picture/symbols.h"

#ifndef DECODE_PIXELS_MAX
#define DECODE_PIXELS_MAX 100000000
#endif

enum {
	CELL_WIDTH = 8, /* pixels that chafa looks at */
	CELL_HEIGHT = 16,
	WORDS_MAX = 200,
};

struct decoder {
	GdkPixbufLoader *loader;
	enum extent_kind kind;
	int most;          /* pixels along either side */
	int width, height; /* that it has; 0: not known yet */
};

static bool
is_too_large(int width, int height)
{
	return width < 1 || height < 1 || (int64_t)width * height > DECODE_PIXELS_MAX;
}

static int
scale(int length, int from, int to)
{
	int scaled = (int)((int64_t)length * to / from);

	return scaled > 0 ? scaled : 1;
}

/* A size of 0 ends the loader. Pixels that no cell would show are not kept. */
static void
on_size(GdkPixbufLoader *loader, int width, int height, void *arg)
{
	struct decoder *d = arg;
	int longest = width > height ? width : height;

	d->width = width;
	d->height = height;
	if (is_too_large(width, height))
		gdk_pixbuf_loader_set_size(loader, 0, 0);
	else if (longest > d->most)
		gdk_pixbuf_loader_set_size(loader, scale(width, longest, d->most), scale(height, longest, d->most));
}

struct decoder *
decoder_new(const char *type, struct err *err)
{
	static const char *const types[] = {[EXTENT_PNG] = "image/png",
	        [EXTENT_JPEG] = "image/jpeg",
	        [EXTENT_GIF] = "image/gif",
	        [EXTENT_BMP] = "image/bmp"};
	struct decoder *d = NULL;
	GdkPixbufLoader *loader = NULL;
	size_t kind = 0;

	while (kind < ARRAY_LEN(types) && strcmp(type, types[kind]) != 0)
		kind++;
	if (kind < ARRAY_LEN(types))
		loader = gdk_pixbuf_loader_new_with_mime_type(type, NULL);
	if (!loader) {
		err_set(err, ERR_SYSTEM, "%s is not decoded here", type);
		return NULL;
	}
	d = mem_alloc(sizeof(*d));
	*d = (struct decoder){.loader = loader, .kind = (enum extent_kind)kind};
	g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size), d);
	return d;
}

void
decoder_free(struct decoder *d)
{
	gdk_pixbuf_loader_close(d->loader, NULL);
	g_object_unref(d->loader);
	free(d);
}

/* gdk-pixbuf's words name no file, and may be long. */
static void
explain(const struct decoder *d, const GError *error, struct err *err)
{
	if (d->width != 0 && is_too_large(d->width, d->height))
		err_set(err, ERR_LIMIT, "%dx%d pixels are too many", d->width, d->height);
	else
		err_set(err, ERR_INCOMPLETE, "it cannot be decoded: %.*s", WORDS_MAX,
		        error ? error->message : "no picture");
}

/* A GIF ends with its first frame. */
static bool
write_picture(struct decoder *d, const guchar *data, size_t n, GError **error)
{
	static const guchar gif_trailer[] = {';'};

	return gdk_pixbuf_loader_write(d->loader, data, n, error) &&
	       (d->kind != EXTENT_GIF || gdk_pixbuf_loader_write(d->loader, gif_trailer, 1, error));
}

static bool
load(struct decoder *d, const char *data, size_t n, struct err *err)
{
	GError *error = NULL;
	bool ok;

	ok = write_picture(d, (const guchar *)data, n, &error) && gdk_pixbuf_loader_close(d->loader, &error) &&
	     gdk_pixbuf_loader_get_pixbuf(d->loader);
	if (!ok)
		explain(d, error, err);
	g_clear_error(&error);
	return ok;
}

static bool
is_on_its_side(GdkPixbuf *loaded)
{
	const char *orientation = gdk_pixbuf_get_option(loaded, "orientation");

	return orientation && orientation[0] >= '5' && orientation[0] <= '8' && !orientation[1];
}

/* As the camera was held. */
static struct picture *
make_cells(const struct decoder *d, const struct picture_want *want)
{
	GdkPixbuf *loaded = gdk_pixbuf_loader_get_pixbuf(d->loader);
	GdkPixbuf *upright = gdk_pixbuf_apply_embedded_orientation(loaded);
	bool turned = is_on_its_side(loaded);
	struct pixels pixels = {.data = gdk_pixbuf_read_pixels(upright),
	        .width = gdk_pixbuf_get_width(upright),
	        .height = gdk_pixbuf_get_height(upright),
	        .row_bytes = gdk_pixbuf_get_rowstride(upright),
	        .has_alpha = gdk_pixbuf_get_has_alpha(upright),
	        .of = {turned ? d->height : d->width, turned ? d->width : d->height}};
	struct picture *p = symbols_find(&pixels, want);

	g_object_unref(upright);
	return p;
}

struct picture *
decoder_run(struct decoder *d, const char *data, size_t n, const struct picture_want *want, struct err *err)
{
	size_t end = extent_find(d->kind, (const unsigned char *)data, n);

	d->most = MAX(want->cols * CELL_WIDTH, want->rows * CELL_HEIGHT);
	if (end == 0) {
		err_set(err, ERR_INCOMPLETE, "the file is cut short");
		return NULL;
	}
	return load(d, data, end, err) ? make_cells(d, want) : NULL;
}
