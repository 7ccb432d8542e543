#!/bin/sh
# libcurl.sh - a machine on which libcurl cannot be loaded: an empty file stands for it. What needs no server does not notice; what
# does says so. Were flynn linked with libcurl, nothing here would start.
set -u

. "$FLYNN_TESTS/said-lib.sh"

library=$(sed -n 's/^#define LIBCURL_SONAME "\(.*\)"/\1/p' "$FLYNN_BUILD/config.h")
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0
: >"$dir/$library"

# Without an endpoint two are tried.
run()
{
	LD_LIBRARY_PATH=$dir HOME=$dir XDG_CONFIG_HOME=$dir XDG_DATA_HOME=$dir XDG_STATE_HOME=$dir \
		"$FLYNN" "$@" >"$dir/said" 2>&1 </dev/null
	status=$?
}

missing="libcurl cannot be loaded \\(.*$library"

echo 1..9

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
