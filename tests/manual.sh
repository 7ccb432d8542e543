#!/bin/sh
# manual.sh - the manual pages are well-formed, name every option and key there is, and their example is right.

doc=$FLYNN_TESTS/../doc
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
. "$FLYNN_TESTS/ok-lib.sh"

# Asks at a socket that is not there: status 2 is the configuration's, 3 the socket's.
ask() { "$FLYNN" ask -c "$1" -e unix:/proc/0/llama.sock hello </dev/null 2>&1; }

echo 1..14

for page in flynn.1 flynn-history.1 flynn-config.5; do
	: >"$dir/wrong"
	if command -v mandoc >/dev/null; then
		mandoc -T lint -W warning "$doc/$page" >"$dir/wrong" 2>&1
		ok "$page is well-formed"
	elif man --warnings -l /dev/null >/dev/null 2>&1; then
		man --warnings -l "$doc/$page" 2>"$dir/wrong" >/dev/null
		ok "$page is well-formed"
	else
		n=$((n + 1))
		echo "ok $n - $page is well-formed # SKIP no mandoc, no man"
	fi
done

for page in flynn.1 flynn-history.1 flynn-config.5 parameters.md; do
	"$doc/tables.sh" "$FLYNN_BUILD/doc/tables" "$doc/$page" 2>&1 | diff "$doc/$page" - >"$dir/wrong"
	[ ! -s "$dir/wrong" ] || echo 'run: make manual' >>"$dir/wrong"
	ok "the tables of $page are those of the program"
done

: >"$dir/wrong"
"$FLYNN" ask --help >"$dir/help" || echo 'no --help' >"$dir/wrong"
sed -n 's/^ .*--\([a-z-]*\).*/\1/p' "$dir/help" >"$dir/options"
[ -s "$dir/options" ] || echo 'no options' >>"$dir/wrong"
while read -r option; do
	grep -q -e "^\.It Fl .*-$option\( \|$\)" "$doc/flynn.1" || echo "--$option" >>"$dir/wrong"
done <"$dir/options"
ok 'flynn.1 names every option'

: >"$dir/wrong"
"$FLYNN" history --help | sed -n 's/^flynn history \([a-z]*\) .*/\1/p' >"$dir/commands"
sed -n '/^\.Sh DESCRIPTION/,/^\.Sh OPTIONS/s/^\.It Cm //p' "$doc/flynn-history.1" | while read -r command; do
	grep -qx "$command" "$dir/commands" || echo "$command is no command" >>"$dir/wrong"
done
[ -s "$dir/commands" ] || echo 'no commands' >>"$dir/wrong"
while read -r command; do
	grep -q "^\.It Cm $command\$" "$doc/flynn-history.1" || echo "$command" >>"$dir/wrong"
	"$FLYNN" history "$command" --help | sed -n 's/^ .*--\([a-z-]*\).*/\1/p'
done <"$dir/commands" | sort -u >"$dir/options"
[ -s "$dir/options" ] || echo 'no options' >>"$dir/wrong"
while read -r option; do
	grep -q -e "^\.It Fl .*-$option\( \|$\)" "$doc/flynn-history.1" || echo "--$option" >>"$dir/wrong"
done <"$dir/options"
ok 'flynn-history.1 names every command and option'

# The manual as lines "HEADING<TAB>key", without what is made of tables; a key of the top may stand below any heading.
: >"$dir/wrong"
"$FLYNN_BUILD/doc/tables" config-keys >"$dir/keys"
[ -s "$dir/keys" ] || echo 'no keys' >>"$dir/wrong"
top=$(sed -n '1s/\t.*//p' "$dir/keys")
sed '/^\.\\" table/,/^\.\\" end/d' "$doc/flynn-config.5" |
	awk '/^\.S[sh] / {heading = substr($0, 5)} /^\.It Ic / {print heading "\t" $3}' >"$dir/explained"
while IFS="	" read -r heading key; do
	[ "$heading" = "$top" ] && heading='.*'
	grep -q "^$heading	$key\$" "$dir/explained" || echo "$key is not below $heading" >>"$dir/wrong"
done <"$dir/keys"
cut -f1 "$dir/keys" | sort -u | grep -Fwf - "$dir/explained" | while IFS="	" read -r heading key; do
	grep -q "^\($heading\|$top\)	$key\$" "$dir/keys" || echo "$key is no key" >>"$dir/wrong"
done
ok 'flynn-config.5 names every key'

: >"$dir/wrong"
"$FLYNN_BUILD/doc/tables" parameter-lines >"$dir/parameters"
[ -s "$dir/parameters" ] || echo 'no parameters' >>"$dir/wrong"
while read -r parameter rest; do
	grep -q "^| \`$parameter\` |" "$doc/parameters.md" || echo "$parameter" >>"$dir/wrong"
done <"$dir/parameters"
ok 'parameters.md names every parameter'

# README names its pictures from the folder above.
for page in "$doc"/../README.md "$doc"/*.md; do
	sed -n 's/.*src\(set\)*="\([^"]*\)".*/\2/p' "$page" | while read -r picture; do
		[ -s "$(dirname "$page")/$picture" ] || echo "$picture of $page is missing" >>"$dir/wrong"
		grep -qF "doc/${picture##*/}" "$doc/../Makefile.am" || echo "$picture is not distributed" >>"$dir/wrong"
	done
done
ok 'the pictures of README and doc are there'

# The examples of parameters.md, each between a line ```yaml and ```, below a model.
: >"$dir/wrong"
{
	printf 'models:\n  local:\n    endpoint: http://localhost:8080\n'
	sed -n '/^```yaml$/,/^```$/{/^```/!p;}' "$doc/parameters.md"
} >"$dir/example.yaml"
grep -q '^presets:' "$dir/example.yaml" || echo 'no presets' >>"$dir/wrong"
ask "$dir/example.yaml" >"$dir/said"
[ $? -eq 3 ] || cat "$dir/said" >"$dir/wrong"
ok 'the examples of parameters.md are a configuration'

: >"$dir/wrong"
sed -n '/^\.Sh EXAMPLES/,/^\.Ed/{/^\./!p;}' "$doc/flynn-config.5" >"$dir/example.yaml"
ask "$dir/example.yaml" >"$dir/said"
[ $? -eq 3 ] || cat "$dir/said" >"$dir/wrong"
ok 'the example is a configuration'
