/*
 * history.c - the table of commands.
 */
#include "cmd/history.h"

#include "base/buf.h"
#include "base/compiler.h"
#include "cmd/history_change.h"
#include "cmd/history_export.h"
#include "cmd/history_import.h"
#include "cmd/history_list.h"
#include "cmd/history_stats.h"
#include "cmd/say.h"

/* ---- the table ---- */

const struct command *
history_commands(size_t *n)
{
	static const struct command rows[] = {
	        {"list", FOR_LIST, 0, 0, cmd_history_list, "flynn history list [OPTIONS]",
	                "list conversations, pinned ones first, then by last change", NULL},
	        {"search", FOR_SEARCH, 1, -1, cmd_history_search, "flynn history search [OPTIONS] QUERY…",
	                "find messages with all these words; model:, before:, after:, role:, in:, is:, tag: filter",
	                NULL},
	        {"show", FOR_SHOW, 1, 1, cmd_history_show, "flynn history show [OPTIONS] ID",
	                "print a conversation as text, the branch that the screen shows", NULL},
	        {"export", FOR_EXPORT, 0, -1, cmd_history_export, "flynn history export [OPTIONS] ID…",
	                "write conversations as Markdown, plain text, or JSON (every branch; for import)", NULL},
	        {"import", FOR_IMPORT, 1, 1, cmd_history_import, "flynn history import [OPTIONS] FILE",
	                "add the conversations of a file, all or none: of flynn, ChatGPT, Open WebUI, llama-ui or llm",
	                NULL},
	        {"delete", FOR_DELETE, 1, -1, cmd_history_delete, "flynn history delete [OPTIONS] ID…",
	                "delete conversations for good", NULL},
	        {"prune", FOR_PRUNE, 0, 0, cmd_history_prune, "flynn history prune --older-than DAYS [OPTIONS]",
	                "delete unpinned conversations unchanged for so long, and shrink the file", NULL},
	        {"stats", FOR_STATS, 0, 0, cmd_history_stats, "flynn history stats [OPTIONS]",
	                "count conversations and messages; sizes, dates, and how fast each model was", NULL},
	};

	*n = ARRAY_LEN(rows);
	return rows;
}

int
cmd_history(const struct options *o)
{
	size_t n;
	const struct command *rows = history_commands(&n);
	struct buf names = {0};

	for (size_t i = 0; i < n; i++)
		buf_printf(&names, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", rows[i].name);
	if (o->n_words > 0)
		say("there is no command \"history %s\": it is %s", o->words[0], buf_text(&names));
	else
		say("flynn history what? %s", buf_text(&names));
	buf_release(&names);
	return err_exit_status(ERR_USAGE);
}
