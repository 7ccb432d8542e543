/*
 * tty.c - termios, window size and a non-blocking file.
 *
 * The way back is a fixed string, not terminfo's: it must work from a signal handler. It begins with CAN, which ends an
 * escape sequence that was cut, and a mode that a terminal does not know is ignored.
 */
#include "tui/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/compiler.h"

enum {
	LEAVE_WAIT_MS = 200, /* how long a terminal may take to swallow what is pending when it is left */
	RESTORE_TRIES = 3,
	RESTORE_WAIT_MS = 50, /* for a terminal that takes no more, each time */
	WRITTEN_MS = 20,      /* by then another thread has written what it was about to write */
	SIZE_MAX_EACH = 1000, /* rows, and columns: ncurses fails at 32,768, and memory goes with their product */
};

/* What a signal handler must know. */
static struct {
	volatile int fd;
	volatile bool entered;
	volatile bool leaving;       /* nothing but the way back is written */
	const char *volatile string; /* what leaves it */
	struct termios found;
	volatile bool shared; /* the open file is the shell's too, and blocks while it is theirs */
} restore = {.fd = -1};

static const char enter_string[] = "\x1b[?1049h\x1b[?2004h", paste_string[] = "\x1b[?2004h";
/* Buttons (the wheel is two of them), and where the mouse goes while one is held, as SGR 1006 writes it. */
static const char mouse_on[] = "\x1b[?1002h\x1b[?1006h", mouse_off[] = "\x1b[?1006l\x1b[?1002l";
static const char focus_on[] = "\x1b[?1004h";
/* Out of: synchronized output, focus reports, mouse, bracketed paste, application cursor keys and keypad, scroll region, attributes,
 * character set; the alternate screen left; the cursor shown, which a screen that was never entered may have hidden. */
static const char leave_string[] = "\x18\x1b[?2026l\x1b[?1004l\x1b[?1006l\x1b[?1002l\x1b[?2004l"
                                   "\x1b[?1l\x1b>\x1b[r\x1b[0m\x0f\x1b[?1049l\x1b[?25h";
static const char leave_lines_string[] = "\x18\x1b[?1006l\x1b[?1000l\x1b[?2004l\x1b[0m";

bool
tty_is_dumb(void)
{
	const char *term = getenv("TERM");

	return !term || !*term || strcmp(term, "dumb") == 0 || strcmp(term, "unknown") == 0;
}

/* The device after it, also where it was opened as /dev/tty. */
static unsigned
device_of(int fd)
{
	unsigned device = 0;

	return ioctl(fd, TIOCGDEV, &device) < 0 ? 0 : device;
}

