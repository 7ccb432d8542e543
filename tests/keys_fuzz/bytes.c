/*
 * bytes.c - one of the table, as often as its weight says.
 */
#include "tests/keys_fuzz/bytes.h"

#include <string.h>

#include "app/app.h"
#include "app/view.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "screen/commands.h"
#include "tests/torture/chance.h"

struct scene {
	const struct app *app;
	int rows, cols;
};

/* ---- keys ---- */

static const struct {
	uint32_t code;
	const char *plain;
	int number;  /* of "ESC [ N ~"; 0: none */
	char letter; /* of "ESC [ 1 ; M L" */
} named[] = {
        {KEYN_ENTER, "\r", 13, 'u'},
        {KEYN_TAB, "\t", 9, 'u'},
        {KEYN_BACKSPACE, "\x7f", 127, 'u'},
        {KEYN_ESCAPE, "\x1b", 27, 'u'},
        {KEYN_UP, "\x1b[A", 1, 'A'},
        {KEYN_DOWN, "\x1b[B", 1, 'B'},
        {KEYN_RIGHT, "\x1b[C", 1, 'C'},
        {KEYN_LEFT, "\x1b[D", 1, 'D'},
        {KEYN_HOME, "\x1b[H", 1, 'H'},
        {KEYN_END, "\x1b[F", 1, 'F'},
        {KEYN_PAGE_UP, "\x1b[5~", 5, '~'},
        {KEYN_PAGE_DOWN, "\x1b[6~", 6, '~'},
        {KEYN_DELETE, "\x1b[3~", 3, '~'},
        {KEYN_INSERT, "\x1b[2~", 2, '~'},
        {KEYN_WHEEL_UP, "\x1b[<64;5;5M", 0, 0},
        {KEYN_WHEEL_DOWN, "\x1b[<65;5;5M", 0, 0},
        {KEYN_F1, "\x1bOP", 1, 'P'},
        {KEYN_F1 + 1, "\x1bOQ", 1, 'Q'},
        {KEYN_F1 + 2, "\x1bOR", 13, '~'},
        {KEYN_F1 + 3, "\x1bOS", 1, 'S'},
};

static void
put_named(struct buf *out, size_t i, unsigned mods)
{
	/* The protocol's number of modifiers: 1 and shift, alt, control as bits. */
	unsigned number =
	        1 + (mods & KEY_SHIFT_BIT ? 1 : 0) + (mods & KEY_ALT_BIT ? 2 : 0) + (mods & KEY_CTRL_BIT ? 4 : 0);
	bool simple = named[i].plain[0] != '\x1b' || !named[i].plain[1];

	if (mods == KEY_ALT_BIT && simple)
		buf_printf(out, "\x1b%s", named[i].plain);
	else if (mods == 0 || named[i].number == 0)
		buf_puts(out, named[i].plain);
	else
		buf_printf(out, "\x1b[%d;%u%c", named[i].number, number, named[i].letter);
}

void
bytes_put_key(struct buf *out, struct key key)
{
	char text[4];

	for (size_t i = 0; i < ARRAY_LEN(named); i++)
		if (named[i].code == key.code) {
			put_named(out, i, key.mods);
			return;
		}
	if (key.code >= KEYN_ENTER)
		return;
	if (key.mods & KEY_ALT_BIT)
		buf_putc(out, '\x1b');
	if (key.mods & KEY_CTRL_BIT)
		buf_putc(out, (char)(key.code & 0x1f));
	else
		buf_put(out, text, utf8_encode(key.code, text));
}

static bool
is_here(const struct scene *p, const struct binding *b)
{
	enum key_context here = view_context(p->app);

	return b->context == here || b->context == CONTEXT_ANYWHERE ||
	       (b->context == CONTEXT_LINE && keymap_is_line(here));
}

/* The key that quits is pressed seldom: after it a session is over. */
static const struct binding *
some_binding(const struct scene *p)
{
	const struct keymap *map = &p->app->keymap;
	const struct binding *b;

	do
		b = &map->bindings[chance_below((int)map->n)];
	while (b->keys[0].code == 'q' && b->keys[0].mods == KEY_CTRL_BIT && chance_percent(95));
	return b;
}

static void
put_binding(struct buf *out, const struct binding *b)
{
	for (size_t i = 0; i < b->n_keys; i++)
		bytes_put_key(out, b->keys[i]);
}

static void
put_key_of_here(struct buf *out, const struct scene *p)
{
	const struct binding *b = some_binding(p);

	for (int tries = 0; tries < 40 && (!is_here(p, b) || b->context == CONTEXT_ANYWHERE); tries++)
		b = some_binding(p);
	put_binding(out, b);
}

static void
put_any_key(struct buf *out, const struct scene *p)
{
	put_binding(out, some_binding(p));
}

static void
put_odd_key(struct buf *out, UNUSED const struct scene *p)
{
	put_named(out, (size_t)chance_below(ARRAY_LEN(named)), (unsigned)chance_below(8));
}

static void
put_repeated_key(struct buf *out, const struct scene *p)
{
	const struct binding *b = some_binding(p);

	for (int n = chance_from_to(2, 20); n > 0; n--)
		put_binding(out, b);
}

