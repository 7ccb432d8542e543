/*
 * signals.h - signals as bytes in a pipe, so that one poll(2) waits for them too. Once per process.
 */
#ifndef FLYNN_BASE_SIGNALS_H
#define FLYNN_BASE_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Catches these from now on, and ignores SIGPIPE. A SIGHUP that was ignored when flynn started (nohup) stays so. */
bool signals_init(const int *signals, size_t n, struct err *) MUST_USE;
void signals_release(void); /* the defaults again */

int signals_fd(void);   /* readable while a signal waits */
int signals_take(void); /* the oldest one that waits, or 0 */

#endif
