/*
 * random.c - the digits of a UUID that are random.
 */
#include "app/random.h"

#include <stdbool.h>
#include <stdlib.h>

#include "store/uuid.h"

enum {
	DIGITS = 7, /* hexadecimal */
	SEED_OF_TESTS = 1000,
};

static bool has_ended;

void
random_end(void)
{
	has_ended = true;
}

static unsigned long
number(void)
{
	char uuid[UUID_SIZE];

	uuid_make(uuid);
	uuid[DIGITS] = '\0';
	return strtoul(uuid, NULL, 16);
}

size_t
random_below(size_t n)
{
	return has_ended ? n - 1 : number() % n;
}

long
random_seed(void)
{
	return has_ended ? SEED_OF_TESTS : 1 + (long)number();
}
