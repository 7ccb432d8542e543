/*
 * layout_node.h - a node of the tree: what layout.c and layout_text.c have in common. For these two alone.
 */
#ifndef FLYNN_TUI_LAYOUT_NODE_H
#define FLYNN_TUI_LAYOUT_NODE_H

#include <stdbool.h>

#include "tui/grid.h"

enum {
	LAYOUT_SHARE_ALL = 65536,
};

struct layout_node {
	struct layout_node *parent, *first, *second; /* parts of a split; NULL: a pane */
	unsigned pane;
	bool beside; /* a split's parts: side by side, or one above the other */
	int share;   /* of the first, of LAYOUT_SHARE_ALL */
	struct rect rect;
};

struct layout_node *layout_node_new(unsigned pane);
void layout_node_free(struct layout_node *); /* with all below it; NULL is fine */
/* Makes both parts of it. */
void layout_node_part(struct layout_node *, struct layout_node *first, struct layout_node *second);

#endif
