/*
 * curl_command.c - an option a line, then the body.
 */
#include "llama/curl_command.h"

#include <string.h>

#include "base/utf8.h"
#include "llama/http_body.h"

/* The end of the here-document. No line of the body can be this one: in JSON it would stand in quotes. */
static const char end_mark[] = "END_OF_REQUEST";

/* In single quotes, where a shell takes everything as it is but the single quote. */
static void
put_quoted(struct buf *out, const char *text)
{
	buf_putc(out, '\'');
	for (; *text; text++)
		if (*text == '\'')
			buf_puts(out, "'\\''");
		else
			buf_putc(out, *text);
	buf_putc(out, '\'');
}

static void
put_option(struct buf *out, const char *option, const char *value)
{
	buf_printf(out, " \\\n  %s", option);
	if (!value)
		return;
	buf_putc(out, ' ');
	put_quoted(out, value);
}

static void
put_header(struct buf *out, const char *name, const char *value)
{
	struct buf header = {0};

	buf_printf(&header, "%s: %s", name, value);
	put_option(out, "-H", buf_text(&header));
	buf_release(&header);
}

static void
put_connection(struct buf *out, const struct http_request *r)
{
	if (r->endpoint.unix_path)
		put_option(out, "--unix-socket", r->endpoint.unix_path);
	else if (r->endpoint.loopback)
		put_option(out, "--noproxy", "*");
	if (r->ca_file)
		put_option(out, "--cacert", r->ca_file);
	if (r->insecure)
		put_option(out, "--insecure", NULL);
}

/* DEL would delete what is before it where a terminal edits the line that is pasted; JSON may have it in strings only. */
static void
put_piece(struct buf *out, const char *text, size_t n)
{
	for (const char *end = text + n; text < end;) {
		const char *del = memchr(text, 0x7f, (size_t)(end - text));
		size_t plain = (size_t)((del ? del : end) - text);

		buf_put(out, text, plain);
		if (del)
			buf_puts(out, "\\u007f");
		text += plain + (del != NULL);
	}
}

/* Between characters. */
static void
put_body(struct buf *out, const char *body, size_t n)
{
	while (n > 0) {
		size_t piece = n > CURL_COMMAND_LINE_MAX ? utf8_floor(body, CURL_COMMAND_LINE_MAX) : n;

		put_piece(out, body, piece);
		buf_putc(out, '\n');
		body += piece;
		n -= piece;
	}
}

void
curl_command_put(struct buf *out, const struct http_request *r)
{
	struct buf body = {0};

	buf_puts(out, "curl --no-buffer ");
	put_quoted(out, r->url);
	put_connection(out, r);
	if (r->accept)
		put_header(out, "Accept", r->accept);
	put_header(out, "Content-Type", "application/json");
	if (r->auth_token || r->command_token)
		buf_puts(out, " \\\n  -H \"Authorization: Bearer $FLYNN_AUTH_TOKEN\"");
	buf_printf(out, " \\\n  -d @- <<'%s'\n", end_mark);
	http_body_put(r, &body);
	put_body(out, buf_text(&body), body.len);
	buf_release(&body);
	buf_printf(out, "%s\n", end_mark);
}
