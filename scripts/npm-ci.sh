#!/bin/sh
# Installs the packages of a folder when its lock file is not the one that was installed last.
# Usage: npm-ci.sh FOLDER [option for npm ci ...]
set -eu
cd "$1"
shift
stamp=node_modules/.installed
sum=$(cat package.json package-lock.json .npmrc | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ]; then
  exit 0
fi
echo "Installing packages in ${PWD##*/} …"
npm ci --no-audit --no-fund --prefer-offline --loglevel=error "$@"
printf '%s' "$sum" > "$stamp"
