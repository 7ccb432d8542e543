/*
 * import_same.h - whether one conversation holds all that another says.
 */
#ifndef FLYNN_STORE_IMPORT_SAME_H
#define FLYNN_STORE_IMPORT_SAME_H

#include <stdbool.h>

#include "chat/conversation.h"

/* Whether each message of `part` is in `whole` too, at the same place of the tree and in the same order, with all its
 * fields. Ids, rows, titles, marks and system texts do not count: they are not what was said. */
bool import_same_holds(const struct conversation *whole, const struct conversation *part);

#endif
