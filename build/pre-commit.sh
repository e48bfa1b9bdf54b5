#!/usr/bin/env bash
# The hook of .pre-commit-hooks.yaml: judges the files that it is given, each by the gate.config.json of its folder or of one above it; where there is none,
# by what the file is. The tool is built once from the checkout that the framework keeps of this repository.
# MODELGATE_COMMAND names a tool to use in its place, MODELGATE_SOURCE the NuGet source to build from.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
command=${MODELGATE_COMMAND:-$here/artifacts/pre-commit/modelgate}
if [[ ! -x $command ]]; then
  [[ -z ${MODELGATE_COMMAND:-} ]] || { echo "modelgate: there is no program $command" >&2; exit 2; }
  echo "modelgate: the tool is built from its source, once" >&2
  rm -rf "$here/artifacts/pre-commit"
  bash "$here/build/tool.sh" "$here/artifacts/pre-commit" ${MODELGATE_SOURCE:+"$MODELGATE_SOURCE"} >&2
fi

# Paths are relative to the repository's root, where the framework starts hooks.
runs=()
files=()
for file in "$@"; do
  [[ $file != /* ]] || file=${file#"$PWD/"}
  folder=$file
  run=
  while [[ $folder == */* ]]; do
    folder=${folder%/*}
    [[ ! -f $folder/gate.config.json ]] || { run=$folder; break; }
  done
  [[ -n $run || ! -f gate.config.json ]] || run=.
  if [[ -z $run ]]; then
    files+=("$file")
  elif [[ ${#runs[@]} -eq 0 || " ${runs[*]/%/$'\n'}" != *" $run"$'\n'* ]]; then
    runs+=("$run")
  fi
done

worst=0
judge() {
  local code=0
  "$command" check --quiet -- "$@" || code=$?
  # A failure is worse than what could not be judged.
  [[ $code -eq 0 || $worst -eq 1 ]] || worst=$code
}
if [[ ${#runs[@]} -gt 0 ]]; then
  for run in "${runs[@]}"; do judge "$run"; done
fi
[[ ${#files[@]} -eq 0 ]] || judge "${files[@]}"
exit "$worst"
