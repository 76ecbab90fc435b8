#!/usr/bin/env bash
# Kills the server again and again while it works, and checks that nothing acknowledged or shown is lost:
#
#     tests/kill.sh BINARY [COUNT]                             200 kills unless told, on SQLite
#     tools/with_postgres.sh tests/kill.sh BINARY [COUNT]      and a tenth as many on PostgreSQL
#
# Run from the checkout. Everything it makes is in a temporary folder that is gone in the end.
set -euo pipefail

if [ $# -lt 1 ] || [ ! -x "$1" ]; then
    echo "usage: tests/kill.sh BINARY [COUNT]" >&2
    exit 64
fi
binary=$(realpath "$1")
count=${2:-200}
folder=$(mktemp -d "${TMPDIR:-/tmp}/reachable_kill_XXXXXX")
trap 'rm -rf "$folder"' EXIT

node tests/kill.mjs "$binary" "$folder/sqlite" "$count"

if [ -z "${REACHABLE_TEST_POSTGRES:-}" ]; then
    echo "kill: without PostgreSQL, for REACHABLE_TEST_POSTGRES names no server"
    exit 0
fi
name="kill_$$"
psql -q -d "$REACHABLE_TEST_POSTGRES" -c "create database $name"
url=${REACHABLE_TEST_POSTGRES/\/postgres?/\/$name?}
node tests/kill.mjs "$binary" "$folder/postgresql" $(((count + 9) / 10)) "$url"
psql -q -d "$REACHABLE_TEST_POSTGRES" -c "drop database $name with (force)"
