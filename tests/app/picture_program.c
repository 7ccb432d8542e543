/*
 * picture_program.c - flynn-picture as flynn runs it: what it does with pictures and with files made to do harm, and what flynn does
 * when something else is in its place.
 */
#include "system/picture_program.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/mem.h"
#include "tests/app/tests.h"
#include "tests/harness.h"
#include "text/picture_size.h"

enum {
	LIMIT_MS = 60000, /* on a machine that has much else to do */
	COLS = 40,
	ROWS = 10,
	GIF_FRAMES = 10000,
	CUT_EVERY = 64, /* bytes */
};

static struct attachment *
attach_bytes(const char *type, const void *bytes, size_t n)
{
	struct buf data = {0};

	buf_put(&data, bytes, n);
	return attachment_new(ATTACHMENT_IMAGE, "name", NULL, type, &data);
}

static struct attachment *
attach_file(const char *type, const char *name)
{
	char *path = harness_path(name), *bytes;
	struct attachment *a;
	size_t n;

	bytes = harness_read(path, &n);
	a = attach_bytes(type, bytes, n);
	free(bytes);
	free(path);
	return a;
}

static struct picture *
run_in(const char *program, struct attachment *takes, int colours, int limit_ms, struct err *err)
{
	char *path = mem_printf("%s/%s", getenv("FLYNN_BUILD"), program);
	struct picture_order order = {.attachment = takes, .cols = COLS, .rows = ROWS, .colours = colours};
	struct picture *p;

	*err = (struct err){.code = ERR_NONE};
	p = picture_program_run(path, &order, limit_ms, err);
	free(path);
	attachment_free(takes);
	return p;
}

/* False, and the test is skipped: it was not built. */
static bool
is_built(void)
{
	char *path = mem_printf("%s/flynn-picture", getenv("FLYNN_BUILD"));
	bool is_there = access(path, X_OK) == 0;

	free(path);
	if (!is_there)
		harness_skip("built without chafa or gdk-pixbuf");
	return is_there;
}

static struct picture *
decode(struct attachment *takes, int colours, struct err *err)
{
	return run_in("flynn-picture", takes, colours, LIMIT_MS, err);
}

/* The words, to be compared at once; "": a picture came. */
static const char *
refusal(struct attachment *takes)
{
	static struct err err;
	struct picture *p = decode(takes, 256, &err);

	picture_free(p);
	return p ? "" : err.text;
}

/* ---- pictures ---- */

static void
decodes_each_kind(void)
{
	static const struct {
		const char *type, *name;
		int cols, rows;
	} rows[] = {
	        {"image/png", "pictures/scene.png", 32, 10},
	        {"image/jpeg", "pictures/scene.jpg", 32, 10},
	        {"image/bmp", "pictures/scene.bmp", 32, 10},
	        {"image/gif", "pictures/two-frames.gif", 40, 10},
	};
	struct err err;

	for (size_t i = 0; is_built() && i < ARRAY_LEN(rows); i++) {
		struct picture *p = decode(attach_file(rows[i].type, rows[i].name), 256, &err);

		HARNESS_CHECK(p != NULL, "%s: %s", rows[i].name, err.text);
		if (p)
			HARNESS_CHECK(p->cols == rows[i].cols && p->rows == rows[i].rows, "%s: %dx%d", rows[i].name,
			        p->cols, p->rows);
		picture_free(p);
	}
}

/* Left of the middle the picture is red, right of it blue. */
static void
has_the_colours_of_the_terminal(void)
{
	static const struct {
		int colours, left, right;
	} rows[] = {{8, 1, 4}, {16, 9, 12}, {256, 196, 21}, {0, -1, -1}};
	struct err err;

	for (size_t i = 0; is_built() && i < ARRAY_LEN(rows); i++) {
		struct picture *p = decode(attach_file("image/png", "pictures/halves.png"), rows[i].colours, &err);

		CU_ASSERT_PTR_NOT_NULL_FATAL(p);
		HARNESS_CHECK(
		        p->cells[1].background == rows[i].left, "%d: %d", rows[i].colours, p->cells[1].background);
		HARNESS_CHECK(p->cells[p->cols - 2].background == rows[i].right, "%d: %d", rows[i].colours,
		        p->cells[p->cols - 2].background);
		picture_free(p);
	}
}

