# real-lib.sh - what the scripts against a real llama-server share: results, programs in the background, the server. It is
# sourced. $LLAMA_SERVER names the server (or PATH has it), $LLAMA_MODEL its model, a small .gguf; without them the
# script that sources this is skipped.

server=${LLAMA_SERVER:-llama-server}
model=${LLAMA_MODEL-}

skip_all()
{
	echo "1..0 # SKIP $*"
	exit 0
}

command -v "$server" >/dev/null || skip_all 'no llama-server: LLAMA_SERVER and LLAMA_MODEL name one and its model'
[ -r "$model" ] || skip_all 'LLAMA_MODEL names no model'
command -v curl >/dev/null || skip_all 'no curl here'

dir=$(mktemp -d) || exit 1
trap 'stop; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

mkdir "$dir/home"
HOME=$dir/home
LLAMA_SERVER_SLOTS_DEBUG=1 # /slots tells the prompt
# A proxy that is not there: flynn must not use it for a server on this machine.
http_proxy=http://127.0.0.1:9 https_proxy=$http_proxy all_proxy=$http_proxy
export HOME LLAMA_SERVER_SLOTS_DEBUG http_proxy https_proxy all_proxy
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME FLYNN_ENDPOINT FLYNN_AUTH_TOKEN no_proxy NO_PROXY

: >"$dir/input"

# ---- results ----

. "$FLYNN_TESTS/ok-lib.sh"

skip()
{
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}

# ---- programs in the background ----

# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for()
{
	tries=$(($1 * 50))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.02
	done
}

# background NAME COMMAND...: leaves NAME.pid, NAME.out, NAME.err, and NAME.status when it is over.
background()
{
	name=$dir/$1
	shift
	rm -f "$name".*
	: >"$name.out"
	(
		sh -c 'echo $$ >"$1"; shift; exec "$@"' sh "$name.pid" "$@" <"$dir/input" >"$name.out" 2>"$name.err"
		echo $? >"$name.status"
	) 2>/dev/null &
	wait_for 10 test -s "$name.pid"
}

signal() { kill -"$1" "$(cat "$dir/$2.pid")"; }

# ends NAME SECONDS: within that time.
ends() { wait_for "$2" test -s "$dir/$1.status"; }

# Sets `status` to that of a background program, once it is over.
end()
{
	if ! ends "$1" 20; then
		wrong "$1 does not end"
		signal KILL "$1"
		ends "$1" 5
	fi
	status=$(cat "$dir/$1.status")
}

# The values of a key of JSON ("content"), decoded and joined.
values()
{
	LC_ALL=C awk -v key="\"$1\":\"" '
		BEGIN { plain["n"] = "\n"; plain["t"] = "\t"; plain["r"] = "\r"; plain["b"] = "\b"; plain["f"] = "\f" }
		{
			rest = $0
			while ((at = index(rest, key)) > 0) {
				rest = substr(rest, at + length(key))
				while (match(rest, /["\\]/) && substr(rest, RSTART, 1) == "\\") {
					escaped = substr(rest, RSTART + 1, 1)
					printf "%s%s", substr(rest, 1, RSTART - 1), escaped in plain ? plain[escaped] : escaped
					rest = substr(rest, RSTART + 2)
				}
				printf "%s", substr(rest, 1, RSTART - 1)
			}
		}'
}

# ---- the server ----

fetch() { curl -sk --noproxy '*' --max-time 20 "$@"; }

gone() { [ -s "$dir/server.status" ]; }

listening()
{
	url=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$dir/server.err" "$dir/server.out" | head -n 1)
	[ -n "$url" ]
}

healthy() { [ "$(fetch -o "$dir/health" -w '%{http_code}' "$url$prefix/health")" = 200 ]; }

ready_or_gone() { gone || { listening && healthy; }; }

# start ARGS...: a server on a free port of 127.0.0.1, and `url` for it, without the path prefix.
start()
{
	stop
	prefix=$(prefix_of "$@")
	background server "$server" -t 1 -np 1 --temp 0 --no-cache-prompt --sse-ping-interval 1 \
		--host 127.0.0.1 --port 0 "$@"
	if ! wait_for 60 ready_or_gone || gone; then
		sed 's/^/# /' "$dir/server.err"
		echo "Bail out! llama-server does not start: $*"
		exit 1
	fi
}

prefix_of()
{
	while [ $# -gt 1 ] && [ "$1" != --api-prefix ]; do
		shift
	done
	[ "$1" != --api-prefix ] || echo "$2"
}

stop()
{
	for name in ask other tap server; do
		if [ -s "$dir/$name.pid" ] && ! [ -s "$dir/$name.status" ]; then
			signal CONT "$name"
			signal TERM "$name"
			ends "$name" 5 || signal KILL "$name"
			ends "$name" 5
		fi
	done
}
