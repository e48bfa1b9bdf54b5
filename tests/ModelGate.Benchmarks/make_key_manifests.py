"""Two key manifests of COUNT keys each, the second under another prefix: make_key_manifests.py FOLDER [COUNT]

    modelgate diff FOLDER/left.json FOLDER/right.json

is then timed as a whole process. Layers of eight parts each, as a transformer names them.
"""
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
count = int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
folder.mkdir(parents=True, exist_ok=True)
names = [f"decoder.layers.{i // 8}.attention.part{i % 8}.weight" for i in range(count)]
for side, prefix in ("left", "module."), ("right", ""):
    with open(folder / f"{side}.json", "w", encoding="utf-8") as manifest:
        json.dump({prefix + name: [8, 8] for name in names}, manifest)
