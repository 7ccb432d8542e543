/*
 * markdown_link.c - a link's target stands in parentheses after its text, unless the text says it.
 */
#include <string.h>

#include "base/compiler.h"
#include "text/markdown_inside.h"

void
markdown_begin_link(struct paragraph *p, bool image, const char *target, size_t n)
{
	struct markdown_link *link;
	size_t end, at;

	if (p->links++ >= MARKDOWN_LINKS_MAX)
		return;
	link = &p->open[p->links - 1];
	at = markdown_is_masked(p, target) ? markdown_place_of(p, target) : 0;
	*link = (struct markdown_link){.start = p->page->text.len, .target = p->m->targets.len, .image = image};
	link->same = at > 0 && markdown_find(p->m, &p->place, at, &end, &link->from) && at + n <= end;
}

/* Is the text all that there is to know of the target? */
static bool
says_target(const char *text, size_t n, const char *target, size_t target_len)
{
	static const char *const implied[] = {"", "mailto:", "http://"};

	for (size_t i = 0; i < ARRAY_LEN(implied); i++) {
		size_t skip = strlen(implied[i]);

		if (target_len == skip + n && memcmp(target, implied[i], skip) == 0 &&
		        memcmp(target + skip, text, n) == 0)
			return true;
	}
	return false;
}

/* It stays on its line. */
static void
put_target(struct paragraph *p, const struct markdown_link *link, const char *target, size_t n)
{
	for (size_t at = 0; at < n; at++) {
		size_t part = strcspn(target + at, "\n\t\r");

		part = part < n - at ? part : n - at;
		markdown_put_clean(p, ROLE_TARGET, target + at, part, link->from + at, link->same ? part : 0);
		at += part;
		if (at < n)
			markdown_put_words(p, ROLE_TARGET, " ");
	}
}

/* md4c ends what it has not begun where a target has brackets: of "![a](b[c)](d)" it hands out the image, and the end of a link
 * from "[c" on. */
static bool
is_open(const struct paragraph *p, bool image)
{
	return p->links > 0 && (p->links > MARKDOWN_LINKS_MAX || p->open[p->links - 1].image == image);
}

void
markdown_end_link(struct paragraph *p, bool image)
{
	struct buf *targets = &p->m->targets;
	const struct markdown_link *link;
	const char *text, *target;
	size_t n, target_len;

	if (!is_open(p, image))
		return;
	if (image)
		markdown_put_words(p, ROLE_SIGN, "]");
	if (--p->links >= MARKDOWN_LINKS_MAX)
		return;
	link = &p->open[p->links];
	text = buf_text(&p->page->text) + link->start;
	n = p->page->text.len - link->start;
	target = buf_text(targets) + link->target;
	target_len = targets->len - link->target;
	if (target_len > 0 && !says_target(text, n, target, target_len)) {
		markdown_put_words(p, p->base, n > 0 ? " (" : "(");
		put_target(p, link, target, target_len);
		markdown_put_words(p, p->base, ")");
	}
	buf_truncate(targets, link->target);
}
