/*
 * steps.h - what the tests of the real program do again and again.
 */
#ifndef FLYNN_TESTS_SCREEN_STEPS_H
#define FLYNN_TESTS_SCREEN_STEPS_H

#include "demo/standin.h"
#include "tests/screen/pty.h"

struct standin *steps_serve(const char *script); /* ends the test where it does not start */

/* The n-th request from 0 that begins so, to be freed; NULL: there were not so many. Others come between whenever flynn has time for
 * them: for the server's health, or a count of tokens. */
char *steps_request(struct standin *, const char *beginning, size_t n);
size_t steps_count_requests(struct standin *, const char *beginning);

/* How a chat begins. */
#define STEPS_CHAT "POST /v1/chat/completions "

/* The screen comes to show it; else the test ends, and says what the screen shows. */
void steps_expect(struct pty *, const char *text);

/* Ctrl+Q ends flynn well, and the terminal is as it was. Frees it. */
void steps_quit(struct pty *);

#endif
