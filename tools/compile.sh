#!/usr/bin/env bash
# Runs the compiler through ccache, so that what was compiled once is not compiled again in another checkout of the same
# tree. Called by the build as: compile.sh <the checkout> <compiler> <arguments…>, in the build's folder.
set -euo pipefail
export CCACHE_BASEDIR=$1 CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1
shift

# g++ sweeps its memory so often that it costs an eighth of the time; it may take more of it instead. What it writes is
# the same, so ccache need not know.
if [[ "${1##*/}" =~ ^(c\+\+|g\+\+) ]]; then
  export CCACHE_IGNOREOPTIONS="--param=ggc-*"
  set -- "$1" --param=ggc-min-expand=1000 --param=ggc-min-heapsize=300000 "${@:2}"
fi

# Headers that clang parsed ahead name the folder they were parsed in, so each checkout parses its own. Beside them stands
# a sum of what was read, and by that ccache knows in another checkout that they are the same.
if [[ " $* " == *" -emit-pch "* ]]; then
  "$@"
  for ((i = 1; i <= $#; i++)); do
    [ "${!i}" = -o ] && { next=$((i + 1)); parsed=${!next}; }
    [ "${!i}" = -MF ] && { next=$((i + 1)); read_files=${!next}; }
  done
  sed 's/^[^:]*://; s/\\$//' "$read_files" | xargs sha256sum | cut -d' ' -f1 | sha256sum >"$parsed.sum"
  exit
fi

# ccache writes paths relative to its base, but not those behind -Xclang, which name the headers that are parsed ahead.
exec ccache "${@//"$PWD/"/}"
