#!/bin/sh
# Writes everything that is generated from the code: the API description, the typed client, the editor's schema and the
# part of the editor that the server runs, the script of the page of shares.
set -eu
cd "$(dirname "$0")/.."
mkdir -p backend/api
(cd backend && go run ./cmd/byline openapi > api/openapi.json.new)
mv backend/api/openapi.json.new backend/api/openapi.json
cd frontend
npm run --silent gen
