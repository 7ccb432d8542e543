/*
 * thread.h - starting a thread that no signal reaches: they are read on the UI thread alone (base/signals.h).
 */
#ifndef FLYNN_BASE_THREAD_H
#define FLYNN_BASE_THREAD_H

#include <pthread.h>
#include <stdbool.h>

#include "base/err.h"

/* To be joined by the caller. ERR_SYSTEM. */
bool thread_start(pthread_t *, void *(*run)(void *), void *arg, struct err *) MUST_USE;

#endif
