#!/usr/bin/env bash
# clang-tidy over our own sources with the few checks of .clang-tidy, on as many cores as there are.
#   tools/tidy.sh                 every source but the tests
#   tools/tidy.sh together F…     these files of one folder
# Most of the time goes into the headers, so files of one folder are read as one, as many as fit: where two use a name of
# their own for different things, they are read by themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

tidy() {
  clang-tidy-19 -p build/tidy --quiet --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-sign-conversion \
    --extra-arg=-Wno-deprecated-declarations "$@"
}

together() {
  local errors; errors=$(mktemp -p build/tidy)
  if [ $# -eq 1 ]; then
    tidy "$1" 2>"$errors" || { grep -E 'error:|Error while' "$errors"; return 1; }
    return 0
  fi
  local folder; folder=build/tidy/$(dirname "$1")
  mkdir -p "$folder"
  local all; all=$(mktemp -p "$folder" --suffix=.cpp together_XXXXXX)
  printf '#include "%s"\n' "${@/#/$PWD/}" >"$all"
  # What it finds in files that do not go together is found again when they are read by themselves.
  # A name that hides one of a neighbour hides nothing; g++ warns of those that do.
  tidy --extra-arg=-Wno-shadow "$all" >"$errors" 2>&1 && return 0
  local half=$(($# / 2)) result=0
  together "${@:1:half}" || result=1
  together "${@:half+1}" || result=1
  return $result
}

if [ "${1:-}" = together ]; then
  shift
  together "$@"
  exit
fi

[ -f build/release/compile_commands.json ] || cmake --preset release >/dev/null
rm -rf build/tidy
mkdir -p build/tidy
# g++ knows a flag that clang does not and has parsed the common headers already; it is the reference for warnings; these are as in cmake/flags.cmake for clang.
sed -E 's/ -fconcepts-diagnostics-depth=2//; s, (-Winvalid-pch|-include [^ ]*cmake_pch[^ ]*),,g' build/release/compile_commands.json >build/tidy/compile_commands.json
mapfile -t sources < <(git ls-files 'src/*.cpp' | grep -vE '_test\.cpp$')
# The files that cannot be read with their neighbours, as CMakeLists.txt names them: a line each, and the one that is told
# where the checkout stands.
told=src/app/settings.cpp
alone=$(sed -nE 's/^room\(([^ ]+) .* ALONE (.*)\)$/\1 \2/p' CMakeLists.txt | awk '{ for (i = 2; i <= NF; i++) print "src/" $1 "/" $i }'
  echo "$told")
# One line a batch: up to eight files of one folder. The tables of a case give their parts the same names, so each stands alone.
in_batches() {
  awk '
    { folder = $0; sub(/\/[^\/]*$/, "", folder) }
    folder != last || count == 8 { if (line != "") print line; line = ""; count = 0; last = folder }
    { line = line (count ? " " : "") $0; count += 1 }
    END { if (line != "") print line }'
}
batches() {
  printf '%s\n' "${sources[@]}" | grep -E '(_case|/main)\.cpp$'
  echo "$told"
  printf '%s\n' "${sources[@]}" | grep -vE '(_case|/main)\.cpp$' | grep -vxF "$alone" | in_batches
  printf '%s\n' "${sources[@]}" | grep -xF "$alone" | grep -vxF "$told" | in_batches
}
batches | xargs -P "$(nproc)" -L 1 "$0" together
echo "files: ${#sources[@]} checked by clang-tidy, 0 findings"
