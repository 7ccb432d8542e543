/*
 * copy_job.c - a block that is found and copied in steps is the one that the text says; and no step does much of it.
 */
#include "app/copy_job.h"

#include <string.h>

#include "base/compiler.h"
#include "chat/message.h"
#include "tests/app/tests.h"
#include "tests/harness.h"
#include "text/fence.h"

enum {
	LONG = 3 * 1024 * 1024,
	STEP_MOST = 512 * 1024, /* bytes that one may read */
};

static const struct kind {
	const char *name, *begin, *again, *end;
	size_t which;
} kinds[] = {
        {"long", "```\na\n```\n```c\n", "\tint a;\n", "```\nafter", 2},
        {"behind a long one", "```c\n", "\tint a;\n", "```\n~~~\nb\n~~~", 2},
        {"before a long one", "```\na\n```\n```c\n", "\tint a;\n", "```\n", 1},
        {"quoted", "> - ```\n", ">   a\n>\n", ">   ```\n", 1},
        {"never closed", "```\n", "x\n", "y", 1},
        {"one line", "```\n", "0123456789", "\n```\n", 1},
        {"without code", "", "some words\n\n", "", 1},
        {"among many", "", "```\na\n```\n", "```\nb\n\n", 1000},
};

static struct conversation *
conversation_of(const struct kind *kind)
{
	struct conversation *c = conversation_new("Be brief.");
	struct buf text = {0};
	struct message *m;

	buf_puts(&text, kind->begin);
	while (text.len < LONG)
		buf_puts(&text, kind->again);
	buf_puts(&text, kind->end);
	m = conversation_add(c, NULL, CHAT_USER, "Go");
	m = conversation_add(c, m, CHAT_ASSISTANT, text.data);
	m->state = MESSAGE_COMPLETE;
	buf_release(&text);
	return c;
}

static size_t
read_so_far(const struct copy_job *j)
{
	return j->blocks.now.at + (j->begun ? j->from.at : 0) + j->code.len;
}

/* Steps until it is over; how many bytes one reads. */
static enum copy_job_state
run_steps(struct copy_job *j, struct conversation *c, const char *name)
{
	const struct message *m = conversation_leaf(c);
	enum copy_job_state state;

	for (int steps = 0; steps < 1000; steps++) {
		size_t before = read_so_far(j);
		bool begun = j->begun;

		state = copy_job_step(j, c);
		HARNESS_CHECK(begun != j->begun || read_so_far(j) - before <= 2 * STEP_MOST ||
		                      !memchr(m->content.data + 4, '\n', LONG / 2),
		        "%s: %zu bytes in a step", name, read_so_far(j) - before);
		if (state != COPY_JOB_MORE)
			return state;
	}
	return COPY_JOB_MORE;
}

static void
check_code(const struct copy_job *j, const struct message *m, const struct kind *kind)
{
	struct buf want = {0};
	size_t n;
	bool found = fences_code(m->content.data, m->content.len, kind->which, &want, &n);

	HARNESS_CHECK(found && j->code.len == want.len && memcmp(buf_text(&j->code), buf_text(&want), want.len) == 0,
	        "%s: %zu bytes, not %zu", kind->name, j->code.len, want.len);
	HARNESS_CHECK(j->blocks.now.n == n, "%s: %zu blocks, not %zu", kind->name, j->blocks.now.n, n);
	buf_release(&want);
}

static void
copies_what_the_text_says(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct conversation *c = conversation_of(&kinds[i]);
		const struct message *m = conversation_leaf(c);
		struct copy_job *j = copy_job_new(m, kinds[i].which);
		enum copy_job_state state;

		CU_ASSERT_EQUAL(copy_job_step(j, c), COPY_JOB_MORE);
		state = run_steps(j, c, kinds[i].name);
		HARNESS_CHECK(state == (kinds[i].again[0] == 's' ? COPY_JOB_NONE : COPY_JOB_DONE), "%s: state %d",
		        kinds[i].name, (int)state);
		if (state == COPY_JOB_DONE)
			check_code(j, m, &kinds[i]);
		copy_job_free(j);
		conversation_free(c);
	}
}

static void
copies_from_where_it_is_told(void)
{
	struct conversation *c = conversation_of(&kinds[0]);
	const struct message *m = conversation_leaf(c);
	struct copy_job *j = copy_job_new(m, 2);
	struct fences from = {0};
	size_t start, end;

	CU_ASSERT(fences_place(m->content.data, m->content.len, 2, &start, &end));
	copy_job_begin(j, &from, end, 2);
	CU_ASSERT_EQUAL(run_steps(j, c, "told"), COPY_JOB_DONE);
	check_code(j, m, &kinds[0]);
	copy_job_free(j);
	conversation_free(c);
}

static void
copies_a_conversation(void)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i += harness_stride()) {
		struct conversation *c = conversation_of(&kinds[i]);
		struct buf want = {0};
		struct copy_job *j;
		size_t before = 0, most = 0;

		for (int k = 0; k < 1000; k++)
			conversation_add(c, conversation_leaf(c), CHAT_USER, "```\nshort");
		markdown_put_conversation(c, &want);
		j = copy_job_of_all(c);
		while (copy_job_step(j, c) == COPY_JOB_MORE && j->code.len <= want.len) {
			most = j->code.len - before > most ? j->code.len - before : most;
			before = j->code.len;
		}
		HARNESS_CHECK(j->code.len == want.len && memcmp(j->code.data, want.data, want.len) == 0,
		        "%s: %zu bytes, not %zu", kinds[i].name, j->code.len, want.len);
		HARNESS_CHECK(most > 0 && most <= STEP_MOST, "%s: %zu in a step", kinds[i].name, most);
		copy_job_free(j);
		buf_release(&want);
		conversation_free(c);
	}
}

static void
ends_with_its_message(void)
{
	struct conversation *c = conversation_of(&kinds[0]), *other = conversation_new(NULL);
	struct message *m = conversation_leaf(c);
	struct copy_job *j = copy_job_new(m, 1), *all = copy_job_of_all(c);

	CU_ASSERT_EQUAL(copy_job_step(j, c), COPY_JOB_MORE);
	CU_ASSERT_EQUAL(copy_job_step(all, c), COPY_JOB_MORE);
	CU_ASSERT_EQUAL(copy_job_step(j, other), COPY_JOB_GONE);
	conversation_add(c, m, CHAT_USER, "more");
	CU_ASSERT_EQUAL(copy_job_step(j, c), COPY_JOB_MORE);
	CU_ASSERT_EQUAL(copy_job_step(all, c), COPY_JOB_GONE);
	m->moves++;
	CU_ASSERT_EQUAL(copy_job_step(j, c), COPY_JOB_GONE);
	copy_job_free(j);
	copy_job_free(all);
	conversation_free(c);
	conversation_free(other);
}

CU_TestInfo copy_job_tests[] = {
        {"copies what the text says", copies_what_the_text_says},
        {"copies from where it is told", copies_from_where_it_is_told},
        {"copies a conversation", copies_a_conversation},
        {"ends with its message", ends_with_its_message},
        CU_TEST_INFO_NULL,
};