/* The file with what a camera says of how it was held (Exif 2.3, tag 274), from 1 to 8. */
static struct attachment *
attach_turned(int orientation)
{
	static const char exif[] = "\xff\xe1\0\x22"
	                           "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
	struct attachment *plain = attach_file("image/jpeg", "pictures/halves.jpg"), *turned;
	struct buf bytes = {0};

	buf_put(&bytes, plain->data, 2);
	buf_put(&bytes, exif, sizeof(exif) - 1);
	buf_putc(&bytes, (char)orientation);
	buf_put(&bytes, "\0\0\0\0\0\0\0", 7);
	buf_put(&bytes, plain->data + 2, plain->size - 2);
	turned = attach_bytes("image/jpeg", bytes.data, bytes.len);
	buf_release(&bytes);
	attachment_free(plain);
	return turned;
}

/* As the camera was held: the left half is red, and is on that side then. It has more pixels than are decoded. */
static void
turns_photographs_upright(void)
{
	static const struct {
		int orientation, cols;
		const char *red;
	} rows[] = {{1, 40, "left"}, {2, 40, "right"}, {3, 40, "right"}, {4, 40, "left"}, {5, 10, "top"},
	        {6, 10, "top"}, {7, 10, "bottom"}, {8, 10, "bottom"}, {0, 40, "left"}, {9, 40, "left"}};
	struct err err;

	for (size_t i = 0; is_built() && i < ARRAY_LEN(rows); i++) {
		struct picture *p = decode(attach_turned(rows[i].orientation), 256, &err);
		bool left, top;

		CU_ASSERT_PTR_NOT_NULL_FATAL(p);
		left = p->cells[(p->rows - 1) * p->cols].background == p->cells[0].background;
		top = p->cells[0].background == 196;
		HARNESS_CHECK(
		        p->cols == rows[i].cols && p->rows == 10, "%d: %dx%d", rows[i].orientation, p->cols, p->rows);
		HARNESS_EQUAL(left ? top ? "left" : "right" : top ? "top" : "bottom", rows[i].red);
		picture_free(p);
	}
}

static void
expect_cells_kept(struct attachment *takes)
{
	struct picture_size size;
	int cols = COLS, rows = ROWS;
	struct picture *p;
	struct err err;

	CU_ASSERT(picture_size_find(takes->data, takes->size, &size));
	picture_size_fit(&size, &cols, &rows);
	p = decode(takes, 256, &err);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	HARNESS_CHECK(p->cols == cols && p->rows == rows, "%dx%d, not %dx%d", p->cols, p->rows, cols, rows);
	picture_free(p);
}

/* So room can be kept for it: what the file says, scaled and turned or not, is what it takes. */
static void
takes_the_cells_that_were_kept_for_it(void)
{
	if (!is_built())
		return;
	expect_cells_kept(attach_file("image/png", "pictures/scene.png"));
	expect_cells_kept(attach_file("image/jpeg", "pictures/scene.jpg"));
	expect_cells_kept(attach_file("image/bmp", "pictures/scene.bmp"));
	expect_cells_kept(attach_file("image/gif", "pictures/two-frames.gif"));
	expect_cells_kept(attach_file("image/png", "pictures/48-megapixels.png"));
	expect_cells_kept(attach_turned(1));
	expect_cells_kept(attach_turned(6));
}

static void
decodes_many_pixels(void)
{
	if (is_built())
		HARNESS_EQUAL(refusal(attach_file("image/png", "pictures/48-megapixels.png")), "");
}

/* ---- files made to do harm ---- */

static void
refuses_cut_files(void)
{
	static const struct {
		const char *type, *name;
	} rows[] = {{"image/png", "pictures/scene.png"}, {"image/jpeg", "pictures/scene.jpg"},
	        {"image/bmp", "pictures/scene.bmp"}};

	for (size_t i = 0; is_built() && i < ARRAY_LEN(rows); i++) {
		struct attachment *whole = attach_file(rows[i].type, rows[i].name);
		size_t step = whole->size / 16 > CUT_EVERY ? whole->size / 16 : CUT_EVERY;

		for (size_t n = 1; n < whole->size; n += step) {
			const char *words = refusal(attach_bytes(rows[i].type, whole->data, n));

			HARNESS_CHECK(
			        strcmp(words, "the file is cut short") == 0, "%s, %zu: %s", rows[i].name, n, words);
		}
		attachment_free(whole);
	}
}

