/*
 * script_reader.h - from the text of a script to its steps and routes. demo/script.h describes the language.
 */
#ifndef FLYNN_DEMO_SCRIPT_READER_H
#define FLYNN_DEMO_SCRIPT_READER_H

#include <stdbool.h>

#include "base/err.h"
#include "demo/script.h"

/* Files that the script names are looked for in `dir`; NULL: the current folder. False with the line that is wrong, and then
 * there is nothing to release. */
bool script_parse(struct script *, const char *text, const char *dir, struct err *) MUST_USE;

#endif
