#!/usr/bin/env bash
# Makes the pictures of docs/images anew, from the samples and the tool as it is:
#   dotnet build src/ModelGate.Tool && dotnet build tests/ModelGate.Html.Tests && build/pictures.sh
# Needs Chromium and node; pngquant, where it is there, makes the files small.
set -euo pipefail
cd "$(dirname "$0")/.."
eval "$(build/browser-tests.sh)"

modelgate=src/ModelGate.Tool/bin/Debug/net10.0/modelgate.dll
browser=$PWD/tests/ModelGate.Html.Tests/bin/Debug/net10.0/.playwright/package
images=docs/images
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The pictures say which run they are of, and not which machine made them.
unset GITHUB_SHA CI_COMMIT_SHA BUILD_SOURCEVERSION GIT_COMMIT BUILDKITE_COMMIT CIRCLE_SHA1 BITBUCKET_COMMIT TRAVIS_COMMIT
export SOURCE_DATE_EPOCH=1769860800

check() { dotnet "$modelgate" check "$@" --overwrite >/dev/null 2>&1 || (($? == 1)); }

check samples/lexi --run-name "nightly 214" --report "html=$work/failed.html"
check samples/lexi-fixed --run-name "nightly 215" --report "html=$work/passed.html"
python3 build/pictures-recordings.py "$work/lines"
(
  here=$PWD
  cd "$work"
  dotnet "$here/$modelgate" check lines --report "html=$work/files.html" > /dev/null 2>&1 || (($? == 1))
)

# A terminal of 100 columns, as `script` is one: colours and line breaks are those that people see.
script -qec "stty cols 100; TERM=xterm-256color dotnet $modelgate check samples/lexi 2>/dev/null" /dev/null > "$work/check.txt" || true

node build/pictures.js "$browser" "$MODELGATE_CHROMIUM" "$work" "$images"
if command -v pngquant >/dev/null; then
  pngquant --force --skip-if-larger --strip --quality 70-95 --ext .png "$images"/*.png || (($? == 98))
fi