/* A number of four bytes in a copy of a file. */
static struct attachment *
with_number(const char *type, const char *name, size_t at, const char bytes[static 4])
{
	struct attachment *a = attach_file(type, name), *changed;

	memcpy(a->data + at, bytes, 4);
	changed = attach_bytes(type, a->data, a->size);
	attachment_free(a);
	return changed;
}

static void
refuses_sizes_before_it_decodes(void)
{
	static const struct {
		const char *type, *name, *words;
		size_t at;
		char size[4];
	} rows[] = {
	        {"image/gif", "pictures/two-frames.gif", "65535x65535 pixels are too many", 6, "\xff\xff\xff\xff"},
	        {"image/gif", "pictures/two-frames.gif", "it cannot be decoded", 6, "\0\0\0\0"},
	        {"image/png", "pictures/scene.png", "it cannot be decoded", 16, "\0\0\0\0"},
	        {"image/png", "pictures/scene.png", "it cannot be decoded", 16, "\xff\xff\xff\xff"},
	        {"image/bmp", "pictures/scene.bmp", "the file is cut short", 18, "\x60\xea\0\0"},
	        {"image/bmp", "pictures/scene.bmp", "the file is cut short", 14, "\0\0\0\x36"},
	        {"image/bmp", "pictures/scene.bmp", "the file is cut short", 10, "\0\0\0\x36"},
	        {"image/bmp", "pictures/scene.bmp", "it cannot be decoded", 18, "\0\0\0\0"},
	        {"image/bmp", "pictures/scene.bmp", "it cannot be decoded", 22, "\0\0\0\0"},
	};

	for (size_t i = 0; is_built() && i < ARRAY_LEN(rows); i++) {
		const char *words = refusal(with_number(rows[i].type, rows[i].name, rows[i].at, rows[i].size));

		HARNESS_CHECK(strncmp(words, rows[i].words, strlen(rows[i].words)) == 0, "row %zu: %s", i, words);
	}
}

static void
refuses_a_png_of_gigapixels(void)
{
	if (is_built())
		HARNESS_EQUAL(refusal(attach_file("image/png", "pictures/gigapixels.png")),
		        "60000x60000 pixels are too many");
}

static void
takes_the_first_of_many_frames(void)
{
	enum { HEAD = 19, FRAME = 23 };
	struct attachment *two = attach_file("image/gif", "pictures/two-frames.gif");
	struct buf many = {0};

	buf_put(&many, two->data, HEAD);
	for (int i = 0; i < GIF_FRAMES; i++)
		buf_put(&many, two->data + HEAD, FRAME);
	if (is_built())
		HARNESS_EQUAL(refusal(attach_bytes("image/gif", many.data, many.len)), "");
	attachment_free(two);
	buf_release(&many);
}

static void
refuses_other_types(void)
{
	if (!is_built())
		return;
	HARNESS_EQUAL(refusal(attach_bytes("image/svg+xml", "<svg/>", 6)), "image/svg+xml is not decoded here");
	HARNESS_EQUAL(refusal(attach_bytes("image/png", "GIF89a", 6)), "the file is cut short");
}

/* ---- what it may do itself ---- */

/* It waits for the rest of its input: what it has given up it has given up before. */
static pid_t
start_waiting(int *input)
{
	char *path = mem_printf("%s/flynn-picture", getenv("FLYNN_BUILD"));
	int ends[2], left = 1, inherited = open("/dev/null", O_RDONLY);
	pid_t pid;

	CU_ASSERT_FATAL(pipe(ends) == 0 && inherited >= 0);
	pid = fork();
	if (pid == 0) {
		dup2(ends[0], STDIN_FILENO);
		execl(path, path, "10", "10", "256", "image/png", (char *)NULL);
		_exit(1);
	}
	CU_ASSERT_FATAL(write(ends[1], "\x89", 1) == 1);
	while (left > 0 && waitpid(pid, NULL, WNOHANG) == 0)
		CU_ASSERT_FATAL(ioctl(ends[0], FIONREAD, &left) == 0);
	close(ends[0]);
	close(inherited);
	free(path);
	*input = ends[1];
	return pid;
}

static int
count_descriptors(pid_t pid)
{
	char *path = mem_printf("/proc/%d/fd", (int)pid);
	DIR *dir = opendir(path);
	int n = 0;

	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	free(path);
	return n - 2;
}

