/*
 * mix.h - one key made of several numbers: the same for the same, others for others but by chance.
 */
#ifndef FLYNN_BASE_MIX_H
#define FLYNN_BASE_MIX_H

#include <stdint.h>

static inline uint64_t
mix_number(uint64_t key, uint64_t number)
{
	key = (key ^ number) * UINT64_C(0x9e3779b97f4a7c15);
	return key ^ key >> 32;
}

#endif
