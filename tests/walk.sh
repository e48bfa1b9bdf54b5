#!/usr/bin/env bash
# Walks a fresh clone through README.md and the guides as a stranger would: an empty NuGet cache, a home of its own, no C compiler. It asserts what these pages
# promise. Every command that they show has to be walked here, or be named with the reason why it is not: one that is neither is an error.
# Usage: tests/walk.sh [COMMIT]
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0

# All programs of the machine but compilers and linkers.
mkdir "$folder/bin"
IFS=: read -ra places <<< "$PATH"
for place in "${places[@]}"; do
  for program in "$place"/*; do
    name=${program##*/}
    case $name in
      cc | c++ | c89* | c99* | ld | ld.* | *gcc* | *g++* | *clang* | *-ld | *-ld.*) ;;
      *) [ ! -x "$program" ] || [ -e "$folder/bin/$name" ] || ln -s "$program" "$folder/bin/$name" ;;
    esac
  done
done

# Where packages come from is the machine's; nothing else of its user is.
mkdir -p "$folder/home/.nuget/NuGet"
cp ~/.nuget/NuGet/NuGet.Config "$folder/home/.nuget/NuGet" 2> /dev/null || true
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
export PATH="$folder/bin:$folder/home/.dotnet/tools" HOME="$folder/home" DOTNET_CLI_HOME="$folder/home" DOTNET_ROOT="$dotnet" NUGET_PACKAGES="$folder/home/.nuget/packages"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en NUGET_XMLDOC_MODE=skip MSBUILDDISABLENODEREUSE=1
git clone --quiet --no-hardlinks "$here" "$folder/clone"
cd "$folder/clone"
git checkout --quiet --detach "${1:-$(git -C "$here" rev-parse HEAD)}"

fail() { echo "walk: $*" >&2; failed=1; }

# claim PAGE COMMAND: the page shows the command, and it is walked.
claims=()
claim() {
  claims+=("$1: $2")
  grep -qxE " +$(printf %s "$2" | sed 's/[][\.*^$+?(){}|]/\\&/g')" "$1" || fail "$1 does not show: $2"
}

# run EXIT-CODE TEXT COMMAND...: the command ends so, and says the text. What it printed is in $said.
run() {
  local wanted=$1 text=$2 got=0
  shift 2
  said=$("$@" 2>&1) || got=$?
  [ "$got" -eq "$wanted" ] || fail "exit code $got, not $wanted, of: $*"$'\n'"$(tail -n 20 <<< "$said")"
  grep -qF -- "$text" <<< "$said" || fail "\"$text\" is not said by: $*"$'\n'"$(tail -n 20 <<< "$said")"
}

# A fenced block of a page: its language, and which of that language.
block() { awk -v fence="\`\`\`$2" -v wanted="$3" '$0 == fence { n++; inside = n == wanted; next } /^```/ { inside = 0 } inside' "$1"; }

# A block of a page that is indented and begins with a line.
indented() { awk -v first="    $2" '$0 == first { inside = 1 } inside && !/^    / { exit } inside { print substr($0, 5) }' "$1"; }

echo "== README: the main job, on the samples"
claim README.md "dotnet run --project src/ModelGate.Tool -- check samples/lexi"
run 1 "final-checkpoint-must-be-exported" dotnet run --project src/ModelGate.Tool -- check samples/lexi
for promised in loss-must-converge spectral-flatness-must-stay-below G_396.pth G_2376.pth; do
  grep -qF "$promised" <<< "$said" || fail "check samples/lexi does not say $promised"
done
run 0 "passed" dotnet run --no-build --project src/ModelGate.Tool -- check samples/lexi-fixed
run 1 "keys-must-match" dotnet run --no-build --project src/ModelGate.Tool -- check samples/grc

claim README.md "dotnet test"                                                          # .ci/run runs it on a clean checkout
claim README.md "tests/ModelGate.Benchmarks/against-pytorch.sh"                         # needs PyTorch and a compiler
claim README.md "dotnet run -c Release --project tests/ModelGate.Benchmarks -- --filter '*'" # takes hours

echo "== README: installed, on a run of one's own"
claim README.md "dotnet pack src/ModelGate.Tool -o artifacts/packages"
run 0 "ModelGate.Tool.0.1.0.nupkg" dotnet pack src/ModelGate.Tool -o artifacts/packages
claim README.md "dotnet tool install --global ModelGate.Tool --add-source artifacts/packages"
run 0 "modelgate" dotnet tool install --global ModelGate.Tool --add-source artifacts/packages
claim README.md "modelgate check path/to/run"
mkdir -p "$folder/own/path/to"
cp -r samples/lexi "$folder/own/path/to/run"
cd "$folder/own"
rm path/to/run/gate.config.json
run 1 "was exported from G_396.pth" modelgate check path/to/run
verdict=$(modelgate check path/to/run --format json | jq -r '[.results[] | select(.outcome != "notApplicable") | "\(.id) \(.outcome)"] | sort | unique | join("\n")') || true
run 0 "gate.config.json" modelgate init path/to/run
configured=$(modelgate check path/to/run --format json | jq -r '[.results[] | select(.outcome != "notApplicable") | "\(.id) \(.outcome)"] | sort | unique | join("\n")') || true
[[ -n $verdict && $verdict == "$configured" ]] || fail "what init wrote judges otherwise:"$'\n'"$(diff <(echo "$verdict") <(echo "$configured"))"
indented "$folder/clone/README.md" "{" > path/to/run/gate.config.json
run 1 "spectral-flatness-must-stay-below" modelgate check path/to/run
run 1 "report.html" modelgate check path/to/run --report html=report.html
! grep -qi "<script" report.html || fail "the HTML report holds a script"
for sample in lexi lexi-fixed; do
  printf '{ "extends": "rvc" }\n' > "path/to/run/gate.config.json"
  cp "$folder/clone/samples/$sample/lexi.pth" "$folder/clone/samples/$sample/train.log" path/to/run
  rm -r path/to/run/audio
  cp -r "$folder/clone/samples/$sample/audio" path/to/run
  run "$([ $sample = lexi ] && echo 1 || echo 0)" "final-checkpoint-must-be-exported" modelgate check path/to/run
