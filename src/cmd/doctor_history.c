/*
 * doctor_history.c - the file, who uses it, and what stands beside it.
 */
#include "cmd/doctor_history.h"

#include <libgen.h>
#include <poll.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/signals.h"
#include "cmd/disk_limit.h"
#include "config/paths.h"
#include "store/examine.h"

/* ---- the file ---- */

static void
tell_fine(struct report *r, const char *path, const struct examination *found)
{
	report_good("history", "%s: conversations %lld, messages %lld, %.1f MB, no damage found", path,
	        (long long)found->stats.conversations, (long long)found->stats.messages,
	        (double)found->stats.bytes / 1e6);
	if (found->can_be_written)
		return;
	report_bad(r, "history", "%s may not be written: nothing is saved", path);
	report_advise("make it yours: chown \"$USER\" '%s'; chmod 600 '%s'; chmod 700 the folder", path, path);
}

static void
advise_rescue(const char *path)
{
	report_advise("what can be read of it: flynn history export --all --database '%s' -o rescued.json;", path);
	report_advise("flynn history import rescued.json takes it back");
}

static void
tell_damaged(struct report *r, const char *path, const struct examination *found)
{
	report_bad(r, "history", "%s", found->why.text);
	report_advise("flynn moves it aside at its next start, and begins a new one");
	advise_rescue(path);
}

static void
tell_file(struct report *r, const char *path, const struct examination *found)
{
	switch (found->state) {
	case EXAMINE_FINE:
		tell_fine(r, path, found);
		break;
	case EXAMINE_INDEX:
		report_bad(r, "history", "%s", found->why.text);
		report_advise("searches may find too little; all messages are there");
		report_advise("flynn rebuilds it at its next start");
		break;
	case EXAMINE_FILES:
		report_bad(r, "history", "%s", found->why.text);
		report_advise("all messages are there; what was attached is sent as it is now");
		break;
	case EXAMINE_NONE:
		report_good("history", "%s (not there yet)", path);
		break;
	case EXAMINE_OLDER:
		report_good("history", "%s: of an older flynn. The next start updates it, and keeps what it was", path);
		break;
	case EXAMINE_DAMAGED:
		tell_damaged(r, path, found);
		break;
	case EXAMINE_NEWER:
		report_bad(r, "history", "%s", found->why.text);
		report_advise("nothing is saved until that flynn is installed again, or the file is moved elsewhere");
		break;
	case EXAMINE_FOREIGN:
		report_bad(r, "history", "%s", found->why.text);
		report_advise("nothing is saved until it is moved elsewhere");
		break;
	case EXAMINE_CLOSED:
		report_bad(r, "history", "%s", found->why.text);
		report_advise("make it yours: chown \"$USER\" '%s'; chmod 600 '%s'; chmod 700 the folder", path, path);
		break;
	case EXAMINE_STOPPED:
		break;
	}
}

static void
tell_mode(struct report *r, const char *path, const struct examination *found)
{
	char *folder = mem_strdup(path);

	if (found->open_to_others) {
		report_bad(r, "history", "others on this machine can read %s", path);
		report_advise("chmod 600 '%s'; chmod 700 '%s'", path, dirname(folder));
	}
	free(folder);
}

/* ---- its users ---- */

static void
tell_users(struct report *r, const struct examination *found)
{
	struct buf who = {0};

	if (found->n_users == 0 && !found->used && !found->locked)
		return;
	for (size_t i = 0; i < found->n_users; i++)
		buf_printf(&who, "%s%ld", i == 0 ? found->n_users > 1 ? "processes " : "process " : ", ",
		        (long)found->users[i]);
	if (who.len == 0)
		buf_puts(&who, "another program");
	if (found->locked) {
		report_bad(r, "history", "locked for writing, nothing is saved; open in: %s", buf_text(&who));
		report_advise("an import or prune may be running: wait for it. Else end that program");
	} else {
		report_good("history", "also open in: %s", buf_text(&who));
	}
	buf_release(&who);
}

/* ---- beside it ---- */

static void
tell_beside(const struct examination *found)
{
	for (size_t i = 0; i < found->n_damaged; i++)
		report_good("kept aside", "%s: was damaged", found->damaged[i]);
	if (found->n_damaged > 0) {
		advise_rescue(found->damaged[found->n_damaged - 1]);
		report_advise("then it may be removed");
	}
	for (size_t i = 0; i < found->n_older; i++)
		report_good("kept aside", "%s: before an update; may be removed when all is well", found->older[i]);
}

/* ---- all of it ---- */

static bool
has_signal(void *arg)
{
	struct pollfd fd = {.fd = signals_fd(), .events = POLLIN};

	(void)arg;
	return poll(&fd, 1, 0) > 0;
}

static bool
can_examine(struct report *r, const char *path)
{
	struct err err;

	if (!examine_sqlite(&err)) {
		report_bad(r, "history", "%s: nothing is saved", err.text);
		report_advise("install it: libsqlite3-0 (Debian), sqlite-libs (Fedora) or sqlite (Arch)");
		return false;
	}
	disk_limit_tell("the history was not examined, and nothing is saved");
	if (disk_limit_begin(path, &err))
		return true;
	report_bad(r, "history", "%s", err.text);
	return false;
}

void
doctor_history(struct report *r)
{
	char *path = paths_history();
	struct examination found;

	if (!can_examine(r, path)) {
		free(path);
		return;
	}
	examine_history(path, &found, has_signal, NULL);
	disk_limit_end();
	tell_file(r, path, &found);
	tell_mode(r, path, &found);
	tell_users(r, &found);
	tell_beside(&found);
	examination_release(&found);
	free(path);
}
