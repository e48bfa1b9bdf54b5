"""Builds outlines in PyTorch and loads tensors of the stated shapes strictly.

    python3 verify.py KEYS.json OUTLINE.py [KEYS.json OUTLINE.py ...]
    python3 verify.py --all COMMAND... > verified.json

The second form has COMMAND (dotnet path/to/modelgate.dll) outline every list of networks.json and ../families/lists.json.gz, and writes the SHA-256 of each outline
that loads.

KEYS.json is name to shape, or to an object with shape and dtype. Prints "loads" or what PyTorch said, a line each; the exit code is 1 where one does not load.
PyTorch before 2.3 has no unsigned integers of more than a byte; int64 stands for them there. PyTorch before 2.0 has no parametrizations.weight_norm: there, one is put together from register_parametrization, which gives the same keys.
"""
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile

import torch
import torch.nn.utils.parametrizations as parametrizations
from torch.nn.utils import parametrize

# Types that PyTorch does not have before 2.3. What is asked is names and shapes.
for name in ("uint16", "uint32", "uint64"):
    if not hasattr(torch, name):
        setattr(torch, name, torch.int64)

if not hasattr(parametrizations, "weight_norm"):
    class WeightNorm(torch.nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.dim = -1 if dim is None else dim

        def forward(self, g, v):
            return torch._weight_norm(v, g, self.dim)

        def right_inverse(self, weight):
            return torch.norm_except_dim(weight, 2, self.dim), weight

    def weight_norm(module, name="weight", dim=0):
        parametrize.register_parametrization(module, name, WeightNorm(dim), unsafe=True)
        return module

    parametrizations.weight_norm = weight_norm


def tensor(key):
    shape, dtype = (key["shape"], key.get("dtype")) if isinstance(key, dict) else (key, None)
    return torch.empty(shape, dtype=getattr(torch, dtype or "float32", torch.float32))


def verify(keys, outline):
    with open(keys, encoding="utf-8") as file:
        state = {name: tensor(key) for name, key in json.load(file).items()}
    scope = {}
    with open(outline, encoding="utf-8") as file:
        exec(compile(file.read(), outline, "exec"), scope)
    model = scope["model"]
    answer = model.load_state_dict(state, strict=True)
    assert not answer.missing_keys and not answer.unexpected_keys
    built = {name: list(value.shape) for name, value in model.state_dict().items()}
    stated = {name: list(value.shape) for name, value in state.items()}
    assert built == stated, sorted(set(built) ^ set(stated))[:10]


def lists():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "networks.json"), encoding="utf-8") as file:
        yield from json.load(file).items()
    with gzip.open(os.path.join(here, "..", "families", "lists.json.gz")) as file:
        yield from json.load(file).items()


def verify_all(command):
    hashes = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, keys in lists():
            stated, outline = os.path.join(folder, name + ".json"), os.path.join(folder, name + ".py")
            with open(stated, "w", encoding="utf-8") as file:
                json.dump(keys, file)
            text = subprocess.run([*command, "inspect", stated, "--outline"], check=True, capture_output=True).stdout
            with open(outline, "wb") as file:
                file.write(text)
            verify(stated, outline)
            hashes[name] = hashlib.sha256(text).hexdigest()
    print(json.dumps(hashes, indent=1))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--all"]:
        verify_all(sys.argv[2:])
        sys.exit(0)

    failed = 0
    for keys, outline in zip(sys.argv[1::2], sys.argv[2::2]):
        try:
            verify(keys, outline)
            print(f"loads  {keys}")
        except Exception as error:  # what PyTorch says is what is asked
            failed = 1
            print(f"fails  {keys}: {type(error).__name__}: {str(error)[:600]}")
    sys.exit(failed)
