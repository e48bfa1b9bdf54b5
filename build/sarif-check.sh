#!/usr/bin/env bash
# Validates SARIF files with Microsoft's multitool: its own rules, and those of GitHub code scanning.
# Needs node and npm. The tool goes into a temporary folder and leaves with it.
#   build/sarif-check.sh report.sarif...
set -euo pipefail

# A newer version may bring rules that fail a build that was green: update it on purpose.
version=5.7.0

if [[ $# -eq 0 ]]; then
  echo "usage: build/sarif-check.sh FILE..." >&2
  exit 2
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Nothing of a package runs while it is installed; the one step that is needed is to make the binary executable.
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-save --silent "@microsoft/sarif-multitool@$version"
tool=$(find "$folder/node_modules/@microsoft" -maxdepth 2 -name Sarif.Multitool -type f | head -n 1)
if [[ -z $tool ]]; then
  echo "sarif-check: the package holds no binary for this system" >&2
  exit 2
fi

chmod u+x "$tool"
failed=0
for file in "$@"; do
  if [[ ! -f $file ]]; then
    echo "sarif-check: there is no file $file" >&2
    exit 2
  fi

  # The exit code does not tell whether anything was found: the output does.
  if ! output=$("$tool" validate "$file" --level "Error;Warning" --rule-kind "Sarif;Ghas" --max-file-size-in-kb 100000 --output "$folder/out.sarif" --log ForceOverwrite 2>&1); then
    printf '%s\n' "$output" >&2
    echo "sarif-check: $file could not be validated" >&2
    exit 2
  fi

  # SARIF2005 asks for the address of the tool's home page.
  if grep -E '\): (error|warning) ' <<< "$output" | grep -v ' warning SARIF2005: '; then
    failed=1
  elif ! grep -q '1 files scanned' <<< "$output"; then
    printf '%s\n' "$output" >&2
    failed=1
  else
    echo "sarif-check: $file is valid"
  fi
done

exit "$failed"
