/*
 * command_table.c - the table itself.
 */
#include "cmd/command_table.h"

#include "base/compiler.h"
#include "cmd/ask.h"
#include "cmd/chat.h"
#include "cmd/demo.h"
#include "cmd/doctor.h"
#include "cmd/history.h"
#include "cmd/keys.h"
#include "cmd/models.h"
#include "cmd/names.h"
#include "cmd/replay.h"
#include "cmd/resume.h"

const struct command *
command_table(size_t *n)
{
	static const struct command rows[] = {
	        {"", FOR_CHAT, 0, 0, cmd_chat, "flynn [OPTIONS]", "chat, full screen", NULL},
	        {"ask", FOR_ASK, 0, -1, cmd_ask, "flynn ask [OPTIONS] PROMPT…",
	                "ask once; the reply goes to standard output. Standard input is added below the prompt", NULL},
	        {"resume", FOR_RESUME, 0, -1, cmd_resume, "flynn resume [OPTIONS] [ID]",
	                "open the last conversation, or one by its number or the beginning of its uuid", NULL},
	        {"replay", FOR_REPLAY, 0, 1, cmd_replay, "flynn replay [OPTIONS] [ID]",
	                "play the last conversation again as it came, or one by its number or the beginning of its "
	                "uuid; "
	                "no server is needed",
	                NULL},
	        {"history", FOR_HISTORY, 0, -1, cmd_history, "flynn history COMMAND [OPTIONS]",
	                "saved conversations: list, search, show, export, import, delete, prune, stats",
	                history_commands},
	        {"models", FOR_MODELS, 0, -1, cmd_models, "flynn models [OPTIONS]",
	                "list the models of all configured servers; load, unload", models_commands},
	        {"demo", FOR_DEMO, 0, 1, cmd_demo, "flynn demo [OPTIONS] [FILE]",
	                "a tour of the full screen, without a server; with a file: play that stage script, see "
	                "doc/stage.md",
	                NULL},
	        {"keys", FOR_KEYS, 0, 0, cmd_keys, "flynn keys [OPTIONS]",
	                "list the keys of the full screen and their actions", NULL},
	        {"names", FOR_NAMES, 1, 1, cmd_names, "flynn names [OPTIONS] models|presets|tags",
	                "print the names of the configuration's models or presets, or of tags, one a line; no server "
	                "is asked",
	                NULL},
	        {"doctor", FOR_DOCTOR, 0, 0, cmd_doctor, "flynn doctor [OPTIONS]",
	                "check everything, and say what to do", NULL},
	};

	*n = ARRAY_LEN(rows);
	return rows;
}
