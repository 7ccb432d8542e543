/*
 * layout.c - splits by hand, and thousands at random: whatever is done, panes cover the area and stay in their order.
 */
#include "tui/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/tui/tests.h"

static const struct rect screen = {0, 0, 24, 80};

/* What a layout is, drawn: each pane's cells are its number, modulo ten, columns between them bars. */
static char *
picture(const struct layout *l)
{
	struct rect a = l->area, r;
	struct buf out = {0};

	for (int row = a.row; row < a.row + a.rows; row++) {
		for (int col = a.col; col < a.col + a.cols; col++) {
			unsigned pane = layout_at(l, row, col);
			char sign = pane ? (char)('0' + pane % 10) : '.';

			for (size_t i = 0; !pane && layout_column(l, i, &r); i++)
				if (r.cols == 1 && col == r.col && row >= r.row && row < r.row + r.rows)
					sign = '|';
			buf_putc(&out, sign);
		}
		buf_putc(&out, '\n');
	}
	return buf_take(&out);
}

static void
expect_picture(const struct layout *l, const char *want)
{
	char *have = picture(l);

	HARNESS_EQUAL(have, want);
	free(have);
}

static void
splits_and_closes(void)
{
	struct layout l;

	layout_init(&l, 1);
	layout_place(&l, (struct rect){0, 0, 4, 9});
	expect_picture(&l, "111111111\n111111111\n111111111\n111111111\n");
	CU_ASSERT(layout_split(&l, 1, true, 2));
	CU_ASSERT(layout_split(&l, 2, false, 3));
	layout_place(&l, l.area);
	expect_picture(&l, "1111|2222\n1111|2222\n1111|3333\n1111|3333\n");
	layout_swap(&l, 1, 3);
	layout_place(&l, l.area);
	expect_picture(&l, "3333|2222\n3333|2222\n3333|1111\n3333|1111\n");
	CU_ASSERT(!layout_split(&l, 7, true, 8));
	CU_ASSERT(layout_close(&l, 1) == 2);
	layout_place(&l, l.area);
	expect_picture(&l, "3333|2222\n3333|2222\n3333|2222\n3333|2222\n");
	CU_ASSERT(layout_close(&l, 3) == 2 && l.n == 1);
	CU_ASSERT(layout_close(&l, 2) == 0 && l.n == 1 && layout_nth(&l, 0) == 2 && layout_nth(&l, 1) == 0);
	layout_release(&l);
}

/* 1 left of 2, below which 3 stands left of 4. */
static void
make_four(struct layout *l)
{
	layout_init(l, 1);
	CU_ASSERT(layout_split(l, 1, true, 2) && layout_split(l, 2, false, 3) && layout_split(l, 3, true, 4));
	layout_place(l, screen);
}

static void
finds_neighbours(void)
{
	static const struct {
		unsigned pane;
		enum layout_way way;
		unsigned want;
	} rows[] = {
	        {1, LAYOUT_LEFT, 0},
	        {1, LAYOUT_RIGHT, 3},
	        {1, LAYOUT_UP, 0},
	        {1, LAYOUT_DOWN, 0},
	        {2, LAYOUT_LEFT, 1},
	        {2, LAYOUT_DOWN, 4},
	        {2, LAYOUT_RIGHT, 0},
	        {3, LAYOUT_RIGHT, 4},
	        {3, LAYOUT_UP, 2},
	        {4, LAYOUT_LEFT, 3},
	        {4, LAYOUT_UP, 2},
	        {4, LAYOUT_DOWN, 0},
	};
	struct layout l;

	make_four(&l);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		HARNESS_CHECK(layout_neighbour(&l, rows[i].pane, rows[i].way) == rows[i].want, "row %zu", i);
	layout_release(&l);
}

