/*
 * suspend.h - leaving the terminal for a while, and on ways out that nobody planned.
 */
#ifndef FLYNN_APP_SUSPEND_H
#define FLYNN_APP_SUSPEND_H

#include "tui/term.h"

/* Stops the program, whatever the terminal is like; returns when it goes on. */
void suspend_process(void);

/* Stops the program as Ctrl+Z does elsewhere; returns when it goes on. */
void suspend_program(struct term *);

/* From now on a crash puts the terminal back before the program dies of it. */
void crash_guard(void (*restore)(void));

#endif
