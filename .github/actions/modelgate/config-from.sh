#!/usr/bin/env bash
# Puts a commit's version of the configuration, and of the files that it names, in place of those that are checked out, so that a pull request cannot loosen its own gates.
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

git cat-file -e "$commit^{commit}" 2> /dev/null || fail "the checkout does not have the commit $commit: give the checkout step fetch-depth 0"
git cat-file -e "$commit:$config" 2> /dev/null || fail "$commit has no $config: it comes into force once it is merged"

differing=$(mktemp)
entries=$(mktemp)
trap 'rm -f "$differing" "$entries"' EXIT

# Only a plain file of that commit counts; and what the pull request put in its place must not lead elsewhere.
restore() {
  [[ $(git --literal-pathspecs ls-tree "$commit" -- "$1" | cut -d ' ' -f 1) == 100[67]* ]] || fail "$1 is not a plain file in $commit"
  git --literal-pathspecs checkout --quiet --force "$commit" -- "$1" || fail "$1 of $commit could not be checked out"
}

restore "$config"

# A link or a submodule of the commit leads to files that this list does not have: what stands behind it would stay the pull request's.
leading=()
read_leading() {
  leading=()
  while IFS= read -r -d '' entry; do
    [[ $entry != 1[26]0000\ * ]] || leading+=("${entry#*$'\t'}")
  done < "$entries"
}
require_direct() {
  local pattern=$1 fixed=${1%%[*?[]*} link
  for link in ${leading[@]+"${leading[@]}"}; do
    if [[ $pattern == "$link" || $pattern == "$link"/* || $fixed == "$link"/* ]] || [[ $fixed != "$pattern" && $link == "${fixed%"${fixed##*/}"}"* ]]; then
      fail "$config names $pattern, and $link is a link or a submodule: name the files themselves"
    fi
  done
}

git ls-tree -r -z "$commit" > "$entries" || fail "the files of $commit could not be listed"
read_leading
require_direct "$config"

# What the configuration extends may extend more: the list is asked for until it brings nothing new. What it names and the commit does not have is not in force either; files that
# the job itself put there are in no commit, and stay.
[[ -n ${MODELGATE_COMMAND:-} ]] || fail "the tool is not there: the log of the step before says why"
arguments=(policy)
[[ -z ${MODELGATE_PATH:-} ]] || arguments+=("$MODELGATE_PATH")
[[ -z ${MODELGATE_CONFIG:-} ]] || arguments+=(--config "$MODELGATE_CONFIG")
declare -A listed_before=()
for ((new = 1, round = 0; new > 0; round++)); do
  ((round < 50)) || fail "what $config extends goes more than 50 files deep"
  new=0
  listed=$("$MODELGATE_COMMAND" "${arguments[@]}") || fail "the files that $config of $commit names could not be listed: the log says why"
  while IFS= read -r pattern; do
    [[ -n $pattern && -z ${listed_before[$pattern]:-} ]] || continue
    listed_before[$pattern]=1
    new=$((new + 1))
    [[ $pattern != ../* && $pattern != /* && $pattern != *[![:print:]]* ]] || fail "$config names $pattern, which is not in this repository"
    [[ $pattern != *[][{}?]* ]] || fail "$config names files by the pattern $pattern; config-from restores names and patterns of stars alone"
    require_direct "$pattern"
    git diff --name-only --no-renames -z "$commit" -- ":(top,glob)$pattern" ":(top,literal)$pattern" > "$differing" || fail "what differs from $commit in $pattern could not be found out"
    while IFS= read -r -d '' file; do
      if git cat-file -e "$commit:$file" 2> /dev/null; then
        restore "$file"
      else
        git --literal-pathspecs rm --quiet --force -- "$file" || fail "$file, which $commit does not have, could not be removed"
      fi
    done < "$differing"
  done <<< "$listed"
done

# Nor may one that the pull request put there, where the commit has nothing, lead to files of its own.
git ls-files -s -z > "$entries" || fail "the files of the checkout could not be listed"
read_leading
for pattern in "${!listed_before[@]}"; do
  require_direct "$pattern"
done
