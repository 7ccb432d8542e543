#!/bin/sh
# completions.sh - the completions for bash, zsh and fish: made of the tables, and tried in those shells that are here.
set -u

completions=$FLYNN_TESTS/../completions
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
. "$FLYNN_TESTS/ok-lib.sh"

mkdir "$dir/bin" "$dir/home" "$dir/files"
ln -s "$FLYNN" "$dir/bin/flynn"
PATH=$dir/bin:$PATH HOME=$dir/home
export PATH HOME
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME
: >"$dir/files/a prompt.txt"
{
	echo '{"format":"flynn-history","version":1,"conversations":['
	for i in 1 2; do
		printf '%s{"uuid":"01234567-89ab-4def-8123-456789abcde%d","title":"Sea: %d","created":"2023-11-14T22:13:20.000Z","tags":["work","t%d"],"messages":[' \
			"$([ $i = 1 ] || echo ,)" $i $i $i
		echo '{"id":1,"parent":null,"role":"user","content":"hello"}]}'
	done
	echo ']}'
} | flynn history import - >"$dir/import" 2>&1 || cat "$dir/import"
mkdir "$dir/zsh"
cp "$FLYNN_TESTS/completions/zshrc" "$dir/zsh/.zshrc"
cd "$dir/files" || exit 1

echo 1..82

for shell in bash zsh fish; do
	case $shell in
	bash) file=flynn ;;
	zsh) file=_flynn ;;
	fish) file=flynn.fish ;;
	esac
	"$FLYNN_BUILD/completions/generate" $shell | diff "$completions/$file" - >"$dir/wrong"
	[ ! -s "$dir/wrong" ] || echo 'run: make manual' >>"$dir/wrong"
	ok "the completions for $shell are those of the program"
done

# ---- one line completed, a candidate a line, its explanation left out ----

bash_completes()
{
	bash --norc -c '
		. "$1"
		line=$2
		COMP_WORDBREAKS=$'"' \\t\\n\\\"><=;|&(:'"'
		line=${line//=/ = }
		read -ra words <<<"${line//:/ : }"
		COMP_WORDS=("${words[@]}")
		case $line in *" " | *=) [ "${line: -1}" = = ] || COMP_WORDS+=("") ;; esac
		COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
		compopt() { :; }
		_flynn flynn "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$completions/flynn" "$1"
}

# In the real line editor, which completes a line that is typed.
zsh_completes()
{
	COMPLETIONS=$completions TELL=$dir/tell ZDOTDIR=$dir/zsh zsh -f "$FLYNN_TESTS/completions/zsh.zsh" "$1"
}

fish_completes()
{
	fish --no-config -c "source '$completions/flynn.fish'; complete -C '$1'" | cut -f 1
}

# completes LINE NAME WANTED... [- UNWANTED...]
completes()
{
	line=$1 name=$2
	shift 2
	for shell in bash zsh fish; do
		if ! command -v $shell >/dev/null; then
			n=$((n + 1))
			echo "ok $n - $shell: $name # SKIP no $shell here"
			continue
		fi
		: >"$dir/wrong"
		${shell}_completes "$line" >"$dir/said" 2>"$dir/errors"
		cat "$dir/errors" >>"$dir/wrong"
		expect yes "$@"
		ok "$shell: $name"
	done
}

expect()
{
	wanted=$1
	shift
	for word; do
		if [ "$word" = - ]; then
			wanted=no
		elif grep -qxF -e "$word" "$dir/said"; then
			[ $wanted = yes ] || wrong "it offers $word"
		else
			[ $wanted = no ] || wrong "not $word but: $(tr '\n' ' ' <"$dir/said")"
		fi
	done
}

completes 'flynn ' 'the commands' ask resume replay history models demo keys names doctor - list load
completes 'flynn h' 'a command that has begun' history - ask
completes 'flynn --' 'options of the full screen' --endpoint --new --set - --json --max-tokens
completes 'flynn ask --' 'options of a command' --max-tokens --no-stream --schema - --new --limit
completes 'flynn history ' 'the commands below one' list search show export import delete prune stats - ask
completes 'flynn history export --' 'their options' --format --output --all --json - --endpoint
completes 'flynn history export --format ' 'the words of an option' md txt json
completes 'flynn ask --set t' 'parameters' temperature= top_k= - min_p=
completes 'flynn ask --file ' 'files of an option' 'a prompt.txt'
completes 'flynn history import ' 'files of a command' 'a prompt.txt'
completes 'flynn resume ' 'conversations' 1 2
completes 'flynn replay ' 'conversations' 1 2
completes 'flynn history show ' 'conversations of a command below one' 1 2 - list
completes 'flynn history list --tag ' 'tags' work t1 t2 - list
completes 'flynn history search --tag w' 'tags that begin so' work - t1
completes 'flynn --system ' 'nothing for a text' - ask 'a prompt.txt'
completes 'flynn ask wor' 'nothing for a prompt' - ask 'a prompt.txt'

# ---- names of the configuration ----

completes 'flynn -m ' 'no model without a configuration' - default models
mkdir -p "$HOME/.config/flynn"
cat >"$HOME/.config/flynn/config.yaml" <<'END'
models:
  qwen: {endpoint: 'http://127.0.0.1:1'}
  qwen3:8b: {endpoint: 'http://127.0.0.1:1'}
  my big one: {endpoint: 'http://127.0.0.1:1'}
presets:
  terse: {system: Be brief.}
  tutor: {system: Teach.}
END
completes 'flynn -m q' 'models' qwen - terse ask
completes 'flynn ask --model q' 'models of a command' qwen - terse
completes 'flynn --preset t' 'presets' terse tutor - qwen
completes 'flynn ask --preset te' 'presets of a command' terse - tutor
completes 'flynn names ' 'what there are names of' models presets tags - ask
expected=$(printf '%s\n' qwen qwen3:8b 'my big one')
[ "$(flynn names models)" = "$expected" ] || wrong "$(flynn names models)"
ok 'every name on a line of its own'
bash_completes 'flynn -m qwen3:' >"$dir/said"
expect yes 8b - qwen3:8b qwen
ok 'bash: a name with a colon, which is several words there'
bash_completes 'flynn -m m' >"$dir/said"
expect yes 'my\ big\ one'
ok 'bash: a name with spaces, quoted'
flynn names models -c /dev/null/none >"$dir/said" 2>"$dir/errors" && wrong 'a file that is not there is none'
[ ! -s "$dir/said" ] && [ -s "$dir/errors" ] || wrong "$(cat "$dir/said" "$dir/errors")"
flynn names >"$dir/said" 2>/dev/null && wrong 'names of nothing'
flynn names flowers >"$dir/said" 2>"$dir/errors" && wrong 'names of flowers'
expect no x
ok 'what cannot be named'

echo 'models: [' >"$HOME/.config/flynn/config.yaml"
completes 'flynn -m ' 'nothing with a broken configuration' - qwen
completes 'flynn --preset ' 'no preset with a broken configuration' - terse
