/*
 * token_list.c - bytes that come from a file are checked as a whole, so that nobody else has to.
 */
#include "store/token_list.h"

#include "base/base64.h"
#include "chat/tokens.h"
#include "store/sqlite.h"

bool
token_list_write(struct database *db, int64_t message, const struct buf *tokens, struct err *err)
{
	sqlite3_stmt *s = database_prepare(db, "UPDATE message SET tokens = ?2 WHERE id = ?1", err);

	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, message);
	if (tokens->len > 0)
		database_lend_bytes(s, 2, tokens->data, tokens->len);
	return database_run(db, s, err);
}

static void
check(struct message *m)
{
	if (!tokens_are_of(&m->tokens, &m->content, &m->reasoning))
		buf_release(&m->tokens);
}

void
token_list_read(sqlite3_stmt *s, int column, struct message *m)
{
	const char *bytes = sqlite3_column_blob(s, column);
	size_t n = (size_t)sqlite3_column_bytes(s, column);

	if (!bytes || n > TOKENS_MAX || m->role != CHAT_ASSISTANT)
		return;
	buf_put(&m->tokens, bytes, n);
	check(m);
}

bool
token_list_decode(const char *base64, size_t n, struct message *m)
{
	if (!base64_get(&m->tokens, base64, n))
		return false;
	check(m);
	return true;
}
