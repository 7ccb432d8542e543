/*
 * yaml.c - libyaml's events made into a tree: the only file that includes yaml.h.
 *
 * Events, not libyaml's own documents: those follow aliases and let duplicate keys pass without a word.
 */
#include "config/yaml.h"

#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/mem.h"
#include "base/utf8.h"

struct source {
	const char *path, *text;
	size_t n;
	yaml_parser_t parser;
	struct err *err;
};

static int
line_of(const yaml_mark_t *mark)
{
	return (int)mark->line + 1;
}

static int
line_at(const struct source *s, size_t offset)
{
	int line = 1;

	for (size_t i = 0; i < offset && i < s->n; i++)
		line += s->text[i] == '\n';
	return line;
}

static bool
wrong(struct source *s, int line, const char *what)
{
	return err_set(s->err, ERR_CONFIG, "%s:%d: %s", s->path, line, what);
}

static bool
indented_by_tab(const struct source *s, int line)
{
	const char *at = s->text, *end = s->text + s->n;

	while (line-- > 1) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));

		if (!newline)
			return false;
		at = newline + 1;
	}
	while (at < end && *at == ' ')
		at++;
	return at < end && *at == '\t';
}

/* libyaml's own words, and where the thing began that it was reading. */
static bool
syntax_error(struct source *s)
{
	const yaml_parser_t *p = &s->parser;
	const char *problem = p->problem ? p->problem : "this is no YAML";
	int line = line_of(&p->problem_mark);

	if (p->error == YAML_READER_ERROR)
		return wrong(s, line_at(s, p->problem_offset), problem);
	if (indented_by_tab(s, line))
		return wrong(s, line, "indented by a tab: use spaces");
	if (p->context && line_of(&p->context_mark) != line)
		return err_set(s->err, ERR_CONFIG, "%s:%d: %s, %s that begins in line %d", s->path, line, problem,
		        p->context, line_of(&p->context_mark));
	if (p->context)
		return err_set(s->err, ERR_CONFIG, "%s:%d: %s, %s", s->path, line, problem, p->context);
	return wrong(s, line, problem);
}

static bool
next_event(struct source *s, yaml_event_t *event)
{
	return yaml_parser_parse(&s->parser, event) ? true : syntax_error(s);
}

static bool
refuse_extras(struct source *s, int line, const void *anchor, const void *tag)
{
	if (anchor)
		return wrong(s, line, "anchors (&name) are not supported: write the value out where it is used");
	if (tag)
		return wrong(s, line, "tags (!name) are not supported: write the value alone");
	return true;
}

static struct tree *
add_item(struct tree *t)
{
	/* Room grows to the next power of two. */
	if ((t->n & (t->n - 1)) == 0)
		t->items = mem_realloc(t->items, (t->n ? t->n * 2 : 1) * sizeof(*t->items));
	memset(&t->items[t->n], 0, sizeof(*t->items));
	return &t->items[t->n++];
}

static bool
check_key(struct source *s, const struct tree *map, const char *key, int line)
{
	if (!*key)
		return wrong(s, line, "a key without a name: write name: value");
	for (size_t i = 0; i < map->n; i++)
		if (strcmp(map->items[i].key, key) == 0)
			return err_set(s->err, ERR_CONFIG, "%s:%d: duplicate key \"%s\": remove it here or in line %d",
			        s->path, line, key, map->items[i].key_line);
	return true;
}

static bool
read_text(struct source *s, const yaml_event_t *event, struct tree *t)
{
	const char *text = (const char *)event->data.scalar.value;

	if (!refuse_extras(s, t->line, event->data.scalar.anchor, event->data.scalar.tag))
		return false;
	if (strlen(text) != event->data.scalar.length)
		return wrong(s, t->line, "U+0000 in a text: remove the \\0");
	t->type = TREE_TEXT;
	t->text = mem_strdup(text);
	t->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	return true;
}

static bool read_node(struct source *, yaml_event_t *, struct tree *, int depth);

/* The key that `event` is, then its value. */
static bool
read_pair(struct source *s, const yaml_event_t *event, struct tree *map, int depth)
{
	struct tree key = {.line = line_of(&event->start_mark)}, *item;
	yaml_event_t value;

	if (event->type != YAML_SCALAR_EVENT)
		return wrong(s, key.line, "a key must be a word: write name: value");
	if (!read_text(s, event, &key))
		return false;
	if (!check_key(s, map, key.text, key.line) || !next_event(s, &value)) {
		free(key.text);
		return false;
	}
	item = add_item(map);
	item->key = key.text;
	item->key_line = key.line;
	return read_node(s, &value, item, depth);
}

