#!/usr/bin/env bash
# Prints the size of the house as figures, and says which limits are broken.
# A line of code is a line that is neither blank nor only a comment.
set -euo pipefail
cd "$(dirname "$0")/.."

code_lines() { cat "$@" | grep -cvE '^\s*(//.*)?$' || true; }
faults=0
fault() { echo "  over the limit: $1"; faults=$((faults + 1)); }

mapfile -t sources < <(git ls-files -co --exclude-standard 'src/*.cpp' 'src/*.h' | grep -vE '_test\.cpp$|/testing/' | xargs -r ls 2>/dev/null)
mapfile -t tests < <(git ls-files -co --exclude-standard | grep -E '(_test\.cpp|/testing/|\.story|tests/.*\.(mjs|cpp|sh))' | xargs -r ls 2>/dev/null)

longest=0; longest_file=
for file in "${sources[@]}"; do
  n=$(wc -l <"$file")
  [ "$n" -gt "$longest" ] && { longest=$n; longest_file=$file; }
  [ "$n" -le 500 ] || fault "$file has $n lines (at most 500)"
done
echo "files: ${#sources[@]} with $(code_lines "${sources[@]}") lines of code, longest $longest ($longest_file); tests: $(cat "${tests[@]}" | wc -l) lines in ${#tests[@]} files"

# The kernel is what a declaration means and what follows from it; site.* and site_*.* are what pages share, and
# search.* and search_log.* ask after children, not cases.
mapfile -t kernel < <(ls src/{casework,derived}/*.{cpp,h} | grep -vE '_test|/(site|site_sealed|site_words|search|search_log)\.')
kernel_lines=$(code_lines "${kernel[@]}")
most_kernel_lines=2500
mapfile -t rooms < <(ls src/{casework,derived}/*.{cpp,h} | grep -v '_test')
echo "kernel: $kernel_lines lines of code (aim 2500, at most $most_kernel_lines); with what pages share and the search for children $(code_lines "${rooms[@]}")"
[ "$kernel_lines" -le "$most_kernel_lines" ] || fault "the casework kernel"

if command -v ctags >/dev/null && ctags --version | grep -q Universal; then
  lengths=$(ctags --fields=+ne -o - --kinds-c++=f "${sources[@]}" 2>/dev/null |
    sed -n 's/^\([^\t]*\)\t\([^\t]*\)\t.*line:\([0-9]*\).*end:\([0-9]*\).*/\3 \4 \2 \1/p' | awk '{print $2-$1+1, $3 ":" $4}' | sort -rn)
  echo "functions: $(wc -l <<<"$lengths"), longest $(head -1 <<<"$lengths"), over 60 lines: $(awk '$1>60' <<<"$lengths" | wc -l)"
  while read -r n where; do fault "$where has $n lines (at most 80)"; done < <(awk '$1>80' <<<"$lengths")
else
  echo "functions: not measured, Universal Ctags is not installed"
fi
[ "$faults" -eq 0 ]
