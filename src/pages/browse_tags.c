/*
 * browse_tags.c - Tab in the browser's line: completes the name of a tag, behind tag: in a search and among the tags that are changed.
 */
#include <string.h>
#include <strings.h>

#include "app/app.h"
#include "app/tagging.h"
#include "base/utf8.h"
#include "pages/browse.h"
#include "pages/browse_state.h"

/* Where the name begins that is typed last: after its # or quote. NULL: there is none. */
static const char *
begun_name(const struct browse *b, const char *line)
{
	static const char filter[] = "tag:";
	const char *word = line + strlen(line);

	while (word > line && !strchr(b->edits_tags && b->edited ? " ,\t" : " \t", word[-1]))
		word--;
	if (!b->edited && strncasecmp(word, filter, strlen(filter)) != 0)
		return NULL;
	word += b->edited ? 0 : strlen(filter);
	return word + (*word == '#' || *word == '"');
}

/* The common beginning of all names that begin so, and how many they are; lists them. */
static size_t
find_beginning(const struct tags *names, const char *begun, struct buf *common, struct buf *listed)
{
	size_t n = 0;

	for (size_t i = 0; i < names->n; i++) {
		const char *name = names->names[i];
		size_t same = 0;

		if (strncmp(name, begun, strlen(begun)) != 0)
			continue;
		buf_printf(listed, "%s#%s", n > 0 ? " " : "", name);
		if (n++ == 0)
			buf_puts(common, name);
		while (same < common->len && name[same] == common->data[same])
			same++;
		common->len = utf8_floor(common->data, same);
	}
	return n;
}

static void
put_completed(struct composer *line, const char *begun, const struct buf *common, bool whole)
{
	struct buf text = {0};

	buf_put(&text, composer_text(line), (size_t)(begun - composer_text(line)));
	buf_put(&text, buf_text(common), common->len);
	buf_puts(&text, whole ? " " : "");
	(void)composer_replace(line, text.data, text.len);
	buf_release(&text);
}

bool
browse_complete_tag(struct app *app)
{
	struct browse *b = browse_state(app);
	struct composer *line = &b->view.input;
	const char *begun = begun_name(b, composer_text(line));
	struct buf common = {0}, listed = {0}, small = {0};
	char name[TAG_SIZE];
	struct err err;
	size_t n;

	if ((b->edited && !b->edits_tags) || !begun || line->cursor < line->text.len)
		return false;
	buf_puts(&small, *begun && tag_make_beginning(name, begun, strlen(begun), &err) ? name : begun);
	n = find_beginning(tagging_names(app), buf_text(&small), &common, &listed);
	if (n > 0)
		put_completed(line, begun, &common, n == 1);
	if (n != 1)
		app_say(app, false, n > 0 ? buf_text(&listed) : "no tag begins so");
	buf_release(&common);
	buf_release(&listed);
	buf_release(&small);
	return true;
}
