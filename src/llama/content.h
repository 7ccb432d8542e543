/*
 * content.h - the content of a message with attachments, as llama-server takes it: one text, or where there are pictures or sounds
 * a list of parts, of which the text is the first. Files of text stand below the prompt, each fenced and below its name.
 */
#ifndef FLYNN_LLAMA_CONTENT_H
#define FLYNN_LLAMA_CONTENT_H

#include <stddef.h>

#include "llama/attachment.h"
#include "llama/body_writer.h"
#include "llama/chat.h"

/* Puts the member "content". Texts and attachments are borrowed until the writer has made bytes of them. */
void content_put(const struct chat_message *, struct body_writer *);

/* Bytes, about: of its texts with those of files and thoughts, and of what its pictures and sounds take in a body. */
size_t content_text_bytes(const struct chat_message *);
size_t content_media_bytes(const struct attachments *); /* NULL: none */

#endif
