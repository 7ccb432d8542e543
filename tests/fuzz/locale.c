/*
 * locale.c - before the first input: characters are as wide as in flynn.
 */
#include <locale.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : 1;
}
