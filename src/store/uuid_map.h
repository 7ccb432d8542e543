/*
 * uuid_map.h - a number for each uuid: a hash table that only grows.
 */
#ifndef FLYNN_STORE_UUID_MAP_H
#define FLYNN_STORE_UUID_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Zeroed to begin with. */
struct uuid_map {
	struct uuid_entry *entries;
	size_t n, space; /* space: a power of two, or 0 */
};

void uuid_map_release(struct uuid_map *);

/* A uuid that is there already gets the new value. */
void uuid_map_put(struct uuid_map *, const char *uuid, int64_t value);
bool uuid_map_get(const struct uuid_map *, const char *uuid, int64_t *value); /* value: may be NULL */

#endif
