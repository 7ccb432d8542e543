/*
 * sha256.c - nettle's.
 */
#include "base/sha256.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>

void
sha256_text(char to[SHA256_TEXT], const void *data, size_t n)
{
	struct sha256_ctx context;
	uint8_t digest[SHA256_DIGEST_SIZE];

	sha256_init(&context);
	sha256_update(&context, n, data);
	sha256_digest(&context, sizeof(digest), digest);
	base16_encode_update(to, sizeof(digest), digest);
	to[SHA256_TEXT - 1] = '\0';
}
