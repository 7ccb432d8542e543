#!/bin/sh
# bootstrap.sh - what `./bootstrap run` starts, with a server and without one. It runs in a tree of its own where all is
# built already, and flynn is a script that says what it was asked.
set -u

for tool in autoreconf automake make pkg-config; do
	command -v $tool >/dev/null || {
		echo "1..0 # SKIP no $tool here"
		exit 0
	}
done
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
unset MAKEFLAGS MFLAGS MAKELEVEL

mkdir -p "$dir/bin" "$dir/src" "$dir/build"
cp "$FLYNN_TESTS/../bootstrap" "$dir/bootstrap"
touch "$dir/configure.ac" "$dir/Makefile.am" "$dir/configure" "$dir/Makefile.in"
printf 'abs_top_builddir = %s/build\nall:\n' "$(cd "$dir" && pwd)" >"$dir/build/Makefile"
cat >"$dir/build/flynn" <<'END'
#!/bin/sh
[ "$*" != "doctor --server" ] || exit "$SERVER"
echo "flynn:" "$@"
END
# Whatever is missing here, a test installs nothing.
for tool in apt-get sudo dnf pacman apk zypper brew; do
	printf '#!/bin/sh\nexit 1\n' >"$dir/bin/$tool"
done
chmod +x "$dir/bootstrap" "$dir/build/flynn" "$dir/bin/"*
PATH=$dir/bin:$PATH
export PATH SERVER
n=0

# starts NAME STATUS WANT ARGS…: doctor says STATUS about the server; then flynn is started like this.
starts()
{
	name=$1 SERVER=$2 want=$3
	shift 3
	n=$((n + 1))
	have=$("$dir/bootstrap" run "$@" 2>"$dir/said")
	if [ "$have" != "$want" ]; then
		sed 's/^/# /' "$dir/said"
		echo "# started: $have"
		printf 'not '
	fi
	echo "ok $n - $name"
}

echo 1..6
starts 'a server is there: the chat' 0 'flynn:'
starts 'none is there: the tour' 3 'flynn: demo'
grep -q 'no llama-server found' "$dir/said" || printf 'not '
n=$((n + 1))
echo "ok $n - and it says so"
starts 'it does not answer: the chat' 4 'flynn:'
starts 'the configuration is wrong: the chat says it' 2 'flynn:'
starts 'with arguments these count' 3 'flynn: -e http://host:1' -e http://host:1
