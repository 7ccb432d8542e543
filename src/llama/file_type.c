/*
 * file_type.c - a table of first bytes. Formats that are not sent are in it for the words that refuse them.
 */
#include "llama/file_type.h"

#include <string.h>

#include "base/compiler.h"
#include "base/utf8.h"

struct mark {
	size_t at;
	const char *bytes;
	size_t n;
};

#define MARK(at, bytes)                                                                                                \
	{                                                                                                              \
		at, bytes, sizeof(bytes) - 1                                                                           \
	}

/* A second mark with n of 0: there is none. */
struct row {
	struct mark first, second;
	struct file_type is;
};

#define SENT(kind, media_type, name)                                                                                   \
	{                                                                                                              \
		true, ATTACHMENT_##kind, media_type, name                                                              \
	}
#define REFUSED(name)                                                                                                  \
	{                                                                                                              \
		.words = (name)                                                                                        \
	}
#define NONE                                                                                                           \
	{                                                                                                              \
		0                                                                                                      \
	}

static const struct row rows[] = {
        {MARK(0, "\x89PNG\r\n\x1a\n"), NONE, SENT(IMAGE, "image/png", "a PNG picture")},
        {MARK(0, "\xff\xd8\xff"), NONE, SENT(IMAGE, "image/jpeg", "a JPEG picture")},
        {MARK(0, "GIF87a"), NONE, SENT(IMAGE, "image/gif", "a GIF picture")},
        {MARK(0, "GIF89a"), NONE, SENT(IMAGE, "image/gif", "a GIF picture")},
        {MARK(0, "BM"), MARK(6, "\0\0\0\0"), SENT(IMAGE, "image/bmp", "a BMP picture")},
        {MARK(0, "RIFF"), MARK(8, "WAVE"), SENT(AUDIO, "audio/wav", "a WAV sound")},
        {MARK(0, "fLaC\0"), NONE, SENT(AUDIO, "audio/flac", "a FLAC sound")},
        {MARK(0, "ID3"), NONE, SENT(AUDIO, "audio/mpeg", "an MP3 sound")},
        {MARK(0, "\xff\xfb"), NONE, SENT(AUDIO, "audio/mpeg", "an MP3 sound")},
        {MARK(0, "\xff\xfa"), NONE, SENT(AUDIO, "audio/mpeg", "an MP3 sound")},
        {MARK(0, "\xff\xf3"), NONE, SENT(AUDIO, "audio/mpeg", "an MP3 sound")},
        {MARK(0, "\xff\xf2"), NONE, SENT(AUDIO, "audio/mpeg", "an MP3 sound")},
        {MARK(0, "RIFF"), MARK(8, "WEBP"), REFUSED("a WebP picture")},
        {MARK(0, "RIFF"), MARK(8, "AVI "), REFUSED("an AVI film")},
        {MARK(4, "ftypavi"), NONE, REFUSED("an AVIF picture")},
        {MARK(4, "ftyphei"), NONE, REFUSED("a HEIC picture")},
        {MARK(4, "ftypmif1"), NONE, REFUSED("a HEIF picture")},
        {MARK(4, "ftypM4A"), NONE, REFUSED("an M4A sound")},
        {MARK(4, "ftyp"), NONE, REFUSED("an MP4 film")},
        {MARK(0, "\x1a\x45\xdf\xa3"), NONE, REFUSED("a Matroska or WebM film")},
        {MARK(0, "II*\0"), NONE, REFUSED("a TIFF picture")},
        {MARK(0, "MM\0*"), NONE, REFUSED("a TIFF picture")},
        {MARK(0, "8BPS"), NONE, REFUSED("a Photoshop picture")},
        {MARK(0, "\0\0\1\0"), NONE, REFUSED("an icon")},
        {MARK(0, "\xff\x0a"), NONE, REFUSED("a JPEG XL picture")},
        {MARK(0, "\0\0\0\x0cJXL "), NONE, REFUSED("a JPEG XL picture")},
        {MARK(0, "OggS"), NONE, REFUSED("an Ogg sound or film")},
        {MARK(0, "FORM"), MARK(8, "AIF"), REFUSED("an AIFF sound")},
        {MARK(0, "MThd"), NONE, REFUSED("a MIDI file")},
        {MARK(0, "%PDF-"), NONE, REFUSED("a PDF document")},
        {MARK(0, "{\\rtf"), NONE, REFUSED("an RTF document")},
        {MARK(0, "\xd0\xcf\x11\xe0"), NONE, REFUSED("an Office document")},
        {MARK(0, "PK\3\4"), MARK(30, "[Content_Types].xml"), REFUSED("an Office document")},
        {MARK(0, "PK\3\4"), MARK(30, "mimetypeapplication/vnd.oasis"), REFUSED("an OpenDocument file")},
        {MARK(0, "PK\3\4"), MARK(30, "mimetypeapplication/epub"), REFUSED("an EPUB book")},
        {MARK(0, "PK\3\4"), NONE, REFUSED("a ZIP archive")},
        {MARK(0, "\x1f\x8b"), NONE, REFUSED("a gzip archive")},
        {MARK(0, "BZh"), MARK(4, "1AY&SY"), REFUSED("a bzip2 archive")},
        {MARK(0, "\xfd"
                 "7zXZ\0"),
                NONE, REFUSED("an xz archive")},
        {MARK(0, "\x28\xb5\x2f\xfd"), NONE, REFUSED("a zstd archive")},
        {MARK(0, "7z\xbc\xaf"), NONE, REFUSED("a 7-Zip archive")},
        {MARK(257, "ustar"), NONE, REFUSED("a tar archive")},
        {MARK(0, "\x7f"
                 "ELF"),
                NONE, REFUSED("a program")},
        {MARK(0, "MZ"), MARK(3, "\0"), REFUSED("a Windows program")},
        {MARK(0, "SQLite format 3\0"), NONE, REFUSED("an SQLite database")},
        {MARK(0, "GGUF"), NONE, REFUSED("a GGUF model")},
        {MARK(0, "\xff\xfe"), NONE, REFUSED("UTF-16 text")},
        {MARK(0, "\xfe\xff"), NONE, REFUSED("UTF-16 text")},
};

static bool
has_mark(const char *data, size_t n, const struct mark *mark)
{
	return mark->n == 0 || (mark->at + mark->n <= n && memcmp(data + mark->at, mark->bytes, mark->n) == 0);
}

/* Words for what has no row: bytes that are text in an older encoding have no NUL and few control characters. */
static const char *
other_words(const char *data, size_t n)
{
	size_t controls = 0;

	if (memchr(data, '\0', n))
		return "binary data";
	for (size_t i = 0; i < n; i++)
		controls += (unsigned char)data[i] < ' ' && !strchr("\t\n\r\f\b\033", data[i]);
	return controls * 100 > n ? "binary data" : "text that is not UTF-8";
}

/* A text may begin with the letters of a mark: what is UTF-8 without NUL is text, but for formats that are. */
static bool
is_text(const char *data, size_t n)
{
	static const struct mark formats[] = {MARK(0, "%PDF-"), MARK(0, "{\\rtf")};

	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (has_mark(data, n, &formats[i]))
			return false;
	return utf8_span(data, n) == n;
}

struct file_type
file_type_find(const void *bytes, size_t n)
{
	static const struct file_type text = SENT(TEXT, "text/plain", "text");
	const char *data = bytes;

	if (is_text(data, n))
		return text;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		if (has_mark(data, n, &rows[i].first) && has_mark(data, n, &rows[i].second))
			return rows[i].is;
	return (struct file_type){.words = other_words(data, n)};
}
