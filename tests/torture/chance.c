/*
 * chance.c - Knuth's linear congruence.
 */
#include "tests/torture/chance.h"

static uint64_t state;

void
chance_begin(uint64_t seed)
{
	state = seed;
	chance_below(2);
}

int
chance_below(int n)
{
	state = state * 6364136223846793005 + 1442695040888963407;
	return (int)((state >> 33) % (uint64_t)n);
}

int
chance_from_to(int least, int most)
{
	return least + chance_below(most - least + 1);
}

bool
chance_percent(int percent)
{
	return chance_below(100) < percent;
}
