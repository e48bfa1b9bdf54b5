#!/usr/bin/env bash
# Finds the tool, or installs it into a folder that ends with the job. Output: command.
set -euo pipefail

command=${MODELGATE_COMMAND:-}
if [[ -z $command ]]; then
  folder=${RUNNER_TEMP:?}/modelgate-tool
  version=${MODELGATE_VERSION:-}
  manifest=${GITHUB_WORKSPACE:-.}/.config/dotnet-tools.json
  if [[ -z $version && -f $manifest ]]; then
    # The manifest's keys are the package's name in lower case.
    version=$(sed -n '/"modelgate.tool"/,/}/s/.*"version": *"\([0-9A-Za-z.+-]*\)".*/\1/p' "$manifest" | head -n 1)
  fi

  arguments=(tool update ModelGate.Tool --tool-path "$folder")
  [[ -z $version ]] || arguments+=(--version "$version" --allow-downgrade)
  [[ -z ${MODELGATE_SOURCE:-} ]] || arguments+=(--add-source "$MODELGATE_SOURCE")
  dotnet "${arguments[@]}"
  command=$folder/modelgate
fi

# An output is a line of a file: a value with a line break would be another output.
if [[ $command == *$'\n'* ]]; then
  echo "modelgate: the command is more than one line" >&2
  exit 2
fi

echo "command=$command" >> "$GITHUB_OUTPUT"
