# standin-lib.sh - what the scripts against the stand-in share: a home of their own, the server, results. It is sourced.

[ -x "$FLYNN_BUILD/tests/standin" ] || {
	echo '1..0 # SKIP the stand-in is not built'
	exit 0
}
dir=$(mktemp -d) || exit 1
server=
# Until nobody listens any more.
stop()
{
	[ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null
	server=
}
trap 'stop; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

HOME=$dir
export HOME
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME FLYNN_ENDPOINT FLYNN_AUTH_TOKEN http_proxy https_proxy all_proxy
n=0

# The stand-in with the script of standard input; its endpoint in $endpoint.
serve()
{
	stop
	cat >"$dir/script"
	mkfifo "$dir/says"
	"$FLYNN_BUILD/tests/standin" "$dir/script" >"$dir/says" &
	server=$!
	read -r endpoint <"$dir/says"
	rm "$dir/says"
}
