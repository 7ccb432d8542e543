/*
 * migrate.h - an older history brought to a newer schema: in a copy, which takes the file's place only when it is found
 * whole. The older file is kept beside it.
 */
#ifndef FLYNN_STORE_MIGRATE_H
#define FLYNN_STORE_MIGRATE_H

#include <stdbool.h>

#include "base/err.h"
#include "store/schema.h"

/*
 * The file is not open here, and nobody else may open it meanwhile (LOCK_OPENING and LOCK_USERS, alone). The process
 * may end at any moment: the path then names the old file or the new one, each whole, and the next flynn starts again
 * or goes on.
 *
 * `*kept`: the name of the older file, PATH.vN.bak; the caller's to free. False: all is as it was; `*damaged`,
 * because the older file is damaged, beyond what can be mended in the copy.
 */
bool migrate(const char *path, const struct schema *, int from, char **kept, bool *damaged, struct err *) MUST_USE;

#endif
