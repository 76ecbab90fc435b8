#!/usr/bin/env bash
# The served OpenAPI document lints clean, and a force's own custody system walks the whole journey by it.
#   tests/api_contract.sh build/release/reachable
set -euo pipefail
binary=$(realpath "$1")
cd "$(dirname "$0")/.."
[ -d node_modules/@redocly/cli ] || npm ci --no-audit --no-fund --silent
document=$(mktemp --suffix .json); trap 'rm -f "$document"' EXIT
"$binary" openapi >"$document"
REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true node_modules/.bin/redocly lint --extends recommended --format stylish "$document"
node tests/api/journey.mjs "$binary"
