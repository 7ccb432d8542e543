/*
 * pages.c - the list.
 */
#include "pages/pages.h"

#include <stddef.h>

#include "app/view.h"
#include "base/compiler.h"
#include "pages/browse.h"
#include "pages/choice_list.h"
#include "pages/context_page.h"
#include "pages/diff_page.h"
#include "pages/help_page.h"
#include "pages/lens_page.h"
#include "pages/link_picker.h"
#include "pages/log_page.h"
#include "pages/models_page.h"
#include "pages/palette.h"
#include "pages/parameter_page.h"
#include "pages/recall_search.h"
#include "pages/replay_page.h"
#include "pages/reply_parameters.h"
#include "pages/request_page.h"
#include "pages/sidebar.h"
#include "pages/stats_page.h"
#include "pages/tree_page.h"
#include "pages/votes_page.h"

static const struct view *(*const pages[])(void) = {
        browse_page,
        choice_list_page,
        context_page,
        follow_page,
        help_page,
        lens_page,
        log_page,
        models_page,
        palette_page,
        parameter_page,
        recall_search_page,
        replay_page,
        reply_parameters_page,
        diff_page,
        request_page,
        sidebar_page,
        stats_page,
        tree_page,
        votes_page,
};

void
pages_register(struct app *app)
{
	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		view_register(app, pages[i]());
}
