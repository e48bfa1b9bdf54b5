#!/usr/bin/env bash
# Finds the tool, unpacks it or builds it, in a folder that ends with the job. Outputs: command; problem, where it cannot.
# The checkout may be a pull request's: no file of it chooses the tool. All runs outside of it, with a configuration, a cache and a version of the
# action's own, and a package is used only where its SHA-512 is known: from packages.sha512 beside this script, the input sha512, or the lock files of the source.
set -euo pipefail

# From bash 5.2 on, & in a replacement would be what was matched.
shopt -u patsub_replacement 2> /dev/null || true

problem="the tool could not be installed: the log of this step says why"
ended() {
  local code=$?
  [[ $code -eq 0 ]] || echo "problem=$problem" >> "$GITHUB_OUTPUT"
}
trap ended EXIT

fail() {
  problem=${1//$'\n'/ }
  problem=${problem//$'\r'/ }
  echo "modelgate: $problem" >&2
  exit 2
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command=${MODELGATE_COMMAND:-}

hash_of() {
  local hash
  if command -v sha512sum > /dev/null; then hash=$(sha512sum < "$1"); else hash=$(shasum -a 512 < "$1"); fi
  hash=${hash%% *}
  [[ ${#hash} -eq 128 ]] || fail "no program computes a SHA-512 here"
  echo "$hash"
}

is_known() { [[ $known == *" $(hash_of "$1") "* ]]; }

# The repository that this action was taken from: the runner keeps it in a folder of that name.
origin() {
  if [[ $here =~ /_actions/([A-Za-z0-9._-]+/[A-Za-z0-9._-]+)/ ]]; then
    echo "${BASH_REMATCH[1]}"
  elif [[ ${MODELGATE_FROM:-} == *@* ]]; then
    echo "${MODELGATE_FROM%@*}"
  fi
}

# A release's packages, once the action knows them.
download() {
  local repository runtime name
  repository=$(origin)
  [[ $repository =~ ^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$ ]] || return 1
  runtime=$(cd "$place" && dotnet --info | sed -n 's/^ *RID: *//p')
  mkdir -p "$place/released"
  for name in "ModelGate.Tool.$version.nupkg" "ModelGate.Tool.$runtime.$version.nupkg" "ModelGate.Tool.any.$version.nupkg"; do
    curl --fail --silent --show-error --location --retry 2 --output "$place/released/$name" \
      "${GITHUB_SERVER_URL:-https://github.com}/$repository/releases/download/v$version/$name" 2> /dev/null || continue
    is_known "$place/released/$name" || fail "$name of the release has the SHA-512 $(hash_of "$place/released/$name"), which is not known: it is not run"
  done
  [[ -e $place/released/ModelGate.Tool.$version.nupkg ]]
}

install() {
  local package found=
  cat > "$place/nuget.config" <<XML
<configuration>
  <packageSources>
    <clear />
    <add key="modelgate" value="$1" />
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

  # The nearest global.json is this one, whatever lies above.
  echo '{}' > "$place/global.json"
  (
    cd "$place"
    unset NUGET_FALLBACK_PACKAGES RestoreSources RestoreAdditionalProjectSources RestoreConfigFile
    export NUGET_PACKAGES=$place/packages NUGET_HTTP_CACHE_PATH=$place/http
    dotnet tool install ModelGate.Tool --version "$version" --tool-path "$place/tool" --configfile "$place/nuget.config"
  ) || return 1

  while IFS= read -r -d '' package; do
    found=1
    is_known "$package" || {
      hash=$(hash_of "$package")
      rm -rf "$place"
      fail "${package##*/} has the SHA-512 $hash, which is not known: it is not run (${hint:-input sha512, or another version of the action})"
    }
  done < <(find "$place/tool" "$place/packages" -name '*.nupkg' -print0 2> /dev/null)
  [[ -n $found ]] || fail "no package was found to check"
}

# The rest of the repository lies around the action where the runner fetched it, and where it was copied whole; else it is fetched by its hash.
find_source() {
  local repository commit
  root=$(cd "$here/../../.." && pwd)
  [[ ! -f $root/build/tool.sh || ! -d $root/src/ModelGate.Tool ]] || return 0
  [[ -n ${MODELGATE_FROM:-} ]] || return 1
  [[ $MODELGATE_FROM =~ ^([A-Za-z0-9._-]+/[A-Za-z0-9._-]+)@([0-9a-f]{40})$ ]] || fail "the input from is not OWNER/REPOSITORY@HASH with a commit's full hash"
  repository=${BASH_REMATCH[1]}
  commit=${BASH_REMATCH[2]}
  root=$place/source
  local git=(env HOME="$place" GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 git -C "$root" -c core.hooksPath=/dev/null -c core.symlinks=false)
  mkdir -p "$root"
  "${git[@]}" init --quiet
  "${git[@]}" fetch --quiet --depth 1 "${GITHUB_SERVER_URL:-https://github.com}/$repository" "$commit" || fail "$repository does not give out the commit $commit"
  "${git[@]}" checkout --quiet --detach "$commit"
  [[ -f $root/build/tool.sh ]] || fail "$commit of $repository is not the source of ModelGate"
}

if [[ -z $command ]]; then
  version=${MODELGATE_VERSION:-}
  [[ -n $version ]] || version=$(< "$here/version")
  [[ $version =~ ^[0-9]+\.[0-9A-Za-z.+-]+$ ]] || fail "\"$version\" is not the version of a package"

  source=${MODELGATE_SOURCE:-https://api.nuget.org/v3/index.json}
  # A folder is meant as seen from the workspace, which is left behind.
  [[ ! -d $source ]] || source=$(cd "$source" && pwd)
  escaped=${source//&/&amp;}
  escaped=${escaped//</&lt;}
  escaped=${escaped//\"/&quot;}

  known=$(sed 's/#.*//' "$here/packages.sha512"; echo "${MODELGATE_SHA512:-}")
  [[ $known == *[![:space:]]* ]] && is_pinned=1 || is_pinned=
  known=" $(tr ',\r\n\t' '    ' <<< "$known" | tr '[:upper:]' '[:lower:]') "
  [[ -n $is_pinned ]] || hint="this version of the action knows no package yet: give the input sha512"
  place=$(mktemp -d "${RUNNER_TEMP:?}/modelgate-XXXXXX")

  # Packages where some are known, or were asked for; else, and where they cannot be had, the source.
  if [[ -n $is_pinned || -n ${MODELGATE_VERSION:-} ]]; then
    if [[ -n $is_pinned && -z ${MODELGATE_SOURCE:-} ]] && download && install "$place/released"; then
      command=$place/tool/modelgate
    elif rm -rf "$place/tool" && install "$escaped"; then
      command=$place/tool/modelgate
    fi
  fi

  if [[ -z $command ]]; then
    [[ -z ${MODELGATE_VERSION:-} && -z ${MODELGATE_SHA512:-} ]] || fail "the packages of ModelGate.Tool $version could not be had from $source"
    find_source || fail "the action knows no package and lies apart from its source: use it as OWNER/REPOSITORY/.github/actions/modelgate@HASH, or give the input from"
    rm -rf "$place/tool"
    echo "modelgate: the tool is built from its source, which takes a minute or two"
    problem="the tool could not be built from its source: the log of this step says why"
    bash "$root/build/tool.sh" "$place/tool" "$source"
    command=$place/tool/modelgate
  fi
fi

# An output is a line of a file: a value with a line break would be another output.
[[ $command != *$'\n'* ]] || fail "the command is more than one line"

echo "command=$command" >> "$GITHUB_OUTPUT"
