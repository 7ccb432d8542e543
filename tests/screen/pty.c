/*
 * pty.c - forkpty, and libvterm fed with what comes out.
 */
#ifndef _GNU_SOURCE /* a test may use what this system has */
#define _GNU_SOURCE
#endif

#include "tests/screen/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

#include <vterm.h>

#include "base/clock.h"
#include "base/compiler.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
	PATIENCE_MS = 20000,
	AFTERWARDS_MS = 4000, /* a server that is down is asked again after two seconds */
	TICK_MS = 10,         /* of a slow line */
	SLICE_MS = 50,        /* between two looks at whether the program has ended */
};

/* Written behind all that a program has sent: none sends this byte. */
static const char last_byte = '\xff';

/* Who has waited once in vain is not patient any more: a program that is broken fails many waits. */
static int patience_ms = PATIENCE_MS;

struct pty {
	pid_t pid;
	int master, slave; /* the slave is held open, to look at its modes when the program is gone */
	struct termios before;
	VTerm *vterm;
	VTermScreen *screen;
	int rows, cols;
	struct buf bytes, queue; /* that arrived; that did not yet */
	bool joins;              /* it draws emoji sequences as one */
	size_t a_tick;           /* so many of the queue arrive; 0: there is none */
	bool alternate, cursor;
	bool ended;
	bool read_all; /* that it had sent by then */
	int status;
	char home[64];
};

