/*
 * ledger.c - every look counts all words again, and compares. So what is lost, doubled or changed long after it was written
 * is noticed too.
 */
#include "tests/torture/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/prompts.h"
#include "tests/torture/base.h"
#include "tests/torture/report.h"

/* Words found of one flynn. */
struct tally {
	/* How often each: in messages; in drafts; whether it can be recalled as one. */
	unsigned char sent[WORD_MAX], drafts[WORD_MAX], recalled[WORD_MAX];
	int replies[WORD_REPLIES], thoughts[WORD_REPLIES];
	int messages[WORD_REPLIES]; /* how often each reply */
};

struct entry {
	int round;
	char who;
	struct subject *subject; /* until it is settled */
	bool entered[WORD_MAX];  /* Enter was pressed behind it, and it was no draft any more at the end */
	struct tally kept, found;
	int typed;     /* words kept */
	bool may_grow; /* until all have closed the file: see compare */
};

struct ledger {
	const char *prompts;
	struct entry *entries;
	size_t n, space;
	int limit_ms;
	struct ledger_counts counts;
};

struct ledger *
ledger_new(const char *prompts, int limit_ms)
{
	struct ledger *l = mem_alloc(sizeof(*l));

	l->prompts = prompts;
	l->limit_ms = limit_ms;
	return l;
}

void
ledger_free(struct ledger *l)
{
	free(l->entries);
	free(l);
}

void
ledger_enter(struct ledger *l, struct subject *s)
{
	if (l->n == l->space) {
		l->space = l->space * 2 + 64;
		l->entries = mem_realloc(l->entries, l->space * sizeof(*l->entries));
	}
	l->entries[l->n++] = (struct entry){.round = s->round, .who = s->who, .subject = s};
}

struct ledger_counts
ledger_counts(const struct ledger *l)
{
	return l->counts;
}

/* ---- reading ---- */

/* Rounds ascend. */
static int
by_round(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->round != y->round ? x->round - y->round : x->who - y->who;
}

static struct entry *
entry_of(struct ledger *l, const struct word *w)
{
	struct entry key = {.round = w->round, .who = w->who};
	struct entry *e = l->n > 0 ? bsearch(&key, l->entries, l->n, sizeof(*l->entries), by_round) : NULL;

	if (!e)
		report_failure("a word of round %d, %c, which never was", w->round, w->who);
	return e;
}

/* The counts of one place. */
enum place {
	IN_MESSAGES,
	IN_DRAFTS,
	IN_PROMPTS,
};

static void
take_typed(struct ledger *l, const char *text, enum place place)
{
	struct word w;

	while ((text = word_next(text, &w)) != NULL) {
		struct entry *e = w.kind == WORD_TYPED && w.index <= WORD_MAX ? entry_of(l, &w) : NULL;

		if (!e)
			continue;
		if (place == IN_MESSAGES)
			e->found.sent[w.index - 1]++;
		else if (place == IN_DRAFTS)
			e->found.drafts[w.index - 1]++;
		else
			e->found.recalled[w.index - 1] = 1;
	}
}

/* How many words this text of a reply has, which must be the first ones of it and nothing else. */
static int
count_words(const char *text, struct word first)
{
	struct buf want = {0};
	struct word w = first;
	int n = 0;

	for (const char *at = text; (at = word_next(at, &w)) != NULL;)
		n++;
	word_put_row(&want, first, n);
	if (strcmp(text, buf_text(&want)) != 0)
		report_failure("not the beginning of the reply that was sent: \"%.60s\"", text);
	buf_release(&want);
	return n;
}

static void
take_reply(struct ledger *l, const char *content, const char *reasoning)
{
	struct word w;
	struct entry *e;

	if (!word_next(*reasoning ? reasoning : content, &w)) {
		if (*content || *reasoning)
			report_failure("a reply that nobody sent: \"%.60s\"", content);
		return;
	}
	if (w.number < 1 || w.number > WORD_REPLIES || !(e = entry_of(l, &w)))
		return;
	w.kind = WORD_REPLY;
	e->found.replies[w.number - 1] = count_words(content, w);
	w.kind = WORD_THOUGHT;
	e->found.thoughts[w.number - 1] = count_words(reasoning, w);
	if (++e->found.messages[w.number - 1] > 1)
		report_failure("reply %d of round %d is there twice", w.number, w.round);
}

/* role, content, reasoning, the role before, state, owned */
static void
take_message(void *arg, sqlite3_stmt *s)
{
	struct ledger *l = arg;
	const char *role = base_text(s, 0), *content = base_text(s, 1);
	struct word w;

	l->counts.messages++;
	l->counts.bytes += (long)strlen(content);
	if (word_parse(content, &w) > 0 && w.kind == WORD_IMPORTED)
		return;
	if (strcmp(role, "user") == 0) {
		take_typed(l, content, IN_MESSAGES);
		return;
	}
	if (strcmp(base_text(s, 3), "user") != 0)
		report_failure("a reply to nothing: \"%.60s\"", content);
	take_reply(l, content, base_text(s, 2));
}

static void
take_draft(void *arg, sqlite3_stmt *s)
{
	take_typed(arg, base_text(s, 0), IN_DRAFTS);
}

static const char all_messages[] = "SELECT m.role,"
                                   "  m.content || coalesce((SELECT group_concat(content, '') FROM"
                                   "    (SELECT content FROM journal WHERE message = m.id ORDER BY at)), ''),"
                                   "  m.reasoning || coalesce((SELECT group_concat(reasoning, '') FROM"
                                   "    (SELECT reasoning FROM journal WHERE message = m.id ORDER BY at)), ''),"
                                   "  p.role"
                                   "  FROM message m LEFT JOIN message p ON p.id = m.parent";

