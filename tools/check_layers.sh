#!/usr/bin/env bash
# The straight list of rooms is the rule: a file includes only from its own room and from rooms further down the list.
# Names every upward include, every include from one capability into another, and every heavy header outside its files.
set -euo pipefail
cd "$(dirname "$0")/.."

rooms="app capabilities derived casework ties notices identity records lists policy accounts audit language storage web api clocks base"
faults=0
fault() { echo "$1" >&2; faults=$((faults + 1)); }

upward=$(grep -rnoE '^#include "[^"]+"' src --include='*.h' --include='*.cpp' | awk -F: -v rooms="$rooms" '
  BEGIN { count = split(rooms, names, " "); for (i = 1; i <= count; i++) place[names[i]] = i }
  {
    include = $3; gsub(/^#include "|"$/, "", include)
    split($1, from, "/"); split(include, to, "/")
    where = $1 ":" $2 ": "
    if (!(to[1] in place)) print where "\"" include "\" names no room"
    else if (!(from[2] in place) || place[from[2]] > place[to[1]]) print where from[2] " includes upwards from " to[1] " (\"" include "\")"
    else if (from[2] == "capabilities" && to[1] == "capabilities" && from[3] != to[2])
      print where "one capability includes another (\"" include "\")"
  }')
while IFS= read -r line; do [ -z "$line" ] || fault "$line"; done <<<"$upward"

most_boost_files=6
boost_files=$(grep -rlE '#include <boost/(asio|beast|json)' src || true)
count=$(grep -c . <<<"$boost_files" || true)
[ "$count" -le "$most_boost_files" ] || fault "Boost's internals are included by $count files; at most $most_boost_files may: $boost_files"
if headers=$(grep -rlE '#include <(boost/(asio|beast|json)|sqlite3|libpq-fe|openssl/|sodium|liboath|curl/)' src --include='*.h' | grep -vE '_connection\.h$|/connection\.h$'); then
  fault "heavy libraries are included by headers: $headers"
fi

echo "layers: $(grep -rcE '^#include "' src --include='*.h' --include='*.cpp' | awk -F: '{n+=$2} END {print n}') includes, $faults upward or heavy; Boost's internals in $count of at most $most_boost_files files"
[ "$faults" -eq 0 ]
