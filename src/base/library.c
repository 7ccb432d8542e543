/*
 * library.c - dlopen and dlsym, their failures in words.
 */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

/* Its functions are for us alone: RTLD_LOCAL. What it lacks is found now, not in the middle of a reply: RTLD_NOW. */
void *
library_load(const char *file, const char *name, struct err *err)
{
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);

	if (!library)
		err_set(err, ERR_SYSTEM, "%s cannot be loaded (%s)", name, dlerror());
	return library;
}

bool
library_find(void *library, const char *name, const char *function, void *pointer, struct err *err)
{
	void *found = dlsym(library, function);

	if (!found)
		return err_set(err, ERR_SYSTEM, "%s cannot be used (%s)", name, dlerror());
	memcpy(pointer, &found, sizeof(found));
	return true;
}
