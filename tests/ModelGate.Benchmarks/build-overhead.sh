#!/usr/bin/env bash
# What the package costs a build: medians of 41 pairs, with and without it, taken in turn and each second pair the other way round. Needs packages: build/pack.sh artifacts/packages
# Usage: tests/ModelGate.Benchmarks/build-overhead.sh [PACKAGES-FOLDER]
set -euo pipefail
cd "$(dirname "$0")/../.."
packages=$(realpath "${1:-artifacts/packages}")
samples=$PWD/samples
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export NUGET_PACKAGES=$folder/cache DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
mkdir -p "$folder/.git" "$folder/models"
cp "$samples"/lexi/G_*.pth "$samples"/lexi-fixed/lexi.pth "$folder/models"
cd "$folder"
echo '{ "artifacts": { "checkpoints": "models/G_*.pth", "model": "models/lexi.pth" }, "gates": { "final-checkpoint-must-be-exported": {} } }' > gate.config.json
echo "<configuration><packageSources><clear /><add key=\"packed\" value=\"$packages\" /></packageSources></configuration>" > nuget.config
cat > App.csproj << 'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="ModelGate.MSBuild" Version="0.1.0" PrivateAssets="all" /></ItemGroup>
</Project>
PROJECT
dotnet build -v q > /dev/null
tool=$(find "$NUGET_PACKAGES/modelgate.msbuild" -name modelgate.dll)

# Without the package's targets: what NuGet would import is not imported.
took() {
  local start end
  start=$(date +%s%N)
  "$@" > /dev/null
  end=$(date +%s%N)
  echo $(((end - start) / 1000000))
}
median() { sort -n | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }
without() { took dotnet build --no-restore -v q -p:ExcludeRestorePackageImports=true >> without; }
with() { took dotnet build --no-restore -v q >> with; }

for pair in $(seq 41); do
  if [ $((pair % 2)) -eq 0 ]; then without; with; else with; without; fi
done
for _ in $(seq 15); do
  rm -rf obj/modelgate
  took dotnet build --no-restore -v q >> first
  took dotnet "$tool" check --config gate.config.json --build-log log >> alone
done
echo "without the package: $(median < without) ms; with it, up to date: $(median < with) ms; with it, judging: $(median < first) ms; the tool by itself: $(median < alone) ms"