static int
open_named(const char *name)
{
	int fd = name ? open(name, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;

	if (fd < 0 || device_of(fd) == device_of(STDOUT_FILENO))
		return fd;
	close(fd); /* of another terminal */
	errno = ENOTTY;
	return -1;
}

/* One of the standard streams again, read and written. */
static int
share_stream(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (isatty(fd) && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR &&
		        device_of(fd) == device_of(STDOUT_FILENO))
			return fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	return -1;
}

/*
 * An open file of our own where that can be had. After su(1) the terminal's file is still the first user's, who alone may
 * open it; /dev/tty anybody may whose controlling terminal it is, which su -c takes away.
 */
static int
open_terminal(void)
{
	int fd = open_named(ttyname(STDOUT_FILENO)), why = errno;

	if (fd < 0)
		fd = open_named("/dev/tty");
	restore.shared = fd < 0;
	if (fd < 0)
		fd = share_stream();
	errno = why;
	return fd;
}

/* The shell, which has the same open file, expects that it blocks. */
static void
set_blocking(int fd, bool blocks)
{
	int flags = fcntl(fd, F_GETFL);

	if (restore.shared && flags >= 0)
		fcntl(fd, F_SETFL, blocks ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

static bool
read_modes(int fd, struct termios *modes)
{
	int got;

	while ((got = tcgetattr(fd, modes)) < 0 && errno == EINTR)
		;
	return got == 0;
}

static bool
set_modes(int fd, const struct termios *modes)
{
	int set;

	while ((set = tcsetattr(fd, TCSANOW, modes)) < 0 && errno == EINTR)
		;
	return set == 0;
}

bool
tty_open(struct tty *t, struct err *err)
{
	*t = (struct tty){.fd = -1};
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return err_set(err, ERR_USAGE, "no terminal for the full screen: use `flynn --linear`, or `flynn ask`");
	if (tty_is_dumb())
		return err_set(err, ERR_USAGE, "this terminal (TERM=%s) cannot show a full screen: use `flynn ask`",
		        getenv("TERM") ? getenv("TERM") : "");
	t->fd = open_terminal();
	if (t->fd < 0)
		return err_set(err, ERR_SYSTEM, "cannot open the terminal: %s", strerror(errno));
	if (!read_modes(t->fd, &restore.found)) {
		close(t->fd);
		return err_set(err, ERR_SYSTEM, "cannot read the terminal's modes: %s", strerror(errno));
	}
	restore.fd = t->fd;
	return true;
}

void
tty_close(struct tty *t)
{
	tty_leave(t);
	restore.fd = -1;
	close(t->fd);
	buf_release(&t->pending);
}

static bool
set_raw(int fd, const struct termios *found)
{
	struct termios raw = *found;

	raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INLCR | IGNCR | ISTRIP | IXON | IXOFF);
	raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	return set_modes(fd, &raw);
}

void
tty_enter(struct tty *t)
{
	/* Stopped by SIGSTOP and gone on: the shell has changed the modes, but the alternate screen was never left. */
	const char *string = restore.entered || t->lines ? paste_string : enter_string;

	restore.string = t->lines ? leave_lines_string : leave_string;
	restore.leaving = false;
	restore.entered = true;
	set_blocking(t->fd, false);
	/* With lines that the terminal edits and Ctrl+Q that it takes for itself, nobody could leave. */
	if (!set_raw(t->fd, &restore.found))
		t->gone = true;
	tty_send(t, string, strlen(string));
	if (t->mouse)
		tty_send(t, mouse_on, strlen(mouse_on));
	if (t->focus)
		tty_send(t, focus_on, strlen(focus_on));
}

void
tty_mouse(struct tty *t, bool on)
{
	if (on == t->mouse)
		return;
	t->mouse = on;
	if (restore.entered)
		tty_send(t, on ? mouse_on : mouse_off, strlen(on ? mouse_on : mouse_off));
}

void
tty_leave(struct tty *t)
{
	int64_t end = clock_ms() + LEAVE_WAIT_MS, left;

	while (restore.entered && t->pending.len > 0 && !t->gone && (left = end - clock_ms()) > 0) {
		struct pollfd p = {.fd = t->fd, .events = POLLOUT};

		if (poll(&p, 1, (int)left) > 0)
			tty_flush(t);
	}
	buf_clear(&t->pending);
	tty_restore_now();
}

/* Until all is written, or it was tried often enough. */
static void
write_restoring(int fd, const char *string)
{
	size_t left = strlen(string);

	for (int tries = 0; left > 0 && tries < RESTORE_TRIES; tries++) {
		ssize_t n = write(fd, string, left);
		struct pollfd p = {.fd = fd, .events = POLLOUT};

		if (n > 0) {
			string += n;
			left -= (size_t)n;
		} else if (errno == EAGAIN) {
			poll(&p, 1, RESTORE_WAIT_MS);
		}
	}
}

/* From a signal handler too: only what may be called there. From two threads at once it is done twice: neither may end the
 * program before it is done. */
void
tty_restore_now(void)
{
	int saved = errno;

	if (!restore.entered || restore.fd < 0)
		return;
	restore.leaving = true;
	write_restoring(restore.fd, restore.string);
	for (int tries = 0; !set_modes(restore.fd, &restore.found) && tries < RESTORE_TRIES; tries++)
		;
	set_blocking(restore.fd, true);
	restore.entered = false;
	errno = saved;
}

void
tty_restore_last(void)
{
	if (!restore.entered)
		return;
	restore.leaving = true;
	poll(NULL, 0, WRITTEN_MS);
	tty_restore_now();
}

bool
tty_may_be_slow(void)
{
	static const char *const names[] = {"SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (getenv(names[i]))
			return true;
	return false;
}

static int
bounded(int size, int usual)
{
	return size < 1 ? usual : size < SIZE_MAX_EACH ? size : SIZE_MAX_EACH;
}

void
tty_size(const struct tty *t, int *rows, int *cols)
{
	struct winsize size = {0};

	ioctl(t->fd, TIOCGWINSZ, &size);
	*rows = bounded(size.ws_row, 24);
	*cols = bounded(size.ws_col, 80);
}

size_t
tty_read(struct tty *t, char *bytes, size_t n)
{
	ssize_t got = read(t->fd, bytes, n);

	if (got > 0)
		return (size_t)got;
	if (got == 0 || (errno != EAGAIN && errno != EINTR))
		t->gone = true;
	return 0;
}

void
tty_send(struct tty *t, const char *bytes, size_t n)
{
	buf_put(&t->pending, bytes, n);
	tty_flush(t);
}

void
tty_flush(struct tty *t)
{
	while (t->pending.len > 0 && !t->gone && !restore.leaving) {
		ssize_t sent = write(t->fd, t->pending.data, t->pending.len);

		if (sent > 0)
			buf_drop(&t->pending, (size_t)sent);
		else if (sent < 0 && errno == EINTR)
			continue;
		else if (sent < 0 && errno != EAGAIN)
			t->gone = true;
		else
			break;
	}
}
