/*
 * uuid.h - the names of conversations, messages and votes that stay the same from one history to another (RFC 9562).
 */
#ifndef FLYNN_STORE_UUID_H
#define FLYNN_STORE_UUID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	UUID_SIZE = 37, /* with its NUL */
};

/* A random one (version 4); where the machine has no randomness to give, one of this moment (version 8). */
void uuid_make(char out[UUID_SIZE]);

/* For tests: from now on those of this seed, the same ones each time; 0: random ones again. */
void uuid_repeat(uint64_t seed);

/* The same one for the same bytes (version 8). No protection against texts made to collide. */
void uuid_make_of(char out[UUID_SIZE], const char *, size_t);

/* The same, made of their SHA-256: nobody makes two texts collide. */
void uuid_make_of_sha256(char out[UUID_SIZE], const char *, size_t);

/* Whether this is the text of one; copied in small letters. */
bool uuid_parse(char out[UUID_SIZE], const char *);

#endif
