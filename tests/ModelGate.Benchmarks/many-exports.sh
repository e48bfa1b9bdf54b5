#!/usr/bin/env bash
# What `check` of 3,000 exports (1.3 GB) costs with one job, two and eight, and of 10,000 recordings where only 256 files may be open.
# BEFORE is run without --jobs, as a build that does not have it. FOLDER is what files.sh wrote.
# Usage: tests/ModelGate.Benchmarks/many-exports.sh BEFORE AFTER FOLDER
set -euo pipefail
before=$(realpath "$1") after=$(realpath "$2") folder=$(realpath "$3")
cd "$(dirname "$0")"
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT

cp ../../samples/lexi/rvc_v2_48k_narrow.json "$folder/exports"
cat > "$folder/exports/gate.config.json" << 'JSON'
{
  "artifacts": { "architecture": "rvc_v2_48k_narrow.json", "model": "export_*.pth" },
  "gates": { "keys-must-match": {}, "pickle-must-be-safe": {}, "archive-must-be-whole": {} }
}
JSON
cat > "$folder/recordings/gate.config.json" << 'JSON'
{ "artifacts": { "output": "*.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }
JSON
cat > "$reports/empty.config.json" << 'JSON'
{ "artifacts": { "output": "none.wav" }, "gates": { "spectral-flatness-must-stay-below": {} } }
JSON

# Wall and processor milliseconds, peak KiB, exit code.
once() { python3 timed.py "$@"; }
row() {
  local name=$1; shift
  once "$@" | awk -v name="$name" '{printf "%-34s %7.2f s %7.2f s processor %6.0f MiB   exit code %s\n", name, $1/1000, $2/1000, $3/1024, $4}'
}
# So that every run finds the files in the page cache.
cat "$folder"/exports/*.pth > /dev/null

row "an empty run" "$after" check --config "$reports/empty.config.json"
exports="$folder/exports/gate.config.json"
row "3,000 exports, before" "$before" check --config "$exports" --report "json=$reports/before.json"
for jobs in 1 2 8; do
  row "3,000 exports, --jobs $jobs" "$after" check --config "$exports" --jobs "$jobs" --report "json=$reports/$jobs.json"
done
# What two programs gain that share nothing, each with half of the exports: no number of jobs can gain more on this machine.
halves=('0{0*,1[0-4]*}' '0{1[5-9]*,2*}')
for half in 0 1; do
  sed "s/export_\*.pth/export_${halves[half]}.pth/" "$exports" > "$folder/exports/half-$half.config.json"
done
started=$(date +%s%N)
"$after" check --config "$folder/exports/half-0.config.json" --jobs 1 > /dev/null &
"$after" check --config "$folder/exports/half-1.config.json" --jobs 1 > /dev/null
wait
awk -v took=$(($(date +%s%N) - started)) 'BEGIN {printf "%-34s %7.2f s\n", "two programs, half each", took/1e9}'
if cmp -s "$reports/1.json" "$reports/8.json"; then echo "--jobs 1 and 8 write the same report"; else echo "--jobs 1 and 8 write different reports"; fi
jq -r '"verdict: \(.verdict); results: \(.results | length)"' "$reports/8.json"

ulimit -n 256
row "10,000 recordings, 256 handles" "$after" check --config "$folder/recordings/gate.config.json" --report "json=$reports/recordings.json"
jq -r '"verdict: \(.verdict); results: \(.results | length); inconclusive: \([.results[] | select(.outcome == "inconclusive")] | length)"' "$reports/recordings.json"
