#!/usr/bin/env bash
# Times `modelgate inspect` and PyTorch on the same 450 MB checkpoint, whole processes in turn, and prints medians and their ratio.
# Needs a Python with PyTorch (Debian: apt-get install python3-torch) and, for the native tool, a C toolchain (clang, zlib1g-dev).
# Usage: tests/ModelGate.Benchmarks/against-pytorch.sh [RUNS]
set -euo pipefail
cd "$(dirname "$0")"
runs=${1:-7}
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runtime=$(dotnet --info | sed -n 's/^ *RID: *//p')
dotnet publish ../../src/ModelGate.Tool -c Release -r "$runtime" -o "$work/tool" > "$work/publish.log" || { cat "$work/publish.log"; exit 1; }
"$python" make_checkpoint.py "$work/G_2376.pth"

# Prints milliseconds and peak kilobytes of one run of a command.
once() {
  "$python" - "$@" <<'PYTHON'
import os, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(f"{(time.perf_counter() - start) * 1000:.1f} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}")
PYTHON
}

for _ in $(seq "$runs"); do
  once "$work/tool/modelgate" inspect "$work/G_2376.pth" --format json >> "$work/modelgate"
  once "$python" list_keys.py "$work/G_2376.pth" >> "$work/pytorch"
done
median() { sort -n "$1" | awk '{a[NR]=$1; if ($2 > m) m=$2} END {printf "%.0f %.0f", a[int((NR+1)/2)], m/1024}'; }
read -r ours ours_peak <<< "$(median "$work/modelgate")"
read -r theirs theirs_peak <<< "$(median "$work/pytorch")"
echo "modelgate inspect: $ours ms, peak $ours_peak MiB; PyTorch: $theirs ms, peak $theirs_peak MiB; ratio 1/$((theirs / (ours > 0 ? ours : 1)))"
