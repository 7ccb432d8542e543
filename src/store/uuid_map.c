/*
 * uuid_map.c - open addressing, at most half full. The digits of a uuid are random, or those of a hash: a simple sum of them
 * spreads well, and one that was made to collide only costs time.
 */
#include "store/uuid_map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/uuid.h"

struct uuid_entry {
	char uuid[UUID_SIZE]; /* "": free */
	int64_t value;
};

void
uuid_map_release(struct uuid_map *map)
{
	free(map->entries);
	*map = (struct uuid_map){0};
}

/* FNV-1a. */
static size_t
hash(const char *uuid)
{
	uint64_t sum = 0xcbf29ce484222325;

	for (; *uuid; uuid++)
		sum = (sum ^ (unsigned char)*uuid) * 0x100000001b3;
	return (size_t)(sum ^ sum >> 32);
}

/* The entry of this uuid, or the free one where it belongs. */
static struct uuid_entry *
find_entry(const struct uuid_map *map, const char *uuid)
{
	size_t at = hash(uuid) & (map->space - 1);

	while (map->entries[at].uuid[0] && strcmp(map->entries[at].uuid, uuid) != 0)
		at = (at + 1) & (map->space - 1);
	return &map->entries[at];
}

static void
grow(struct uuid_map *map)
{
	struct uuid_map old = *map;

	map->space = old.space ? old.space * 2 : 16;
	map->entries = mem_alloc(map->space * sizeof(*map->entries));
	for (size_t i = 0; i < old.space; i++)
		if (old.entries[i].uuid[0])
			*find_entry(map, old.entries[i].uuid) = old.entries[i];
	free(old.entries);
}

void
uuid_map_put(struct uuid_map *map, const char *uuid, int64_t value)
{
	struct uuid_entry *entry;

	if (map->n * 2 >= map->space)
		grow(map);
	entry = find_entry(map, uuid);
	if (!entry->uuid[0]) {
		strncpy(entry->uuid, uuid, UUID_SIZE - 1);
		map->n++;
	}
	entry->value = value;
}

bool
uuid_map_get(const struct uuid_map *map, const char *uuid, int64_t *value)
{
	const struct uuid_entry *entry = map->n > 0 && *uuid ? find_entry(map, uuid) : NULL;

	if (!entry || !entry->uuid[0])
		return false;
	if (value)
		*value = entry->value;
	return true;
}
