/*
 * floor.c - two ncurses windows, and a search for "content" in events.
 */
#include "floor.h"

#include <string.h>
#include <unistd.h>

#include <curses.h>

static const char marker[] = "\"content\":\"";
static WINDOW *text, *line;

void
floor_open(void)
{
	initscr();
	raw();
	noecho();
	nonl();
	text = newwin(LINES - 1, COLS, 0, 0);
	line = newwin(1, COLS, LINES - 1, 0);
	scrollok(text, TRUE);
	idlok(text, TRUE);
	waddstr(line, "> ");
	floor_show();
}

void
floor_close(void)
{
	endwin();
}

void
floor_put(const char *s, size_t n)
{
	waddnstr(text, s, (int)n);
}

void
floor_show(void)
{
	wnoutrefresh(text);
	wnoutrefresh(line);
	doupdate();
}

enum floor_key
floor_read(void)
{
	char bytes[256];
	ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));
	enum floor_key key = FLOOR_NOTHING;

	for (ssize_t i = 0; i < n; i++) {
		if (bytes[i] == 'q' - '`')
			return FLOOR_QUIT;
		if (bytes[i] == '\r' || bytes[i] == 'u' - '`') {
			key = bytes[i] == '\r' ? FLOOR_ENTER : key;
			wmove(line, 0, 2);
			wclrtoeol(line);
		} else {
			waddnstr(line, &bytes[i], 1);
		}
	}
	return n > 0 ? key : FLOOR_QUIT;
}

void
floor_events(struct buf *in, void (*tell)(void *arg, const char *, size_t n), void *arg)
{
	size_t at = 0;

	while (at < in->len) {
		char *end = memmem(in->data + at, in->len - at, "\n\n", 2), *found;

		if (!end)
			break;
		found = memmem(in->data + at, (size_t)(end - in->data) - at, marker, sizeof(marker) - 1);
		if (found) {
			found += sizeof(marker) - 1;
			tell(arg, found, strcspn(found, "\""));
		}
		at = (size_t)(end - in->data) + 2;
	}
	buf_drop(in, at);
}
