/*
 * timed_out.c - the beginning is the contract, which other programs may look for; which server and how long stand after it.
 */
#include "net/timed_out.h"

#include <stdio.h>

void
timed_out(struct err *err, const char *server_name, const char *what, const char *endpoint, int64_t ms)
{
	char seconds[32] = "";

	if (ms > 0)
		snprintf(seconds, sizeof(seconds), " in %g s", (double)ms / 1000);
	err_set(err, ERR_TIMEOUT, "%s request timed out (%s %s%s)", server_name, what, endpoint, seconds);
}
