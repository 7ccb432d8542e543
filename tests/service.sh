#!/bin/sh
# service.sh - systemd takes doc/llama-server.service without a word.

unit=$FLYNN_TESTS/../doc/llama-server.service
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

echo 1..2

wanted='ExecStart=/usr/bin/llama-server -m /data/models/qwen2.5-14b-q4_k_m.gguf -ngl 99 -c 8192 --port 8080'
grep -qxF -e "$wanted" "$unit" || printf 'not '
echo 'ok 1 - it starts the model with these options'

if ! command -v systemd-analyze >/dev/null; then
	echo 'ok 2 - systemd takes it # SKIP no systemd-analyze'
	exit
fi
# A copy whose program is there; the user manager wants a folder of its own.
sed 's|^ExecStart=/usr/bin/llama-server|ExecStart=/bin/true|' "$unit" >"$dir/llama-server.service"
XDG_RUNTIME_DIR=$dir systemd-analyze --user verify "$dir/llama-server.service" 2>"$dir/said" && [ ! -s "$dir/said" ] ||
	printf 'not '
echo 'ok 2 - systemd takes it'
sed 's/^/# /' "$dir/said"
