/*
 * libcurl.c - dlopen, once. The note tells packagers what the linker does not know.
 */
#include "config.h"

#include "net/libcurl.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/compiler.h"

static const struct {
	const char *name;
	size_t offset;
} functions[] = {
#define X(name) {"curl_" #name, offsetof(struct libcurl, name)},
        LIBCURL_FUNCTIONS(X)
#undef X
};

/* ---- for packagers ---- */

#ifdef __ELF__

#define NOTE                                                                                                           \
	"[{\"feature\":\"network\",\"description\":\"talks to llama-server\",\"priority\":\"required\",\"soname\":"    \
	"[\"" LIBCURL_SONAME "\"]}]"

/* https://uapi-group.org/specifications/specs/elf_dlopen_metadata/ */
static const struct {
	uint32_t owner_size, size, type;
	char owner[4];
	_Alignas(4) char json[sizeof(NOTE)];
} note __attribute__((used, aligned(4), section(".note.dlopen"))) = {
        sizeof("FDO"), sizeof(NOTE), 0x407c0c0a, "FDO", NOTE};

#endif

/* ---- loading ---- */

static bool
find_functions(void *handle, struct libcurl *curl, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
		void *found = dlsym(handle, functions[i].name);

		if (!found)
			return err_set(err, ERR_SYSTEM, "libcurl cannot be used (%s)", dlerror());
		memcpy((char *)curl + functions[i].offset, &found, sizeof(found));
	}
	return true;
}

/* Its functions are for us alone: RTLD_LOCAL. What it lacks is found now, not in the middle of a reply: RTLD_NOW. */
bool
libcurl_load(struct libcurl *curl, struct err *err)
{
	void *handle = dlopen(LIBCURL_SONAME, RTLD_NOW | RTLD_LOCAL);

	if (!handle)
		return err_set(err, ERR_SYSTEM, "libcurl cannot be loaded (%s)", dlerror());
	if (!find_functions(handle, curl, err))
		return false;
	if (curl->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return err_set(err, ERR_SYSTEM, "libcurl does not start");
	return true;
}
