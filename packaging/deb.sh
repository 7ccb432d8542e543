#!/bin/sh
# deb.sh - a Debian package: `packaging/deb.sh TARBALL [FOLDER]` builds the source package and the packages of this machine from what
# `make dist` has made, in FOLDER (default: debian-build), and has lintian look at them where it is there. DEB_BUILD_OPTIONS=nocheck
# leaves out the tests.
set -eu

tarball=${1:?the tarball of make dist}
folder=${2:-debian-build}
here=$(cd "$(dirname "$0")" && pwd)
version=$(sed -n '1s/.*(\(.*\)-.*).*/\1/p' "$here/debian/changelog")

mkdir -p "$folder"
cp "$tarball" "$folder/flynn_$version.orig.tar.gz"
cd "$folder"
rm -rf "flynn-$version"
tar xf "flynn_$version.orig.tar.gz"
cp -R "$here/debian" "flynn-$version/"
(cd "flynn-$version" && dpkg-buildpackage -us -uc)
if command -v lintian >/dev/null; then
	lintian --allow-root --fail-on error --tag-display-limit 0 ./*.changes
fi
