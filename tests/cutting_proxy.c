/*
 * cutting_proxy.c - `cutting_proxy PORT SEED WITHIN`: a cutter (tests/cutter.h) for a server on that port, for scripts. It writes its
 * own port to standard output.
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/cutter.h"

int
main(int argc, char **argv)
{
	struct cutter *c = NULL;

	if (argc == 4)
		c = cutter_new(atoi(argv[1]), strtoull(argv[2], NULL, 10), strtoul(argv[3], NULL, 10));
	if (!c) {
		fprintf(stderr, "cutting_proxy PORT SEED WITHIN\n");
		return 1;
	}
	printf("%d\n", cutter_port(c));
	fflush(stdout);
	cutter_run(c);
	cutter_free(c);
	return 0;
}