static void
take_prompts(struct ledger *l)
{
	size_t n;
	char **prompts = prompts_read(l->prompts, &n);

	for (size_t i = 0; i < n; i++) {
		take_typed(l, prompts[i], IN_PROMPTS);
		free(prompts[i]);
	}
	free(prompts);
}

static void
read_all(struct ledger *l, struct history *h)
{
	for (size_t i = 0; i < l->n; i++)
		l->entries[i].found = (struct tally){.messages = {0}};
	l->counts.messages = 0;
	l->counts.bytes = 0;
	base_rows(h, all_messages, take_message, l);
	base_rows(h, "SELECT draft FROM conversation", take_draft, l);
	base_rows(h, "SELECT value FROM setting WHERE key LIKE 'draft%'", take_draft, l);
	take_prompts(l);
}

/* ---- judging ---- */

/* A draft that another one took the place of can be recalled with the prompts that were sent; these are forgotten in the
 * end. */
static int
times_there(const struct entry *e, int i)
{
	int n = e->found.sent[i] + e->found.drafts[i];
	bool was_recalled = !e->subject && e->kept.recalled[i] && !e->kept.drafts[i];
	bool was_sent = e->entered[i] || e->kept.sent[i];

	if (n == 0 && !was_sent && (e->found.recalled[i] || was_recalled))
		return 1;
	return n;
}

/* Words typed, without a gap, each once. */
static int
count_typed(const struct entry *e)
{
	int n = 0;

	while (n < WORD_MAX && times_there(e, n) > 0)
		n++;
	for (int i = 0; i < WORD_MAX; i++) {
		if (times_there(e, i) > 1)
			report_failure("word %d typed in round %d%c is there %d times", i + 1, e->round, e->who,
			        times_there(e, i));
		if (i > n && times_there(e, i) > 0)
			report_failure("word %d typed in round %d%c is there, but not word %d", i + 1, e->round, e->who,
			        n + 1);
	}
	return n;
}

/* A text of which `kept` words were found when its flynn had ended. */
static void
judge(struct ledger *l, const struct entry *e, const struct sight *sight, int kept, const char *what, int number)
{
	int behind = kept < sight->n ? (int)(e->subject->end_ms - sight->seen_ms[kept]) : 0;

	l->counts.words += sight->n;
	if (kept >= sight->n)
		return;
	l->counts.lost += sight->n - kept;
	if (e->subject->has_quit)
		report_failure("%s %d of %d%c: %d words of %d are there, though flynn quit by itself", what, number,
		        e->round, e->who, kept, sight->n);
	else if (behind > l->limit_ms)
		report_failure("%s %d of %d%c: %d words of %d are there, the next one was on the screen for %d ms",
		        what, number, e->round, e->who, kept, sight->n, behind);
	if (!e->subject->has_quit && behind > l->counts.worst_ms)
		l->counts.worst_ms = behind;
}

static void
settle(struct ledger *l, struct entry *e)
{
	const struct subject *s = e->subject;

	memcpy(e->entered, s->entered, sizeof(e->entered));
	judge(l, e, &s->seen, count_typed(e), "input", 0);
	for (int i = 0; i < WORD_REPLIES; i++) {
		judge(l, e, &s->replies[i], e->found.replies[i], "reply", i + 1);
		judge(l, e, &s->thoughts[i], e->found.thoughts[i], "reasoning", i + 1);
	}
	for (int i = 0; i < WORD_MAX; i++)
		e->entered[i] &= e->found.drafts[i] == 0;
	e->typed = count_typed(e);
	e->kept = e->found;
	e->subject = NULL;
}

static bool
changed(int before, int now, bool may_grow)
{
	return may_grow ? now < before : now != before;
}

/* Tells once what changed. More may be there only where the look that settled this flynn found another one beside it, and only until
 * that one has been killed too: then the save in whose midst this one was killed is found (tests/store/cut_save.c shows when). */
static void
compare(struct entry *e)
{
	int typed = count_typed(e);

	if (changed(e->typed, typed, e->may_grow))
		report_failure("of what was typed in round %d%c %d words were there, and now %d", e->round, e->who,
		        e->typed, typed);
	e->typed = typed;
	for (int i = 0; i < WORD_REPLIES; i++)
		if (changed(e->kept.replies[i], e->found.replies[i], e->may_grow) ||
		        changed(e->kept.thoughts[i], e->found.thoughts[i], e->may_grow) ||
		        changed(e->kept.messages[i], e->found.messages[i], e->may_grow))
			report_failure("reply %d of round %d%c is no longer what it was: %d words, not %d", i + 1,
			        e->round, e->who, e->found.replies[i], e->kept.replies[i]);
	e->kept = e->found;
}

static bool
is_running(const struct entry *e)
{
	return e->subject && !e->subject->end_ms;
}

static bool
any_runs(const struct ledger *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (is_running(&l->entries[i]))
			return true;
	return false;
}

void
ledger_look(struct ledger *l, struct history *h)
{
	bool runs = any_runs(l);

	base_begin(h);
	base_check(h);
	read_all(l, h);
	base_end(h);
	for (size_t i = 0; i < l->n; i++) {
		struct entry *e = &l->entries[i];

		if (!e->subject) {
			compare(e);
			e->may_grow = e->may_grow && runs;
		} else if (e->subject->end_ms) {
			e->may_grow = runs && !e->subject->has_quit;
			settle(l, e);
		}
	}
}
