"""Writes the series of real small trainings as one JSON file a run: make.py FOLDER_OF_EXPECTED_JSON FOLDER.

Each run has an <run>.expected.json beside it, written when it was trained: the class of its curve, and (step, value) of each tag of each log.
"""
import json
import pathlib
import sys

KEPT = ("loss", "nll", "lr", "learning_rate", "grad_norm", "valid", "val_")
LEFT_OUT = ("_time", "total_flos", "per_second", "runtime", "loader")
FORMATS = {"metrics.csv": "lightning-csv", "trainer_state.json": "hf-trainer-state"}


def main(source, target):
    for path in sorted(pathlib.Path(source).glob("*/*.expected.json")):
        truth = json.loads(path.read_text())
        if not isinstance(truth, dict) or not truth.get("curve") or not truth.get("series"):
            continue
        logs = {}
        for series in truth["series"]:
            tag = series["tag"]
            if "points" not in series or not isinstance(series["points"], list) or not any(k in tag for k in KEPT) or any(k in tag for k in LEFT_OUT):
                continue
            file = series["file"]
            name = file.rsplit("/", 1)[-1]
            log = logs.setdefault(file, {"file": file, "format": FORMATS.get(name, "tensorboard"), "series": {}})
            log["series"][tag] = [[step, value if isinstance(value, str) else float(f"{value:.7g}")] for step, value in series["points"]]
        run = {"curve": truth["curve"], "logs": list(logs.values())}
        name = f"{path.parent.name}-{path.name.removesuffix('.expected.json').removeprefix(path.parent.name + '-')}.json"
        (pathlib.Path(target) / name).write_text(json.dumps(run, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
