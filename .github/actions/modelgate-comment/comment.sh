#!/usr/bin/env bash
# Comments on a pull request with the report of its check. The report comes from a run that the pull request's author controls:
# it is read from the archive without unpacking, never larger than a limit, never part of a command, a path or an address, and every
# text of it is escaped. The event says which pull request it is, never the report.
set -euo pipefail

fail() {
  echo "modelgate: $*" >&2
  exit 2
}

longest=4194304
[[ $RUN_ID =~ ^[0-9]{1,20}$ ]] || fail "the run is not a number"
[[ $HEAD_SHA =~ ^[0-9a-f]{40}$ ]] || fail "the commit is not a full hash"
# Names of old accounts end with a hyphen or hold two in a row; those of managed users have an underscore, and those of apps end with "[bot]".
[[ $HEAD_OWNER =~ ^[A-Za-z0-9_-]{1,100}(\[bot\])?$ ]] || fail "the owner is not the name of an account"
[[ $ARTIFACT =~ ^[A-Za-z0-9._\ -]{1,100}$ && $ARTIFACT != *--* ]] || fail "the artifact's name has other characters than letters, digits, blanks, full stops, underscores and single hyphens"
[[ $GITHUB_REPOSITORY =~ ^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$ ]] || fail "the repository is not the name of a repository"

# Two checks of a pull request have two artifacts, and a comment each.
mark="<!-- modelgate -->"
[[ $ARTIFACT == modelgate-report ]] || mark="<!-- modelgate $ARTIFACT -->"

folder=$(mktemp -d "${RUNNER_TEMP:?}/modelgate-comment.XXXXXX")
trap 'rm -rf "$folder"' EXIT

# A branch's name may hold what an address may not; its owner chose it.
head=$(jq -rn --arg owner "$HEAD_OWNER" --arg branch "$HEAD_BRANCH" '"\($owner | @uri):\($branch | @uri)"')
pull=$(gh api "repos/$GITHUB_REPOSITORY/pulls?state=open&per_page=100&head=$head" \
  | jq -r --arg sha "$HEAD_SHA" '[.[] | select(.head.sha == $sha) | .number] | first // empty')
if [[ ! $pull =~ ^[0-9]{1,10}$ ]]; then
  echo "modelgate: no open pull request has $HEAD_SHA as its head; there is nothing to comment on"
  exit 0
fi

gh api "repos/$GITHUB_REPOSITORY/actions/runs/$RUN_ID/artifacts?per_page=100" > "$folder/artifacts.json"
if [[ $(jq -r --arg name "$ARTIFACT" '[.artifacts[] | select(.name == $name)] | length' "$folder/artifacts.json") == 0 ]]; then
  echo "modelgate: run $RUN_ID left no artifact $ARTIFACT: it had nothing to judge, or could not judge it; the check says which"
  exit 0
fi

archive=$(jq -r --arg name "$ARTIFACT" '[.artifacts[] | select(.name == $name and .expired == false and .size_in_bytes < 67108864) | .id] | first // empty' "$folder/artifacts.json")
[[ $archive =~ ^[0-9]{1,20}$ ]] || fail "run $RUN_ID has no artifact of that name and a fitting size"
gh api "repos/$GITHUB_REPOSITORY/actions/artifacts/$archive/zip" > "$folder/archive.zip"

# One entry by its exact name, to standard output: no path of the archive is ever made. The reader ends the writer at the limit.
(unzip -p "$folder/archive.zip" modelgate.json 2> /dev/null || true) | head -c "$((longest + 1))" > "$folder/report.json"
[[ -s $folder/report.json ]] || fail "the artifact holds no modelgate.json"
[[ $(wc -c < "$folder/report.json") -le $longest ]] || fail "the report is longer than $longest bytes"
jq -r --arg sha "$HEAD_SHA" --arg mark "$mark" -f "${ACTION_PATH:?}/comment.jq" "$folder/report.json" > "$folder/comment.md" 2> /dev/null \
  || fail "modelgate.json is not a report of schema version 1"

# Only a comment of our own is replaced: the marker alone is anybody's.
comment=$(gh api --paginate "repos/$GITHUB_REPOSITORY/issues/$pull/comments?per_page=100" \
  | jq -rs --arg mark "$mark" '[.[][] | select(.user.login == "github-actions[bot]" and (.body | startswith($mark))) | .id] | first // empty')
jq -Rs '{ body: . }' "$folder/comment.md" > "$folder/body.json"
if [[ $comment =~ ^[0-9]{1,20}$ ]]; then
  gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$comment" --input "$folder/body.json" > /dev/null
else
  gh api --method POST "repos/$GITHUB_REPOSITORY/issues/$pull/comments" --input "$folder/body.json" > /dev/null
fi
