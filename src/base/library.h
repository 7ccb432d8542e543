/*
 * library.h - shared libraries that are loaded while flynn runs, by the thread that needs them, and not before its first frame.
 */
#ifndef FLYNN_BASE_LIBRARY_H
#define FLYNN_BASE_LIBRARY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/compiler.h"
#include "base/err.h"

/* By its file ("libcurl.so.4"), with all that it needs, for its caller alone. It stays until the program ends. `name` is what errors
 * call it. NULL, with ERR_SYSTEM and the loader's words: it cannot be loaded. */
void *library_load(const char *file, const char *name, struct err *) MUST_USE;

/* Where a function of it is, into a pointer to a function. False, with ERR_SYSTEM: it has none of this name. */
bool library_find(void *library, const char *name, const char *function, void *pointer, struct err *) MUST_USE;

/* For packagers, in the file that loads it: a note of what the linker does not know.
 * https://uapi-group.org/specifications/specs/elf_dlopen_metadata/ */
#ifdef __ELF__
#define LIBRARY_NOTE(feature, description, priority, file)                                                             \
	static const struct {                                                                                          \
		uint32_t owner_size, size, type;                                                                       \
		char owner[4];                                                                                         \
		_Alignas(4) char json[sizeof(LIBRARY_JSON(feature, description, priority, file))];                     \
	} note __attribute__((used, aligned(4), section(".note.dlopen"))) = {sizeof("FDO"), sizeof(note.json),         \
	        0x407c0c0a, "FDO", LIBRARY_JSON(feature, description, priority, file)}
#define LIBRARY_JSON(feature, description, priority, file)                                                             \
	"[{\"feature\":\"" feature "\",\"description\":\"" description "\",\"priority\":\"" priority                   \
	"\",\"soname\":[\"" file "\"]}]"
#else
#define LIBRARY_NOTE(feature, description, priority, file) struct library_note
#endif

#endif
