#!/bin/sh
# map.sh - HACKING.md is true of the source: the files that it names are there, and its table of folders says who may
# include whom. No circle among files, neither by includes nor by calls; and a library is known to one place.
set -u

top=$FLYNN_TESTS/..
build=$PWD
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
. "$FLYNN_TESTS/ok-lib.sh"

cd "$top" || exit 1
echo 1..10

# A name without a folder is a file of some folder, or a library's header.
is_there()
{
	[ -e "src/$1" ] || [ -e "$1" ] || ls src/*/"$1" >/dev/null 2>&1 || grep -qE "<(.*/)?$1>" src/*/*.[ch]
}

grep -o '`[^` ]*\.[a-z]*`' HACKING.md | tr -d '`' | sort -u >"$dir/names"
[ "$(wc -l <"$dir/names")" -gt 100 ] || wrong "only $(wc -l <"$dir/names") names"
while read -r name; do
	case $name in
	*'*'*) ;;
	?*.c | ?*.h | ?*.sh) is_there "$name" || wrong "$name" ;;
	esac
done <"$dir/names"
ok 'HACKING.md names files that are there'

# Each file is named in its folder's line of "Families of files", or by a prefix with a star.
sed -n '/^## Families/,/^## A token/p' HACKING.md | awk '/^- `[a-z]*\/`/ {folder = $2; gsub(/[`\/:]/, "", folder)}
	folder != "" {n = split($0, part, "`"); for (i = 2; i <= n; i += 2) print folder "/" part[i]}' >"$dir/families"
for file in src/*/*.c; do
	name=${file#src/}
	name=${name%.c}
	while read -r family; do
		case $name in
		$family) continue 2 ;;
		esac
	done <"$dir/families"
	wrong "$file is in no family"
done
ok 'HACKING.md has a word for every file'

# Comments name C files too; what is in quotes is data.
sed -n '/^#include/d; s/"[^"]*"//g; p' src/*.c src/*/*.[ch] | grep -oE '(^|[^a-z0-9_./-])([a-z_]+/)*[a-z_]+\.[ch]\b' |
	sed 's/^[^a-z_]//' | sort -u >"$dir/names"
[ "$(wc -l <"$dir/names")" -gt 100 ] || wrong "only $(wc -l <"$dir/names") names"
while read -r name; do
	is_there "$name" || wrong "$name: $(grep -lF "$name" src/*.c src/*/*.[ch] | tr '\n' ' ')"
done <"$dir/names"
ok 'comments name files that are there'

# The build's lists are written by hand.
grep -o '\(src\|tests\)/[a-z0-9_/]*\.[ch]' Makefile.am | sort -u >"$dir/listed"
for file in src/*.c src/*/*.[ch] tests/*.[ch] tests/*/*.[ch]; do
	grep -qxF "$file" "$dir/listed" || wrong "$file is not in Makefile.am"
done
ok 'the build knows every file'

sed -n '/define STYLES(X)/,/[^\\]$/s/^\tX(\([A-Z_]*\)).*/\1/p' src/tui/theme.h >"$dir/styles"
[ "$(wc -l <"$dir/styles")" -gt 10 ] || wrong "only $(wc -l <"$dir/styles") styles"
while read -r style; do
	grep -q "\[STYLE_$style\] = {" src/tui/theme.c || wrong "no colours for STYLE_$style"
done <"$dir/styles"
sed -n 's/^const struct view \*\([a-z_]*\)(void);.*/\1/p' src/pages/*.h >"$dir/pages"
[ -s "$dir/pages" ] || wrong 'no pages'
while read -r page; do
	grep -q "^        $page,$" src/pages/pages.c || wrong "$page is not in pages.c"
done <"$dir/pages"
ok 'every style has its colours, every page its row'

# | `folder/` | what | folder, folder |
sed -n 's/^| `\([a-z]*\)\/` |.*| \([a-z, –]*\) |$/\1 \2/p' HACKING.md | tr -d ',–' >"$dir/folders"
for folder in src/*/; do
	folder=$(basename "$folder")
	known=$(sed -n "s/^$folder /$folder /p" "$dir/folders")
	[ -n "$known" ] || wrong "$folder is not in the table"
	grep -o '^#include "[a-z]*/' "src/$folder"/*.[ch] | while IFS='"' read -r file includes; do
		case " $known " in
		*" ${includes%/} "*) ;;
		*) wrong "${file%:*} includes $includes" ;;
		esac
	done
done
ok 'folders include those that the table says'

# tsort says what is in a circle. $1: lines of two names, the first of which uses the second.
no_circle()
{
	[ "$(wc -l <"$1")" -gt 100 ] || wrong "only $(wc -l <"$1") arrows"
	tsort "$1" 2>&1 >/dev/null | grep -v 'input contains a loop' | while read -r _ file; do wrong "$file"; done
}

# A file and its header count as one.
grep -o '^#include "[a-z]*/[^"]*\.h' src/*/*.[ch] | sed 's/^src\///; s/\.[ch]:#include "/ /; s/\.h$//' |
	awk '$1 != $2' | sort -u >"$dir/includes"
no_circle "$dir/includes"
ok 'files include each other in no circle'

# Of functions and tables that are not static, as the linker sees them.
nm -A -P -g "$build"/src/*/*.o 2>/dev/null | sed 's/^.*src\/\([a-z]*\/[a-z_]*\)\.o:/\1/' | awk '
	$3 == "U" { uses[$1 " " $2] }
	$3 != "U" { home[$2] = $1 }
	END {
		for (use in uses) {
			split(use, part)
			if (part[2] in home && home[part[2]] != part[1])
				print part[1], home[part[2]]
		}
	}' | sort -u >"$dir/calls"
no_circle "$dir/calls"
ok 'files call each other in no circle'

# library HEADER PLACE…: none else includes it.
library()
{
	header=$1
	shift
	grep -lE "^#include <(.*/)?$header" src/*.c src/*/*.[ch] >"$dir/users"
	[ -s "$dir/users" ] || wrong "nobody includes $header"
	while read -r user; do
		case " $* " in
		*" $user "* | *" ${user%/*}/ "*) ;;
		*) wrong "$user includes $header" ;;
		esac
	done <"$dir/users"
}

library curl.h src/net/libcurl.h
library curses.h src/tui/frame_writer.c
library termkey.h src/tui/key_input.c
library md4c.h src/text/markdown.c
library utf8proc.h src/text/cluster.c src/text/letters.c
library pcre2.h src/syntax/regex.c
library yaml.h src/config/yaml.c
library gdk-pixbuf.h src/picture/decode.c
library chafa.h src/picture/symbols.c
library cJSON.h src/llama/ src/store/
library sqlite3.h src/store/database.h
library sqlite3ext.h src/store/sqlite.h
ok 'a library is known to one place'

# What is renamed, is renamed there too, or `make token-path` writes it anew.
sed -n 's/^\t\t\*(\.text\.\([a-z0-9_]*\) .*/\1/p' src/token_path.ld >"$dir/names"
[ "$(wc -l <"$dir/names")" -gt 200 ] || wrong "only $(wc -l <"$dir/names") names"
grep -ohE '^[a-z][a-z0-9_]*\(' src/*/*.c | tr -d '(' | sort -u >"$dir/functions"
while read -r name; do
	grep -qxF "$name" "$dir/functions" || wrong "$name is no function"
done <"$dir/names"
ok 'src/token_path.ld names functions that are there'
