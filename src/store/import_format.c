/*
 * import_format.c - the table.
 */
#include "store/import_format.h"

#include <stddef.h>

#include "base/compiler.h"
#include "store/import_chatgpt.h"
#include "store/import_llama_ui.h"
#include "store/import_open_webui.h"

static const struct import_format formats[] = {
        {"chatgpt", "ChatGPT", import_chatgpt_is, import_chatgpt_read, import_chatgpt_id},
        {"llama-ui", "llama-ui", import_llama_ui_is, import_llama_ui_read, import_llama_ui_id},
        {"open-webui", "Open WebUI", import_open_webui_is, import_open_webui_read, import_open_webui_id},
};

const struct import_format *
import_format_find(const cJSON *conversation)
{
	for (size_t i = 0; i < ARRAY_LEN(formats); i++)
		if (formats[i].is(conversation))
			return &formats[i];
	return NULL;
}

bool
import_format_read(const struct import_format *format, const cJSON *conversation, struct import_reading *r)
{
	bool good;

	import_name(r, format->name, format->id(conversation));
	good = format->read(conversation, r);
	if (!good)
		loaded_release(&r->loaded);
	import_tree_release(&r->tree);
	return good;
}
