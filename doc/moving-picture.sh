#!/bin/sh
# moving-picture.sh - makes the moving picture that README begins with, doc/flynn-dark.svg and doc/flynn-light.svg, and doc/flynn.cast, which
# is the dark one for asciinema: flynn plays doc/readme.stage into a cast, doc/cast_svg.c draws that.
# Needs nano's syntax files, and cast-svg (`make -C build doc/cast-svg`: libvterm).
# usage: doc/moving-picture.sh path/to/flynn
set -eu

flynn=${1:?usage: doc/moving-picture.sh path/to/flynn}
doc=$(dirname "$0")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# picture NAME COLORFGBG FOREGROUND BACKGROUND
picture()
{
	COLORFGBG=$2 "$flynn" demo --cast "$dir/$1.cast" --size 100x26 "$doc/readme.stage"
	"$(dirname "$flynn")/doc/cast-svg" "$3" "$4" <"$dir/$1.cast" >"$doc/flynn-$1.svg"
}

picture dark '15;0' '#d8dade' '#16181d'
picture light '0;15' '#22252b' '#ffffff'
cat "$dir/dark.cast" >"$doc/flynn.cast"
