/*
 * json_data.c - data that is the same is there once: a picture is in each version of its prompt.
 */
#include "store/json_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"

enum {
	SAME_LEAST = 1 << 16, /* bytes of data that is worth being looked for */
};

void
json_data_clear(struct json_data *data)
{
	for (size_t i = 0; i < data->n; i++) {
		buf_release(&data->of[i].bytes);
		attachment_free(data->of[i].made);
	}
	free(data->of);
	*data = (struct json_data){0};
}

static struct json_datum *
find_same(const struct json_data *data, const struct json_datum *datum, size_t n)
{
	for (size_t i = 0; i < data->n && n >= SAME_LEAST; i++)
		if (strcmp(data->of[i].sha256, datum->sha256) == 0)
			return &data->of[i];
	return NULL;
}

size_t
json_data_add(struct json_data *data, struct buf *bytes, bool is_wrong)
{
	struct json_datum datum = {.is_wrong = is_wrong}, *same = NULL;

	if (!is_wrong) {
		sha256_text(datum.sha256, buf_text(bytes), bytes->len);
		same = find_same(data, &datum, bytes->len);
	}
	if (is_wrong || same)
		buf_release(bytes);
	if (same)
		return (size_t)(same - data->of);
	datum.bytes = *bytes;
	*bytes = (struct buf){0};
	data->bytes += datum.bytes.len;
	if (data->n == data->space) {
		data->space = data->space * 2 + 8;
		data->of = mem_realloc(data->of, data->space * sizeof(*data->of));
	}
	data->of[data->n] = datum;
	return data->n++;
}

struct json_datum *
json_data_find(const struct json_data *data, const char *number)
{
	size_t at = 0;

	if (!*number)
		return NULL;
	for (; *number >= '0' && *number <= '9' && at <= data->n; number++)
		at = at * 10 + (size_t)(*number - '0');
	return !*number && at < data->n ? &data->of[at] : NULL;
}

/* ---- where ---- */

/* Objects at odd depths, and lists between them. */
static const char *const way[] = {"messages", "attachments", "data"};

enum {
	DEPTH = 5, /* of the data */
};

static bool
is_on_its_way(const struct json_place *p)
{
	return p->depth == p->good && p->depth % 2 == 1;
}

static void
open_bracket(struct json_place *p, char sign)
{
	bool leads =
	        p->depth == p->good && p->depth < DEPTH && (p->depth % 2 == 0 ? sign == '{' : sign == '[' && p->leads);

	p->depth++;
	p->good += leads;
	p->is_name = sign == '{';
	p->leads = false;
}

static void
close_bracket(struct json_place *p)
{
	p->depth -= p->depth > 0;
	if (p->good > p->depth)
		p->good = p->depth;
	p->is_name = p->leads = false;
}

void
json_place_step(struct json_place *p, char sign)
{
	if (sign == '{' || sign == '[')
		open_bracket(p, sign);
	else if (sign == '}' || sign == ']')
		close_bracket(p);
	else if (sign == ',') {
		p->is_name = is_on_its_way(p);
		p->leads = false;
	}
}

bool
json_place_wants_name(const struct json_place *p)
{
	return p->is_name && is_on_its_way(p);
}

void
json_place_name(struct json_place *p, const char *name, size_t n)
{
	const char *want = way[p->depth / 2];

	p->is_name = false;
	p->leads = n == strlen(want) && memcmp(name, want, n) == 0;
}

bool
json_place_is_data(const struct json_place *p)
{
	return p->depth == DEPTH && p->good == DEPTH && p->leads && !p->is_name;
}
