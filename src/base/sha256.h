/*
 * sha256.h - SHA-256 (FIPS 180-4) of bytes in memory.
 */
#ifndef FLYNN_BASE_SHA256_H
#define FLYNN_BASE_SHA256_H

#include <stddef.h>

enum {
	SHA256_TEXT = 65, /* bytes of one in hexadecimal digits, with the NUL */
};

/* In lower-case hexadecimal digits. */
void sha256_text(char to[SHA256_TEXT], const void *data, size_t n);

#endif
