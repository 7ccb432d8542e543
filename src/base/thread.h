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

/* A number for thread_wants_processor: of the thread that asks. 0: the system has none. */
int thread_number(void);

/* At this moment the thread of this process computes, or would if the machine had a processor for it. False where the system does
 * not tell. */
bool thread_wants_processor(int number);

/* Nobody waits for it any more: it is stuck in a call that does not return. */
void thread_leave(pthread_t);

/* Some thread was left. The program then has to end by _exit: what runs at exit(3), of libraries too, may wait for a lock that such
 * a thread holds, or free what it uses. */
bool thread_any_left(void);

#endif
