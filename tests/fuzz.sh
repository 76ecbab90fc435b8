#!/usr/bin/env bash
# Runs every fuzz target for some seconds on its seeds. A crash, a leak or a hang fails.
#   tests/fuzz.sh build/sanitize 10
set -euo pipefail
build=$1; seconds=$2
cd "$(dirname "$0")/.."
count=0
for target in "$build"/fuzz_*; do
  [ -x "$target" ] && [ -f "$target" ] || continue
  name=${target##*/fuzz_}
  corpus=$(mktemp -d)
  "$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 "$corpus" "fuzz/seeds/$name" 2>&1 |
    grep -E 'stat::number_of_executed_units|ERROR|SUMMARY' | sed "s/^/$name: /"
  rm -rf "$corpus"
  count=$((count + 1))
done
[ "$count" -gt 0 ] || { echo "no fuzz target was built" >&2; exit 1; }
echo "figure: $count targets fuzzed for $seconds s each"
