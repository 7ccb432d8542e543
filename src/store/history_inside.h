/*
 * history_inside.h - what the files of this folder see of an open history; nobody else includes it.
 */
#ifndef FLYNN_STORE_HISTORY_INSIDE_H
#define FLYNN_STORE_HISTORY_INSIDE_H

#include <stdint.h>
#include <sys/stat.h>

#include "store/database.h"
#include "store/held.h"
#include "store/lock.h"
#include "store/recovered.h"

struct history {
	struct database database;
	struct stat file; /* as it was opened */
	struct lock lock;
	bool asked_first, is_first; /* instance_is_first, once it was asked */
	int64_t instance;           /* this one's id; 0: it has written no reply yet */
	char *notice;               /* or NULL */
	struct history_recovered recovered;
	struct held held;
	bool mended; /* or it was tried in vain; and nothing was saved since */
};

#endif
