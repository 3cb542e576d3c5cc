#!/bin/sh
# Starts the built program with a demo workspace of its own and measures its pages in Chromium.
set -eu
cd "$(dirname "$0")/.."
port=${BENCH_PORT:-4398}
data=$(mktemp -d)
chmod 755 "$data"
BYLINE_DATA="$data" BYLINE_ADDR="127.0.0.1:$port" BYLINE_PUBLIC_URL="http://localhost:$port" BYLINE_METRICS_ADDR=off BYLINE_LOG_LEVEL=warn \
	BYLINE_EMBEDDED_DIR="${BYLINE_EMBEDDED_DIR:-$PWD/deploy/embedded}" ./backend/bin/byline serve --demo --with-parent >"$data/log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data"' EXIT
trap 'exit 130' INT TERM
cd frontend && BYLINE_E2E_URL="http://localhost:$port" node scripts/bench-web.mjs "$@" || { cat "$data/log" >&2; exit 1; }
