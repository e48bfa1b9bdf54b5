#!/usr/bin/env bash
# Packs the build package, and the tool: a small package that points to one for this platform (native code) and to a portable one
# (any .NET 10 or later). A native package can be made only on its own platform, so a release runs this once on each.
# Usage: build/pack.sh [OUTPUT-FOLDER]
set -euo pipefail
cd "$(dirname "$0")/.."
output=${1:-artifacts/packages}
runtime=$(dotnet --info | sed -n 's/^ *RID: *//p')
# The build package carries the portable tool, and takes it as a plain restore leaves it.
dotnet restore src/ModelGate.Tool
dotnet pack src/ModelGate.MSBuild -c Release -o "$output"
dotnet pack src/ModelGate.Tool -c Release -o "$output" -p:ModelGatePack=true
dotnet pack src/ModelGate.Tool -c Release -o "$output" -p:ModelGatePack=true -r any
dotnet pack src/ModelGate.Tool -c Release -o "$output" -p:ModelGatePack=true -r "$runtime"
ls -l "$output"
