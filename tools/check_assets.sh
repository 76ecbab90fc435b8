#!/bin/bash
# Checks what tools/build_assets.sh built: none of the brand that belongs to GOV.UK and the Crown, no picture missing, and
# light enough for a phone with one bar of signal. Prints the weights; ends with 1 when a rule is broken.
set -euo pipefail
cd "$(dirname "$0")/.."
built=build/assets
[ -d "$built" ] || { echo "assets: build them first, with tools/build_assets.sh" >&2; exit 1; }
broken=0
complain() { echo "broken  $1" >&2; broken=1; }

# 1. Brand.
for words in 'GDS' '@font-face' 'url([^)]*\(crown\|crest\|moj-\)'; do
    if found=$(grep -l -e "$words" "$built"/*.css); then complain "$words stands in ${found//$'\n'/ }"; fi
done
while read -r file; do complain "$file must not be served"; done < <(
    find "$built" \( -iname '*crown*' -o -iname '*crest*' -o -iname 'moj-*' -o -iname 'govuk-logotype*' -o -iname '*.woff*' \) -type f)

# 2. Every file that a style sheet names is there, and none comes from elsewhere.
while read -r address; do
    case $address in
    /assets/*) [ -e "$built/${address#/assets/}" ] || complain "$address is named but missing" ;;
    \#*) ;; # a part of the page itself, as the pattern of a drawing
    data:*) complain "a data: picture, which the content security policy blocks" ;;
    *) complain "$address is outside /assets/" ;;
    esac
done < <(grep -oh 'url([^)]*)' "$built"/*.css | sed 's/^url(//; s/)$//; s/"//g' | LC_ALL=C sort -u)
for file in govuk.css moj.css app.css app.js govuk-frontend.min.js images/favicon.svg favicon.ico; do
    [ -s "$built/$file" ] || complain "$file is missing"
done
[ "$broken" -eq 0 ] || exit 1

# 3. Weight.
plain() { cat "$@" | wc -c; }
packed() { for file in "$@"; do gzip -9 --no-name --stdout "$file"; done | wc -c; }
weigh() { # name, most bytes packed, files…
    local name=$1 most=$2 weight
    shift 2
    weight=$(packed "$@")
    printf 'weight  %-24s %7d bytes %6d packed of %6d\n' "$name" "$(plain "$@")" "$weight" "$most"
    [ "$weight" -le "$most" ] || complain "$name is over its budget"
}
weigh "GOV.UK style" 15977 "$built/govuk.css"
weigh "MoJ style" 10831 "$built/moj.css"
weigh "own style" 6144 "$built/app.css"
weigh "GOV.UK script" 11398 "$built/govuk-frontend.min.js"
weigh "own script" 8192 "$built/app.js"
all=("$built"/*.css "$built"/*.js "$built"/images/*.svg "$built/favicon.ico")
weigh "everything" 61440 "${all[@]}"
[ "$broken" -eq 0 ] && echo "assets  $(packed "${all[@]}") bytes packed of 61440 a page may weigh, and no brand that is not ours"
exit "$broken"
