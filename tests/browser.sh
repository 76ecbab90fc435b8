#!/usr/bin/env bash
# Plays the night the clocks change, and what protects a child's record, in Chromium, with scripts on and off, each on
# a fresh demo world; runs axe on every page at
# 1280 and 375, notes console errors, counts the pages of the printed brief, and leaves screenshots in build/screens
# unless REACHABLE_SCREENS is none.
#   tests/browser.sh build/release/reachable
#   tests/browser.sh build/release/reachable playToldOnce    only that story
set -euo pipefail
binary=$(realpath "$1")
cd "$(dirname "$0")/.."
[ -d node_modules/playwright-core ] || npm ci --no-audit --no-fund --silent
node tests/browser/all.mjs "$binary" "${@:2}"
