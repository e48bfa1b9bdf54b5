#!/usr/bin/env bash
# Puts a commit's version of the configuration in place of the one that is checked out, so that a pull request cannot loosen its own gates.
# Outputs, where it cannot: problem, file.
set -euo pipefail

config=
fail() {
  echo "modelgate: $1" >&2
  {
    echo "problem=$1"
    [[ $config == *[![:print:]]* || -z $config ]] || echo "file=$config"
  } >> "$GITHUB_OUTPUT"
  exit 2
}

commit=${MODELGATE_CONFIG_FROM:?}
[[ $commit =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] || fail "config-from has to be a commit's full hash"

config=${MODELGATE_CONFIG:-}
[[ -n $config ]] || config=${MODELGATE_PATH:+${MODELGATE_PATH%/}/}gate.config.json
config=${config#./}
[[ $config != *[![:print:]]* ]] || fail "the configuration's path has characters that are not printed"

# Only a file of that commit counts; and what the pull request put in its place must not lead elsewhere.
git cat-file -e "$commit^{commit}" 2> /dev/null || fail "the checkout does not have the commit $commit: give the checkout step fetch-depth 0"
git cat-file -e "$commit:$config" 2> /dev/null || fail "$commit has no $config: it comes into force once it is merged"
[[ $(git ls-tree "$commit" -- "$config" | cut -d ' ' -f 1) == 100[67]* ]] || fail "$config is not a plain file in $commit"
git checkout --quiet --force "$commit" -- "$config" || fail "$config of $commit could not be checked out"
