#!/bin/sh
# run.sh - runs each fuzz target that was built, over its corpus. From the build directory:
#
#	tests/fuzz/run.sh [-r RUNS | -s SECONDS] [TARGET...]
#
# 30 seconds each by default. New inputs go to fuzz-TARGET/ in the build directory, a finding to crash-* there; the
# corpus in the source directory stays as it is. Exit status 1 when a target found something, 2 when there is none.
set -u
here=$(cd "$(dirname "$0")" && pwd)
limit=-max_total_time=30
while getopts r:s: option; do
	case $option in
	r) limit=-runs=$OPTARG ;;
	s) limit=-max_total_time=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))
if [ $# -eq 0 ]; then
	for corpus in "$here"/*.corpus; do
		name=$(basename "$corpus" .corpus)
		[ ! -x "tests/fuzz/$name" ] || set -- "$@" "$name"
	done
fi
[ $# -gt 0 ] || { echo "run.sh: no fuzz target here: configure with --enable-fuzz CC=clang" >&2; exit 2; }
status=0
for name; do
	mkdir -p "fuzz-$name"
	if "tests/fuzz/$name" "$limit" -max_len=4096 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
		-artifact_prefix="fuzz-$name/" "fuzz-$name" "$here/$name.corpus" >"fuzz-$name.log" 2>&1; then
		runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "fuzz-$name.log")
		speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "fuzz-$name.log")
		echo "ok - fuzz $name: $runs runs, $speed a second"
	else
		echo "not ok - fuzz $name: see fuzz-$name.log"
		tail -n 40 "fuzz-$name.log" | sed 's/^/# /'
		status=1
	fi
done
exit $status
