/*
 * attachment.h - a file that is sent along with a prompt. It is never changed once it is made, so threads share it: each holder has
 * one count of it (attachment_hold), and the last one frees it (attachment_free).
 */
#ifndef FLYNN_LLAMA_ATTACHMENT_H
#define FLYNN_LLAMA_ATTACHMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/sha256.h"

/* Kind, and its name in the history's JSON and in the configuration. */
#define ATTACHMENT_KINDS(X)                                                                                            \
	X(TEXT, "text")                                                                                                \
	X(IMAGE, "image")                                                                                              \
	X(AUDIO, "audio")

enum attachment_kind {
#define X(kind, name) ATTACHMENT_##kind,
	ATTACHMENT_KINDS(X)
#undef X
	        ATTACHMENT_KINDS_N
};

const char *attachment_kind_name(enum attachment_kind);
bool attachment_kind_find(const char *name, enum attachment_kind *);

/* The largest file of each kind, in bytes. */
struct attachment_limits {
	size_t most[ATTACHMENT_KINDS_N];
};

struct attachment_limits attachment_default_limits(void); /* 1 MiB of text, 20 MiB of the others */

struct attachment_holders;

/* What tells a file from another one, or from itself after a change; zeroed: not known. */
struct attachment_stamp {
	uint64_t device, inode;
	int64_t size, modified_ns, changed_ns;
};

struct attachment {
	enum attachment_kind kind;
	char *name;                    /* of the file, without its folder: UTF-8 */
	char *path;                    /* where it was read, absolute; NULL: not known, as of one from the history */
	char *type;                    /* the media type that its first bytes tell: "image/png", "text/plain" */
	char *data;                    /* as it was when it was read, with a NUL after it */
	size_t size;                   /* bytes of data */
	char sha256[SHA256_TEXT];      /* of data */
	struct attachment_stamp stamp; /* of the file at `path`, as of just before it was read */
	struct attachment_holders *holders;
};

/* Takes the text of `data`, which is empty afterwards; the rest is copied. */
struct attachment *attachment_new(
        enum attachment_kind, const char *name, const char *path, const char *type, struct buf *data);

struct attachment *attachment_hold(struct attachment *); /* the same one, for another holder */
void attachment_free(struct attachment *);               /* NULL is fine */

/* A list of them in their order. A zeroed one is empty. */
struct attachments {
	struct attachment **items;
	size_t n;
};

void attachments_release(struct attachments *); /* leaves it empty */
void attachments_add(struct attachments *, struct attachment *takes);
void attachments_remove(struct attachments *, size_t i);
/* Holds all of `from` too, after what it has. */
void attachments_add_all(struct attachments *, const struct attachments *from);

/* The first one of this kind, or NULL. */
const struct attachment *attachments_find(const struct attachments *, enum attachment_kind);

#endif