static void
resizes(void)
{
	struct layout l;

	make_four(&l);
	CU_ASSERT(layout_rect(&l, 1).cols == 39);
	CU_ASSERT(layout_resize(&l, 1, LAYOUT_RIGHT, 3));
	layout_place(&l, screen);
	CU_ASSERT(layout_rect(&l, 1).cols == 42 && layout_rect(&l, 2).cols == 37);
	/* The last one has no right border: its left one goes. */
	CU_ASSERT(layout_resize(&l, 4, LAYOUT_LEFT, 2) && layout_resize(&l, 2, LAYOUT_DOWN, 4));
	layout_place(&l, screen);
	CU_ASSERT(layout_rect(&l, 3).cols == 16 && layout_rect(&l, 4).cols == 20);
	CU_ASSERT(layout_rect(&l, 2).rows == 16 && layout_rect(&l, 3).rows == 8);
	CU_ASSERT(!layout_resize(&l, 1, LAYOUT_UP, 1));
	/* No pane loses its last cell. */
	CU_ASSERT(layout_resize(&l, 1, LAYOUT_RIGHT, 100));
	layout_place(&l, screen);
	CU_ASSERT(layout_rect(&l, 3).cols == 1 && layout_rect(&l, 4).cols == 1 && layout_rect(&l, 1).cols == 76);
	layout_even(&l);
	layout_place(&l, screen);
	CU_ASSERT(layout_rect(&l, 1).cols == 39 && layout_rect(&l, 2).rows == 12);
	layout_release(&l);
}

/* Three in a row have a third each. */
static void
shares_evenly(void)
{
	struct layout l;

	layout_init(&l, 1);
	CU_ASSERT(layout_split(&l, 1, true, 2) && layout_split(&l, 2, true, 3));
	layout_even(&l);
	layout_place(&l, (struct rect){2, 5, 10, 62});
	CU_ASSERT(layout_rect(&l, 1).cols == 20 && layout_rect(&l, 2).cols == 20 && layout_rect(&l, 3).cols == 20);
	CU_ASSERT(layout_rect(&l, 1).row == 2 && layout_rect(&l, 1).col == 5 && layout_rect(&l, 3).col == 47);
	layout_release(&l);
}

static void
moves_borders(void)
{
	struct layout l;
	struct layout_node *border;

	make_four(&l);
	border = layout_border(&l, 5, 39);
	CU_ASSERT_FATAL(border != NULL);
	layout_move_border(&l, border, 9, 20);
	layout_place(&l, screen);
	CU_ASSERT(layout_rect(&l, 1).cols == 20 && layout_border(&l, 0, 20) == border);
	/* The title of the lower one is the border above it. */
	border = layout_border(&l, 12, 50);
	CU_ASSERT_FATAL(border != NULL);
	layout_move_border(&l, border, 4, 0);
	layout_place(&l, screen);
	CU_ASSERT(layout_rect(&l, 2).rows == 4 && layout_rect(&l, 3).row == 4);
	CU_ASSERT(layout_border(&l, 2, 50) == NULL && layout_border(&l, 0, 0) == NULL);
	CU_ASSERT(layout_border(&l, 30, 20) == NULL);
	layout_release(&l);
}

static void
zooms(void)
{
	struct layout l;

	make_four(&l);
	l.zoomed = 3;
	layout_place(&l, screen);
	CU_ASSERT(layout_rect(&l, 3).cols == 80 && layout_rect(&l, 3).rows == 24 && layout_rect(&l, 1).cols == 0);
	CU_ASSERT(layout_at(&l, 0, 0) == 3 && !layout_resize(&l, 3, LAYOUT_LEFT, 1));
	CU_ASSERT(layout_neighbour(&l, 3, LAYOUT_LEFT) == 0 && layout_border(&l, 5, 39) == NULL);
	CU_ASSERT(layout_close(&l, 3) == 4 && l.zoomed == 0);
	layout_place(&l, screen);
	CU_ASSERT(layout_rect(&l, 4).cols == 40 && layout_rect(&l, 4).rows == 12);
	layout_release(&l);
}

