"""Writes a training checkpoint of the size of RVC's v2 48 kHz network (450 MB): python3 make_checkpoint.py OUT.pth"""
import collections
import sys

import torch

WEIGHTS = 37_638_466  # RVC v2 48k with f0, training network
NAMES = 560

torch.manual_seed(0)
sizes = [WEIGHTS // NAMES] * (NAMES - 1)
sizes.append(WEIGHTS - sum(sizes))
model = collections.OrderedDict((f"dec.resblocks.{i}.weight", torch.randn(n) * 0.05) for i, n in enumerate(sizes))
state = {
    i: {"step": torch.tensor(2376.0), "exp_avg": torch.randn_like(w) * 1e-3, "exp_avg_sq": torch.rand_like(w) * 1e-6}
    for i, w in enumerate(model.values())
}
optimizer = {"state": state, "param_groups": [{"lr": 9.8e-5, "params": list(range(NAMES))}]}
torch.save({"model": model, "iteration": 132, "optimizer": optimizer, "learning_rate": 1e-4}, sys.argv[1])
