#!/bin/sh
# run.sh - runs each fuzz target that was built, over its corpus. From the build directory:
#
#	tests/fuzz/run.sh [-r RUNS | -s SECONDS | -c SECONDS] [TARGET...]
#
# 30 seconds each by default, with a random seed: new inputs go to fuzz-TARGET/ in the build directory, and the next run goes
# on from there. With -c the seed is fixed, the number of runs is what takes about so many seconds (the table below), and
# nothing is kept: twice the same for the same source, so that it judges a change and not luck. A finding goes to
# fuzz-TARGET/crash-*; the corpus in the source directory stays as it is. Exit status 1 when a target found something, 2 when
# there is none.
set -u
here=$(cd "$(dirname "$0")" && pwd)

# The longest input, and thousands of runs in a minute of one processor of 2023. Short inputs find the same, sooner.
targets='
answers   1024  120
chunk_scan 1024 500
config    1024  300
file_type 1024  700
highlight  256  360
import    2048  300
keys       256  360
markdown   256  120
math       256  150
picture   1024  100
pieces     256   45
query      256  150
reply     1024  400
spoken     256   70
think      256  600
tokens     600  100
typed      256  300
utf8       256  300
'

# Of one without a row there: as of the slower ones.
column() { printf '%s\n' "$targets" "$1 1024 100" | awk -v name="$1" -v column="$2" '$1 == name { print $column; exit }'; }

mode=-max_total_time=30
seconds=
while getopts r:s:c: option; do
	case $option in
	r) mode=-runs=$OPTARG ;;
	s) mode=-max_total_time=$OPTARG ;;
	c) seconds=$OPTARG ;;
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

# Stacks of allocations are short, for they take a sixth of the time; a finding can be read again with longer ones.
export ASAN_OPTIONS="malloc_context_size=4:${ASAN_OPTIONS-}"

# Each file of the corpus once, however long it is; then inputs made of them.
fuzz()
{
	name=$1
	set -- -timeout=10 -rss_limit_mb=1024 "-artifact_prefix=fuzz-$name/"
	"tests/fuzz/$name" "$@" "$here/$name.corpus"/* || return
	set -- "$@" "-max_len=$(column "$name" 2)" -entropic=0 -print_final_stats=1
	if [ -n "$seconds" ]; then
		set -- "$@" -seed=1 "-runs=$(($(column "$name" 3) * 1000 * seconds / 60))" \
			"-seed_inputs=$(printf '%s,' "$here/$name.corpus"/* | sed 's/,$//')"
	else
		set -- "$@" "$mode" "fuzz-$name" "$here/$name.corpus"
	fi
	"tests/fuzz/$name" "$@"
}

status=0
for name; do
	mkdir -p "fuzz-$name"
	if fuzz "$name" >"fuzz-$name.log" 2>&1; then
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
