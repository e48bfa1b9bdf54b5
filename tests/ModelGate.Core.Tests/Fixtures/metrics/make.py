"""Writes the fixtures of metrics with Python's json and csv modules, and beside each what Python's own readers find in it."""
import csv
import json
import math

document = {"train": {"loss": 0.31415, "epoch": 12}, "eval": {"wer": 0.118, "cer": 4.2e-2, "passed": True, "model": "tiny", "by-speaker": {"a": 0.1, "b": 0.2}}}
with open("metrics.json", "w") as f:
    json.dump(document, f, indent=2)

rows = [{"step": 100 * i, "loss": 3 * math.exp(-i / 7), "lr": 1e-4 * 0.999 ** i} for i in range(40)]
with open("log.jsonl", "w") as f:
    for row in rows:
        f.write(json.dumps(row) + "\n")

with open("results.csv", "w", newline="") as f:
    writer = csv.writer(f)
    writer.writerow(["epoch", "metrics/mAP", "speaker, name", "val loss"])
    for i in range(25):
        writer.writerow([i, repr(1 - 1 / (i + 2)), f'the "{i}"th, \n of them', float("nan") if i == 3 else 2.5 / (i + 1)])


def flatten(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, (*path, key))
    elif isinstance(value, (int, float)):
        yield ".".join(path), [float(value)]


with open("results.csv", newline="") as f:
    table = list(csv.DictReader(f))
expected = {
    "metrics.json": dict(flatten(json.load(open("metrics.json")))),
    "log.jsonl": {name: [json.loads(line)[name] for line in open("log.jsonl")] for name in ("step", "loss", "lr")},
    "results.csv": {name: [float(row[name]) if row[name] != "nan" else "NaN" for row in table] for name in ("epoch", "metrics/mAP", "val loss")},
}
with open("metrics.expected.json", "w") as f:
    json.dump(expected, f, indent=1)
