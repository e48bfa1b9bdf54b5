#!/usr/bin/env bash
# How often `check --report html` reads each byte of a file: what its calls to read returned, over the file's length. Needs strace.
# FOLDER is what files.sh wrote. A file that is mapped into memory would be read unseen, so that is an error.
# Usage: tests/ModelGate.Benchmarks/bytes-read.sh MODELGATE FOLDER
set -euo pipefail
tool=$(realpath "$1") folder=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v strace > /dev/null || { echo "strace is not installed"; exit 1; }

# Usage: ratio NAME FILE CONFIGURATION
ratio() {
  local name=$1 file=$2 at=$folder/bytes-read.config.json
  echo "$3" > "$at"
  rm -f "$work"/trace.*
  # One trace a thread: a call that another thread interrupts is not written in two halves. -y writes the path behind the descriptor.
  strace -ff -y -e trace=read,pread64,readv,preadv,preadv2,mmap -o "$work/trace" "$tool" check --config "$at" --report "html=$work/report.html" > "$work/out" 2>&1 || true
  [ -s "$work/report.html" ] || { cat "$work/out"; exit 1; }
  if grep -qhE "mmap\(.*<$file>" "$work"/trace.*; then echo "$name: mapped into memory"; exit 1; fi
  local bytes
  bytes=$(cat "$work"/trace.* | grep -F "<$file>" | sed -nE 's/.* = ([0-9]+)$/\1/p' | awk '{s += $1} END {printf "%.0f", s}')
  awk -v name="$name" -v bytes="$bytes" -v size="$(stat -c %s "$file")" 'BEGIN {printf "%-52s %11d bytes, read %.3f times\n", name, size, bytes / size}'
  rm -f "$at" "$work/report.html"
}

ratio "a recording" "$(echo "$folder"/long/*.wav)" '{ "artifacts": { "output": "long/*.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }'
ratio "an export, against its checkpoint" "$folder/export.pth" \
  '{ "artifacts": { "model": "export.pth", "checkpoints": "G_2376.pth" }, "gates": { "final-checkpoint-must-be-exported": {}, "pickle-must-be-safe": {}, "archive-must-be-whole": {} } }'
ratio "a checkpoint, against its export" "$folder/G_2376.pth" \
  '{ "artifacts": { "model": "export.pth", "checkpoints": "G_2376.pth" }, "gates": { "final-checkpoint-must-be-exported": {}, "pickle-must-be-safe": {}, "archive-must-be-whole": {} } }'
ratio "a checkpoint that is only hashed and listed" "$folder/G_2376.pth" '{ "artifacts": { "checkpoints": "G_2376.pth" }, "gates": { "pickle-must-be-safe": {} } }'
