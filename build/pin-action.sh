#!/usr/bin/env bash
# Pins the action to a release: writes its version and the SHA-512 of its packages, as the gallery gives them out (it signs them, so that they are not
# those that were packed). Run once the release can be downloaded, and commit what changed. Usage: build/pin-action.sh VERSION FOLDER-WITH-PACKAGES
set -euo pipefail
version=${1:?}
folder=$(cd "${2:?}" && pwd)
cd "$(dirname "$0")/../.github/actions/modelgate"
shopt -s nullglob
packages=("$folder"/[Mm]odel[Gg]ate.[Tt]ool*"$version".nupkg)
[[ ${#packages[@]} -gt 0 ]] || { echo "$folder holds no package ModelGate.Tool $version" >&2; exit 2; }
echo "$version" > version
{
  head -n 1 packages.sha512
  for package in "${packages[@]}"; do
    echo "$(sha512sum < "$package" | cut -d ' ' -f 1)  ${package##*/}"
  done
} > packages.sha512.new
mv packages.sha512.new packages.sha512
