#!/usr/bin/env python3
"""Asks PyTorch and ModelGate about the same files, and stops at the first on which they disagree.

    /usr/bin/python3 tests/ModelGate.Fuzz/differential.py --minutes 60 -- dotnet src/ModelGate.Tool/bin/Debug/net10.0/modelgate.dll

Checkpoints are generated with torch.save (zip and legacy, nested, with views, of every common element type), and mutated: bits, bytes, lengths
and blocks anywhere; bytes of data.pkl with the archive's checksums written anew; records added, removed and renamed; a tar header or a zip archive
laid over or behind the file. Each file must fulfil this:

    where ModelGate passes it (MG7001 and MG7002), torch.load(weights_only=True) loads it and sees the same names, element types, shapes and
    values (NaN and infinity counted; minimum, maximum, mean and standard deviation of what is finite).

Files are loaded in a subprocess by PyTorch's restricted unpickler. The one of 1.13 lacks opcodes of honest files (BINFLOAT is one): what it refuses
for that is loaded by Python's own unpickler, which may find nothing but the names in NAMES. Needs Debian's python3-torch (1.13). The seed of a file is printed with it and makes it again.
"""

import argparse
import io
import json
import math
import pathlib
import pickle
import random
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

BATCH = 40
NAMES = {"collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter", "torch.storage._TypedStorage", "torch.storage._UntypedStorage"} | {
    f"torch.{kind}Storage" for kind in ("Float", "Half", "Double", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool")
}
TYPES = ["float32", "float16", "float64", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"]


class Stub:
    """What torch.load takes for the module pickle: an unpickler that finds harmless names alone."""

    class Unpickler(pickle.Unpickler):
        def find_class(self, module, name):
            if f"{module}.{name}" not in NAMES:
                raise pickle.UnpicklingError(f"{module}.{name} is not looked up here")
            return super().find_class(module, name)

    @staticmethod
    def load(file, **options):
        return Stub.Unpickler(file, **options).load()


def load_all(paths):
    """The child: loads files with the restricted unpickler and prints what it sees, a line for each."""
    import warnings

    import torch

    warnings.simplefilter("ignore")
    for path in paths:
        try:
            try:
                value = torch.load(path, map_location="cpu", weights_only=True)
            except pickle.UnpicklingError as refused:
                if "Unsupported operand" not in str(refused):
                    raise
                value = torch.load(path, map_location="cpu", pickle_module=Stub)
            print(json.dumps({"path": path, "tensors": sorted(walk(torch, "", value), key=lambda t: t["name"])}), flush=True)
        except BaseException as error:  # Whatever goes wrong is an answer.
            print(json.dumps({"path": path, "error": f"{type(error).__name__}: {error}"[:300]}), flush=True)


def walk(torch, name, value):
    if isinstance(value, torch.Tensor):
        yield describe(torch, name, value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(torch, f"{name}.{key}" if name else str(key), inner)
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from walk(torch, f"{name}.{index}" if name else str(index), inner)


def describe(torch, name, tensor):
    found = {"name": name, "dtype": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape)}
    numbers = tensor.detach().to(torch.float64).reshape(-1)
    finite = numbers[torch.isfinite(numbers)]
    found["nan"] = int(torch.isnan(numbers).sum())
    found["inf"] = int(torch.isinf(numbers).sum())
    if len(finite):
        found |= {"min": float(finite.min()), "max": float(finite.max()), "mean": float(finite.mean())}
    return found


def generate(torch, chance):
    def tensor():
        shape = [chance.choice([1, 2, 3, 5, 8]) for _ in range(chance.choice([0, 1, 1, 2, 2, 3]))]
        kind = getattr(torch, chance.choice(TYPES))
        made = torch.tensor([chance.uniform(-100, 100) for _ in range(math.prod(shape))], dtype=torch.float64).reshape(shape).to(kind)
        how = chance.random()
        if how < 0.15 and made.dim() > 1:
            return made.transpose(0, 1)
        if how < 0.3 and made.dim() > 0 and made.shape[0] > 1:
            return made[1:]
        return made

    def tree(depth):
        made = {}
        for index in range(chance.randint(1, 5)):
            key = chance.choice(["weight", "bias", "enc.0.weight", "größe", "w", "running_mean"]) + str(index)
            made[key] = tree(depth + 1) if depth < 2 and chance.random() < 0.25 else tensor() if chance.random() < 0.85 else chance.choice([1, 2.5, "text", None, True])
        return made

    buffer = io.BytesIO()
    torch.save(tree(0), buffer, _use_new_zipfile_serialization=chance.random() < 0.6)
    return buffer.getvalue()


def mutate(data, chance):
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        how = chance.randrange(9)
        at = chance.randrange(max(1, len(data)))
        if how == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            data[at] = chance.randrange(256)
        elif how == 2:
            del data[at:at + chance.choice([1, 2, 4, 16])]
        elif how == 3:
            data[at:at] = chance.randbytes(chance.choice([1, 2, 4, 16]))
        elif how == 4:
            other = chance.randrange(len(data))
            block = data[other:other + chance.choice([4, 16, 64])]
            data[at:at + len(block)] = block
        elif how == 5:
            data = rewrite(data, chance)
        elif how == 6:
            data = tar_over(data)
        elif how == 7:
            data += archive(chance)
        else:
            data[at:at + 4] = struct.pack("<I", chance.choice([0, 1, 0x7FFFFFFF, 0xFFFFFFFF, len(data)]))
        if not data:
            return b"\0"
    return bytes(data)


def rewrite(data, chance):
    """Changes an archive as whoever writes one could: every header and checksum fits again."""
    try:
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as old:
            records = [(i.filename, bytearray(old.read(i))) for i in old.infolist()]
    except Exception:
        return data
    root = records[0][0].split("/")[0]
    how = chance.randrange(6)
    index = chance.randrange(len(records))
    if how <= 2:
        name, content = records[0] if chance.random() < 0.7 else records[index]
        if content:
            content[chance.randrange(len(content))] = chance.randrange(256)
    elif how == 3:
        name = chance.choice(["archive_format", "models/x", "serialized_exported_program.json", "constants.pkl", "code/x.py", "extra", "data/99", "byteorder", ".data/version", "x.npy", "notes.txt"])
        records.append((f"{root}/{name}", bytearray(chance.choice([b"pt2", b"{}", b"big", b"3\n", b"\x80\x02}."]))))
    elif how == 4:
        del records[index]
    else:
        records[index] = (chance.choice([records[index][0].upper(), records[index][0] + "x", f"{root}/data/{chance.randrange(9)}"]), records[index][1])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as new:
        for name, content in records:
            new.writestr(zipfile.ZipInfo(name), bytes(content))
    return bytearray(made.getvalue())


def tar_over(data):
    if len(data) < 512:
        return data
    data[100:124], data[124:136], data[136:148], data[148:156] = b"0000644 0000000 0000000 ", b"00000000000 ", b"00000000000 ", b" " * 8
    data[148:156] = f"{sum(data[:512]):06o}\0 ".encode()
    return data


def archive(chance):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("a/data.pkl", b"\x80\x02}.")
        new.writestr("a/version", b"3\n")
    return made.getvalue()


def passed(tool, folder):
    """The files that ModelGate passes."""
    (folder / "gate.config.json").write_text('{"artifacts":{"model":"*.pth"},"gates":{"pickle-must-be-safe":{},"archive-must-be-whole":{}}}')
    done = subprocess.run([*tool, "check", "--config", "gate.config.json", "--format", "json"], cwd=folder, capture_output=True, check=False)
    results = json.loads(done.stdout)["results"]
    outcomes = {}
    for result in results:
        outcomes.setdefault(result["artifact"], []).append(result["outcome"])
    return sorted(path for path, found in outcomes.items() if found == ["passed"] * 2)


def inspected(tool, path):
    done = subprocess.run([*tool, "inspect", "--format", "json", "--stats", str(path)], capture_output=True, check=False)
    return sorted(json.loads(done.stdout)["tensors"], key=lambda t: t["name"])


def compare(ours, theirs):
    """What differs, in words; nothing where nothing does."""
    if "error" in theirs:
        return f"PyTorch refuses it: {theirs['error']}"
    if [(t["name"], t["dtype"], t["shape"]) for t in ours] != [(t["name"], t["dtype"], t["shape"]) for t in theirs["tensors"]]:
        return f"tensors differ: {[(t['name'], t['dtype'], t['shape']) for t in ours]} and {[(t['name'], t['dtype'], t['shape']) for t in theirs['tensors']]}"
    for mine, other in zip(ours, theirs["tensors"]):
        stats = mine["stats"]
        if stats is None:
            continue
        if (stats["nan"], stats["inf"]) != (other["nan"], other["inf"]):
            return f"{mine['name']} counts NaN and infinity as {stats['nan']}, {stats['inf']}; PyTorch {other['nan']}, {other['inf']}"
        for key in ("min", "max", "mean"):
            wanted = other.get(key)
            if wanted is not None and (stats[key] is None or not math.isclose(stats[key], wanted, rel_tol=1e-9, abs_tol=1e-12)):
                return f"{mine['name']} has {key} {stats[key]}, PyTorch says {wanted}"
    return None


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--minutes", type=float, default=1)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=pathlib.Path, help="where files on which the two disagree are kept")
    arguments.add_argument("tool", nargs="+")
    options = arguments.parse_args()

    import torch

    end, seed, counts = time.monotonic() + options.minutes * 60, options.seed, {"files": 0, "passed": 0, "loaded": 0}
    differences = 0
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for _ in range(BATCH):
                chance = random.Random(seed)
                whole = generate(torch, chance)
                (folder / f"{seed}.pth").write_bytes(whole if chance.random() < 0.1 else mutate(whole, chance))
                seed += 1
            fine = passed(options.tool, folder)
            child = subprocess.run([sys.executable, __file__, "--load", *(str(folder / f) for f in fine)], capture_output=True, text=True, check=False) if fine else None
            seen = {pathlib.Path(s["path"]).name: s for s in map(json.loads, child.stdout.splitlines())} if child else {}
            for file in fine:
                theirs = seen.get(file, {"error": "the process ended"})
                difference = compare(inspected(options.tool, folder / file), theirs)
                counts["loaded"] += "error" not in theirs
                if difference:
                    differences += 1
                    print(f"seed {file.removesuffix('.pth')}: {difference}", flush=True)
                    if options.keep:
                        options.keep.mkdir(parents=True, exist_ok=True)
                        (options.keep / file).write_bytes((folder / file).read_bytes())
            counts["files"] += BATCH
            counts["passed"] += len(fine)
    print(f"{counts['files']} files, {counts['passed']} passed, {counts['loaded']} of these loaded by PyTorch, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        load_all(sys.argv[2:])
    else:
        sys.exit(main())
