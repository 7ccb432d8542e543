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

echo 1..18

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

# What a conversation was given, in a history as another machine may have it.
mkdir -p "$dir/.config/flynn"
cat >"$dir/.config/flynn/config.yaml" <<'END'
models:
  m:
    endpoint: http://127.0.0.1:9
    parameters: {top_k: 40, min_p: 0.1}
presets:
  terse:
    parameters: {top_k: 5, seed: 1}
END
rm -rf "$data"
"$FLYNN" history import - >/dev/null <<'END'
{"format":"flynn-history","version":1,"conversations":[
{"uuid":"01234567-89ab-4def-8123-456789abcdef","title":"Boats","created":"2023-11-14T22:13:20.000Z","parameters":{"seed":7},"preset":"terse","messages":[
{"id":1,"parent":null,"role":"user","content":"boats"},
{"id":2,"parent":1,"role":"assistant","content":"float"}]}]}
END

# kept NAME HEAD REPLY: the conversation has HEAD of its own, and its last reply was made with REPLY.
kept()
{
	"$FLYNN" history show 1 --json >"$dir/out"
	n=$((n + 1))
	if head -n 1 "$dir/out" | grep -q -F -e "$2" && tail -n 2 "$dir/out" | grep -q -F -e "\"parameters\":$3"; then
		echo "ok $n - $1"
		return
	fi
	sed 's/^/# /' "$dir/out"
	echo "not ok $n - $1"
}

ask -C more
expect 'a conversation with parameters of its own' 0 'a reply' ''
kept 'is asked with them, and with its preset' '"parameters":{"seed":7},"preset":"terse"' \
	'{"top_k":5,"min_p":0.1,"seed":7}'
ask -C --set seed=9 --set temperature=0.5 again
kept 'what --set says holds once' '"parameters":{"seed":7},"preset":"terse"' \
	'{"temperature":0.5,"top_k":5,"min_p":0.1,"seed":9}'
ask -C once
kept 'and is gone with the next request' '"parameters":{"seed":7},"preset":"terse"' \
	'{"top_k":5,"min_p":0.1,"seed":7}'
cat >>"$dir/.config/flynn/config.yaml" <<'END'
  elsewhere:
    model: other
END
sed -i 's|^models:|models:\n  other:\n    endpoint: unix:/proc/0/other.sock|; 1i default: m' "$dir/.config/flynn/config.yaml"
ask -C --preset elsewhere more
expect 'a preset is kept' 0 'a reply' ''
"$FLYNN" ask -C more >"$dir/out" 2>"$dir/err" </dev/null
status=$?
expect 'and its model is asked' 3 '' 'not running at unix:/proc/0/other.sock'
"$FLYNN" ask -C -m m more >"$dir/out" 2>"$dir/err" </dev/null
status=$?
expect 'unless another one is' 3 '' 'not running at http://127.0.0.1:9'
sed -i '/^presets:/,$d' "$dir/.config/flynn/config.yaml"
ask -C more
expect 'a preset that is gone is missed' 0 'a reply' 'preset elsewhere is gone: it is not in the configuration'
ask -C --preset - more
expect 'until it is dropped' 0 'a reply' ''
rm -rf "$data" "$dir/.config"
mkdir -p "$dir/.local/share"
: >"$data"
ask again
expect 'a history that cannot be used is a warning' 0 'a reply' 'not saving: '
ask -C again
expect 'but there is no going on with it' 1 '' .
