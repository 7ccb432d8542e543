/*
 * math_delimiter.c - \left, \middle and \right, whose delimiters are as high as what they hold, and \big and its kind.
 */
#include "text/math_delimiter.h"

#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "text/math_fence.h"

enum {
	PARTS_MAX = 8, /* between \left, each \middle and \right */
};

/* One character or command, "" for a dot; NULL: it is none. */
static const char *
take_delimiter(struct math_parser *p)
{
	static const char *const plain[][2] = {{"(", "("}, {")", ")"}, {"[", "["}, {"]", "]"}, {"|", "|"}, {"/", "/"},
	        {".", ""}, {"<", "⟨"}, {">", "⟩"}, {"‖", "‖"}};
	const struct math_symbol *symbol;

	math_skip_blanks(p);
	if (math_peek(p) == '\\') {
		symbol = math_take_command(p);
		return symbol && symbol->kind <= MATH_CLOSE ? symbol->text : NULL;
	}
	for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
		size_t n = strlen(plain[i][0]);

		if (n > p->n - p->at || memcmp(p->s + p->at, plain[i][0], n) != 0)
			continue;
		p->at += n;
		return plain[i][1];
	}
	return NULL;
}

static bool
is_among(const char *text, const char *const *set, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(text, set[i]) == 0)
			return true;
	return false;
}

bool
math_parse_big(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	static const char *const open[] = {"(", "[", "{", "⟨", "⌊", "⌈"};
	static const char *const close[] = {")", "]", "}", "⟩", "⌋", "⌉"};
	const char *text = take_delimiter(p);
	size_t last = strlen(symbol->name) - 1;

	if (!text)
		return false;
	math_box_puts(&item->box, text);
	if (is_among(text, open, ARRAY_LEN(open)) || symbol->name[last] == 'l')
		item->kind = MATH_OPEN;
	else if (is_among(text, close, ARRAY_LEN(close)) || symbol->name[last] == 'r')
		item->kind = MATH_CLOSE;
	else if (symbol->name[last] == 'm')
		item->kind = MATH_REL;
	return true;
}

/* ---- \left ---- */

struct fenced {
	struct math_row parts[PARTS_MAX];
	const char *delimiters[PARTS_MAX + 1]; /* before each part, and after the last one */
	int n;
	struct math_box extent; /* as high as all of them */
};

static bool
parse_parts(struct math_parser *p, struct fenced *f)
{
	f->delimiters[0] = take_delimiter(p);
	for (f->n = 0; f->n < PARTS_MAX;) {
		struct math_row *part = &f->parts[f->n++];
		bool more;

		if (!f->delimiters[f->n - 1] || !math_parse_part(p, part, p->high, p->compact))
			return false;
		math_box_join(&f->extent, &part->box, f->extent.base);
		more = math_is_command(p, "middle");
		if (!more && !math_is_command(p, "right"))
			return false;
		math_take_command(p);
		f->delimiters[f->n] = take_delimiter(p);
		if (!more)
			return f->delimiters[f->n] != NULL;
	}
	return false;
}

static void
put_fenced(struct fenced *f, struct math_box *out)
{
	for (int i = 0; i < f->n; i++) {
		math_fence_put(out, f->delimiters[i], &f->extent);
		math_box_join(out, &f->parts[i].box, out->base);
	}
	math_fence_put(out, f->delimiters[f->n], &f->extent);
}

bool
math_parse_left(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct fenced f = {0};
	bool ok = parse_parts(p, &f);

	(void)symbol;
	if (ok)
		put_fenced(&f, &item->box);
	item->kind = MATH_OPEN;
	item->group = true;
	for (int i = 0; i < f.n; i++)
		math_row_release(&f.parts[i]);
	math_box_release(&f.extent);
	return ok;
}

/* ---- \abs{x} ---- */

bool
math_parse_fenced(struct math_parser *p, const struct math_symbol *symbol, struct math_item *item)
{
	struct math_row row = {0};
	uint32_t character;
	char open[8] = "";
	size_t n = utf8_decode(symbol->text, strlen(symbol->text), &character);
	bool ok = math_parse_argument(p, &row, p->high, p->compact);

	memcpy(open, symbol->text, n);
	math_box_join(&item->box, &row.box, 0);
	math_fence(&item->box, open, symbol->text + n);
	item->kind = MATH_OPEN;
	item->group = true;
	math_row_release(&row);
	return ok;
}
