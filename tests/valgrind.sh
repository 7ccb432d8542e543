#!/bin/sh
# valgrind.sh - tests, and `flynn ask`, under valgrind's memcheck: nothing is read or written that is not there, and nothing is
# lost. By hand, for it takes some minutes. From the build directory, after `make check TESTS=`:
#
#	../tests/valgrind.sh [PROGRAM...]
#
# A PROGRAM is that of a test (store_test), or ask; by default those below. What a child that a test has forked to be killed leaves
# behind does not count, nor what something still points into the midst of, as SQLite does. Exit status 1 when there is anything.
set -u
here=$(cd "$(dirname "$0")" && pwd)
export FLYNN="$PWD/flynn" FLYNN_TESTS="$here" FLYNN_BUILD="$PWD"
folder=$(mktemp -d) || exit 2
server=
trap 'rm -rf "$folder"; [ -z "$server" ] || kill "$server" 2>/dev/null' EXIT

[ -x flynn ] || { echo "valgrind.sh: no flynn here: run it in the build directory" >&2; exit 2; }
command -v valgrind >/dev/null || { echo "valgrind.sh: valgrind is not installed" >&2; exit 2; }
[ $# -gt 0 ] || set -- base_test config_test llama_test chat_test text_test tui_test store_test store_threads_test ask

memcheck()
{
	valgrind -q --error-exitcode=99 --child-silent-after-fork=yes --leak-check=full \
		--show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect \
		--suppressions="$here/valgrind.supp" --log-file="$folder/log.%p" "$@"
}

# A reply with reasoning, saved and not saved; a refusal; a server that is not there.
ask()
{
	export XDG_CONFIG_HOME="$folder" XDG_DATA_HOME="$folder" XDG_STATE_HOME="$folder"
	cat >"$folder/script" <<'END'
on POST /v1/chat/completions
stream
role
think "So."
token "Blue, "
token "mostly."
finish stop
done
then
stream
role
token "Grey."
finish stop
done
then
json 400 {"error":{"code":400,"message":"no","type":"invalid_request_error"}}
END
	tests/standin "$folder/script" >"$folder/endpoint" &
	server=$!
	while [ ! -s "$folder/endpoint" ]; do
		kill -0 "$server" || return
		sleep 0.1
	done
	memcheck ./flynn ask -e "$(cat "$folder/endpoint")" 'Which colour?' || return
	memcheck ./flynn ask --no-history -e "$(cat "$folder/endpoint")" 'Which colour?' || return
	memcheck ./flynn ask --no-history -e "$(cat "$folder/endpoint")" 'Which colour?'
	[ $? -ne 99 ] || return
	memcheck ./flynn ask --no-history -e http://127.0.0.1:9 'Which colour?'
	[ $? -ne 99 ]
}

status=0
for program; do
	if [ "$program" = ask ]; then
		ask >"$folder/said" 2>&1
	else
		memcheck "tests/$program" >"$folder/said" 2>&1
	fi
	result=$?
	# Each process has a log, also those that a test starts.
	cat "$folder"/log.* 2>/dev/null | sed 's/^/# /'
	if [ $result -eq 0 ] && [ -z "$(cat "$folder"/log.* 2>/dev/null)" ]; then
		echo "ok - $program under valgrind"
	else
		grep '^not ok' "$folder/said"
		echo "not ok - $program under valgrind"
		status=1
	fi
	rm -f "$folder"/log.*
done
exit $status
