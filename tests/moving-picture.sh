#!/bin/sh
# moving-picture.sh - the moving picture of README is that of its cast, and its script still plays to its end.

doc=$FLYNN_TESTS/../doc
draw=$FLYNN_BUILD/doc/cast-svg
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
. "$FLYNN_TESTS/ok-lib.sh"

if [ ! -x "$draw" ]; then
	echo '1..0 # SKIP no libvterm'
	exit
fi
echo 1..4

# The light one is of a cast that is not kept.
"$draw" '#d8dade' '#16181d' <"$doc/flynn.cast" | cmp - "$doc/flynn-dark.svg" >"$dir/wrong" 2>&1
ok 'the picture is that of the cast'

for picture in "$doc/flynn-dark.svg" "$doc/flynn-light.svg"; do
	[ "$(wc -c <"$picture")" -lt 1000000 ] || wrong "$picture has 1 MB or more"
	! command -v xmllint >/dev/null || xmllint --noout "$picture" 2>>"$dir/wrong"
done
ok 'the pictures are small and well-formed'

"$FLYNN" demo --cast "$dir/cast" --size 100x26 --speed 1000 "$doc/readme.stage" 2>>"$dir/wrong" || wrong "status $?"
"$draw" black white <"$dir/cast" >"$dir/picture" || wrong "status $?"
for text in '>> Why is binary search fast?<' '>> What is a mutex?<' '>says what for.<' 'same order.<' 'gemma-3-4b · '; do
	grep -qF -e "$text" "$dir/picture" || wrong "it does not show: $text"
done
! command -v xmllint >/dev/null || xmllint --noout "$dir/picture" 2>>"$dir/wrong"
ok 'the script of README plays to its end'

echo '{}' | "$draw" black white >"$dir/picture" 2>"$dir/said" && wrong 'what is no cast is drawn'
grep -qF 'standard input is no asciicast' "$dir/said" || wrong "$(cat "$dir/said")"
ok 'what is no cast is refused'