done
run 0 "pickle-must-be-safe" modelgate check path/to/run/lexi.pth
run 0 "training-step" modelgate measure path/to/run/G_396.pth
run 0 "state" modelgate inspect path/to/run/G_396.pth
run 1 "missing" modelgate diff path/to/run/lexi.pth path/to/run/G_396.pth
run 0 "G_2376.pth" modelgate trace path/to/run/lexi.pth path/to/run
run 0 "MG4001" modelgate explain loss-must-converge
run 0 "json-schema.org" modelgate schema

echo "== before a release: a project that ships a model"
guide=docs/guides/before-a-release.md
cd "$folder/clone"
for command in \
  "dotnet pack path/to/modelgate/src/ModelGate.MSBuild -o packages" \
  "dotnet pack path/to/modelgate/src/ModelGate.Tool -o packages" \
  "dotnet new nugetconfig" \
  "dotnet nuget add source ./packages --name modelgate --configfile nuget.config" \
  "dotnet tool install ModelGate.Tool" \
  "dotnet modelgate check --report json=release/modelgate.json"; do
  claim "$guide" "$command"
done
mkdir "$folder/shop"
cd "$folder/shop"
run 0 "created successfully" dotnet new console --name Shop --output . --no-restore
run 0 "ModelGate.MSBuild.0.1.0.nupkg" dotnet pack ../clone/src/ModelGate.MSBuild -o packages
run 0 "ModelGate.Tool.0.1.0.nupkg" dotnet pack ../clone/src/ModelGate.Tool -o packages
run 0 "" dotnet new nugetconfig
run 0 "" dotnet nuget add source ./packages --name modelgate --configfile nuget.config
sed -i '$d' Shop.csproj
{ block "$folder/clone/$guide" xml 1; echo "</Project>"; } >> Shop.csproj
block "$folder/clone/$guide" json 1 > gate.config.json
mkdir models training
cp "$folder"/clone/samples/lexi/G_*.pth training
for sample in lexi lexi-fixed; do
  cp "$folder/clone/samples/$sample/lexi.pth" models
  cp "$folder/clone/samples/$sample/train.log" training
  if [ $sample = lexi ]; then
    # The error is shown at the gate's line, and nothing is copied.
    line=$(grep -n final-checkpoint-must-be-exported gate.config.json | cut -d: -f1)
    run 1 "gate.config.json($line,5): error MG2001" dotnet publish -o shipped
    [ ! -e shipped/models/lexi.pth ] || fail "a model that failed was published"
  else
    run 0 "Shop" dotnet publish -o shipped
    cmp -s models/lexi.pth shipped/models/lexi.pth || fail "a model that passed was not published"
  fi
done
git init --quiet .
run 0 "modelgate" dotnet tool install ModelGate.Tool
mkdir release
run 0 "passed" dotnet modelgate check --report json=release/modelgate.json
jq -e '.verdict == "passed"' release/modelgate.json > /dev/null || fail "the release's report does not say that it passed"

echo "== GitHub Actions and pull requests: the copies name the action by repository and hash"
cd "$folder/clone"
edit="sed -i 's#\./\(\.github/actions/modelgate[a-z-]*\)#OWNER/REPOSITORY/\1@HASH#' .github/workflows/model-gate*.yml"
mkdir -p "$folder/theirs/.github/workflows"
cp .github/workflows/model-gate*.yml "$folder/theirs/.github/workflows"
for page in docs/guides/github-actions.md docs/guides/pull-requests.md; do claim $page "$edit"; done
(cd "$folder/theirs" && bash -c "$edit")
! grep -n 'uses: \./\.github/actions' "$folder"/theirs/.github/workflows/*.yml || fail "the edit of the guide leaves an action of the checkout"
grep -q 'uses: OWNER/REPOSITORY/.github/actions/modelgate@HASH' "$folder"/theirs/.github/workflows/model-gate.yml || fail "the edit of the guide names no action"

echo "== every command that the pages show"
while IFS= read -r shown; do
  printf '%s\n' "${claims[@]}" | grep -qxF -- "$shown" || fail "not walked: $shown"
done < <(grep -HE '^ {4,}(dotnet|modelgate|git|sed|dnx|build/|tests/|\./)' README.md docs/guides/*.md docs/recipes/README.md | sed -E 's/^([^:]*): +/\1: /')

[ "$failed" -eq 0 ] && echo "walk: every promise was kept"
exit "$failed"
