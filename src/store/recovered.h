/*
 * recovered.h - unfinished replies that were found when a history was opened.
 */
#ifndef FLYNN_STORE_RECOVERED_H
#define FLYNN_STORE_RECOVERED_H

#include <stddef.h>
#include <stdint.h>

struct history_recovered {
	size_t messages;
	int64_t conversation; /* of the newest of them; 0: none */
};

#endif
