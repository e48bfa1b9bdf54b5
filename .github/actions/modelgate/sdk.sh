#!/usr/bin/env bash
# Whether the SDK that installs or builds the tool is missing. Output: needed.
set -uo pipefail

needed=false
[[ -n ${MODELGATE_COMMAND:-} ]] || dotnet --list-sdks 2> /dev/null | grep -q '^10\.' || needed=true
echo "needed=$needed" >> "$GITHUB_OUTPUT"
