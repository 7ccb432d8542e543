#!/bin/sh
# libraries.sh - a machine on which libcurl or SQLite cannot be loaded: an empty file stands for it. What needs neither does not
# notice; what does says so. Were flynn linked with it, nothing here would start.
set -u

. "$FLYNN_TESTS/said-lib.sh"

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0

# soname NAME: the file of a library that is loaded; nothing: flynn is linked with it.
soname() { sed -n "s/^#define $1 \"\(.*\)\"/\\1/p" "$FLYNN_BUILD/config.h"; }

# Without an endpoint two are tried.
run()
{
	LD_LIBRARY_PATH=$dir HOME=$dir XDG_CONFIG_HOME=$dir XDG_DATA_HOME=$dir XDG_STATE_HOME=$dir \
		"$FLYNN" "$@" >"$dir/said" 2>&1 </dev/null
	status=$?
}

echo 1..17

library=$(soname LIBCURL_SONAME)
: >"$dir/$library"
missing="libcurl cannot be loaded \\(.*$library"
run --version
said '--version' 0 '^flynn [0-9]'
run --help
said '--help' 0 '^flynn ask'
run keys
said 'keys' 0 'send the prompt'
run history list
said 'history list' 0 'no conversations yet'
run ask -e http://127.0.0.1:9 hi
said 'ask says that it is missing' 1 "^flynn: $missing"
run ask hi
said 'so it does where several servers might be meant' 1 "^flynn: $missing"
run models
said 'models' 0 "$missing"
run doctor --server
said 'doctor --server' 1 "$missing"
run doctor
said 'doctor' 1 "^BAD.*$missing" '^ +install it: '
rm "$dir/$library"

library=$(soname LIBSQLITE3_SONAME)
if [ -z "$library" ]; then
	while [ $n -lt 17 ]; do
		n=$((n + 1))
		echo "ok $n - without SQLite # SKIP flynn is linked with it"
	done
	exit 0
fi
: >"$dir/$library"
missing="SQLite cannot be loaded \\(.*$library"
run --version
said '--version without SQLite' 0 '^flynn [0-9]'
run keys
said 'keys without SQLite' 0 'send the prompt'
run models -e http://127.0.0.1:9
said 'models without SQLite' 0 'not running'
run history list
said 'history list says that it is missing' 1 "^flynn: $missing"
run history export
said 'history export' 1 "^flynn: $missing"
run history import "$FLYNN_TESTS/libraries.sh"
said 'history import' 1 "^flynn: $missing"
run ask -e http://127.0.0.1:9 hi
said 'ask asks all the same' 3 '^flynn: llama-server not running' "^flynn: not saving: $missing"
run doctor -e http://127.0.0.1:9
said 'doctor says what to install' 1 "^BAD +history +$missing" '^ +install it: libsqlite3'
