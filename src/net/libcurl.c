/*
 * libcurl.c - loaded once, with each function that is used.
 */
#include "config.h"

#include "net/libcurl.h"

#include <stddef.h>

#include "base/compiler.h"
#include "base/library.h"

static const struct {
	const char *name;
	size_t offset;
} functions[] = {
#define X(name) {"curl_" #name, offsetof(struct libcurl, name)},
        LIBCURL_FUNCTIONS(X)
#undef X
};

LIBRARY_NOTE("network", "talks to llama-server", "required", LIBCURL_SONAME);

static bool
find_functions(void *library, struct libcurl *curl, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(functions); i++)
		if (!library_find(library, "libcurl", functions[i].name, (char *)curl + functions[i].offset, err))
			return false;
	return true;
}

bool
libcurl_load(struct libcurl *curl, struct err *err)
{
	void *library = library_load(LIBCURL_SONAME, "libcurl", err);

	if (!library || !find_functions(library, curl, err))
		return false;
	if (curl->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, ERR_SYSTEM, "libcurl does not start");
	return true;
}
