"""Writes a training checkpoint of the size of RVC's v2 48 kHz network (450 MB): python3 make_checkpoint.py OUT.pth"""
import collections
import sys

import torch

WEIGHTS = 37_638_466  # RVC v2 48k with f0, training network
NAMES = 560
TRAINING_ONLY = 136  # a quarter of the weights, which an export leaves out

torch.manual_seed(0)
sizes = [WEIGHTS // NAMES] * (NAMES - 1)
sizes.append(WEIGHTS - sum(sizes))
names = [f"{'enc_q' if i >= NAMES - TRAINING_ONLY else 'dec'}.resblocks.{i}.weight" for i in range(NAMES)]
model = collections.OrderedDict((name, torch.randn(n) * 0.05) for name, n in zip(names, sizes))
state = {
    i: {"step": torch.tensor(2376.0), "exp_avg": torch.randn_like(w) * 1e-3, "exp_avg_sq": torch.rand_like(w) * 1e-6}
    for i, w in enumerate(model.values())
}
optimizer = {"state": state, "param_groups": [{"lr": 9.8e-5, "params": list(range(NAMES))}]}
torch.save({"model": model, "iteration": 132, "optimizer": optimizer, "learning_rate": 1e-4}, sys.argv[1])
