/*
 * suspend.h - leaving the terminal for a while, and on ways out that nobody planned.
 */
#ifndef FLYNN_SYSTEM_SUSPEND_H
#define FLYNN_SYSTEM_SUSPEND_H

/* Stops the program, whatever the terminal is like; returns when it goes on. */
void suspend_process(void);

/* From now on a crash puts the terminal back before the program dies of it. */
void crash_guard(void (*restore)(void));

#endif
