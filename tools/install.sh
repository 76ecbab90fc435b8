#!/usr/bin/env bash
# Installs from Debian 12's own packages what the given purpose needs and the machine lacks.
#   tools/install.sh build          to build and run
#   tools/install.sh build check    also to test
set -euo pipefail

build=(g++ cmake ninja-build pkg-config ccache git ca-certificates
  libboost1.81-dev libboost-json1.81-dev libssl-dev libcurl4-openssl-dev libsqlite3-dev libpq-dev libsodium-dev
  liboath-dev libicu-dev libhowardhinnant-date-dev tzdata libfmt-dev libexpected-dev libcli11-dev libgtest-dev libgmock-dev
  librapidcheck-dev)
check=(clang-19 libclang-rt-19-dev clang-tidy-19 clang-format-19 postgresql-15 chromium fonts-liberation poppler-utils universal-ctags
  openssl curl)

wanted=()
for purpose in "$@"; do
  case "$purpose" in
    build) wanted+=("${build[@]}") ;;
    check) wanted+=("${check[@]}") ;;
    *) echo "install.sh: no such purpose: $purpose (build, check)" >&2; exit 2 ;;
  esac
done

# Another Node.js than Debian's is welcome if it is new enough.
node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    [ "$(node --version | sed 's/^v\([0-9]*\).*/\1/')" -ge 18 ]
}
node_is_new_enough || wanted+=(nodejs npm)

missing=()
for package in "${wanted[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "These Debian packages are missing: ${missing[*]}. Install them, or install sudo." >&2; exit 1; }
  as_root=(sudo)
fi
echo "Installing: ${missing[*]}"
# Installing Boost 1.81 removes Boost 1.74's development files where they are installed: the two exclude each other.
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
