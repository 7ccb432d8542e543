#!/bin/sh
# two-machines.sh - two homes that import each other's history.db on the command line, thrice, with something new on both each time.
set -u

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
. "$FLYNN_TESTS/ok-lib.sh"
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME

on() { # MACHINE WORD…
	machine=$1
	shift
	HOME=$dir/$machine "$FLYNN" history "$@"
}
file() { echo "$dir/$1/.local/share/flynn/history.db"; }

say() { # MACHINE NUMBER
	printf '{"format":"flynn-history","version":1,"conversations":[{"uuid":"0123456%d-89ab-4def-8123-45678%s000000",' "$2" "$1"
	printf '"title":"%s %d","messages":[{"id":1,"parent":null,"role":"user","content":"%s asks %d"},' "$1" "$2" "$1" "$2"
	printf '{"id":2,"parent":1,"role":"assistant","content":"reply to %s %d"}]}]}' "$1" "$2"
}

# What both say, whatever their rows and their order.
said() { on "$1" export --all --json | sed 's/^{"id":[0-9]*,//; s/"parent":[0-9a-z]*,//; s/,$//; s/"leaf":[0-9]*,//' | sort; }

echo 1..5

mkdir "$dir/a" "$dir/b"
for i in 1 2 3; do
	for machine in a b; do
		say $machine $i | on $machine import - >/dev/null 2>"$dir/wrong"
	done
	on a import "$(file b)" >"$dir/said" 2>&1 || cat "$dir/said" >>"$dir/wrong"
	on b import "$(file a)" >"$dir/said" 2>&1 || cat "$dir/said" >>"$dir/wrong"
	said a >"$dir/of-a"
	said b | diff "$dir/of-a" - >>"$dir/wrong"
	[ "$(grep -c '"role":"user"' "$dir/of-a")" -eq $((2 * i)) ] || wrong "not $((2 * i)) prompts"
	ok "exchange $i: both have all of both"
done

on a import "$(file b)" >"$dir/said" 2>&1
grep -qx 'imported 0 conversations with 0 messages; 6 skipped: already there' "$dir/said" || cat "$dir/said" >>"$dir/wrong"
ok "again adds nothing"

# A broken one, and one of a newer flynn: words, status 1, and nothing comes.
cp "$(file b)" "$dir/newer.db"
printf '\000\000\000\143' | dd of="$dir/newer.db" bs=1 seek=60 conv=notrunc 2>"$dir/dd"
head -c 40000 "$(file b)" >"$dir/cut.db"
for name in newer cut; do
	if on a import "$dir/$name.db" >"$dir/said" 2>&1; then wrong "$name: taken"; fi
	grep -q "^flynn: history is .*$dir/$name.db" "$dir/said" || cat "$dir/said" >>"$dir/wrong"
done
said a | diff "$dir/of-a" - >>"$dir/wrong"
ok "what cannot be read is an error in words"
