#!/bin/sh
# record.sh - what flynn ask keeps in the history, and what it says when it cannot; against the stand-in.
set -u

. "$FLYNN_TESTS/standin-lib.sh"

data=$dir/.local/share/flynn

ask()
{
	"$FLYNN" ask -e "$endpoint" "$@" >"$dir/out" 2>"$dir/err" </dev/null
	status=$?
}

# expect NAME STATUS OUT ERR: ask ended so, wrote OUT, and said something like ERR; nothing where that is empty.
expect()
{
	n=$((n + 1))
	right=yes
	[ "$status" -eq "$2" ] && [ "$(cat "$dir/out")" = "$3" ] || right=no
	if [ -z "$4" ]; then
		[ ! -s "$dir/err" ] || right=no
	else
		grep -q -e "$4" "$dir/err" || right=no
	fi
	[ $right = yes ] && echo "ok $n - $1" && return
	echo "# status $status"
	sed 's/^/# /' "$dir/out" "$dir/err"
	echo "not ok $n - $1"
}

echo 1..9

# What the model is sent decides what it says.
serve <<'END'
on POST /v1/chat/completions when "third"
stream
token "from the third"
finish stop
done
last
on POST /v1/chat/completions when "broken"
stream
token "half"
close
on POST /v1/chat/completions when "refused"
json 500 {"error":{"message":"no"}}
on POST /v1/chat/completions
stream
token "a reply"
finish stop
done
last
END

ask -C first
expect 'there is nothing to go on with' 1 '' 'no conversation to continue yet'
ask first
expect 'a conversation begins' 0 'a reply' ''
[ "$(stat -c %a "$data" "$data/history.db" | tr '\n' ' ')" = '700 600 ' ] && status=0 || status=1
expect 'only its owner may read it' 0 'a reply' ''
ask -C third
expect 'and is gone on with' 0 'from the third' ''
ask --no-history second
expect 'nothing is kept where nothing should be' 0 'a reply' ''
ask -C refused
expect 'what came to nothing is not kept' 1 '' 'no'
ask -C broken
expect 'what was broken off is kept' 1 half 'incomplete\|broke\|ended'
rm -rf "$data"
mkdir -p "$dir/.local/share"
: >"$data"
ask again
expect 'a history that cannot be used is a warning' 0 'a reply' 'not saving: '
ask -C again
expect 'but there is no going on with it' 1 '' .
