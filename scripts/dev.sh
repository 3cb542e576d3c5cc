#!/bin/sh
# The server with its data, and Vite before it, which reloads the web application as it is edited. Ctrl-C ends both.
set -eu
cd "$(dirname "$0")/.."
BYLINE_ADDR=${BYLINE_ADDR:-127.0.0.1:8080}
BYLINE_PUBLIC_URL=${BYLINE_PUBLIC_URL:-http://localhost:5173}
BYLINE_EMBEDDED_DIR=${BYLINE_EMBEDDED_DIR:-$PWD/deploy/embedded}
BYLINE_API_URL=http://$BYLINE_ADDR
export BYLINE_ADDR BYLINE_PUBLIC_URL BYLINE_EMBEDDED_DIR BYLINE_API_URL
./backend/bin/byline serve --demo --with-parent &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server"' EXIT
trap 'exit 130' INT TERM
(cd frontend && npm run dev)