static void
splits_what_fits(void)
{
	static const struct {
		int rows, cols;
		bool beside, want;
	} rows[] = {
	        {24, 80, true, true},
	        {3, 25, true, true},
	        {3, 24, true, false},
	        {2, 80, true, false},
	        {6, 12, false, true},
	        {5, 80, false, false},
	        {6, 11, false, false},
	};
	struct layout l;

	layout_init(&l, 1);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		layout_place(&l, (struct rect){0, 0, rows[i].rows, rows[i].cols});
		HARNESS_CHECK(layout_can_split(&l, 1, rows[i].beside) == rows[i].want, "row %zu", i);
	}
	layout_release(&l);
}

/* ---- as text ---- */

static void
reads_what_it_wrote(void)
{
	static const char *const good[] = {"1", "7z7", "(1|32768,2)", "(3/1,(1|65535,2))z2", "((1|2,2)/3,(3|4,4))", "7",
	        "(1|32768,2)z1", "(2|32768,1)", "(1/32768,2)", "(1|32767,2)", "((1|2,2)/3,(4|4,3))",
	        "(1|2,(2/3,(3|4,4)))"};
	uint64_t keys[ARRAY_LEN(good)];
	struct buf text = {0};
	struct layout l;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		CU_ASSERT_FATAL(layout_parse(&l, good[i], &err));
		buf_clear(&text);
		layout_print(&l, &text);
		HARNESS_EQUAL(buf_text(&text), good[i]);
		keys[i] = layout_key(&l);
		CU_ASSERT_EQUAL(layout_key(&l), keys[i]);
		for (size_t k = 0; k < i; k++)
			HARNESS_CHECK(keys[i] != keys[k], "%s and %s", good[i], good[k]);
		layout_release(&l);
	}
	buf_release(&text);
}

static void
refuses_other_texts(void)
{
	static const char *const bad[] = {"", "0", "x", "1 ", "1000000", "(1|32768,2", "(1,2)", "(1|0,2)",
	        "(1|65536,2)", "(1|32768,1)", "(1|32768,)", "(|32768,1)", "()", "(1|99999999999999999999,2)", "(1-5,2)",
	        "1zz", "1z1x"};
	struct buf deep = {0};
	struct layout l;
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		HARNESS_CHECK(!layout_parse(&l, bad[i], &err) && err.code == ERR_USAGE, "\"%s\"", bad[i]);
	for (int i = 0; i < 100000; i++)
		buf_putc(&deep, '(');
	CU_ASSERT(!layout_parse(&l, buf_text(&deep), &err));
	buf_clear(&deep);
	for (int i = 1; i <= LAYOUT_PANES_MAX; i++)
		buf_printf(&deep, "(%d|9,", i);
	buf_puts(&deep, "99");
	for (int i = 1; i <= LAYOUT_PANES_MAX; i++)
		buf_putc(&deep, ')');
	CU_ASSERT(!layout_parse(&l, buf_text(&deep), &err));
	buf_release(&deep);
}

/* So many panes, the first with this number, and not deeper than need be. */
static void
put_panes(struct buf *out, int first, int n)
{
	if (n == 1) {
		buf_printf(out, "%d", first);
		return;
	}
	buf_putc(out, '(');
	put_panes(out, first, n / 2);
	buf_puts(out, "|32768,");
	put_panes(out, first + n / 2, n - n / 2);
	buf_putc(out, ')');
}

/* There is a most of them, however large the screen is: one more is neither split nor read. */
static void
has_no_65th_pane(void)
{
	struct layout l = {0};
	struct err err;

	for (int n = LAYOUT_PANES_MAX - 1; n <= LAYOUT_PANES_MAX + 1; n++) {
		struct buf text = {0};
		bool fits = n <= LAYOUT_PANES_MAX, one_more = n < LAYOUT_PANES_MAX;

		put_panes(&text, 1, n);
		HARNESS_CHECK(layout_parse(&l, buf_text(&text), &err) == fits, "%d panes", n);
		buf_release(&text);
		if (!fits || l.n != (size_t)n)
			continue;
		layout_even(&l);
		layout_place(&l, (struct rect){0, 0, 30000, 30000});
		HARNESS_CHECK(layout_can_split(&l, 1, true) == one_more, "beside, at %d panes", n);
		HARNESS_CHECK(layout_can_split(&l, (unsigned)n, false) == one_more, "below, at %d panes", n);
		HARNESS_CHECK(layout_split(&l, 1, true, (unsigned)n + 1) == one_more, "at %d panes", n);
		layout_release(&l);
	}
}

