#!/usr/bin/env bash
# The pages under docs/reference are written by the program itself; this notices when they are stale.
set -euo pipefail
cd "$(dirname "$0")/.."
fresh=$(mktemp -d); trap 'rm -rf "$fresh"' EXIT
build/release/reachable reference --to "$fresh" >/dev/null
diff -ru docs/reference "$fresh" || { echo "docs/reference is stale: run build/release/reachable reference --to docs/reference" >&2; exit 1; }
echo "reference: $(ls "$fresh" | wc -l) pages are as the program writes them"
