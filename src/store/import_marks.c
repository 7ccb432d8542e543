/*
 * import_marks.c - a mark that does not end is text.
 */
#include "store/import_marks.h"

#include <string.h>

#include "llama/json.h"

#define BEGIN "\xee\x88\x80"
#define END   "\xee\x88\x81"
#define COMMA "\xee\x88\x82"

/* Of 2023 and 2024: "【9†source】". */
#define OLD_BEGIN "\xe3\x80\x90"
#define OLD_END   "\xe3\x80\x91"
#define DAGGER    "\xe2\x80\xa0"

enum {
	OLD_MAX = 500,         /* bytes of such a mark */
	REFERENCES_MAX = 1000, /* more of them are not looked through for each mark */
	ENTITY_MAX = 4096,
};

/* ["city","Paris"] */
static bool
put_entity(struct buf *to, const char *mark, size_t n)
{
	static const char entity[] = "entity" COMMA;
	size_t skip = strlen(entity);
	const cJSON *name;
	struct err err;
	cJSON *list;

	if (n < skip || n > ENTITY_MAX || strncmp(mark, entity, skip) != 0)
		return false;
	list = json_parse(mark + skip, n - skip, &err);
	name = cJSON_GetArrayItem(list, 1);
	if (cJSON_IsString(name))
		buf_puts(to, name->valuestring);
	cJSON_Delete(list);
	return true;
}

/* One in a text: `begin` to `end`, with its two signs. */
struct mark {
	const char *begin, *end;
	bool is_old;
};

static const cJSON *
find_reference(const struct mark *mark, const cJSON *references)
{
	size_t n = (size_t)(mark->end - mark->begin);
	const cJSON *reference;

	if (cJSON_GetArraySize(references) > REFERENCES_MAX)
		return NULL;
	cJSON_ArrayForEach(reference, references)
	{
		const char *text = json_string(reference, "matched_text", "");

		if (strlen(text) == n && memcmp(text, mark->begin, n) == 0)
			return reference;
	}
	return NULL;
}

/* An old one can be read, and stays where nothing stands for it. */
static void
put_mark(struct buf *to, const struct mark *mark, const cJSON *references)
{
	const char *inside = mark->begin + strlen(BEGIN);
	size_t n = (size_t)(mark->end - inside) - strlen(END);
	const cJSON *reference;

	if (!mark->is_old && put_entity(to, inside, n))
		return;
	reference = find_reference(mark, references);
	if (reference)
		buf_puts(to, json_string(reference, "alt", ""));
	else if (mark->is_old)
		buf_put(to, mark->begin, (size_t)(mark->end - mark->begin));
}

static bool
is_old_mark(const char *begin, struct mark *mark)
{
	bool has_dagger = false;

	for (const char *s = begin; *s && s - begin < OLD_MAX; s++) {
		has_dagger = has_dagger || strncmp(s, DAGGER, strlen(DAGGER)) == 0;
		if (strncmp(s, OLD_END, strlen(OLD_END)) != 0)
			continue;
		*mark = (struct mark){begin, s + strlen(OLD_END), true};
		return has_dagger;
	}
	return false;
}

static bool
is_new_mark(const char *begin, struct mark *mark)
{
	const char *end = strstr(begin, END);

	if (end)
		*mark = (struct mark){begin, end + strlen(END), false};
	return end != NULL;
}

/* The first bytes of the two signs are looked for. A new mark without an end is the last one: none after it has an end. */
static bool
find_mark(const char *text, struct mark *mark)
{
	bool has_end = true;

	for (const char *s = text; (s = strpbrk(s, "\xe3\xee")) != NULL; s++) {
		if (strncmp(s, OLD_BEGIN, strlen(OLD_BEGIN)) == 0 && is_old_mark(s, mark))
			return true;
		if (!has_end || strncmp(s, BEGIN, strlen(BEGIN)) != 0)
			continue;
		has_end = is_new_mark(s, mark);
		if (has_end)
			return true;
	}
	return false;
}

void
import_marks_put(struct import_reading *r, struct message *m, const char *text, const cJSON *references)
{
	struct buf plain = {0};
	struct mark mark;

	for (; find_mark(text, &mark); text = mark.end) {
		buf_put(&plain, text, (size_t)(mark.begin - text));
		put_mark(&plain, &mark, references);
		r->lost.n[IMPORT_LOST_CITATION]++;
	}
	buf_puts(&plain, text);
	import_put(r, m, buf_text(&plain));
	buf_release(&plain);
}
