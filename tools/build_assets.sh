#!/bin/bash
# Builds what browsers load into build/assets/: style sheets from assets/*.scss, GOV.UK Frontend's own script, our script
# and pictures, each text also as .gz. Nothing of it is committed. Does nothing when nothing changed.
# Needs node 18 or newer with npm; fetches the pinned packages once.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p build
exec 9>build/.assets.lock
flock 9

digest() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }

# 1. The packages of the lock file.
lock=$(digest package.json package-lock.json)
if [ "$(cat node_modules/.reachable-lock 2>/dev/null || true)" != "$lock" ]; then
    npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
    echo "$lock" >node_modules/.reachable-lock
fi

# 2. Is anything newer than what is built?
mapfile -t sources < <(find assets -type f | LC_ALL=C sort)
wanted=$(digest "${sources[@]}" package-lock.json tools/build_assets.sh)
if [ "$(cat build/assets/.built-from 2>/dev/null || true)" = "$wanted" ]; then
    echo "assets  as they were"
    exit 0
fi

# 3. Everything into a fresh folder, which takes the place of the old one at the end.
fresh=build/assets.fresh
rm -rf "$fresh"
mkdir -p "$fresh/images"

style() { node node_modules/sass/sass.js --load-path=. --pkg-importer=node --no-source-map --no-error-css --style=compressed "$@"; }
style assets/govuk.scss "$fresh/govuk.css"
style --quiet assets/moj.scss "$fresh/moj.css" # quiet: its own sources warn of what they will change
style assets/application.scss "$fresh/app.css"

grep -v '^//# sourceMappingURL' assets/application.js >"$fresh/app.js"
sed 's,//# sourceMappingURL=.*$,,' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js >"$fresh/govuk-frontend.min.js"
cp assets/images/* "$fresh/images/"
# Browsers ask for this address unasked.
cp assets/images/favicon.ico "$fresh/favicon.ico"

# Pictures that the style sheets name and we do not draw ourselves come from the packages.
for picture in $(grep -oh '/assets/images/[A-Za-z0-9_.-]*' "$fresh"/*.css | LC_ALL=C sort -u); do
    name=${picture##*/}
    [ -e "$fresh/images/$name" ] || cp "node_modules/@ministryofjustice/frontend/moj/assets/images/$name" "$fresh/images/"
done

find "$fresh" -type f \( -name '*.css' -o -name '*.js' -o -name '*.svg' \) -exec gzip -9 --keep --no-name {} +
echo "$wanted" >"$fresh/.built-from"
rm -rf build/assets
mv "$fresh" build/assets
echo "assets  $(find build/assets -type f ! -name '*.gz' ! -name '.*' | wc -l) files built"
