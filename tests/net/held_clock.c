/*
 * held_clock.c - clock_gettime of all that is linked here.
 */
#include "config.h"

#include "tests/net/held_clock.h"

#include <stdatomic.h>
#include <time.h>

#include "base/compiler.h"
#include "tests/harness.h"

#ifdef HAVE_WRAP

enum {
	NS_PER_MS = 1000000,
	NS_PER_S = 1000000000,
	AHEAD_S = 20, /* who waits until a time of this clock would else wait for a shorter time than it says */
};

static atomic_llong held_ns; /* 0: not held */

int __real_clock_gettime(clockid_t, struct timespec *);
int __wrap_clock_gettime(clockid_t, struct timespec *);

static long long
system_ns(void)
{
	struct timespec t;

	__real_clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * (long long)NS_PER_S + t.tv_nsec;
}

int
__wrap_clock_gettime(clockid_t clock, struct timespec *t)
{
	long long ns = atomic_load(&held_ns);

	if (ns == 0 || clock != CLOCK_MONOTONIC)
		return __real_clock_gettime(clock, t);
	t->tv_sec = (time_t)(ns / NS_PER_S);
	t->tv_nsec = (long)(ns % NS_PER_S);
	return 0;
}

bool
clock_hold(void)
{
	atomic_store(&held_ns, system_ns() + AHEAD_S * (long long)NS_PER_S);
	return true;
}

void
clock_let_go(void)
{
	atomic_store(&held_ns, 0);
}

void
clock_pass(struct rig *rig, int ms)
{
	atomic_fetch_add(&held_ns, ms * (long long)NS_PER_MS);
	rig_turn(rig);
}

#else

bool
clock_hold(void)
{
	harness_skip("the linker does not know --wrap");
	return false;
}

void
clock_let_go(void)
{
}

void
clock_pass(UNUSED struct rig *rig, UNUSED int ms)
{
}

#endif
