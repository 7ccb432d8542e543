#!/bin/sh
# analyze.sh - what static analyzers say about the source: gcc -fanalyzer, clang-tidy and cppcheck. By hand, for what they
# find changes with their version. From the source directory, after ./bootstrap:
#
#	tests/analyze.sh [gcc | tidy | cppcheck]...
#
# All of them by default; one that is not installed is skipped. A warning that is explained in tests/analyze.known does not
# count. Exit status 1 when there is another one.
# shellcheck disable=SC2317 # run_… are called by their names
set -u
cd "$(dirname "$0")/.." || exit 2
known=tests/analyze.known
modules='libcurl libcjson ncursesw termkey yaml-0.1 libutf8proc libpcre2-8 md4c sqlite3'
# shellcheck disable=SC2086 # words
flags="-std=c11 -D_GNU_SOURCE -DHAVE_CONFIG_H -I. -Isrc -Ibuild $(pkg-config --cflags $modules)"

# Without these: the first asks for functions that glibc does not have, the second takes every va_list of a function for one
# that nobody has begun, the others take lists of pointers, recursion with a bound, and numbers that fit for mistakes.
checks='-*,clang-analyzer-*,bugprone-*,misc-*,performance-*,portability-*'
checks="$checks,-clang-analyzer-security.insecureAPI.*,-clang-analyzer-valist.Uninitialized"
checks="$checks,-bugprone-sizeof-expression,-misc-no-recursion,-bugprone-implicit-widening-of-multiplication-result"
checks="$checks,-bugprone-narrowing-conversions,-bugprone-easily-swappable-parameters"
# Nor these: texts that know their length, members as arguments of macros, structs that are zeroed as a whole before they are
# compared as one, branches that end the same way, and characters compared with ASCII.
checks="$checks,-bugprone-not-null-terminated-result,-bugprone-macro-parentheses"
checks="$checks,-bugprone-suspicious-memory-comparison,-bugprone-branch-clone,-bugprone-signed-char-misuse"

sources() { find src -name '*.c' | sort; }

# Each writes lines "FILE:LINE… WARNING… [NAME]".
run_gcc()
{
	for file in $(sources); do
		# shellcheck disable=SC2086 # words
		gcc $flags -O1 -fanalyzer -c "$file" -o /dev/null 2>&1
	done | grep 'warning: .*\[-Wanalyzer'
}

run_tidy()
{
	for file in $(sources); do
		# shellcheck disable=SC2086 # words
		clang-tidy --quiet --checks="$checks" "$file" -- $flags 2>/dev/null || echo "$file: warning: not read [error]"
	done | grep 'warning: ' | sed "s,^$PWD/,,"
}

run_cppcheck()
{
	# shellcheck disable=SC2046 # words
	cppcheck -q --std=c11 --enable=warning,performance,portability --suppress=missingIncludeSystem '--suppress=*:/usr/*' -I src -I build \
		$(pkg-config --cflags-only-I libcjson) -DHAVE_CONFIG_H \
		--template='{file}:{line}: warning: {message} [{id}]' src 2>&1
}

command_of() { case $1 in gcc) echo gcc ;; tidy) echo clang-tidy ;; *) echo cppcheck ;; esac; }

# The warnings that no line "FILE NAME: why" explains.
unexplained()
{
	awk 'NR == FNR { if (!/^#/) { sub(/:.*/, ""); explained[$0] = 1 } next }
		{ file = $0; sub(/:.*/, "", file); name = $0; sub(/.*\[/, "", name); sub(/\].*/, "", name) }
		!((file " " name) in explained)' "$known" -
}

[ $# -gt 0 ] || set -- gcc tidy cppcheck
status=0
for tool; do
	if ! command -v "$(command_of "$tool")" >/dev/null; then
		echo "ok - $tool # SKIP not installed"
		continue
	fi
	found=$("run_$tool" | unexplained)
	if [ -z "$found" ]; then
		echo "ok - $tool"
	else
		echo "not ok - $tool"
		echo "$found" | sed 's/^/# /'
		status=1
	fi
done
exit $status
