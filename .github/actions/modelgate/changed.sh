#!/usr/bin/env bash
# Whether anything that is to be judged differs from a commit, such as a pull request's base. Outputs: nothing, problem.
# A workflow with a filter of its own does not run where nothing fits, and a check that is required is then waited for without end.
set -euo pipefail

fail() {
  echo "modelgate: $1" >&2
  echo "problem=$1" >> "$GITHUB_OUTPUT"
  exit 2
}

commit=${MODELGATE_CHANGED_FROM:-}
[[ $commit =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] || fail "changed-from has to be a commit's full hash"
patterns=()
while IFS= read -r line; do
  line=${line#"${line%%[![:space:]]*}"}
  line=${line%"${line##*[![:space:]]}"}
  case $line in
    '') ;;
    '!'*) patterns+=(":(exclude,glob)${line#!}") ;;
    *) patterns+=(":(glob)$line") ;;
  esac
done <<< "${MODELGATE_CHANGED:-}"
[[ ${#patterns[@]} -gt 0 ]] || fail "changed-from needs changed, the patterns of the files that are to be judged"

git cat-file -e "$commit^{commit}" 2> /dev/null || fail "the checkout does not have the commit $commit: give the checkout step fetch-depth 0"
code=0
git diff --quiet --no-ext-diff --no-textconv "$commit" HEAD -- "${patterns[@]}" || code=$?
case $code in
  0)
    echo "modelgate: nothing to judge: no file that fits the patterns differs from $commit"
    echo "nothing=true" >> "$GITHUB_OUTPUT"
    ;;
  1) echo "nothing=false" >> "$GITHUB_OUTPUT" ;;
  *) fail "git could not compare the checkout with $commit" ;;
esac
