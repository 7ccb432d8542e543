/*
 * import_details.c - only the types that Open WebUI itself writes are taken out of the text. Their inside, and the values of
 * attributes, have HTML's entities.
 */
#include "store/import_details.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "llama/json.h"
#include "text/entity.h"

#define OPEN    "<details type=\""
#define CLOSE   "</details>"
#define SUMMARY "</summary>"

enum {
	ENTITY_MAX = 12, /* "&#x1f600;" and what is a little longer */
};

/* One of them, in a longer text. */
struct details {
	const char *attributes, *inside, *end;
	size_t n_attributes, n_inside;
};

static size_t
put_entity(struct buf *to, const char *s, size_t n)
{
	const char *end = memchr(s, ';', n < ENTITY_MAX ? n : ENTITY_MAX);
	uint32_t character;
	char bytes[4];

	if (!end || !entity_decode(s, (size_t)(end + 1 - s), &character)) {
		buf_putc(to, '&');
		return 1;
	}
	buf_put(to, bytes, utf8_encode(character ? character : 0xfffd, bytes));
	return (size_t)(end + 1 - s);
}

static void
put_unescaped(struct buf *to, const char *s, size_t n)
{
	while (n > 0) {
		const char *amp = memchr(s, '&', n);
		size_t plain = amp ? (size_t)(amp - s) : n, taken = plain;

		buf_put(to, s, plain);
		if (amp)
			taken += put_entity(to, amp, n - plain);
		s += taken;
		n -= taken;
	}
}

/* The value of an attribute, unescaped; "" where there is none. To be freed. */
static char *
attribute(const struct details *d, const char *name)
{
	size_t n = strlen(name);
	struct buf value = {0};

	for (const char *s = d->attributes, *end = s + d->n_attributes; s + n + 2 < end; s++) {
		const char *begin = s + n + 2, *quote;

		if (s[-1] != ' ' || memcmp(s, name, n) != 0 || s[n] != '=' || s[n + 1] != '"')
			continue;
		quote = memchr(begin, '"', (size_t)(end - begin));
		if (quote)
			put_unescaped(&value, begin, (size_t)(quote - begin));
		break;
	}
	return value.data ? buf_take(&value) : mem_strdup("");
}

/* Where the summary ends, and the line feed after it. */
static void
skip_summary(struct details *d)
{
	for (size_t i = 0; i + strlen(SUMMARY) <= d->n_inside; i++)
		if (strncmp(d->inside + i, SUMMARY, strlen(SUMMARY)) == 0) {
			i += strlen(SUMMARY);
			d->inside += i;
			d->n_inside -= i;
			break;
		}
	while (d->n_inside > 0 && *d->inside == '\n') {
		d->inside++;
		d->n_inside--;
	}
	while (d->n_inside > 0 && d->inside[d->n_inside - 1] == '\n')
		d->n_inside--;
}

/* The inside of what begins here; false: it has no end. */
static bool
find_end(const char *begin, struct details *d)
{
	const char *close, *end = strstr(begin, CLOSE);

	*d = (struct details){.attributes = begin + strlen("<details ")};
	close = end ? strstr(begin, "\">") : NULL;
	if (!close || close > end)
		return false;
	d->n_attributes = (size_t)(close + 1 - d->attributes);
	d->inside = close + 2;
	d->n_inside = (size_t)(end - d->inside);
	d->end = end + strlen(CLOSE);
	skip_summary(d);
	return true;
}

/* ---- what it is ---- */

/* Each line of a thought is quoted: "> ". */
static void
put_reasoning(struct import_reading *r, struct message *m, const struct details *d)
{
	struct buf quoted = {0}, plain = {0};
	char *duration = attribute(d, "duration");

	put_unescaped(&quoted, d->inside, d->n_inside);
	for (const char *line = buf_text(&quoted); *line;) {
		size_t n = strcspn(line, "\n"), skip = line[0] == '>' ? 1 + (line[1] == ' ') : 0;

		buf_put(&plain, line + skip, n - skip);
		line += n;
		if (*line) {
			buf_putc(&plain, '\n');
			line++;
		}
	}
	import_put_reasoning(r, m, buf_text(&plain));
	m->thought_ms += import_duration(strtod(duration, NULL), 1000);
	free(duration);
	buf_release(&quoted);
	buf_release(&plain);
}

/* The arguments are JSON, mostly a text that holds JSON. */
static void
put_call(struct import_reading *r, struct message *m, const struct details *d)
{
	char *name = attribute(d, "name"), *arguments = attribute(d, "arguments"), *result = attribute(d, "result");
	struct err err;
	cJSON *json = json_parse(arguments, strlen(arguments), &err);

	import_note_call(r, m, name, cJSON_IsString(json) ? json->valuestring : arguments);
	if (*result)
		import_note(r, m, IMPORT_LOST_TOOL_RESULT, "result of a tool", name);
	cJSON_Delete(json);
	free(name);
	free(arguments);
	free(result);
}

static void
put_code(struct import_reading *r, struct message *m, const struct details *d)
{
	char *output = attribute(d, "output");
	struct buf code = {0};

	buf_put(&code, d->inside, d->n_inside);
	import_note(r, m, IMPORT_LOST_TOOL_CALL, "tool call", "code interpreter");
	import_put(r, m, buf_text(&code));
	if (*output)
		import_note(r, m, IMPORT_LOST_TOOL_RESULT, "result of a tool", "code interpreter");
	buf_release(&code);
	free(output);
}

struct details_row {
	const char *type;
	void (*put)(struct import_reading *, struct message *, const struct details *);
};

static const struct details_row rows[] = {
        {"reasoning\"", put_reasoning},
        {"tool_calls\"", put_call},
        {"code_interpreter\"", put_code},
};

static const struct details_row *
find_row(const char *begin)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strncmp(begin + strlen(OPEN), rows[i].type, strlen(rows[i].type)) == 0)
			return &rows[i];
	return NULL;
}

static void
put_plain(struct import_reading *r, struct message *m, const char *text, size_t n)
{
	struct buf plain = {0};

	while (n > 0 && *text == '\n') {
		text++;
		n--;
	}
	while (n > 0 && text[n - 1] == '\n')
		n--;
	buf_put(&plain, text, n);
	import_put(r, m, buf_text(&plain));
	buf_release(&plain);
}

void
import_details_put(struct import_reading *r, struct message *m, const char *text)
{
	const char *from = text;
	struct details d;

	for (const char *begin = text; (begin = strstr(begin, OPEN)) != NULL;) {
		const struct details_row *row = find_row(begin);

		if (!row) {
			begin++;
			continue;
		}
		if (!find_end(begin, &d))
			break;
		put_plain(r, m, from, (size_t)(begin - from));
		row->put(r, m, &d);
		from = begin = d.end;
	}
	if (from == text)
		import_put(r, m, text);
	else
		put_plain(r, m, from, strlen(from));
}
