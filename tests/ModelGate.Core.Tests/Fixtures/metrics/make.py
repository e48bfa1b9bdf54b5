"""Writes the fixtures of metrics as scripts write them, and beside them what Python's own readers find in each.

Run with Python 3 and pandas: python make.py
"""
import csv
import json
import math

import pandas

# What an evaluation script writes for DVC or CML: objects in objects.
document = {
    "train": {"loss": 0.31415, "epoch": 12},
    "eval": {"wer": 0.118, "cer": 4.2e-2, "passed": True, "model": "tiny", "samples": 10**15, "by-speaker": {"a": 0.1, "b": 0.2}, "per_class": [0.9, 0.25, 0.75]},
}
with open("metrics.json", "w") as f:
    json.dump(document, f, indent=2)

# A run that went wrong: json writes words that are no JSON, and what no double holds.
with open("diverged.json", "w") as f:
    json.dump({"loss": float("nan"), "best": float("inf"), "worst": -float("inf"), "text": "NaN, Infinity", "NaN": 1.5, "tiny": 5e-324, "huge": 1.7976931348623157e308}, f)

# One record a line; the trainer leaves out what it did not measure.
rows = [{"step": 100 * i, "loss": 3 * math.exp(-i / 7), "lr": 1e-4 * 0.999**i, **({"eval": {"wer": 1 / (i + 2)}} if i % 10 == 9 else {})} for i in range(40)]
with open("log.jsonl", "w") as f:
    for row in rows:
        f.write(json.dumps(row) + "\n")

with open("results.csv", "w", newline="") as f:
    writer = csv.writer(f)
    writer.writerow(["epoch", "metrics/mAP", "speaker, name", "val loss"])
    for i in range(25):
        writer.writerow([i, repr(1 - 1 / (i + 2)), f'the "{i}"th, \n of them', float("nan") if i == 3 else 2.5 / (i + 1)])

# With the index as a column without a name, and nothing where a value is missing.
frame = pandas.DataFrame({"epoch": range(6), "train_loss": [2.5, None, 1.5, None, 1.25, None], "val_loss": [None, 2.0, None, 1.75, None, 1.625], "ok": [True, False] * 3, "name": list("abcdef")})
frame.to_csv("pandas.csv")
frame.to_json("pandas.jsonl", orient="records", lines=True)
frame.to_csv("pandas-semicolon.csv", sep=";", index=False)


def flatten(value, path=()):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from flatten(inner, path)
    elif isinstance(value, (int, float)):
        yield ".".join(path), float(value)


def gather(pairs):
    found = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value if math.isfinite(value) else str(value))
    return found


def lines(name):
    return gather(pair for line in open(name) for pair in flatten(json.loads(line)))


def table(name, **options):
    read = pandas.read_csv(name, float_precision="round_trip", **options)
    numbers = read.select_dtypes(include=["number", "bool"])
    # pandas makes NaN of an empty cell as well as of the word: the cells themselves tell.
    cells = pandas.read_csv(name, dtype=str, keep_default_na=False, **options)
    return {column: [v if math.isfinite(v) else str(v) for v, cell in zip(map(float, numbers[column]), cells[column]) if cell != ""] for column in numbers.columns}


expected = {
    "metrics.json": gather(flatten(json.load(open("metrics.json")))),
    "diverged.json": gather(flatten(json.load(open("diverged.json")))),
    "log.jsonl": lines("log.jsonl"),
    "results.csv": table("results.csv"),
    "pandas.csv": table("pandas.csv", index_col=0),
    "pandas.jsonl": lines("pandas.jsonl"),
    "pandas-semicolon.csv": table("pandas-semicolon.csv", sep=";"),
}
with open("expected.json", "w") as f:
    json.dump(expected, f, indent=1)
