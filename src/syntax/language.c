/*
 * language.c - the first word of an info string, and the names that people and models use beside those of nano's files.
 * What is the end of a file's name ("py", "rs") needs no row: syntax/catalog.c finds it by the pattern of the syntax.
 */
#include "syntax/language.h"

#include <string.h>

#include "base/compiler.h"

static const struct {
	const char *alias, *name;
} aliases[] = {
        {"bash", "sh"},
        {"c#", "csharp"},
        {"cjs", "javascript"},
        {"common-lisp", "guile"},
        {"conf", "ini"},
        {"config", "ini"},
        {"console", "sh"},
        {"cuda", "c"},
        {"docker", "dockerfile"},
        {"dosini", "ini"},
        {"dotenv", "ini"},
        {"emacs-lisp", "elisp"},
        {"f77", "fortran"},
        {"git-diff", "diff"},
        {"golang", "go"},
        {"javascriptreact", "tsx"},
        {"json5", "json"},
        {"jsonc", "json"},
        {"jsonl", "json"},
        {"julia-repl", "julia"},
        {"kotlin-script", "kotlin"},
        {"latex", "tex"},
        {"less", "css"},
        {"lisp", "guile"},
        {"make", "makefile"},
        {"mjs", "javascript"},
        {"mysql", "sql"},
        {"nasm", "asm"},
        {"node", "javascript"},
        {"obj-c", "m"},
        {"objc", "m"},
        {"objective-c", "m"},
        {"objectivec", "m"},
        {"opentofu", "hcl"},
        {"patch", "diff"},
        {"postgres", "sql"},
        {"postgresql", "sql"},
        {"proto2", "proto"},
        {"proto3", "proto"},
        {"protobuf", "proto"},
        {"py3", "python"},
        {"python3", "python"},
        {"rlang", "r"},
        {"rscript", "r"},
        {"scala3", "scala"},
        {"scheme", "guile"},
        {"scss", "css"},
        {"shell", "sh"},
        {"shell-session", "sh"},
        {"shellscript", "sh"},
        {"sqlite", "sql"},
        {"svelte", "html"},
        {"systemd", "ini"},
        {"terraform", "hcl"},
        {"typescriptreact", "tsx"},
        {"udiff", "diff"},
        {"unified-diff", "diff"},
        {"vue", "html"},
        {"x86asm", "asm"},
};

static bool
is_part(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("+-#_.*", c));
}

static char
small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

bool
language_of(const char *info, size_t n, char name[LANGUAGE_MAX])
{
	const char *end = info + n;
	size_t len = 0;

	while (info < end && (*info == ' ' || *info == '{' || *info == '.'))
		info++;
	for (; info < end && is_part(*info); info++) {
		if (len == LANGUAGE_MAX - 1)
			return false;
		name[len++] = small(*info);
	}
	name[len] = '\0';
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (strcmp(aliases[i].alias, name) == 0)
			strcpy(name, aliases[i].name);
	return len > 0 && !(info < end && *info == '=');
}
