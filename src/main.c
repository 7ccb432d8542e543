/*
 * main.c - the one file that is not in the library the tests link.
 */
#include <stdio.h>

int
main(void)
{
	puts("flynn");
	return 0;
}
