#!/bin/sh
# packaging.sh - the files of packaging/ are of the version that configure.ac has, name what is installed, and are read by the programs
# that packages are built with, where those are here.
set -u

top=$FLYNN_TESTS/..
packaging=$top/packaging
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
. "$FLYNN_TESTS/ok-lib.sh"

echo 1..10
version=$(sed -n 's/^AC_INIT(\[flynn\], \[\(.*\)\])$/\1/p' "$top/configure.ac")

# has NAME FILE PATTERN
has() { grep -qxE -e "$3" "$packaging/$2" || wrong "$2 is not of version $version"; }

[ -n "$version" ] || wrong 'configure.ac has no version'
has debian debian/changelog "flynn \($version-[0-9]+\) .*"
has spec flynn.spec "Version: +$version"
has PKGBUILD PKGBUILD "pkgver=$version"
has formula flynn.rb " +url \".*/flynn-$version\.tar\.gz\""
ok 'every package is of this version'

# Each module that configure looks for, by the names of Debian and of rpm.
sed -n 's/.*PKG_CHECK_MODULES(\[[A-Z0-9_]*\], *\[\([a-z0-9.-]*\).*/\1/p' "$top/configure.ac" | sort -u >"$dir/modules"
[ "$(wc -l <"$dir/modules")" -gt 8 ] || wrong "only $(wc -l <"$dir/modules") modules"
while read -r module; do
	case $module in
	libcmark* | ck) ;; # for a test and a benchmark, which are skipped without them
	*) grep -qF "pkgconfig($module)" "$packaging/flynn.spec" || wrong "flynn.spec does not need $module" ;;
	esac
done <"$dir/modules"
ok 'flynn.spec needs every library'

sed -n '/^needs=/,/^.$/p' "$top/bootstrap" | awk '$1 == "build" && $2 ~ /^module:/ || $1 == "feature" && $2 ~ /^module:/ {print $3}' >"$dir/libraries"
[ "$(wc -l <"$dir/libraries")" -gt 8 ] || wrong "only $(wc -l <"$dir/libraries") libraries"
while read -r library; do
	grep -qE "^ $library( |,)" "$packaging/debian/control" || wrong "debian/control does not need $library"
done <"$dir/libraries"
ok 'debian/control needs every library'

# doc/install.md has the packages of each system, as bootstrap names them; but for what a system of that kind has anyway.
sed -n '/^needs=/,/^.$/p' "$top/bootstrap" | awk '$1 == "build" || $1 == "feature" {
	for (i = 3; i <= 8; i++) print $i }' | tr ',' '\n' | grep -vx -e - | sort -u >"$dir/names"
[ "$(wc -l <"$dir/names")" -gt 40 ] || wrong "only $(wc -l <"$dir/names") packages"
while read -r name; do
	grep -qE "(^| )$name( |$)" "$top/doc/install.md" || wrong "doc/install.md does not name $name"
done <"$dir/names"
ok 'doc/install.md names the packages of every system'

for file in bin/flynn libexec/flynn-picture bash-completion/completions/flynn zsh/site-functions/_flynn \
	fish/vendor_completions.d/flynn.fish man1/flynn.1 man1/flynn-history.1 man5/flynn-config.5; do
	sed 's/%{_bindir}/bin/; s/%{_libexecdir}/libexec/; s/%{_mandir}\///; s/%{_datadir}\///; s/\*$//' "$packaging/flynn.spec" |
		grep -qxF "$file" || wrong "flynn.spec does not list $file"
done
ok 'flynn.spec lists what is installed'

# The build's list is written by hand; the spec takes the folder whole.
for file in "$top"/syntax/*.nanorc; do
	grep -qE "^([^#]*[ 	])?syntax/$(basename "$file")( |$)" "$top/Makefile.am" || wrong "Makefile.am does not install $(basename "$file")"
done
grep -qxF '%{_datadir}/flynn/' "$packaging/flynn.spec" || wrong 'flynn.spec does not list the syntax files'
ok 'the syntax files are installed'

# reads NAME TOOL COMMAND...: the command takes it without an error.
reads()
{
	what=$1 tool=$2
	shift 2
	if command -v "$tool" >/dev/null; then
		"$@" >"$dir/said" 2>&1 || wrong "$(cat "$dir/said")"
		ok "$tool takes $what"
	else
		n=$((n + 1))
		echo "ok $n - $tool takes $what # SKIP no $tool here"
	fi
}

reads debian/changelog dpkg-parsechangelog dpkg-parsechangelog -l "$packaging/debian/changelog"
reads flynn.spec rpmspec rpmspec -P "$packaging/flynn.spec"
reads PKGBUILD bash bash -n "$packaging/PKGBUILD"
reads flynn.rb ruby ruby -c "$packaging/flynn.rb"
