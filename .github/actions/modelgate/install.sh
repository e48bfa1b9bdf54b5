#!/usr/bin/env bash
# Finds the tool, or installs it into a folder that ends with the job. Output: command.
# The checkout may be a pull request's: no file of it chooses the tool. NuGet runs outside of it, with a configuration, a cache and a version of the
# action's own, and the tool is used only where every package has a SHA-512 that is known: from packages.sha512 beside this script, or the input sha512.
set -euo pipefail

fail() {
  echo "modelgate: $1" >&2
  exit 2
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command=${MODELGATE_COMMAND:-}
if [[ -z $command ]]; then
  version=${MODELGATE_VERSION:-}
  [[ -n $version ]] || version=$(< "$here/version")
  [[ $version =~ ^[0-9]+\.[0-9A-Za-z.+-]+$ ]] || fail "\"$version\" is not the version of a package"

  source=${MODELGATE_SOURCE:-https://api.nuget.org/v3/index.json}
  # A folder is meant as seen from the workspace, which is left behind.
  [[ ! -d $source ]] || source=$(cd "$source" && pwd)
  source=${source//&/&amp;}
  source=${source//</&lt;}
  source=${source//\"/&quot;}

  place=$(mktemp -d "${RUNNER_TEMP:?}/modelgate-XXXXXX")
  cat > "$place/nuget.config" <<XML
<configuration>
  <packageSources>
    <clear />
    <add key="modelgate" value="$source" />
  </packageSources>
  <packageSourceMapping>
    <clear />
    <packageSource key="modelgate">
      <package pattern="ModelGate.Tool" />
      <package pattern="ModelGate.Tool.*" />
    </packageSource>
  </packageSourceMapping>
  <fallbackPackageFolders>
    <clear />
  </fallbackPackageFolders>
</configuration>
XML

  # Above the temporary folder there is no global.json either, which would choose the SDK.
  cd "$place"
  unset NUGET_FALLBACK_PACKAGES RestoreSources RestoreAdditionalProjectSources RestoreConfigFile
  export NUGET_PACKAGES=$place/packages NUGET_HTTP_CACHE_PATH=$place/http
  dotnet tool install ModelGate.Tool --version "$version" --tool-path "$place/tool" --configfile "$place/nuget.config"

  known=$(sed 's/#.*//' "$here/packages.sha512"; echo "${MODELGATE_SHA512:-}")
  [[ $known == *[![:space:]]* ]] || hint="this version of the action knows no package yet: give the input sha512"
  known=" $(tr ',\n\t' '   ' <<< "$known" | tr '[:upper:]' '[:lower:]') "
  mapfile -d '' packages < <(find "$place/tool" "$place/packages" -name '*.nupkg' -print0 2> /dev/null)
  [[ ${#packages[@]} -gt 0 ]] || fail "no package was found to check"
  for package in "${packages[@]}"; do
    if command -v sha512sum > /dev/null; then hash=$(sha512sum "$package"); else hash=$(shasum -a 512 "$package"); fi
    hash=${hash#\\}
    hash=${hash%% *}
    if [[ ${#hash} -ne 128 || $known != *" $hash "* ]]; then
      rm -rf "$place"
      fail "${package##*/} has the SHA-512 $hash, which is not known: it is not run (${hint:-input sha512, or another version of the action})"
    fi
  done

  command=$place/tool/modelgate
fi

# An output is a line of a file: a value with a line break would be another output.
[[ $command != *$'\n'* ]] || fail "the command is more than one line"

echo "command=$command" >> "$GITHUB_OUTPUT"
