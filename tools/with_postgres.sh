#!/usr/bin/env bash
# Runs a command beside a PostgreSQL server of its own, which is gone when the command ends:
#
#     tools/with_postgres.sh build/storage_test
#
# The server comes from Debian's package (PostgreSQL 15 or newer), listens on a socket in a temporary folder only, and
# syncs to disk as in earnest. The command finds it in REACHABLE_TEST_POSTGRES. Its exit code is passed on.
set -euo pipefail

if [ $# -eq 0 ]; then
    echo "usage: tools/with_postgres.sh COMMAND…" >&2
    exit 64
fi

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ] || [ ! -x "$programs/initdb" ]; then
    echo "with_postgres: no PostgreSQL server is installed: apt install postgresql" >&2
    exit 69
fi

# PostgreSQL refuses to run as root, so root lends it another user.
as_server=()
folder=$(mktemp -d "${TMPDIR:-/tmp}/reachable_postgres_XXXXXX")
if [ "$(id -u)" -eq 0 ]; then
    server_user=$(getent passwd postgres >/dev/null && echo postgres || echo nobody)
    chown "$server_user" "$folder"
    as_server=(setpriv "--reuid=$server_user" "--regid=$(id -g "$server_user")" --clear-groups env "HOME=$folder")
fi

run() { (cd "$folder" && "${as_server[@]}" "$programs/$1" "${@:2}"); }

stop() {
    local code=$?
    trap - EXIT
    run pg_ctl stop -s -D "$folder/data" -m immediate >/dev/null 2>&1 || true
    rm -rf "$folder"
    exit "$code"
}
command_id=
interrupted() {
    [ -z "$command_id" ] || kill -TERM "$command_id" 2>/dev/null || true
    exit "$1"
}
trap stop EXIT
trap 'interrupted 130' INT
trap 'interrupted 143' TERM HUP

fail() {
    echo "with_postgres: $1" >&2
    cat "$folder"/*.log >&2 2>/dev/null || true
    exit 70
}

run initdb -D "$folder/data" -U reachable --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$folder/initdb.log" 2>&1 || fail "the server's files could not be made"
cat >>"$folder/data/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 100
fsync = on
SETTINGS
run pg_ctl start -s -w -t 60 -D "$folder/data" -l "$folder/server.log" >/dev/null || fail "the server did not start"

export REACHABLE_TEST_POSTGRES="postgresql:///postgres?host=$folder&user=reachable"
# In the background, because the shell hears of a signal only after a command in the foreground has ended.
"$@" <&0 &
command_id=$!
wait "$command_id"
