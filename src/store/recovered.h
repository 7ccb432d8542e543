/*
 * recovered.h - what the opening of a history found of flynns that ended in the midst of a reply.
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