/* To where there is much to be done: the messages and the tree, with an input that is empty, and to other conversations. */
static void
put_way(struct buf *out, UNUSED const struct scene *p)
{
	static const char *const ways[] = {"\t", "\tx", "\tkx", "\tkkx", "\tgx", "\tr", "\t[", "\t]", "\tk[", "\tt",
	        "\ttx", "\ttggjx", "\ttx\r", "\ttkk\r", "\t{", "\t}", "\te", "\to", "\tc", "/undelete\r", "/delete\r",
	        "/delete\r/delete\r", "/retry\r", "/split 1\r", "/vsplit 2\r", "\x1b[5~", "\x1b[5~\x1b[5~", "\x1b[H",
	        "\x10", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1bwv", "\x1bws", "\x1bww", "\x1br", "\x1bl", "\0331", "\0332",
	        "\0333"};

	if (chance_percent(70))
		buf_puts(out, "\x15");
	buf_puts(out, ways[chance_below(ARRAY_LEN(ways))]);
	if (chance_percent(30))
		buf_puts(out, chance_percent(50) ? "\x1b[5~" : "\x1b[<64;5;5M");
}

/* ---- text ---- */

static const char *const words[] = {"a", "word", "two words", " ", "Drei", "日本語", "é", "e\xcc\x81", "👩\xe2\x80\x8d🚀",
        "ﾊﾟ", "\t", "/", "//", "`code`", "http://example.org/",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "\xff", "\xe6\x97", "\xc0\x80",
        "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc2\x9b", "\xe2\x80\xae", "\x01", "\n", "\r\n"};

static const char *
some_word(void)
{
	return words[chance_below(ARRAY_LEN(words))];
}

static void
put_word(struct buf *out, UNUSED const struct scene *p)
{
	buf_puts(out, some_word());
}

static void
put_prompt(struct buf *out, const struct scene *p)
{
	buf_puts(out, "\x15");
	for (int n = chance_from_to(1, 6); n > 0; n--)
		put_word(out, p);
	buf_puts(out, "\r");
}

static void
put_command(struct buf *out, UNUSED const struct scene *p)
{
	struct commands table = commands_table();
	const char *name = table.rows[chance_below((int)table.n)].name;

	if (strcmp(name, "quit") == 0 && chance_percent(95))
		return;
	buf_printf(out, "%s/%s", chance_percent(50) ? "\x15" : "", name);
	if (chance_percent(50))
		buf_printf(out, " %d", chance_below(6));
	else if (chance_percent(30))
		buf_printf(out, " %s", some_word());
	buf_puts(out, chance_percent(90) ? "\r" : "\t");
}

static void
put_paste(struct buf *out, UNUSED const struct scene *p)
{
	buf_puts(out, "\x1b[200~");
	for (int n = chance_below(chance_percent(5) ? 2000 : 12); n > 0; n--)
		buf_puts(out, some_word());
	if (chance_percent(90))
		buf_puts(out, "\x1b[201~");
}

/* ---- the rest ---- */

static void
put_mouse(struct buf *out, const struct scene *p)
{
	static const int buttons[] = {0, 0, 0, 32, 32, 64, 64, 65, 1, 2, 35, 4, 66};

	for (int n = chance_from_to(1, 4); n > 0; n--)
		buf_printf(out, "\x1b[<%d;%d;%d%c", buttons[chance_below(ARRAY_LEN(buttons))],
		        chance_below(p->cols + 3), chance_below(p->rows + 3), chance_percent(70) ? 'M' : 'm');
}

static void
put_broken(struct buf *out, UNUSED const struct scene *p)
{
	static const char *const starts[] = {"\x1b[", "\x1bO", "\x1b[<", "\x1b[<0;", "\x1b[M",
	        "\x1b]11;rgb:1e1e/1e1e/1e1e", "\x1b_Gi=1;OK", "\x1bP", "\x1b^", "\x1bX", "\x1b]52;c;", "\x1b[?1;2c",
	        "\x1b[200", "\x1b[201~", "\x1b[12;40R", "\x1b[1;99999999999A", "\x1b[27;5;13~", "\x1b[13;2u",
	        "\x1b[;;;;u", "\x1b\x1b[A", "\x9b\x41", "\x1b[I", "\x1b[O"};
	static const char *const ends[] = {"", "", "\x07", "\x1b\\", "~", "\r", "\x18"};

	buf_puts(out, starts[chance_below(ARRAY_LEN(starts))]);
	buf_puts(out, ends[chance_below(ARRAY_LEN(ends))]);
}

static void
put_noise(struct buf *out, UNUSED const struct scene *p)
{
	for (int n = chance_from_to(1, 8); n > 0; n--) {
		char byte = (char)chance_below(256);

		/* Ctrl+Z would stop the whole process group. */
		buf_putc(out, byte == '\x1a' ? ' ' : byte);
	}
}

static const struct {
	int weight;
	void (*put)(struct buf *, const struct scene *);
} kinds[] = {
        {36, put_key_of_here},
        {14, put_any_key},
        {20, put_way},
        {4, put_repeated_key},
        {3, put_odd_key},
        {8, put_word},
        {7, put_prompt},
        {5, put_command},
        {3, put_paste},
        {5, put_mouse},
        {4, put_broken},
        {2, put_noise},
};

void
bytes_put(struct buf *out, const struct app *app, int rows, int cols)
{
	const struct scene p = {app, rows, cols};
	int all = 0, at;
	size_t i = 0;

	for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
		all += kinds[k].weight;
	for (at = chance_below(all); at >= kinds[i].weight; i++)
		at -= kinds[i].weight;
	kinds[i].put(out, &p);
}
