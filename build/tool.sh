#!/usr/bin/env bash
# Builds the portable tool from this repository's source, and from nothing else: no file above it or beside it, no setting of a user or a machine, and no
# package but those whose SHA-512 is in the committed lock files. It needs the .NET 10 SDK, and no compiler.
# Usage: build/tool.sh FOLDER [NUGET-SOURCE]; the program is FOLDER/modelgate.
set -euo pipefail

# From bash 5.2 on, & in a replacement would be what was matched.
shopt -u patsub_replacement 2> /dev/null || true

fail() {
  echo "tool.sh: $1" >&2
  exit 2
}

output=${1:?the folder for the tool}
source=${2:-https://api.nuget.org/v3/index.json}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[[ ! -e $output ]] || fail "$output is already there"
mkdir -p "$(dirname "$output")"
output=$(cd "$(dirname "$output")" && pwd)/$(basename "$output")
[[ ! -d $source ]] || source=$(cd "$source" && pwd)
source=${source//&/&amp;}
source=${source//</&lt;}
source=${source//\"/&quot;}

work=$(mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/modelgate-build-XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/source" "$work/home"

# What an earlier build left, in obj above all, is part of a build as well.
(cd "$root" && tar --exclude=bin --exclude=obj -cf - src docs/gates README.md Directory.Build.props Directory.Packages.props) | tar -xf - -C "$work/source"

# MSBuild and the SDK look for these in every folder above: here they find them, and look no further.
echo '{ "sdk": { "version": "10.0.100", "rollForward": "latestFeature" } }' > "$work/source/global.json"
echo '<Project />' > "$work/source/Directory.Build.targets"
echo 'root = true' > "$work/source/.editorconfig"
cat > "$work/nuget.config" <<XML
<configuration>
  <packageSources>
    <clear />
    <add key="packages" value="$source" />
  </packageSources>
  <fallbackPackageFolders>
    <clear />
  </fallbackPackageFolders>
</configuration>
XML

# The version of the trimmer's analyzer is that of the SDK: a lock file that names it fits one SDK only. The portable tool does not need it.
find "$work/source/src" -name packages.lock.json | while read -r lock; do
  sed '/"Microsoft\.NET\.ILLink\.Tasks": {/,/}/d' "$lock" > "$lock.new"
  mv "$lock.new" "$lock"
done

clean=(env -i "PATH=$PATH" "HOME=$work/home" "DOTNET_CLI_HOME=$work/home" "NUGET_PACKAGES=$work/packages" "NUGET_HTTP_CACHE_PATH=$work/http"
  DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_ADD_GLOBAL_TOOLS_TO_PATH=false
  MSBUILDDISABLENODEREUSE=1)
for name in DOTNET_ROOT TMPDIR TMP TEMP http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR NUGET_CERT_REVOCATION_MODE \
  SystemRoot SYSTEMROOT ComSpec COMSPEC PATHEXT USERPROFILE APPDATA LOCALAPPDATA ProgramData ProgramFiles PROGRAMFILES; do
  [[ -z ${!name+set} ]] || clean+=("$name=${!name}")
done

options=(-noAutoResponse -nodeReuse:false -p:IsAotCompatible=false -p:NuGetAudit=false -v:q)
cd "$work/source"
"${clean[@]}" dotnet restore src/ModelGate.Tool --locked-mode --configfile "$work/nuget.config" "${options[@]}" || fail "the packages could not be restored as the lock files have them"

# The lock files decide which packages a project gets. The SDK may fetch others by itself, which nobody has vouched for.
known=$(find "$work/source/src" -name packages.lock.json -exec sed -n 's/.*"contentHash": "\(.*\)".*/\1/p' {} +)
find "$work/packages" -name .nupkg.metadata | while read -r package; do
  hash=$(sed -n 's/.*"contentHash": "\(.*\)".*/\1/p' "$package")
  grep -qxF "$hash" <<< "$known" || fail "$(dirname "${package#"$work/packages/"}") is a package that no lock file names"
done

"${clean[@]}" dotnet publish src/ModelGate.Tool -c Release -o "$work/tool" --no-restore "${options[@]}" \
  -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:TreatWarningsAsErrors=false -p:UseSharedCompilation=false
mv "$work/tool" "$output"
"$output/modelgate" --version > /dev/null || fail "the tool was built and does not start: DOTNET_ROOT has to name the folder of .NET 10"
