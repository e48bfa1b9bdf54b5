"""Times two builds of modelgate as whole processes, in turn, and prints medians and their ratio.

    in_turn.py BEFORE AFTER FOLDER [--pairs N] [--only NAME,...]

FOLDER holds what make_checkpoint.py, make_half_export.py and make_key_manifests.py wrote (files.sh FOLDER writes all of it). The files
are read once first, so that they come from the page cache. Wall time is what is claimed; processor time says the same where other programs run.
A pair is one run of each, and every second pair begins with the other build. `cat` and `openssl dgst -sha256` of the checkpoint show what
reading and hashing cost by themselves.
"""
import argparse
import json
import pathlib
import statistics
import subprocess

from timed import run

parser = argparse.ArgumentParser()
parser.add_argument("before")
parser.add_argument("after")
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--pairs", type=int, default=15)
parser.add_argument("--only", default="")
options = parser.parse_args()
folder = options.folder.resolve()

checkpoint, export = folder / "G_2376.pth", folder / "export.pth"
configuration = folder / "gate.config.json"
configuration.write_text(json.dumps({
    "artifacts": {"checkpoints": checkpoint.name, "model": export.name},
    "gates": {"final-checkpoint-must-be-exported": {}, "pickle-must-be-safe": {}, "archive-must-be-whole": {}},
}), encoding="utf-8")
commands = {
    "inspect": ["inspect", checkpoint],
    "stats": ["inspect", "--stats", checkpoint],
    "stats-json": ["inspect", "--stats", "--format", "json", checkpoint],
    "check": ["check", "--config", configuration],
    "diff": ["diff", folder / "left.json", folder / "right.json", "--format", "json"],
}
chosen = [name for name in commands if not options.only or name in options.only.split(",")]

for file in folder.glob("*.*"):
    subprocess.run(["cat", file], stdout=subprocess.DEVNULL, check=True)

print(f"{'':11} {'before':>17} {'after':>17} {'ratio':>6} {'ratio':>10} {'peak':>13}")
print(f"{'':11} {'wall, processor':>17} {'wall, processor':>17} {'wall':>6} {'processor':>10} {'MiB':>13}")
for name in chosen:
    runs = {options.before: [], options.after: []}
    for pair in range(options.pairs):
        for tool in (options.before, options.after) if pair % 2 == 0 else (options.after, options.before):
            runs[tool].append(run([tool, *map(str, commands[name])]))
    codes = {tool: {r[3] for r in results} for tool, results in runs.items()}
    if codes[options.before] != codes[options.after]:
        print(f"{name}: exit codes differ: {codes}")
    before, after = ([statistics.median(r[i] for r in runs[tool]) for i in range(3)] for tool in (options.before, options.after))
    print(f"{name:11} {before[0] * 1000:7.0f}, {before[1] * 1000:5.0f} ms {after[0] * 1000:7.0f}, {after[1] * 1000:5.0f} ms"
          f" {after[0] / before[0]:6.2f} {after[1] / before[1]:10.2f} {before[2] / 1024:5.0f}, {after[2] / 1024:5.0f}")

for name, command in ("cat", ["cat"]), ("SHA-256", ["openssl", "dgst", "-sha256"]):
    results = [run([*command, str(checkpoint)]) for _ in range(options.pairs)]
    print(f"{name:11} {statistics.median(r[0] for r in results) * 1000:7.0f}, {statistics.median(r[1] for r in results) * 1000:5.0f} ms")
