/*
 * wrap.c - one line at a time: go forward by clusters, remember the last place where the line may end, stop at the
 * cluster that does not fit. A line once followed by another stays as it is whatever comes later; only the last is
 * open.
 */
#include "text/wrap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "text/cluster.h"

void
wrap_init(struct wrap *w, int width)
{
	*w = (struct wrap){.width = width < 1 ? 1 : width};
}

void
wrap_release(struct wrap *w)
{
	free(w->lines);
	wrap_init(w, w->width);
}

static void
add_line(struct wrap *w, size_t start, size_t len)
{
	if (w->n == w->space) {
		w->space = w->space * 2 + 8;
		w->lines = mem_realloc(w->lines, w->space * sizeof(*w->lines));
	}
	w->lines[w->n++] = (struct wrap_line){start, len};
}

/* A flag stands as two letters and is no wide character: it would become one by its second half only. */
static bool
is_wide(const struct cluster *cluster)
{
	return cluster->width == 2 && (unsigned char)cluster->drawn[0] >= 0x80;
}

/* Punctuation that closes, and so must not begin a line, with or without marks on it. */
static bool
is_closing(const struct cluster *cluster)
{
	static const char *const closing[] = {
	        "、",
	        "。",
	        "，",
	        "．",
	        "：",
	        "；",
	        "！",
	        "？",
	        "）",
	        "］",
	        "｝",
	        "」",
	        "』",
	        "】",
	        "〉",
	        "》",
	        "〕",
	        "ー",
	};

	for (size_t i = 0; i < ARRAY_LEN(closing); i++)
		if (strncmp(cluster->drawn, closing[i], strlen(closing[i])) == 0)
			return true;
	return false;
}

/* A line on its way. */
struct scan {
	size_t at;          /* everything before it is on the line */
	int used;           /* cells */
	bool word, wide;    /* a word has begun; the last cluster was wide */
	bool blank;         /* the last cluster was one */
	size_t end, resume; /* where it may end, and the next then begins; resume 0: nowhere */
};

static void
may_end(struct scan *scan, size_t end, size_t resume)
{
	scan->end = end;
	scan->resume = resume;
}

static void
take_blank(struct scan *scan)
{
	if (scan->word)
		may_end(scan, scan->blank ? scan->end : scan->at, scan->at + 1);
	scan->blank = scan->word;
	scan->at++;
	scan->used++;
	scan->wide = false;
}

/* False: it does not fit. */
static bool
take_cluster(struct scan *scan, const struct cluster *cluster, int width)
{
	bool wide = is_wide(cluster);

	if (scan->word && !scan->blank && (wide || scan->wide) && !is_closing(cluster))
		may_end(scan, scan->at, scan->at);
	if (scan->used + cluster->width > width)
		return false;
	scan->at += cluster->len;
	scan->used += cluster->width;
	scan->word = true;
	scan->blank = false;
	scan->wide = wide;
	return true;
}

/* The same for one that is a printable ASCII character and no blank: most are. */
static bool
take_plain(struct scan *scan, int width)
{
	if (scan->wide && scan->word && !scan->blank)
		may_end(scan, scan->at, scan->at);
	if (scan->used >= width)
		return false;
	scan->at++;
	scan->used++;
	scan->word = true;
	scan->blank = scan->wide = false;
	return true;
}

/* What is not a space and no line feed. `taken`: its bytes, whether it fits or not. */
static bool
take_any(struct scan *scan, const char *text, size_t n, int width, size_t *taken)
{
	struct cluster cluster;

	*taken = 1;
	if (cluster_plain(text, n))
		return take_plain(scan, width);
	cluster = cluster_read(text, n);
	*taken = cluster.len;
	return take_cluster(scan, &cluster, width);
}

size_t
wrap_next(const char *text, size_t n, size_t start, int width, size_t *len)
{
	struct scan scan = {.at = start};

	while (scan.at < n) {
		size_t taken;

		if (text[scan.at] == '\n') {
			*len = scan.at - start;
			return scan.at + 1;
		}
		if (text[scan.at] == ' ' && cluster_length(text + scan.at, n - scan.at) == 1) {
			take_blank(&scan);
			continue;
		}
		if (take_any(&scan, text + scan.at, n - scan.at, width, &taken))
			continue;
		if (!scan.resume) {
			/* A word of more than a line; a cluster wider than the line has one to itself. */
			if (scan.at == start)
				scan.at += taken;
			may_end(&scan, scan.at, scan.at);
			if (scan.at == n)
				break;
		}
		*len = scan.end - start;
		return scan.resume;
	}
	*len = n - start;
	return n + 1;
}

size_t
wrap_next_hard(const char *text, size_t n, size_t start, int width, size_t *len)
{
	*len = cluster_fit(text + start, n - start, width);
	if (*len == 0 && start < n)
		*len = cluster_length(text + start, n - start);
	return start + *len < n ? start + *len : n + 1;
}

void
wrap_text(struct wrap *w, const char *text, size_t n)
{
	size_t start = 0;

	if (w->n > 0)
		start = w->lines[--w->n].start;
	while (start <= n) {
		size_t len, next = wrap_next(text, n, start, w->width, &len);

		add_line(w, start, len);
		start = next;
	}
}

size_t
wrap_line_of(const struct wrap *w, size_t at)
{
	size_t low = 0, high = w->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (w->lines[middle].start <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}
