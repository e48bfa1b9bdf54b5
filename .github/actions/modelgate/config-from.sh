#!/usr/bin/env bash
# Puts a commit's version of the configuration in place of the one that is checked out, so that a pull request cannot loosen its own gates.
set -euo pipefail

commit=${MODELGATE_CONFIG_FROM:?}
if [[ ! $commit =~ ^[0-9a-f]{40}$ ]]; then
  echo "modelgate: config-from wants a commit's full hash" >&2
  exit 2
fi

config=${MODELGATE_CONFIG:-}
[[ -n $config ]] || config=${MODELGATE_PATH:+${MODELGATE_PATH%/}/}gate.config.json
config=${config#./}

# Only a file of that commit counts; and what the pull request put in its place must not lead elsewhere.
if ! git cat-file -e "$commit:$config" 2> /dev/null; then
  echo "modelgate: $commit has no $config: it comes into force once it is merged" >&2
  exit 2
fi

if [[ $(git ls-tree "$commit" -- "$config" | cut -d ' ' -f 1) != 100[67]* ]]; then
  echo "modelgate: $config is not a plain file in $commit" >&2
  exit 2
fi

git checkout --quiet --force "$commit" -- "$config"