/* A zoom of a pane that is not there is none. */
static void
forgets_a_strange_zoom(void)
{
	struct layout l;
	struct err err;

	CU_ASSERT_FATAL(layout_parse(&l, "(1|32768,2)z9", &err));
	layout_place(&l, screen);
	CU_ASSERT(l.zoomed == 0 && layout_rect(&l, 2).cols == 40);
	layout_release(&l);
}

/* ---- at random ---- */

enum {
	ROUNDS = 4000,
};

/* The panes there are, in the order they should have. */
struct model {
	unsigned panes[LAYOUT_PANES_MAX], last;
	size_t n;
};

static size_t
at(const struct model *m, unsigned pane)
{
	size_t i = 0;

	while (i < m->n && m->panes[i] != pane)
		i++;
	return i;
}

static unsigned
any(const struct model *m)
{
	return m->panes[(size_t)rand() % m->n];
}

static void
split_any(struct layout *l, struct model *m)
{
	unsigned pane = any(m);
	size_t i = at(m, pane);
	bool split = layout_split(l, pane, rand() % 2, m->last + 1);

	CU_ASSERT(split == (m->n < LAYOUT_PANES_MAX));
	if (!split)
		return;
	memmove(m->panes + i + 2, m->panes + i + 1, (m->n - i - 1) * sizeof(*m->panes));
	m->panes[i + 1] = ++m->last;
	m->n++;
}

static void
close_any(struct layout *l, struct model *m)
{
	unsigned pane = any(m), next = layout_close(l, pane);
	size_t i = at(m, pane);

	CU_ASSERT((next == 0) == (m->n == 1));
	if (next == 0 || i >= m->n)
		return;
	memmove(m->panes + i, m->panes + i + 1, (m->n - i - 1) * sizeof(*m->panes));
	m->n--;
	CU_ASSERT(at(m, next) == i || at(m, next) + 1 == i);
}

static void
swap_any(struct layout *l, struct model *m)
{
	unsigned a = any(m), b = any(m);
	size_t i = at(m, a), j = at(m, b);

	layout_swap(l, a, b);
	m->panes[i] = b;
	m->panes[j] = a;
}

/* The pane itself ends up where its border was moved to, unless that would take somebody's last cell. */
static void
resize_any(struct layout *l, struct model *m)
{
	enum layout_way way = (enum layout_way)(rand() % 4);

	(void)layout_resize(l, any(m), way, rand() % 20);
}

static void
drag_any(struct layout *l)
{
	int row = rand() % (l->area.rows + 1), col = rand() % (l->area.cols + 1);
	struct layout_node *border = layout_border(l, row, col);

	if (border)
		layout_move_border(l, border, rand() % (l->area.rows + 1), rand() % (l->area.cols + 1));
}

static void
change_at_random(struct layout *l, struct model *m)
{
	switch (rand() % 8) {
	case 0:
	case 1:
		split_any(l, m);
		break;
	case 2:
		close_any(l, m);
		break;
	case 3:
		swap_any(l, m);
		break;
	case 4:
		l->zoomed = rand() % 3 == 0 ? any(m) : 0;
		break;
	case 5:
		drag_any(l);
		break;
	case 6:
		resize_any(l, m);
		break;
	default:
		l->area = (struct rect){rand() % 3, rand() % 30, rand() % 60, rand() % 200};
	}
	layout_place(l, l->area);
}

