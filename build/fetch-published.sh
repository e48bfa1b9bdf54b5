#!/usr/bin/env bash
# Downloads the packages of the tool as the gallery gives them out, once it does: it checks and signs what was pushed first, which may take an hour.
#   build/fetch-published.sh VERSION FILE-WITH-NAMES FOLDER [ADDRESS]
set -euo pipefail

version=${1:?}
names=${2:?}
folder=${3:?}
address=${4:-https://api.nuget.org/v3-flatcontainer}
attempts=${FETCH_ATTEMPTS:-90}
pause=${FETCH_PAUSE:-60}

mkdir -p "$folder"
pattern=${version//./\\.}
pattern=${pattern//+/\\+}
mapfile -t packages < <(grep -oiE "ModelGate\.Tool(\.[a-z0-9-]+)?\.$pattern\.nupkg" "$names" | tr '[:upper:]' '[:lower:]' | sort -u)
[[ ${#packages[@]} -gt 0 ]] || { echo "fetch-published: $names names no package ModelGate.Tool $version" >&2; exit 2; }

for package in "${packages[@]}"; do
  id=${package%".$version.nupkg"}
  for ((attempt = 1; ; attempt++)); do
    curl --fail --silent --show-error --location --retry 3 --output "$folder/$package" "$address/$id/$version/$package" && break
    [[ $attempt -lt $attempts ]] || { echo "fetch-published: the gallery does not give out $package" >&2; exit 1; }
    sleep "$pause"
  done
done

echo "fetch-published: ${#packages[@]} packages"
