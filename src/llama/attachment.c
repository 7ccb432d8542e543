/*
 * attachment.c - attachments and their holders; the count is the only part that threads change.
 */
#include "llama/attachment.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/mem.h"

struct attachment_holders {
	atomic_size_t n;
};

static const char *const kind_names[] = {
#define X(kind, name) [ATTACHMENT_##kind] = (name),
        ATTACHMENT_KINDS(X)
#undef X
};

const char *
attachment_kind_name(enum attachment_kind kind)
{
	return kind_names[kind];
}

bool
attachment_kind_find(const char *name, enum attachment_kind *kind)
{
	for (size_t i = 0; i < ARRAY_LEN(kind_names); i++)
		if (strcmp(kind_names[i], name) == 0) {
			*kind = (enum attachment_kind)i;
			return true;
		}
	return false;
}

struct attachment_limits
attachment_default_limits(void)
{
	const size_t mib = 1024 * 1024;

	return (struct attachment_limits){
	        {[ATTACHMENT_TEXT] = mib, [ATTACHMENT_IMAGE] = 20 * mib, [ATTACHMENT_AUDIO] = 20 * mib}};
}

/* ---- one ---- */

struct attachment *
attachment_new(enum attachment_kind kind, const char *name, const char *path, const char *type, struct buf *data)
{
	struct attachment *a = mem_alloc(sizeof(*a));

	a->kind = kind;
	a->name = mem_strdup(name);
	a->path = mem_strdup(path);
	a->type = mem_strdup(type);
	a->size = data->len;
	a->data = buf_take(data);
	a->holders = mem_alloc(sizeof(*a->holders));
	atomic_init(&a->holders->n, 1);
	sha256_text(a->sha256, a->data, a->size);
	return a;
}

struct attachment *
attachment_hold(struct attachment *a)
{
	atomic_fetch_add_explicit(&a->holders->n, 1, memory_order_relaxed);
	return a;
}

void
attachment_free(struct attachment *a)
{
	if (!a || atomic_fetch_sub_explicit(&a->holders->n, 1, memory_order_acq_rel) > 1)
		return;
	free(a->name);
	free(a->path);
	free(a->type);
	free(a->data);
	free(a->holders);
	free(a);
}

/* ---- a list ---- */

void
attachments_release(struct attachments *list)
{
	for (size_t i = 0; i < list->n; i++)
		attachment_free(list->items[i]);
	free(list->items);
	*list = (struct attachments){0};
}

void
attachments_add(struct attachments *list, struct attachment *a)
{
	list->items = mem_realloc(list->items, (list->n + 1) * sizeof(struct attachment *));
	list->items[list->n++] = a;
}

void
attachments_remove(struct attachments *list, size_t i)
{
	attachment_free(list->items[i]);
	list->n--;
	memmove(list->items + i, list->items + i + 1, (list->n - i) * sizeof(struct attachment *));
}

void
attachments_add_all(struct attachments *list, const struct attachments *from)
{
	for (size_t i = 0; i < from->n; i++)
		attachments_add(list, attachment_hold(from->items[i]));
}

const struct attachment *
attachments_find(const struct attachments *list, enum attachment_kind kind)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i]->kind == kind)
			return list->items[i];
	return NULL;
}
