/*
 * clock.h - time that only goes forward, in milliseconds or nanoseconds since some moment in the past; and Unix time.
 */
#ifndef FLYNN_BASE_CLOCK_H
#define FLYNN_BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline int64_t
clock_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline int64_t
clock_ms(void)
{
	return clock_ns() / 1000000;
}

static inline int64_t
clock_unix_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The shorter of two times to wait, in ms; -1 is endless. */
static inline int
clock_sooner(int a, int b)
{
	return a < 0 || (b >= 0 && b < a) ? b : a;
}

#endif