static void
read_limits(pid_t pid, struct buf *text)
{
	char *path = mem_printf("/proc/%d/limits", (int)pid), bytes[256];
	FILE *file = fopen(path, "r");
	size_t n;

	while (file && (n = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buf_put(text, bytes, n);
	if (file)
		fclose(file);
	free(path);
}

static void
gives_up_its_rights_first(void)
{
	static const char *const limits[] = {"\nMax cpu time              10 ", "\nMax file size             0 ",
	        "\nMax core file size        0 ", "\nMax open files            0 "};
	struct buf text = {0};
	int input;
	pid_t pid;

	if (!is_built() || access("/proc/self/limits", R_OK) != 0)
		return;
	pid = start_waiting(&input);
	CU_ASSERT_EQUAL(count_descriptors(pid), 3);
	read_limits(pid, &text);
	for (size_t i = 0; i < ARRAY_LEN(limits); i++)
		HARNESS_CHECK(strstr(buf_text(&text), limits[i]) != NULL, "%s in %s", limits[i], buf_text(&text));
	close(input);
	waitpid(pid, NULL, 0);
	buf_release(&text);
}

/* ---- something else in its place ---- */

static struct picture *
act(const char *what, int limit_ms, struct err *err)
{
	setenv("PICTURE_STAND_IN", what, 1);
	return run_in(
	        "tests/picture_stand_in", attach_file("image/png", "pictures/48-megapixels.png"), 16, limit_ms, err);
}

static void
believes_nothing(void)
{
	static const struct {
		const char *act, *words;
	} rows[] = {
	        {"frame", ""},
	        {"closes", "flynn-picture was ended by signal 9"},
	        {"garbage", "what flynn-picture said makes no sense"},
	        {"wide", "what flynn-picture said makes no sense"},
	        {"half", "what flynn-picture said makes no sense"},
	        {"more", "what flynn-picture said makes no sense"},
	        {"colours", "what flynn-picture said makes no sense"},
	        {"control", "what flynn-picture said makes no sense"},
	        {"killed", "flynn-picture was ended by signal 9"},
	        {"flood", "flynn-picture was ended by signal 13"},
	        {"complain", "\x1b[31mbroken\a"},
	        {"fail", "flynn-picture ended with status 7"},
	};
	struct err err;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct picture *p = act(rows[i].act, LIMIT_MS, &err);

		HARNESS_CHECK(!p == (*rows[i].words != '\0'), "%s", rows[i].act);
		HARNESS_CHECK(p || strcmp(err.text, rows[i].words) == 0, "%s: %s", rows[i].act, err.text);
		picture_free(p);
	}
}

static void
does_not_wait_for_ever(void)
{
	struct err err;

	CU_ASSERT_PTR_NULL(act("hang", 1, &err));
	CU_ASSERT_EQUAL(err.code, ERR_TIMEOUT);
	HARNESS_EQUAL(err.text, "it takes too long to decode");
}

static void
says_that_it_is_missing(void)
{
	struct err err;

	CU_ASSERT_PTR_NULL(run_in("tests/no-such-program", attach_bytes("image/png", "x", 1), 16, LIMIT_MS, &err));
	HARNESS_EQUAL(err.text, "flynn-picture is not installed");
	CU_ASSERT_PTR_NULL(run_in("Makefile", attach_bytes("image/png", "x", 1), 16, LIMIT_MS, &err));
	HARNESS_EQUAL(err.text, "flynn-picture cannot be started: Permission denied");
}

CU_TestInfo picture_program_tests[] = {
        {"each kind of picture is decoded, in its proportions", decodes_each_kind},
        {"in the colours that the terminal has", has_the_colours_of_the_terminal},
        {"each takes the cells that were kept for it", takes_the_cells_that_were_kept_for_it},
        {"photographs stand upright", turns_photographs_upright},
        {"one of 48 megapixels too", decodes_many_pixels},
        {"files that were cut are refused", refuses_cut_files},
        {"sizes that cannot be are refused before anything is decoded", refuses_sizes_before_it_decodes},
        {"so is a PNG of 3,600 megapixels", refuses_a_png_of_gigapixels},
        {"of 10,000 frames the first is taken", takes_the_first_of_many_frames},
        {"other types are not decoded", refuses_other_types},
        {"the decoder gives up its rights before the first byte", gives_up_its_rights_first},
        {"whatever a program says in its place is an error, or a picture", believes_nothing},
        {"a program that does not end is killed", does_not_wait_for_ever},
        {"a program that is not there is an error", says_that_it_is_missing},
        CU_TEST_INFO_NULL,
};
