/*
 * attachment.c - holders and lists of attachments, and what files are by their first bytes.
 */
#include "llama/attachment.h"

#include <string.h>

#include "base/compiler.h"
#include "llama/file_type.h"
#include "tests/harness.h"
#include "tests/llama/tests.h"

static struct attachment *
make(const char *name, const char *text)
{
	struct buf data = {0};

	buf_puts(&data, text);
	return attachment_new(ATTACHMENT_TEXT, name, NULL, "text/plain", &data);
}

static void
lists_share_what_they_hold(void)
{
	struct attachments a = {0}, b = {0};

	attachments_add(&a, make("one", "1"));
	attachments_add(&a, make("two", "22"));
	attachments_add_all(&b, &a);
	attachments_remove(&a, 0);
	CU_ASSERT_EQUAL(a.n, 1);
	HARNESS_EQUAL(a.items[0]->name, "two");
	CU_ASSERT(a.items[0] == b.items[1]);
	attachments_release(&a);
	CU_ASSERT_EQUAL(a.n, 0);
	HARNESS_EQUAL(b.items[0]->data, "1");
	CU_ASSERT_EQUAL(b.items[1]->size, 2);
	HARNESS_EQUAL(b.items[1]->sha256, "785f3ec7eb32f30b90cd0fcf3657d388b5ff4297f2f9716ff66e9b69c05ddd09");
	CU_ASSERT(attachments_find(&b, ATTACHMENT_TEXT) == b.items[0]);
	CU_ASSERT(attachments_find(&b, ATTACHMENT_IMAGE) == NULL);
	attachments_release(&b);
}

static void
kinds_have_names(void)
{
	enum attachment_kind kind = ATTACHMENT_TEXT;

	CU_ASSERT(attachment_kind_find("audio", &kind) && kind == ATTACHMENT_AUDIO);
	CU_ASSERT(!attachment_kind_find("video", &kind) && kind == ATTACHMENT_AUDIO);
	HARNESS_EQUAL(attachment_kind_name(ATTACHMENT_IMAGE), "image");
}

static void
first_bytes_decide(void)
{
#define BYTES(s) s, sizeof(s) - 1
	static const struct {
		const char *data;
		size_t n;
		const char *type, *words;
	} cases[] = {
	        {BYTES("\x89PNG\r\n\x1a\n\0\0"), "image/png", "a PNG picture"},
	        {BYTES("\xff\xd8\xff\xe0\0\x10JFIF"), "image/jpeg", "a JPEG picture"},
	        {BYTES("GIF89a\1\0\1\0\x80"), "image/gif", "a GIF picture"},
	        {BYTES("BM\x46\0\0\0\0\0\0\0\x36"), "image/bmp", "a BMP picture"},
	        {BYTES("RIFF\x24\0\0\0WAVEfmt "), "audio/wav", "a WAV sound"},
	        {BYTES("fLaC\0\0\0\x22"), "audio/flac", "a FLAC sound"},
	        {BYTES("ID3\4\0\0\0\0"), "audio/mpeg", "an MP3 sound"},
	        {BYTES("\xff\xfb\x90\x64\0"), "audio/mpeg", "an MP3 sound"},
	        {BYTES("int main(void)\n"), "text/plain", "text"},
	        {BYTES("\xef\xbb\xbf"
	               "mark"),
	                "text/plain", "text"},
	        {BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>"), "text/plain", "text"},
	        /* Texts that begin with the letters of a format. */
	        {BYTES("BM is a make of car"), "text/plain", "text"},
	        {BYTES("GIF89a is a format"), "text/plain", "text"},
	        {BYTES("ID3 tags, explained"), "text/plain", "text"},
	        {BYTES("OggS, RIFF and PK"), "text/plain", "text"},
	        {BYTES("MZ"), "text/plain", "text"},
	        {BYTES("RIFF\x24\0\0\0WEBPVP8 "), NULL, "a WebP picture"},
	        {BYTES("%PDF-1.7\n"), NULL, "a PDF document"},
	        {BYTES("PK\3\4\x14\0\0\0"), NULL, "a ZIP archive"},
	        {BYTES("\0\0\0\x20"
	               "ftypavif"),
	                NULL, "an AVIF picture"},
	        {BYTES("\0\0\0\x20"
	               "ftypisom"),
	                NULL, "an MP4 film"},
	        {BYTES("OggS\0\2"), NULL, "an Ogg sound or film"},
	        {BYTES("\x7f"
	               "ELF\2\1\1\0"),
	                NULL, "a program"},
	        {BYTES("\xff\xfeh\0i\0"), NULL, "UTF-16 text"},
	        {BYTES("caf\xe9 cr\xe8me"), NULL, "text that is not UTF-8"},
	        {BYTES("a\0b"), NULL, "binary data"},
	        {BYTES("\x89PN"), NULL, "text that is not UTF-8"},
	        {BYTES("RIFF\x24\0\0\0"), NULL, "binary data"},
	        {BYTES("\0"), NULL, "binary data"},
	};
#undef BYTES

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct file_type is = file_type_find(cases[i].data, cases[i].n);

		HARNESS_EQUAL(is.words, cases[i].words);
		CU_ASSERT(is.is_sent == (cases[i].type != NULL));
		if (is.is_sent && cases[i].type)
			HARNESS_EQUAL(is.type, cases[i].type);
	}
}

CU_TestInfo attachment_tests[] = {
        {"lists share what they hold", lists_share_what_they_hold},
        {"kinds have names", kinds_have_names},
        {"first bytes decide", first_bytes_decide},
        CU_TEST_INFO_NULL,
};
