#!/bin/sh
# Build the style sheet and copy the fonts into the Django app `reable.web.ui`. Run by `npm run build` in this folder.
set -eu
cd "$(dirname "$0")"
out=../src/reable/web/ui/static/ui
font=node_modules/@fontsource-variable/atkinson-hyperlegible-next
mkdir -p "$out/fonts" "$out/licences"
node_modules/.bin/sass --load-path=node_modules --style=compressed --no-source-map --no-charset --quiet-deps \
  reable.scss "$out/reable.css"
node prune.mjs "$out/reable.css"
cp "$font"/files/atkinson-hyperlegible-next-latin-wght-normal.woff2 "$out/fonts/latin.woff2"
cp "$font"/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2 "$out/fonts/latin-ext.woff2"
cp "$font"/LICENSE "$out/licences/atkinson-hyperlegible-next.txt"
cp licences/nhsuk-frontend.txt "$out/licences/nhsuk-frontend.txt"
if grep -qE '://|url\(("[^f]|[^"f])' "$out/reable.css"; then
  echo "reable.css asks for something that is not a font of ours" >&2
  exit 1
fi
printf '%s bytes, %s with gzip\n' "$(wc -c < "$out/reable.css")" "$(gzip -9 -c "$out/reable.css" | wc -c)"
