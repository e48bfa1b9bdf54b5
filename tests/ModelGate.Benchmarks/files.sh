#!/usr/bin/env bash
# Writes the files that are measured into a folder (1.9 GB), each once: what is there already is kept.
# Needs a Python with PyTorch: Debian: apt-get install python3-torch
# Usage: tests/ModelGate.Benchmarks/files.sh FOLDER
set -euo pipefail
folder=$(realpath -m "$1")
cd "$(dirname "$0")"
python=${PYTHON:-/usr/bin/python3}
lexi=../../samples/lexi/lexi.pth
mkdir -p "$folder"
# A folder is written beside its place and then moved, so that one that was interrupted is not taken for whole.
[ -f "$folder/G_2376.pth" ] || { "$python" make_checkpoint.py "$folder/G.part" && mv "$folder/G.part" "$folder/G_2376.pth"; }
[ -f "$folder/export.pth" ] || { "$python" make_half_export.py "$folder/G_2376.pth" "$folder/export.part" && mv "$folder/export.part" "$folder/export.pth"; }
[ -f "$folder/right.json" ] || "$python" make_key_manifests.py "$folder"
[ -d "$folder/exports" ] || { "$python" make_exports.py "$lexi" "$folder/exports.part" 3000 && mv "$folder/exports.part" "$folder/exports"; }
[ -d "$folder/recordings" ] || { "$python" make_recordings.py "$folder/recordings.part" 10000 0.1 && mv "$folder/recordings.part" "$folder/recordings"; }
[ -d "$folder/long" ] || { "$python" make_recordings.py "$folder/long.part" 1 625 && mv "$folder/long.part" "$folder/long"; }
ls -l "$folder"
