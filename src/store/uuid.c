/*
 * uuid.c - sixteen bytes, and how they are written.
 */
#include "store/uuid.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mix.h"
#include "base/sha256.h"

static void
put(char *out, unsigned char *r, unsigned char version)
{
	r[6] = (unsigned char)((r[6] & 0x0f) | version << 4);
	r[8] = (unsigned char)((r[8] & 0x3f) | 0x80);
	snprintf(out, UUID_SIZE, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", r[0], r[1],
	        r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13], r[14], r[15]);
}

/* FNV-1a, from two beginnings. */
void
uuid_make_of(char out[UUID_SIZE], const char *text, size_t n)
{
	uint64_t hash[2] = {0xcbf29ce484222325, 0x6c62272e07bb0142};
	unsigned char r[16];

	for (size_t i = 0; i < n; i++) {
		hash[0] = (hash[0] ^ (unsigned char)text[i]) * 0x100000001b3;
		hash[1] = (hash[1] ^ (unsigned char)text[i]) * 0x100000001b3 + (hash[0] >> 32);
	}
	for (int i = 0; i < 16; i++)
		r[i] = (unsigned char)(hash[i / 8] >> i % 8 * 8);
	put(out, r, 8);
}

void
uuid_make_of_sha256(char out[UUID_SIZE], const char *text, size_t n)
{
	char sum[SHA256_TEXT];
	unsigned char r[16];

	sha256_text(sum, text, n);
	for (int i = 0; i < 16; i++) {
		unsigned byte;

		sscanf(sum + 2 * i, "%2x", &byte);
		r[i] = (unsigned char)byte;
	}
	put(out, r, 8);
}

/* ---- random ones ---- */

enum {
	RANDOM_BYTES = 16,
};

static struct {
	uint64_t seed, n; /* n: that were made of it */
} repeated;

void
uuid_repeat(uint64_t seed)
{
	repeated.seed = seed;
	repeated.n = 0;
}

static void
repeat(unsigned char r[RANDOM_BYTES])
{
	uint64_t key = mix_number(repeated.seed, ++repeated.n);

	for (unsigned i = 0; i < RANDOM_BYTES; i++)
		r[i] = (unsigned char)(mix_number(key, i / 8) >> i % 8 * 8);
}

static bool
read_random(unsigned char r[RANDOM_BYTES])
{
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && read(fd, r, RANDOM_BYTES) == RANDOM_BYTES;

	if (fd >= 0)
		close(fd);
	return good;
}

/* For a machine that gives no randomness. */
static void
make_of_moment(char out[UUID_SIZE])
{
	static atomic_uint number;
	char text[96];
	int n = snprintf(text, sizeof(text), "%lld %lld %ld %u", (long long)clock_unix_ms(), (long long)clock_ns(),
	        (long)getpid(), atomic_fetch_add(&number, 1));

	uuid_make_of_sha256(out, text, (size_t)n);
}

void
uuid_make(char out[UUID_SIZE])
{
	unsigned char r[RANDOM_BYTES];

	if (repeated.seed)
		repeat(r);
	else if (!read_random(r)) {
		make_of_moment(out);
		return;
	}
	put(out, r, 4);
}

/* ---- reading ---- */

bool
uuid_parse(char out[UUID_SIZE], const char *text)
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

	for (size_t i = 0; i < sizeof(form); i++) {
		unsigned char c = (unsigned char)text[i];

		if (form[i] == 'x' ? !isxdigit(c) : c != form[i])
			return false;
		out[i] = (char)tolower(c);
	}
	return true;
}
