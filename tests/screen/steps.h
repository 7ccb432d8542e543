/*
 * steps.h - what the tests of the real program do again and again.
 */
#ifndef FLYNN_TESTS_SCREEN_STEPS_H
#define FLYNN_TESTS_SCREEN_STEPS_H

#include "demo/standin.h"
#include "tests/screen/pty.h"

struct standin *steps_serve(const char *script); /* ends the test where it does not start */

/* The screen comes to show it; else the test ends, and says what the screen shows. */
void steps_expect(struct pty *, const char *text);

/* Ctrl+Q ends flynn well, and the terminal is as it was. Frees it. */
void steps_quit(struct pty *);

#endif
