/*
 * terminfo.c - the names of terminals that the machine has a description of.
 */
#include "tui/terminfo.h"

#include <stdbool.h>
#include <stdlib.h>

#include <termcap.h>

#include "base/compiler.h"
#include "tui/tty.h"

/* Asked before newterm is: a newterm that fails leaks memory. */
static bool
is_known_terminal(const char *name)
{
	return tgetent(NULL, name) == 1;
}

/* Newer terminals (kitty, foot, ghostty, alacritty) have names that other machines do not know, and understand what
 * xterm does. A machine without any descriptions but the least has at least that of a VT100. */
static const char *
find_description(const char *name)
{
	static const char *const others[] = {"xterm-256color", "xterm", "vt100"};

	if (is_known_terminal(name))
		return name;
	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (is_known_terminal(others[i]))
			return others[i];
	return NULL;
}

/* Looked for once: tgetent would take curses its terminal. */
const char *
term_description(void)
{
	static const char *found;

	if (!found && !tty_is_dumb())
		found = find_description(getenv("TERM"));
	return found;
}
