/*
 * pages.c - the list.
 */
#include "app/pages.h"

#include <stddef.h>

#include "app/browse.h"
#include "app/follow.h"
#include "app/help_page.h"
#include "app/model_list.h"
#include "app/palette.h"
#include "app/recall_search.h"
#include "app/sidebar.h"
#include "app/tree_page.h"
#include "app/view.h"
#include "base/compiler.h"

static const struct view *(*const pages[])(void) = {
        browse_page,
        follow_page,
        help_page,
        model_list_page,
        palette_page,
        recall_search_page,
        sidebar_page,
        tree_page,
};

void
pages_register(struct app *app)
{
	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		view_register(app, pages[i]());
}
