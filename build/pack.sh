#!/usr/bin/env bash
# Packs the build package, and the tool: a small package that points to one for this platform (native code) and to a portable one
# (any .NET 10 or later). A native package can be made only on its own platform, so a release runs this once on each. It takes a C
# compiler (clang or gcc, and zlib's headers; Xcode or Visual Studio's C++ tools elsewhere): without one the portable tool alone is packed.
# Usage: build/pack.sh [OUTPUT-FOLDER]; MODELGATE_NATIVE=1 makes it an error that there is no native package.
set -euo pipefail
cd "$(dirname "$0")/.."
output=${1:-artifacts/packages}
runtime=$(dotnet --info | sed -n 's/^ *RID: *//p')
# The build package carries the portable tool, and takes it as a plain restore leaves it.
dotnet restore src/ModelGate.Tool
dotnet pack src/ModelGate.MSBuild -c Release -o "$output"
if dotnet pack src/ModelGate.Tool -c Release -o "$output" -p:ModelGatePack=true -r "$runtime"; then
  dotnet pack src/ModelGate.Tool -c Release -o "$output" -p:ModelGatePack=true
  dotnet pack src/ModelGate.Tool -c Release -o "$output" -p:ModelGatePack=true -r any
elif [[ ${MODELGATE_NATIVE:-} == 1 ]]; then
  echo "pack.sh: the native tool for $runtime could not be made" >&2
  exit 1
else
  # A package that points to a native one would not install without it.
  dotnet restore src/ModelGate.Tool
  dotnet pack src/ModelGate.Tool -c Release -o "$output"
  echo "pack.sh: the native tool for $runtime could not be made (see above; it takes a C compiler), so the portable tool is packed: it does the same, and starts slower"
fi
# The program that runs models, where libtorch is packed for: the package for this platform, and the one that points. The SDK would make the others along with the latter, which a release makes on their own platforms.
case $runtime in
  linux-x64 | win-x64 | osx-arm64) torch=$runtime ;;
  osx-* | win-* | *musl* | alpine*) torch= ;;
  *-x64) torch=linux-x64 ;;
  *) torch= ;;
esac
if [[ -n $torch && ${MODELGATE_TORCH_PACKAGE:-1} == 1 ]]; then
  dotnet pack src/ModelGate.Torch -c Release -o "$output" -p:ModelGatePack=true -r "$torch"
  dotnet pack src/ModelGate.Torch -c Release -o "$output" -p:ModelGatePack=true -p:_InnerToolsPublishAot=true
fi
ls -l "$output"
