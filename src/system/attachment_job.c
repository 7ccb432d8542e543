/*
 * attachment_job.c - a work for the thread, which is the UI thread's again once the errand has ended.
 */
#include "system/attachment_job.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "system/attachment_file.h"
#include "base/errand.h"

/* The thread's while it runs. */
struct work {
	void (*run)(struct work *);
	char *text, *home;
	struct attachment_limits limits;
	struct attachments known;
	struct path_list words, names;
	struct attachment_result *results;
	size_t n;
};

struct attachment_job {
	struct errand *errand; /* NULL: it has ended */
	struct work *work;     /* ours from then on */
};

/* ---- on the thread ---- */

static void
add_result(struct work *w, struct attachment_result r)
{
	w->results = mem_realloc(w->results, (w->n + 1) * sizeof(*w->results));
	w->results[w->n++] = r;
}

static void
add_read(struct work *w, const char *path)
{
	struct attachment_result r = {.news = ATTACHMENT_NEWS_READ};

	r.read = attachment_file_read(path, &w->limits, &r.why);
	if (!r.read)
		r.news = ATTACHMENT_NEWS_REFUSED;
	add_result(w, r);
}

static void
read_words(struct work *w)
{
	struct attachment_result refused = {.news = ATTACHMENT_NEWS_REFUSED};
	struct path_list paths = {.n = 0};

	if (path_words_expand(w->text, w->home, &paths, &refused.why))
		for (size_t i = 0; i < paths.n; i++)
			add_read(w, paths.paths[i]);
	else
		add_result(w, refused);
	path_list_release(&paths);
}

/* Whoever attached it knows the folder. */
static void
shorten(struct err *why, const struct attachment *a)
{
	size_t folder = (size_t)(strrchr(a->path, '/') + 1 - a->path);

	if (strncmp(why->text, a->path, folder) == 0)
		memmove(why->text, why->text + folder, strlen(why->text + folder) + 1);
}

static void
look_again(struct work *w, const struct attachment *a)
{
	enum attachment_file_state state = a->path ? attachment_file_look(a) : ATTACHMENT_SAME;

	if (state == ATTACHMENT_CHANGED) {
		add_read(w, a->path);
		shorten(&w->results[w->n - 1].why, a);
	} else {
		add_result(w, (struct attachment_result){
		                      .news = state == ATTACHMENT_GONE ? ATTACHMENT_NEWS_LOST : ATTACHMENT_NEWS_SAME});
	}
}

static bool
is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Without the signs of the sentence that it ends, or of the brackets that it stands in. */
static void
read_word(struct work *w, const char *word)
{
	char *path = path_plain(word, word[0] == '~', w->home);
	size_t n = strlen(path);

	while (n > 0 && !is_file(path) && strchr(".,;:!?)]}>\"'", path[n - 1]))
		path[--n] = '\0';
	if (n > 0 && is_file(path))
		add_read(w, path);
	else
		add_result(w, (struct attachment_result){.news = ATTACHMENT_NEWS_NO_FILE});
	free(path);
}

static void
look_at_all(struct work *w)
{
	for (size_t i = 0; i < w->known.n; i++)
		look_again(w, w->known.items[i]);
	for (size_t i = 0; i < w->words.n; i++)
		read_word(w, w->words.paths[i]);
}

static void
find_names(struct work *w)
{
	char *path = path_plain(w->text, w->text[0] == '~', w->home);

	path_names(path, &w->names);
	free(path);
}

static void
run(void *work)
{
	struct work *w = work;

	w->run(w);
}

static void
release(void *work)
{
	struct work *w = work;

	for (size_t i = 0; i < w->n; i++)
		attachment_free(w->results[i].read);
	free(w->results);
	attachments_release(&w->known);
	path_list_release(&w->words);
	path_list_release(&w->names);
	free(w->text);
	free(w->home);
	free(w);
}

/* ---- on the UI thread ---- */

static struct work *
new_work(void (*what)(struct work *), const char *text)
{
	struct work *w = mem_alloc(sizeof(*w));
	const char *home = getenv("HOME");

	w->run = what;
	w->text = mem_strdup(text);
	w->home = home && home[0] == '/' ? mem_strdup(home) : NULL;
	return w;
}

/* Takes the work. */
static struct attachment_job *
start(struct work *w, struct err *err)
{
	static const struct errand_kind kind = {run, release};
	struct errand *errand = errand_start(&kind, w, err);
	struct attachment_job *job;

	if (!errand) {
		release(w);
		return NULL;
	}
	job = mem_alloc(sizeof(*job));
	job->errand = errand;
	return job;
}

struct attachment_job *
attachment_job_read(const char *words, const struct attachment_limits *limits, struct err *err)
{
	struct work *w = new_work(read_words, words);

	w->limits = *limits;
	return start(w, err);
}

struct attachment_job *
attachment_job_look(const struct attachments *known, const struct path_list *words,
        const struct attachment_limits *limits, struct err *err)
{
	struct work *w = new_work(look_at_all, "");

	w->limits = *limits;
	attachments_add_all(&w->known, known);
	for (size_t i = 0; i < words->n; i++)
		path_list_add(&w->words, words->paths[i]);
	return start(w, err);
}

struct attachment_job *
attachment_job_names(const char *path, struct err *err)
{
	return start(new_work(find_names, path), err);
}

void
attachment_job_free(struct attachment_job *job)
{
	if (!job)
		return;
	errand_leave(job->errand);
	if (job->work)
		release(job->work);
	free(job);
}

int
attachment_job_fd(const struct attachment_job *job)
{
	return job->errand ? errand_fd(job->errand) : -1;
}

bool
attachment_job_end(struct attachment_job *job)
{
	if (job->errand && errand_has_ended(job->errand)) {
		job->work = errand_finish(job->errand);
		job->errand = NULL;
	}
	return !job->errand;
}

struct attachment_result *
attachment_job_results(struct attachment_job *job, size_t *n)
{
	*n = job->work->n;
	return job->work->results;
}

const struct path_list *
attachment_job_found(const struct attachment_job *job)
{
	return &job->work->names;
}
