/*
 * blocks_html.h - where raw HTML begins and ends between blocks of Markdown (CommonMark 0.31, 4.6).
 */
#ifndef FLYNN_TEXT_BLOCKS_HTML_H
#define FLYNN_TEXT_BLOCKS_HTML_H

#include <stdbool.h>

/* The kinds of the specification, by their numbers. */
enum html_kind {
	HTML_NONE,
	HTML_VERBATIM, /* script, pre, style, textarea */
	HTML_COMMENT,
	HTML_INSTRUCTION,
	HTML_DECLARATION,
	HTML_CDATA,
	HTML_BLOCK, /* up to an empty line */
	HTML_TAG,   /* any tag that has a line to itself, up to an empty line; interrupts no paragraph */
};

/* A line after its indentation. */
enum html_kind html_begins(const char *at, const char *end, bool interrupts);
bool html_ends(enum html_kind, const char *at, const char *end); /* with this line, which is no empty one */

/* Is it the tag of a line break, whole: <br>, <BR />, <br clear="all">? */
bool html_is_break(const char *at, const char *end);

#endif
