#!/usr/bin/env bash
# Provides what the tests of the HTML report need beside the .NET SDK, and prints the variables that name it:
#   eval "$(build/browser-tests.sh)"
# Without it those tests are skipped and say why.
set -euo pipefail

find_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

if ! find_chromium >/dev/null; then
  # Only standard error is for people: standard output is evaluated.
  apt-get update >&2
  apt-get install --yes --no-install-recommends chromium >&2
fi

folder=${MODELGATE_BROWSER_FOLDER:-${TMPDIR:-/tmp}/modelgate-axe}
axe=$folder/node_modules/axe-core/axe.min.js
if [[ ! -f $axe ]]; then
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-save --no-audit --no-fund --ignore-scripts axe-core@4 >&2
fi

printf 'export MODELGATE_CHROMIUM=%q\n' "$(find_chromium)"
printf 'export MODELGATE_AXE=%q\n' "$axe"
