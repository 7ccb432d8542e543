/*
 * picture_stand_in.c - in the place of flynn-picture: takes its arguments and its input, and does what the variable PICTURE_STAND_IN
 * says; else a frame of lines, four times as wide as it is high, in the last colour that there is.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/whole.h"
#include "text/picture.h"

enum {
	WIDER = 4,
	LAST_ARGUMENT = 4,
};

struct stage {
	int cols, rows, colours;
	struct buf output;
};

static void
take_input(void)
{
	char bytes[4096];

	while (read(STDIN_FILENO, bytes, sizeof(bytes)) > 0)
		;
}

static uint32_t
line_at(int col, int row, int cols, int rows)
{
	static const uint32_t lines[3][3] = {{0x250c, 0x2500, 0x2510}, {0x2502, ' ', 0x2502}, {0x2514, 0x2500, 0x2518}};

	return lines[row == 0 ? 0 : row + 1 == rows ? 2 : 1][col == 0 ? 0 : col + 1 == cols ? 2 : 1];
}

static void
make_frame(struct stage *s)
{
	int cols = s->rows * WIDER < s->cols ? s->rows * WIDER : s->cols;
	struct picture *p = picture_new(cols, s->rows);

	for (int i = 0; i < cols * s->rows; i++)
		p->cells[i] = (struct picture_cell){
		        line_at(i % cols, i / cols, cols, s->rows), (int16_t)(s->colours - 1), -1};
	picture_put(p, &s->output);
	picture_free(p);
}

static void
send_output(const struct stage *s)
{
	if (!whole_write(STDOUT_FILENO, s->output.data, s->output.len))
		exit(1);
}

/* ---- what it may do ---- */

static void
draw(struct stage *s)
{
	make_frame(s);
	send_output(s);
}

static void
say_garbage(struct stage *s)
{
	buf_puts(&s->output, "\x1b]0;owned\a flynn-picture 1 2 2\n");
	send_output(s);
}

static void
draw_too_wide(struct stage *s)
{
	s->rows = 1;
	s->cols = WIDER;
	buf_puts(&s->output, "flynn-picture 1 999999999 1\n");
	send_output(s);
}

static void
say_half(struct stage *s)
{
	make_frame(s);
	buf_truncate(&s->output, s->output.len / 2);
	send_output(s);
}

static void
say_more(struct stage *s)
{
	make_frame(s);
	buf_putc(&s->output, '!');
	send_output(s);
}

static void
draw_other_colours(struct stage *s)
{
	s->colours += 2;
	draw(s);
}

/* The last bytes are those of the last cell. */
static void
draw_control(struct stage *s)
{
	make_frame(s);
	memcpy(s->output.data + s->output.len - PICTURE_CELL_BYTES, "\x1b\0\0\0", 4);
	send_output(s);
}

static void
be_killed(UNUSED struct stage *s)
{
	raise(SIGKILL);
}

static void
hang(UNUSED struct stage *s)
{
	for (;;)
		pause();
}

static void
close_and_hang(struct stage *s)
{
	draw(s);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	hang(s);
}

static void
flood(struct stage *s)
{
	for (;;) {
		buf_clear(&s->output);
		draw(s);
	}
}

static void
complain(UNUSED struct stage *s)
{
	fprintf(stderr, "\x1b[31mbroken\a\nand more\n");
	exit(1);
}

static void
fail(UNUSED struct stage *s)
{
	exit(7);
}

static const struct {
	const char *name;
	void (*run)(struct stage *);
} acts[] = {
        {"frame", draw},
        {"garbage", say_garbage},
        {"wide", draw_too_wide},
        {"half", say_half},
        {"more", say_more},
        {"colours", draw_other_colours},
        {"control", draw_control},
        {"killed", be_killed},
        {"hang", hang},
        {"closes", close_and_hang},
        {"flood", flood},
        {"complain", complain},
        {"fail", fail},
};

int
main(int argc, char **argv)
{
	const char *act = getenv("PICTURE_STAND_IN");
	struct stage s;

	if (argc <= LAST_ARGUMENT)
		return 2;
	s = (struct stage){.cols = atoi(argv[1]), .rows = atoi(argv[2]), .colours = atoi(argv[3])};
	take_input();
	for (size_t i = 0; i < ARRAY_LEN(acts); i++)
		if (!act || strcmp(act, acts[i].name) == 0) {
			acts[i].run(&s);
			buf_release(&s.output);
			return 0;
		}
	return 2;
}
