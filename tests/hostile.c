/*
 * hostile.c - the characters are made from ranges, the sequences are a table.
 */
#include "tests/hostile.h"

#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"

static const struct {
	uint32_t first, last;
} ranges[] = {
        {0x01, 0x1f},     /* C0 */
        {0x7f, 0x9f},     /* DEL, C1 */
        {0x61c, 0x61c},   /* ARABIC LETTER MARK */
        {0x200b, 0x200b}, /* ZERO WIDTH SPACE */
        {0x200e, 0x200f}, /* LRM, RLM */
        {0x2028, 0x202e}, /* line and paragraph separator, embeddings and overrides */
        {0x2060, 0x2064}, /* WORD JOINER and other invisible ones */
        {0x2066, 0x206f}, /* isolates, and deprecated controls */
        {0xfeff, 0xfeff}, /* BOM */
        {0xfff9, 0xfffb}, /* interlinear annotation */
        {0xe0001, 0xe0001},
};

static const char *const sequences[] = {
        "\x1b[6n",
        "\x1b[2J",
        "\x1b[?1049l",
        "\x1b[31m",
        "\x1b[5;5H",
        "\x1b]0;title\x07",
        "\x1b]52;c;Zmx5bm4=\x1b\\",
        "\x1b]8;;http://example.org/\x1b\\",
        "\x1bP$qm\x1b\\",
        "\x1bP+q544e\x1b\\",
        "\x1b_apc\x1b\\",
        "\x1b^pm\x1b\\",
        "\x1bXsos\x1b\\",
        "\x1b"
        "c",
        "\x1b#8",
        "\x1b(0",
        "\xc2\x9b"
        "6n",
        "\xc2\x9d"
        "0;title\xc2\x9c",
        "\xc2\x90$qm\xc2\x9c",
        "\x1b[\x1b[6n",
        "\x0e\x0f",
        "\r\x08\x08",
};

static void
put_point_json(struct buf *out, uint32_t point)
{
	if (point >= 0x10000)
		buf_printf(
		        out, "\\u%04x\\u%04x", 0xd800 + (point - 0x10000) / 0x400, 0xdc00 + (point - 0x10000) % 0x400);
	else if (point == '"' || point == '\\' || point < ' ' || point > '~')
		buf_printf(out, "\\u%04x", point);
	else
		buf_putc(out, (char)point);
}

static void
put_point_quoted(struct buf *out, uint32_t point)
{
	char bytes[4];
	size_t n = utf8_encode(point, bytes);

	for (size_t i = 0; i < n; i++)
		buf_printf(out, "\\x%02x", (unsigned char)bytes[i]);
}

static void
put_sequence(struct buf *out, const char *text, void (*put)(struct buf *, uint32_t))
{
	for (size_t at = 0, len = strlen(text); at < len;) {
		uint32_t point;

		at += utf8_decode(text + at, len - at, &point);
		put(out, point);
	}
}

/* Every HOSTILE_PARTS-th from the one with this number on, or all when it is negative. */
static void
put_some(struct buf *out, const char *begin, const char *end, int part, void (*put)(struct buf *, uint32_t))
{
	int n = 0;

	buf_puts(out, begin);
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		for (uint32_t point = ranges[i].first; point <= ranges[i].last; point++)
			if (part < 0 || n++ % HOSTILE_PARTS == part) {
				put(out, point);
				put(out, 'z');
			}
	for (size_t i = 0; i < ARRAY_LEN(sequences); i++)
		if (part < 0 || n++ % HOSTILE_PARTS == part)
			put_sequence(out, sequences[i], put);
	buf_puts(out, end);
}

void
hostile_json(struct buf *out, const char *begin, const char *end)
{
	put_some(out, begin, end, -1, put_point_json);
}

void
hostile_json_part(struct buf *out, const char *begin, const char *end, int part)
{
	put_some(out, begin, end, part, put_point_json);
}

void
hostile_quoted(struct buf *out, const char *begin, const char *end)
{
	put_some(out, begin, end, -1, put_point_quoted);
}

bool
hostile_point(uint32_t point)
{
	for (size_t i = 0; i < ARRAY_LEN(ranges); i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return point == 0;
}

uint32_t
hostile_find(const char *text, size_t n)
{
	for (size_t at = 0; at < n;) {
		uint32_t point;
		size_t len = utf8_decode(text + at, n - at, &point);

		if (hostile_point(point) || (point == 0xfffd && len == 1))
			return point;
		at += len > 0 ? len : 1;
	}
	return 0;
}