static bool
read_items(struct source *s, yaml_event_type_t end, struct tree *t, int depth)
{
	for (;;) {
		yaml_event_t event;
		bool ok;

		if (!next_event(s, &event))
			return false;
		if (event.type == end) {
			yaml_event_delete(&event);
			return true;
		}
		if (t->n == TREE_ITEMS_MAX) {
			ok = wrong(s, line_of(&event.start_mark), "more than 1000 entries");
			yaml_event_delete(&event);
		} else if (t->type == TREE_LIST) {
			ok = read_node(s, &event, add_item(t), depth);
		} else {
			ok = read_pair(s, &event, t, depth);
			yaml_event_delete(&event);
		}
		if (!ok)
			return false;
	}
}

static bool
read_inside(struct source *s, const yaml_event_t *event, struct tree *t, int depth)
{
	if (depth == TREE_DEPTH_MAX)
		return wrong(s, t->line, "nested too deep");
	if (event->type == YAML_MAPPING_START_EVENT) {
		t->type = TREE_MAP;
		return refuse_extras(s, t->line, event->data.mapping_start.anchor, event->data.mapping_start.tag) &&
		       read_items(s, YAML_MAPPING_END_EVENT, t, depth + 1);
	}
	t->type = TREE_LIST;
	return refuse_extras(s, t->line, event->data.sequence_start.anchor, event->data.sequence_start.tag) &&
	       read_items(s, YAML_SEQUENCE_END_EVENT, t, depth + 1);
}

/* Takes the event that begins the node, and reads up to its end. */
static bool
read_node(struct source *s, yaml_event_t *event, struct tree *t, int depth)
{
	bool ok;

	t->line = line_of(&event->start_mark);
	if (event->type == YAML_ALIAS_EVENT)
		ok = wrong(s, t->line, "aliases (*name) are not supported: write the value out");
	else if (event->type == YAML_SCALAR_EVENT)
		ok = read_text(s, event, t);
	else
		ok = read_inside(s, event, t, depth);
	yaml_event_delete(event);
	return ok;
}

/* Behind the document's node: its end, and the end of the file. */
static bool
read_end(struct source *s)
{
	yaml_event_t event;
	bool ok;

	if (!next_event(s, &event))
		return false;
	yaml_event_delete(&event);
	if (!next_event(s, &event))
		return false;
	ok = event.type == YAML_STREAM_END_EVENT ||
	     wrong(s, line_of(&event.start_mark), "a second document begins here: keep one in a file");
	yaml_event_delete(&event);
	return ok;
}

static bool
read_document(struct source *s, struct tree *root)
{
	yaml_event_t event;

	do {
		if (!next_event(s, &event))
			return false;
		if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT)
			break;
		yaml_event_delete(&event);
	} while (true);
	if (event.type == YAML_STREAM_END_EVENT) {
		yaml_event_delete(&event);
		root->text = mem_strdup("");
		root->plain = true;
		root->line = 1;
		return true;
	}
	return read_node(s, &event, root, 0) && read_end(s);
}

static void
release(struct tree *t)
{
	for (size_t i = 0; i < t->n; i++)
		release(&t->items[i]);
	free(t->items);
	free(t->key);
	free(t->text);
}

void
tree_free(struct tree *t)
{
	if (!t)
		return;
	release(t);
	free(t);
}

struct tree *
tree_parse(const char *path, const char *text, size_t n, struct err *err)
{
	size_t bom = utf8_bom(text, n), good;
	struct source s = {.path = path, .text = text + bom, .n = n - bom, .err = err};
	struct tree *root = mem_alloc(sizeof(*root));
	bool ok;

	good = utf8_span(s.text, s.n);
	if (good < s.n) {
		wrong(&s, line_at(&s, good), "not UTF-8 text: save the file as UTF-8");
		tree_free(root);
		return NULL;
	}
	if (!yaml_parser_initialize(&s.parser))
		abort();
	yaml_parser_set_encoding(&s.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	        &s.parser, (const unsigned char *)s.text, s.n); /* libyaml counts a mark as a column */
	ok = read_document(&s, root);
	yaml_parser_delete(&s.parser);
	if (ok)
		return root;
	tree_free(root);
	return NULL;
}

const struct tree *
tree_get(const struct tree *t, const char *key)
{
	for (size_t i = 0; t->type == TREE_MAP && i < t->n; i++)
		if (strcmp(t->items[i].key, key) == 0)
			return &t->items[i];
	return NULL;
}

bool
tree_is_null(const struct tree *t)
{
	static const char *const words[] = {"", "~", "null", "Null", "NULL"};

	if (t->type != TREE_TEXT || !t->plain)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strcmp(t->text, words[i]) == 0)
			return true;
	return false;
}