static void
mark(unsigned char *cells, struct rect r, struct rect area)
{
	for (int row = r.row; row < r.row + r.rows; row++)
		for (int col = r.col; col < r.col + r.cols; col++)
			cells[(row - area.row) * area.cols + col - area.col]++;
}

static bool
is_inside(struct rect r, struct rect area)
{
	return r.rows >= 0 && r.cols >= 0 && r.row >= area.row && r.col >= area.col &&
	       r.row + r.rows <= area.row + area.rows && r.col + r.cols <= area.col + area.cols;
}

/* Every cell of the area is a pane's or a column's, once. */
static bool
is_tiled(const struct layout *l, const struct model *m)
{
	size_t cells = (size_t)l->area.rows * (size_t)l->area.cols, covered = 0;
	unsigned char *counts = mem_alloc(cells + 1);
	bool inside = true;
	struct rect r;

	for (size_t i = 0; i < m->n; i++) {
		r = layout_rect(l, m->panes[i]);
		inside = inside && is_inside(r, l->area);
		if (inside)
			mark(counts, r, l->area);
	}
	for (size_t i = 0; inside && layout_column(l, i, &r); i++) {
		inside = is_inside(r, l->area);
		if (inside)
			mark(counts, r, l->area);
	}
	while (covered < cells && counts[covered] == 1)
		covered++;
	free(counts);
	return inside && covered == cells;
}

static bool
is_in_order(const struct layout *l, const struct model *m)
{
	if (l->n != m->n || layout_nth(l, m->n) != 0)
		return false;
	for (size_t i = 0; i < m->n; i++)
		if (layout_nth(l, i) != m->panes[i])
			return false;
	return true;
}

/* Where the same panes get the same cells, it is the same layout. */
static bool
is_kept(const struct layout *l)
{
	struct buf text = {0};
	struct layout copy;
	struct err err;
	bool same;

	layout_print(l, &text);
	same = layout_parse(&copy, buf_text(&text), &err);
	buf_release(&text);
	if (!same)
		return false;
	layout_place(&copy, l->area);
	for (size_t i = 0; i < l->n; i++) {
		struct rect a = layout_rect(l, layout_nth(l, i)), b = layout_rect(&copy, layout_nth(&copy, i));

		same = same && memcmp(&a, &b, sizeof(a)) == 0;
	}
	layout_release(&copy);
	return same;
}

static bool
all_have_a_cell(const struct layout *l, const struct model *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct rect r = layout_rect(l, m->panes[i]);

		if (!l->zoomed && (r.rows == 0 || r.cols == 0))
			return false;
	}
	return true;
}

static void
holds_whatever_is_done(void)
{
	struct model m = {.panes = {1}, .last = 1, .n = 1};
	struct layout l;

	srand(7);
	layout_init(&l, 1);
	layout_place(&l, screen);
	for (int i = 0; i < ROUNDS; i++) {
		change_at_random(&l, &m);
		HARNESS_CHECK(is_in_order(&l, &m), "round %d", i);
		HARNESS_CHECK(is_tiled(&l, &m), "round %d", i);
		HARNESS_CHECK(is_kept(&l), "round %d", i);
		HARNESS_CHECK(
		        all_have_a_cell(&l, &m) || l.area.rows < (int)m.n || l.area.cols < 2 * (int)m.n, "round %d", i);
	}
	layout_release(&l);
}

CU_TestInfo layout_tests[] = {
        {"splits and closes", splits_and_closes},
        {"finds neighbours", finds_neighbours},
        {"resizes", resizes},
        {"shares evenly", shares_evenly},
        {"moves borders", moves_borders},
        {"zooms", zooms},
        {"splits what fits", splits_what_fits},
        {"reads what it wrote", reads_what_it_wrote},
        {"refuses other texts", refuses_other_texts},
        {"has no 65th pane", has_no_65th_pane},
        {"forgets a strange zoom", forgets_a_strange_zoom},
        {"holds whatever is done", holds_whatever_is_done},
        CU_TEST_INFO_NULL,
};
