/*
 * vote.c - votes: saved once, and counted for each model.
 */
#include "store/vote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/harness.h"
#include "tests/store/place.h"
#include "tests/store/tests.h"

/* "tiny small" and the number of the winner, from 1; 0: none. */
static struct vote *
make(const char *models, long winner)
{
	struct vote *v = vote_new(1700000000000);

	while (*models) {
		size_t n = strcspn(models, ",");
		char *name = mem_strndup(models, n);

		vote_add(v, name);
		free(name);
		models += n + (models[n] == ',');
	}
	v->winner = winner > 0 ? winner - 1 : VOTE_NONE;
	return v;
}

static void
cast(struct history *h, const char *models, long winner)
{
	struct vote *v = make(models, winner);
	struct err err;

	CU_ASSERT(vote_save(h, v, &err));
	vote_free(v);
}

static void
expect(struct history *h, int64_t votes, const char *want)
{
	struct votes counted;
	struct buf rows = {0};
	struct err err;

	CU_ASSERT(votes_read(h, &counted, &err));
	CU_ASSERT(counted.votes == votes);
	for (size_t i = 0; i < counted.n; i++)
		buf_printf(&rows, "%s%s %lld/%lld", i > 0 ? ", " : "", counted.rows[i].model,
		        (long long)counted.rows[i].wins, (long long)counted.rows[i].comparisons);
	HARNESS_EQUAL(buf_text(&rows), want);
	buf_release(&rows);
	votes_release(&counted);
}

static void
are_counted(void)
{
	struct history *h;

	place_make();
	h = place_open();
	expect(h, 0, "");
	cast(h, "tiny,small", 1);
	expect(h, 1, "tiny 1/1, small 0/1");
	cast(h, "small,tiny,large", 3);
	cast(h, "large,small", 1);
	cast(h, "tiny,small", 0);
	expect(h, 4, "large 2/2, tiny 1/3, small 0/4");
	cast(h, "small,tiny", 1);
	expect(h, 5, "large 2/2, tiny 1/4, small 1/5");
	history_close(h);
}

/* Two replies of one model in the same comparison are one comparison and at most one win. */
static void
of_the_same_name_count_once(void)
{
	struct history *h;

	place_make();
	h = place_open();
	cast(h, "tiny,tiny", 2);
	cast(h, "tiny,tiny,small", 0);
	expect(h, 2, "tiny 1/2, small 0/1");
	history_close(h);
}

static void
are_there_once(void)
{
	struct vote *v = make("tiny,small", 2);
	struct history *h;
	struct err err;

	place_make();
	h = place_open();
	CU_ASSERT(vote_save(h, v, &err));
	CU_ASSERT(vote_save(h, v, &err));
	expect(h, 1, "small 1/1, tiny 0/1");
	place_expect(h, "SELECT count(*) || ' ' || max(place) FROM vote_model", "2 1");
	place_expect(h, "SELECT at || ' ' || winner FROM vote", "1700000000000 small");
	vote_free(v);
	history_close(h);
}

/* Whatever settings stand behind the name; a name that only begins so is another. */
static void
belong_to_a_model(void)
{
	static const struct {
		const char *model;
		bool took_part;
		int64_t wins;
	} rows[] = {{"tiny", true, 2}, {"tin", false, 0}, {"tiny-2", true, 0}, {"large", false, 0}, {"", false, 0}};
	struct votes votes;
	struct history *h;
	struct err err;

	place_make();
	h = place_open();
	cast(h, "tiny" VOTE_SETTINGS "temperature 0.2,tiny" VOTE_SETTINGS "nothing set", 1);
	cast(h, "tiny,tiny-2", 1);
	CU_ASSERT(votes_read(h, &votes, &err));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t wins;

		CU_ASSERT(votes_of(&votes, rows[i].model, &wins) == rows[i].took_part);
		CU_ASSERT(wins == rows[i].wins);
	}
	votes_release(&votes);
	history_close(h);
}

CU_TestInfo vote_tests[] = {
        {"are counted for each model", are_counted},
        {"of the same name count once", of_the_same_name_count_once},
        {"are there once", are_there_once},
        {"belong to a model", belong_to_a_model},
        CU_TEST_INFO_NULL,
};
