#!/usr/bin/env bash
# Pins the action to a release: writes its version and the SHA-512 of its packages, as the release has them and as the gallery gives them out (it signs them, so
# that they are not those that were packed). Run once they can be downloaded, and commit what changed.
# Usage: build/pin-action.sh VERSION FOLDER-WITH-PACKAGES...; a folder that is not there is left out.
set -euo pipefail
version=${1:?}
shift
shopt -s nullglob
packages=()
for folder in "$@"; do
  [[ -d $folder ]] || continue
  folder=$(cd "$folder" && pwd)
  packages+=("$folder"/[Mm]odel[Gg]ate.[Tt]ool*"$version".nupkg)
done
[[ ${#packages[@]} -gt 0 ]] || { echo "pin-action: no folder holds a package ModelGate.Tool $version" >&2; exit 2; }
cd "$(dirname "$0")/../.github/actions/modelgate"
echo "$version" > version
{
  head -n 1 packages.sha512
  for package in "${packages[@]}"; do
    echo "$(sha512sum < "$package" | cut -d ' ' -f 1)  ${package##*/}"
  done
} > packages.sha512.new
mv packages.sha512.new packages.sha512
