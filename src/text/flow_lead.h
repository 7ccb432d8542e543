/*
 * flow_lead.h - what the rows of a block begin with: the bars of the quotes and the signs of the items that it stands in.
 * An item's sign is shown once, on its first row; below it are spaces.
 */
#ifndef FLYNN_TEXT_FLOW_LEAD_H
#define FLYNN_TEXT_FLOW_LEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "text/blocks.h"

/* Zeroed to begin with. */
struct flow_leads {
	size_t n, common; /* common: those in which the last rows stood too */
	struct flow_level {
		char sign[24];
		unsigned char cols;
		bool quote, numbered, shown;
	} levels[BLOCKS_DEPTH_MAX];
};

void flow_leads_copy(struct flow_leads *to, const struct flow_leads *from); /* as blocks_copy */

void flow_leads_open(struct flow_leads *, const struct block_container *);
void flow_leads_close(struct flow_leads *, size_t kept);       /* all but so many */
bool flow_leads_waits(const struct flow_leads *, size_t from); /* is one of these still to be shown? */
void flow_leads_shown(struct flow_leads *);

/* The innermost item gets the box of a task, in place of its sign unless that is a number. False: it is no item, or was shown. */
bool flow_leads_task(struct flow_leads *, bool done);

/* Appends the lead of a first row or another; where it would take more than half of the columns, without the outermost
 * quotes and items. */
void flow_leads_put(const struct flow_leads *, int cols, bool first, struct buf *);
void flow_leads_put_common(const struct flow_leads *, int cols, struct buf *);

#endif
