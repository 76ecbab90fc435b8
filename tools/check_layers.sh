#!/usr/bin/env bash
# The straight list of rooms is the rule: a file includes only from its own room and from rooms further down the list.
# Names every upward include, every include from one capability into another, and every heavy header outside its files.
set -euo pipefail
cd "$(dirname "$0")/.."

rooms=(app capabilities derived casework ties notices identity records lists policy accounts audit storage web api clocks base)
place_of() { local i; for i in "${!rooms[@]}"; do [ "${rooms[$i]}" = "$1" ] && { echo "$i"; return; }; done; echo -1; }

faults=0
fault() { echo "$1" >&2; faults=$((faults + 1)); }

while IFS=: read -r file line include; do
  from=$(cut -d/ -f2 <<<"$file")
  to=$(cut -d/ -f1 <<<"$include")
  to_place=$(place_of "$to")
  [ "$to_place" -ge 0 ] || { fault "$file:$line: \"$include\" names no room"; continue; }
  [ "$(place_of "$from")" -le "$to_place" ] || fault "$file:$line: $from includes upwards from $to (\"$include\")"
  if [ "$from" = capabilities ] && [ "$to" = capabilities ]; then
    [ "$(cut -d/ -f3 <<<"$file")" = "$(cut -d/ -f2 <<<"$include")" ] || fault "$file:$line: one capability includes another (\"$include\")"
  fi
done < <(grep -rnoE '^#include "[^"]+"' src --include='*.h' --include='*.cpp' | sed -E 's/#include "([^"]+)"/\1/')

most_boost_files=6
boost_files=$(grep -rlE '#include <boost/(asio|beast|json)' src || true)
count=$(grep -c . <<<"$boost_files" || true)
[ "$count" -le "$most_boost_files" ] || fault "Boost's internals are included by $count files; at most $most_boost_files may: $boost_files"
if headers=$(grep -rlE '#include <(boost/(asio|beast|json)|sqlite3|libpq-fe|openssl/|sodium|liboath|curl/)' src --include='*.h' | grep -vE '_connection\.h$|/connection\.h$'); then
  fault "heavy libraries are included by headers: $headers"
fi

echo "layers: $(grep -rcE '^#include "' src --include='*.h' --include='*.cpp' | awk -F: '{n+=$2} END {print n}') includes, $faults upward or heavy; Boost's internals in $count of at most $most_boost_files files"
[ "$faults" -eq 0 ]
