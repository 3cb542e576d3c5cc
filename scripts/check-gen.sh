#!/bin/sh
# Fails when a generated file differs from what the code says. It compares with a copy, not with git, so that it is
# right in a tree with uncommitted work too; the files are left as they were.
set -eu
cd "$(dirname "$0")/.."
files="backend/api/openapi.json backend/internal/coedit/schema.json backend/internal/coedit/engine backend/internal/livetest/client.js backend/internal/httpapi/sharepage/share.js frontend/src/shared/api/generated frontend/src/shared/editor/schemaHash.ts"
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
for f in $files; do
  mkdir -p "$before/$(dirname "$f")"
  if [ -e "$f" ]; then cp -Rp "$f" "$before/$f"; fi
done
sh scripts/gen.sh >/dev/null
bad=0
for f in $files; do
  if ! diff -r "$before/$f" "$f" >/dev/null 2>&1; then
    echo "$f is not up to date: run make gen and commit it"
    diff -r "$before/$f" "$f" 2>&1 | head -20 || true
    bad=1
  fi
  rm -rf "$f"
  if [ -e "$before/$f" ]; then cp -Rp "$before/$f" "$f"; fi
done
exit $bad
