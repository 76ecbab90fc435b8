#!/usr/bin/env bash
# Runs the compiler through ccache, so that what was compiled once is not compiled again in another checkout of the same
# tree. Called by the build as: compile.sh <the checkout> <compiler> <arguments…>, in the build's folder.
export CCACHE_BASEDIR=$1 CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros
shift
# ccache writes paths relative to its base, but not those behind -Xclang, which name the headers that are parsed ahead.
exec ccache "${@//"$PWD/"/}"