static int
on_property(VTermProp property, VTermValue *value, void *user)
{
	struct pty *p = user;

	if (property == VTERM_PROP_ALTSCREEN)
		p->alternate = value->boolean;
	if (property == VTERM_PROP_CURSORVISIBLE)
		p->cursor = value->boolean;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void
start_vterm(struct pty *p)
{
	p->vterm = vterm_new(p->rows, p->cols);
	vterm_set_utf8(p->vterm, 1);
	p->screen = vterm_obtain_screen(p->vterm);
	vterm_screen_enable_altscreen(p->screen, 1);
	vterm_screen_set_callbacks(p->screen, &callbacks, p);
	vterm_screen_reset(p->screen, 1);
	p->cursor = true;
}

static const char *shared_home;

void
pty_home(const char *dir)
{
	shared_home = dir;
}

/* A folder of its own: no path is so far away that root could not make it. */
static void
make_home(char *home, size_t size)
{
	const char *folder = getenv("TMPDIR");

	snprintf(home, size, "%s/flynn-pty-XXXXXX", folder && strlen(folder) < size / 2 ? folder : "/tmp");
	if (!mkdtemp(home)) {
		perror(home);
		abort();
	}
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void
run_program(const char *program, const char *const *arguments, const char *home, const char *term)
{
	static const char *const homes[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"};
	const char *argv[16] = {program};

	for (size_t i = 0; arguments[i] && i + 2 < ARRAY_LEN(argv); i++)
		argv[i + 1] = arguments[i];
	setenv("TERM", term, 1);
	for (size_t i = 0; i < ARRAY_LEN(homes); i++)
		setenv(homes[i], home, 1);
	execv(argv[0], (char *const *)argv);
	perror(argv[0]);
	_exit(127);
}

struct pty *
pty_new(const char *const *arguments, int rows, int cols, const char *term)
{
	const char *program = getenv("FLYNN");

	if (!program) {
		printf("Bail out! FLYNN must be the path of the program\n");
		exit(1);
	}
	return pty_new_program(program, arguments, rows, cols, term);
}

struct pty *
pty_new_program(const char *program, const char *const *arguments, int rows, int cols, const char *term)
{
	struct pty *p = mem_alloc(sizeof(*p));
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

	p->rows = rows;
	p->cols = cols;
	start_vterm(p);
	make_home(p->home, sizeof(p->home));
	if (openpty(&p->master, &p->slave, NULL, NULL, &size) < 0)
		abort();
	tcgetattr(p->slave, &p->before);
	p->pid = fork();
	if (p->pid == 0) {
		close(p->master);
		login_tty(p->slave);
		signal(SIGHUP, SIG_DFL); /* under nohup flynn would rightly ignore it */
		signal(SIGINT, SIG_DFL);
		run_program(program, arguments, shared_home ? shared_home : p->home, term);
	}
	return p;
}

void
pty_free(struct pty *p)
{
	if (!p->ended) {
		kill(p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
	}
	nftw(p->home, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	close(p->master);
	close(p->slave);
	vterm_free(p->vterm);
	buf_release(&p->bytes);
	buf_release(&p->queue);
	free(p);
}

void
pty_cursor(const struct pty *p, int *row, int *col)
{
	VTermPos at;

	vterm_state_get_cursorpos(vterm_obtain_state(p->vterm), &at);
	*row = at.row;
	*col = at.col;
}

pid_t
pty_pid(const struct pty *p)
{
	return p->pid;
}

void
pty_keys(struct pty *p, const char *bytes)
{
	size_t n = strlen(bytes);

	while (n > 0) {
		ssize_t sent = write(p->master, bytes, n);

		if (sent < 0)
			return;
		bytes += sent;
		n -= (size_t)sent;
	}
}

void
pty_scribble(struct pty *p, const char *bytes)
{
	if (write(p->slave, bytes, strlen(bytes)) < 0)
		return;
}

void
pty_resize(struct pty *p, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

	p->rows = rows;
	p->cols = cols;
	vterm_set_size(p->vterm, rows, cols);
	ioctl(p->master, TIOCSWINSZ, &size);
}

void
pty_claim_size(struct pty *p, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};

	ioctl(p->master, TIOCSWINSZ, &size);
}

/* The character that is drawn for the sequence at the start, of *len bytes; NULL: there is none. */
static const char *
joined_here(const char *bytes, size_t n, size_t *len)
{
	static const struct {
		const char *sequence, *drawn;
	} all[] = {{"🇩🇪", "旗"}, {"🇩", "半"}, {"👋🏽", "手"}, {"👨‍👩‍👧‍👦", "家"}, {"❤️", "心"},
	        {"1️⃣", "键"}};

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		*len = strlen(all[i].sequence);
		if (n >= *len && memcmp(bytes, all[i].sequence, *len) == 0)
			return all[i].drawn;
	}
	return NULL;
}

static void
arrive(struct pty *p, const char *bytes, size_t n)
{
	size_t from = 0, len;

	buf_put(&p->bytes, bytes, n);
	for (size_t at = 0; p->joins && at < n;) {
		const char *drawn = joined_here(bytes + at, n - at, &len);

		if (!drawn) {
			at++;
			continue;
		}
		vterm_input_write(p->vterm, bytes + from, at - from);
		vterm_input_write(p->vterm, drawn, strlen(drawn));
		from = at += len;
	}
	vterm_input_write(p->vterm, bytes + from, n - from);
}

static void
on_answer(const char *bytes, size_t n, void *user)
{
	struct pty *p = user;

	if (write(p->master, bytes, n) < 0)
		return;
}

void
pty_answers(struct pty *p)
{
	vterm_output_set_callback(p->vterm, on_answer, p);
}

void
pty_joins(struct pty *p)
{
	pty_answers(p);
	p->joins = true;
}

bool
pty_was_answered_late(struct pty *p)
{
	struct termios raw;
	int n = 0;

	tcgetattr(p->slave, &raw);
	cfmakeraw(&raw);
	tcsetattr(p->slave, TCSANOW, &raw);
	ioctl(p->slave, FIONREAD, &n);
	tcsetattr(p->slave, TCSANOW, &p->before);
	return n > 0;
}

void
pty_slow(struct pty *p, size_t bytes)
{
	p->a_tick = bytes;
	if (bytes == 0)
		arrive(p, buf_text(&p->queue), p->queue.len);
	if (bytes == 0)
		buf_clear(&p->queue);
}

size_t
pty_queued(const struct pty *p)
{
	return p->queue.len;
}

/* False: nothing came. */
static bool
read_program(struct pty *p, int ms)
{
	struct pollfd fd = {.fd = p->master, .events = POLLIN};
	char bytes[65536];
	ssize_t n;

	if (poll(&fd, 1, ms) <= 0 || (n = read(p->master, bytes, sizeof(bytes))) <= 0)
		return false;
	p->read_all = p->ended && bytes[n - 1] == last_byte;
	n -= p->read_all;
	if (p->a_tick > 0)
		buf_put(&p->queue, bytes, (size_t)n);
	else
		arrive(p, bytes, (size_t)n);
	return true;
}

static bool
pump_slowly(struct pty *p)
{
	int64_t end = clock_ms() + TICK_MS, left;
	size_t n;

	while ((left = end - clock_ms()) > 0)
		read_program(p, (int)left);
	n = p->queue.len < p->a_tick ? p->queue.len : p->a_tick;
	arrive(p, buf_text(&p->queue), n);
	buf_drop(&p->queue, n);
	return n > 0;
}

bool
pty_pump(struct pty *p, int ms)
{
	return p->a_tick > 0 ? pump_slowly(p) : read_program(p, ms);
}

static void
put_cell(struct buf *out, const VTermScreenCell *cell)
{
	char bytes[4];

	if (cell->chars[0] == 0)
		buf_putc(out, ' ');
	for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] && cell->chars[i] <= 0x10ffff; i++)
		buf_put(out, bytes, utf8_encode(cell->chars[i], bytes));
}

char *
pty_text(struct pty *p)
{
	struct buf out = {0};

	for (int row = 0; row < p->rows; row++) {
		for (int col = 0; col < p->cols; col++) {
			VTermScreenCell cell;

			vterm_screen_get_cell(p->screen, (VTermPos){row, col}, &cell);
			put_cell(&out, &cell);
			col += cell.width - 1;
		}
		while (out.len > 0 && out.data[out.len - 1] == ' ')
			buf_truncate(&out, out.len - 1);
		buf_putc(&out, '\n');
	}
	return buf_take(&out);
}

/* The terminal's own colour is not told. */
static void
put_colour(struct buf *out, const char *before, const VTermColor *colour)
{
	if (VTERM_COLOR_IS_INDEXED(colour) && !VTERM_COLOR_IS_DEFAULT_FG(colour) && !VTERM_COLOR_IS_DEFAULT_BG(colour))
		buf_printf(out, "%s%d ", before, colour->indexed.idx);
}

void
pty_look(const struct pty *p, int row, int col, char look[static PTY_LOOK_MAX])
{
	VTermScreenCell cell;
	struct buf words = {0};

	vterm_screen_get_cell(p->screen, (VTermPos){row, col}, &cell);
	put_colour(&words, "", &cell.fg);
	put_colour(&words, "on ", &cell.bg);
	buf_printf(&words, "%s%s", cell.attrs.bold ? "bold " : "", cell.attrs.reverse ? "reverse " : "");
	if (words.len > 0)
		buf_truncate(&words, words.len - 1);
	snprintf(look, PTY_LOOK_MAX, "%s", words.len > 0 ? buf_text(&words) : "plain");
	buf_release(&words);
}

bool
pty_shows(struct pty *p, const char *text)
{
	char *screen = pty_text(p);
	bool found = strstr(screen, text) != NULL;

	free(screen);
	return found;
}

/* A terminal passes on later what was written to it: on a busy machine a program may have ended before its last words arrive. */
static void
read_the_rest(struct pty *p)
{
	int64_t end = clock_ms() + patience_ms;

	while (read_program(p, 0))
		;
	if (write(p->slave, &last_byte, 1) != 1)
		return;
	while (!p->read_all && clock_ms() < end)
		read_program(p, SLICE_MS);
}

static bool
wait_for_end(struct pty *p, int options)
{
	if (p->ended || waitpid(p->pid, &p->status, options) != p->pid)
		return p->ended;
	p->ended = true;
	read_the_rest(p);
	return true;
}

bool
pty_has_ended(struct pty *p)
{
	return wait_for_end(p, WNOHANG);
}

/* Says what was waited for, and what is there instead. */
static bool
give_up(struct pty *p, const char *text, bool there)
{
	char *screen = pty_text(p), *rest = screen;

	printf("# %s \"%s\"; %s, and shows:\n", there ? "no" : "still", text,
	        p->ended ? "the program has ended" : "the program runs");
	for (char *row; (row = strsep(&rest, "\n")) != NULL;)
		if (*row)
			printf("# | %s\n", row);
	fflush(stdout);
	free(screen);
	patience_ms = AFTERWARDS_MS;
	return false;
}

static bool
wait_until(struct pty *p, const char *text, bool there)
{
	int64_t end = clock_ms() + patience_ms;

	while (pty_shows(p, text) != there) {
		if (pty_pump(p, p->ended ? 0 : SLICE_MS))
			continue;
		if (p->ended || clock_ms() > end)
			return give_up(p, text, there);
		pty_has_ended(p);
	}
	return true;
}

bool
pty_wait(struct pty *p, const char *text)
{
	return wait_until(p, text, true);
}

bool
pty_wait_gone(struct pty *p, const char *text)
{
	return wait_until(p, text, false);
}

int
pty_wait_end(struct pty *p)
{
	int64_t end = clock_ms() + patience_ms;

	while (!pty_has_ended(p) && clock_ms() < end)
		pty_pump(p, SLICE_MS);
	while (pty_pump(p, 0))
		;
	return p->ended ? p->status : -1;
}

void
pty_kill(struct pty *p)
{
	if (p->ended)
		return;
	kill(p->pid, SIGKILL);
	wait_for_end(p, 0);
}

const struct buf *
pty_bytes(const struct pty *p)
{
	return &p->bytes;
}

void
pty_forget(struct pty *p)
{
	buf_clear(&p->bytes);
}

bool
pty_blocks(const struct pty *p)
{
	return !(fcntl(p->slave, F_GETFL) & O_NONBLOCK);
}

bool
pty_is_restored(struct pty *p)
{
	struct termios now = {0}; /* the kernel knows less of c_cc than some C libraries have */

	tcgetattr(p->slave, &now);
	return !p->alternate && p->cursor && now.c_iflag == p->before.c_iflag && now.c_oflag == p->before.c_oflag &&
	       now.c_lflag == p->before.c_lflag && now.c_cflag == p->before.c_cflag &&
	       memcmp(now.c_cc, p->before.c_cc, sizeof(now.c_cc)) == 0;
}
