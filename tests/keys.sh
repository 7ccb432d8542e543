#!/bin/sh
# keys.sh - flynn keys: what it lists, and what is said of keys that cannot be.
set -u

. "$FLYNN_TESTS/said-lib.sh"

dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
n=0

list()
{
	XDG_CONFIG_HOME=$dir "$FLYNN" keys "$@" >"$dir/said" 2>&1 </dev/null
	status=$?
}

# with the configuration of standard input
with()
{
	cat >"$dir/config.yaml"
	list -c "$dir/config.yaml" "$@"
}

echo 1..8

list
said 'lists the default keys' 0 '^In the input \(composer\)$' '^  Enter +send +send the prompt' \
	'^  Ctrl\+X Ctrl\+E +edit' '^Anywhere \(anywhere\)$' '^  Ctrl\+Q +quit +quit$'

with <<'END'
keys:
  composer:
    C-s: send
    Ctrl+G: none
  anywhere: {F5: browse}
END
said 'marks those of the configuration' 0 '^\* Ctrl\+S +send +send the prompt' '^\* Ctrl\+G +none +does nothing here' \
	'^\* F5 +browse' "^\\* from $dir/config.yaml\$" '^  Enter +send'

list -c "$dir/config.yaml" --json
said 'tells scripts too' 0 \
	'^\{"context":"composer","key":"C-s","said":"Ctrl\+S","action":"send","help":"[^"]*","line":3\}' \
	'^\{"context":"composer","key":"C-g","said":"Ctrl\+G","action":"none","help":"","line":4\}' \
	'^\{"context":"anywhere","key":"C-q","said":"Ctrl\+Q","action":"quit","help":"quit"\}' \
	'^\{"name":"send","help":"[^"]*"\}'

with <<'END'
keys:
  composer:
    C-s: sned
END
said 'names the nearest action' 2 "^flynn: $dir/config.yaml:3: no action \"sned\": did you mean send\\?\$"

with <<'END'
keys:
  anywhere:
    C-q: none
END
said 'keeps the way out' 2 "^flynn: $dir/config.yaml:3: Ctrl\\+Q always quits: take another key\$"

with <<'END'
keys: {composer: {C-i: send}}
END
said 'refuses what a terminal cannot tell apart' 2 \
	"^flynn: $dir/config.yaml:1: a terminal sends the same for Ctrl\\+I and Tab: write Tab if you mean that\$"

"$FLYNN" doctor -c "$dir/config.yaml" -e unix:/proc/0/llama.sock >"$dir/said" 2>&1
status=$?
said 'so does the doctor' 1 "^BAD +configuration +$dir/config.yaml:1: a terminal sends the same"

list --test
said 'tests keys on a terminal only' 2 '^flynn: flynn keys --test needs a terminal$'
