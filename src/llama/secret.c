/*
 * secret.c - the filter keeps no text: what waits is always a beginning of the secret.
 */
#include "config.h"

#include "llama/secret.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/memory_find.h"
#include "base/utf8.h"

enum {
	NAME_MIN = 8,  /* bytes of a token that is hidden inside of a name */
	TEXT_MIN = 12, /* and in the text of a reply */
	TELL_AT_ONCE = 4,
};

static const char stars[] = "***";

static void
append_hidden(struct buf *out, const char *text, size_t n, const char *secret)
{
	size_t len = strlen(secret);
	const char *at, *end = text + n;

	while ((at = memory_find(text, (size_t)(end - text), secret, len))) {
		buf_put(out, text, (size_t)(at - text));
		buf_puts(out, stars);
		text = at + len;
	}
	buf_put(out, text, (size_t)(end - text));
}

static bool
is_set(const char *secret)
{
	return secret && *secret;
}

void
secret_append_words(struct buf *out, const char *words, const char *secret)
{
	if (is_set(secret))
		append_hidden(out, words, strlen(words), secret);
	else
		buf_puts(out, words);
}

void
secret_append_name(struct buf *out, const char *name, size_t n, const char *secret)
{
	size_t len = is_set(secret) ? strlen(secret) : 0;

	if (len >= NAME_MIN || (len > 0 && len == n))
		append_hidden(out, name, n, secret);
	else
		buf_put(out, name, n);
}

/* ---- text in pieces ---- */

static bool
stands_in_no_text(const char *secret)
{
	return strlen(secret) >= TEXT_MIN && strpbrk(secret, "0123456789");
}

void
secret_filter_init(struct secret_filter *f, const char *secret)
{
	*f = (struct secret_filter){0};
	if (is_set(secret) && stands_in_no_text(secret)) {
		f->secret = secret;
		f->n = strlen(secret);
	}
}

void
secret_filter_release(struct secret_filter *f)
{
	buf_release(&f->out);
}

/* `n` bytes from the start of the match may be passed on, since the match goes no further. */
static void
let_go(struct secret_filter *f, size_t n)
{
	if (n > f->told)
		buf_put(&f->out, f->secret + f->told, n - f->told);
	f->told = n < f->told ? f->told - n : 0;
	f->matched -= n;
}

/* The longest end of what matched, but for all of it, that is a beginning of the secret again. */
static size_t
shorter_match(const struct secret_filter *f)
{
	size_t n = f->matched - 1;

	while (n > 0 && memcmp(f->secret, f->secret + f->matched - n, n) != 0)
		n--;
	return n;
}

static void
take_byte(struct secret_filter *f, char byte)
{
	while (f->matched > 0 && f->secret[f->matched] != byte)
		let_go(f, f->matched - shorter_match(f));
	if (f->secret[f->matched] != byte) {
		buf_putc(&f->out, byte);
		return;
	}
	if (++f->matched < f->n)
		return;
	buf_puts(&f->out, stars);
	f->matched = f->told = 0;
}

static void
tell_beginning(struct secret_filter *f)
{
	size_t n = utf8_floor(f->secret, f->matched < TELL_AT_ONCE ? f->matched : TELL_AT_ONCE);

	if (n <= f->told)
		return;
	buf_put(&f->out, f->secret + f->told, n - f->told);
	f->told = n;
}

const char *
secret_filter_feed(struct secret_filter *f, const char *text, size_t *n)
{
	if (!f->secret || (f->matched == 0 && !memchr(text, *f->secret, *n)))
		return text;
	buf_clear(&f->out);
	for (size_t i = 0; i < *n; i++)
		take_byte(f, text[i]);
	tell_beginning(f);
	*n = f->out.len;
	return buf_text(&f->out);
}

const char *
secret_filter_end(struct secret_filter *f, size_t *n)
{
	buf_clear(&f->out);
	if (f->matched > 0)
		let_go(f, f->matched);
	f->told = 0;
	*n = f->out.len;
	return buf_text(&f->out);
}
