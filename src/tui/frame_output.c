/*
 * frame_output.c - the file is read after each refresh, and cut now and then only: that costs more than a frame.
 */
#include "tui/frame_output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/memory_file.h"
#include "base/memory_find.h"

enum {
	KEPT = 64 * 1024, /* bytes that were taken already */
};

bool
frame_output_open(struct frame_output *o)
{
	int fd = memory_file("flynn-screen");

	o->file = fd < 0 ? NULL : fdopen(fd, "w+");
	return o->file != NULL;
}

void
frame_output_close(struct frame_output *o)
{
	if (o->file)
		fclose(o->file);
	o->file = NULL;
}

/* ---- what ncurses wrote ---- */

static void
read_file(struct frame_output *o, struct buf *out)
{
	int fd = fileno(o->file);
	char bytes[8192];
	ssize_t n;

	fflush(o->file);
	while ((n = pread(fd, bytes, sizeof(bytes), o->taken)) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		buf_put(out, bytes, (size_t)n);
		o->taken += n;
		if ((size_t)n < sizeof(bytes))
			break;
	}
	if (o->taken > KEPT && ftruncate(fd, 0) == 0) {
		lseek(fd, 0, SEEK_SET);
		o->taken = 0;
	}
}

/* Of every row that scrolls up ncurses says from where to where, and after it that all rows do: for that the terminal has
 * a shorter word. Returns the new length. */
static size_t
shorten_regions(char *bytes, size_t n, int rows)
{
	static const char all[] = "\x1b[r";
	char region[32];
	size_t len = (size_t)snprintf(region, sizeof(region), "\x1b[1;%dr", rows);
	char *at = bytes, *end = bytes + n;

	while ((at = (char *)memory_find(at, (size_t)(end - at), region, len)) != NULL) {
		memcpy(at, all, sizeof(all) - 1);
		at += sizeof(all) - 1;
		end -= len - (sizeof(all) - 1);
		memmove(at, at + len - (sizeof(all) - 1), (size_t)(end - at));
	}
	return (size_t)(end - bytes);
}

void
frame_output_take(struct frame_output *o, int rows, struct buf *out)
{
	size_t before = out->len;

	read_file(o, out);
	if (out->len > before)
		buf_truncate(out, before + shorten_regions(out->data + before, out->len - before, rows));
}

/* ---- what is said without it ---- */

void
frame_say_cursor(struct buf *out, int row, int col)
{
	buf_puts(out, "\x1b[");
	buf_put_number(out, row + 1);
	buf_putc(out, ';');
	buf_put_number(out, col + 1);
	buf_putc(out, 'H');
}

/* A line feed in the last row of a region moves it up, a reverse index in its first row down. After it all rows are the region. */
void
frame_say_scroll(struct buf *out, struct frame_scroll s)
{
	buf_puts(out, "\x1b[");
	buf_put_number(out, s.top + 1);
	buf_putc(out, ';');
	buf_put_number(out, s.end);
	buf_putc(out, 'r');
	frame_say_cursor(out, s.by > 0 ? s.end - 1 : s.top, 0);
	for (int i = s.by; i > 0; i--)
		buf_putc(out, '\n');
	for (int i = s.by; i < 0; i++)
		buf_puts(out, "\x1bM");
	buf_puts(out, "\x1b[r");
}
