#!/bin/sh
# smoke.sh - `packaging/smoke.sh PACKAGE.deb`, as root on a Debian that may be thrown away: the package is installed, its program works
# (libcurl and SQLite are found though they are not linked, the decoder of pictures and the completions are in their places), and nothing of it is
# left when it is removed.
set -eu

package=$1
export DEBIAN_FRONTEND=noninteractive HOME=/tmp/flynn-smoke
mkdir -p "$HOME"

wrong() { echo "smoke: $*" >&2; exit 1; }

apt-get -qq update
apt-get -qq -y install --no-install-recommends "$package" >/dev/null
dpkg -L flynn >"$HOME/files"

flynn --version
flynn ask -e http://127.0.0.1:9 hello 2>"$HOME/said" && wrong 'it asked nobody'
grep -q 'not running at http://127.0.0.1:9$' "$HOME/said" || wrong "$(cat "$HOME/said")"
flynn history list
flynn keys | grep -q 'Ctrl+Q' || wrong 'no keys'
flynn doctor -e http://127.0.0.1:9 >"$HOME/doctor" && wrong 'the doctor finds nothing'
grep -q '^good  code colours .*languages, in /usr/share/flynn/syntax$' "$HOME/doctor" || wrong 'no syntax files'
grep '^BAD' "$HOME/doctor" | grep -v '^BAD   server' && wrong 'see above'
test -x /usr/libexec/flynn-picture || wrong 'no flynn-picture'
for file in bash-completion/completions/flynn zsh/site-functions/_flynn fish/vendor_completions.d/flynn.fish; do
	test -s "/usr/share/$file" || wrong "no $file"
done

apt-get -qq -y purge flynn >/dev/null
while read -r file; do
	[ -d "$file" ] || ! [ -e "$file" ] || wrong "$file is left"
done <"$HOME/files"
echo 'smoke: good'
