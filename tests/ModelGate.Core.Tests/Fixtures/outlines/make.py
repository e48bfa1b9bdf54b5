"""Writes networks.json: the keys, shapes and element types of small networks, as PyTorch prints them. PyTorch 1.13 wrote what is here.

    python3 make.py > networks.json

Sizes are small and pairwise different, so that a dimension that is mixed up shows.
"""
import json

import torch
import torch.nn as nn
from torch.nn.utils import parametrizations, spectral_norm, weight_norm

import verify  # adds parametrizations.weight_norm where PyTorch has none


class Bare(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.empty(3, 5))
        self.scalar = nn.Parameter(torch.empty(()))
        self.register_buffer("table", torch.empty(4, dtype=torch.int64))
        self.register_buffer("mask", torch.empty(2, 2, dtype=torch.bool))
        self.register_buffer("phase", torch.empty(3, dtype=torch.complex64))
        self.register_parameter("class", nn.Parameter(torch.empty(2)))
        self.add_module("import", nn.Linear(3, 4))
        self.add_module("7", nn.Linear(5, 6))
        self._hidden = nn.Linear(2, 3)
        self.add_module("__private", nn.Linear(2, 7))


class RMSNorm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(size))


class Block(nn.Module):
    def __init__(self, channels, kernel, norm):
        super().__init__()
        self.conv1 = norm(nn.Conv1d(channels, 2 * channels, kernel))
        self.conv2 = norm(nn.Conv1d(2 * channels, channels, kernel, groups=channels))
        self.norm = RMSNorm(channels)


class Blocks(nn.Module):
    def __init__(self, norm):
        super().__init__()
        self.pre = norm(nn.Conv1d(9, 6, 7))
        self.blocks = nn.ModuleList([Block(c, k, norm) for c, k in ((6, 3), (4, 3), (2, 5))])
        self.ups = nn.ModuleList([norm(nn.ConvTranspose1d(c, c // 2, 4)) for c in (8, 4, 2)])


class Residual(nn.Module):
    def __init__(self, inside, outside, groups):
        super().__init__()
        self.conv1 = nn.Conv2d(inside, outside, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outside)
        self.conv2 = nn.Conv2d(outside, outside, 3, groups=groups, bias=False)
        self.bn2 = nn.BatchNorm2d(outside)
        self.downsample = nn.Sequential(nn.Conv2d(inside, outside, 1, bias=False), nn.BatchNorm2d(outside))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.self_attn = nn.MultiheadAttention(12, 3)
        self.plain = nn.MultiheadAttention(12, 2, bias=False)
        self.cross = nn.MultiheadAttention(12, 4, kdim=5, vdim=7)
        self.biased = nn.MultiheadAttention(128, 2, add_bias_kv=True)


def weight_dropped():
    lstm = nn.LSTM(3, 4, 2)
    return nn.ModuleDict({"rnn": weight_norm(weight_norm(lstm, "weight_hh_l0"), "weight_hh_l1")})


NETWORKS = {
    "bare": Bare,
    "root-of-numbers": lambda: nn.Sequential(nn.Conv1d(3, 5, 3), nn.ReLU(), nn.BatchNorm1d(5), nn.ReLU(), nn.Conv1d(5, 2, 3)),
    "one-linear": lambda: nn.Linear(3, 4),
    "recurrent": lambda: nn.ModuleDict({
        "lstm": nn.LSTM(3, 5, 2, bidirectional=True), "projected": nn.LSTM(7, 6, 2, proj_size=4), "gru": nn.GRU(3, 4, bias=False), "rnn": nn.RNN(5, 3, 3),
        "lstm_cell": nn.LSTMCell(3, 4), "gru_cell": nn.GRUCell(5, 2, bias=False), "rnn_cell": nn.RNNCell(3, 2)}),
    "weight-dropped": weight_dropped,
    "attention": Attention,
    "transformer": lambda: nn.Transformer(12, 2, 2, 3, 20),
    "norms": lambda: nn.ModuleDict({
        "norm": nn.LayerNorm(7), "layer_norm": nn.LayerNorm((3, 5)), "group_norm": nn.GroupNorm(4, 64), "gn": nn.GroupNorm(3, 6), "bn": nn.BatchNorm3d(5),
        "plain_bn": nn.BatchNorm1d(4, affine=False), "untracked": nn.BatchNorm1d(3, track_running_stats=False), "instance_norm": nn.InstanceNorm1d(6, affine=True),
        "tracked": nn.InstanceNorm2d(5, affine=True, track_running_stats=True), "prelu": nn.PReLU(4), "act": nn.PReLU(), "rms": RMSNorm(8)}),
    "convolutions": lambda: nn.ModuleDict({
        "conv": nn.Conv1d(3, 5, 3), "grouped": nn.Conv1d(8, 12, 3, groups=4), "depthwise": nn.Conv2d(6, 6, (3, 5), groups=6), "volume": nn.Conv3d(2, 3, (1, 2, 3), bias=False),
        "up": nn.ConvTranspose1d(6, 4, 8), "deconv": nn.ConvTranspose2d(3, 5, 4, bias=False), "transposed": nn.ConvTranspose3d(4, 2, 3), "grouped_up": nn.ConvTranspose1d(8, 12, 4, groups=4),
        "square_up": nn.ConvTranspose1d(4, 4, 4), "square": nn.Conv1d(4, 4, 3)}),
    "weight-norm": lambda: Blocks(weight_norm),
    "weight-norm-of-all": lambda: Blocks(lambda m: weight_norm(m, dim=None)),
    "weight-norm-of-the-kernel": lambda: Blocks(lambda m: weight_norm(m, dim=2)),
    "parametrized-weight-norm": lambda: Blocks(parametrizations.weight_norm),
    "spectral-norm": lambda: nn.ModuleList([Blocks(spectral_norm), nn.ModuleDict({"fc": spectral_norm(nn.Linear(3, 5)), "odd": spectral_norm(nn.Linear(3, 5), dim=1)})]),
    "parametrized-spectral-norm": lambda: Blocks(parametrizations.spectral_norm),
    "orthogonal": lambda: nn.ModuleDict({"fc": parametrizations.orthogonal(nn.Linear(4, 4))}),
    "no-norm": lambda: Blocks(lambda m: m),
    "residual": lambda: nn.Sequential(nn.Sequential(Residual(4, 8, 2), Residual(8, 8, 8)), nn.Sequential(Residual(8, 16, 4))),
    "tables": lambda: nn.ModuleDict({"token_embedding": nn.Embedding(11, 6), "emb_g": nn.Embedding(3, 4), "head": nn.Linear(6, 11, bias=False), "bilinear": nn.Bilinear(2, 3, 4)}),
    "dictionaries": lambda: nn.ModuleDict({
        "a-b": nn.Linear(2, 3), "ünïcode": nn.Linear(3, 4), "with space": nn.ModuleDict({"100": nn.Linear(2, 2), "5": nn.Linear(3, 2)}), "it's \"quoted\"\\\n": nn.Linear(1, 2),
        "');import os#": nn.Linear(2, 1)}),
    "lists-of-parameters": lambda: nn.ModuleDict({
        "same": nn.ParameterList([nn.Parameter(torch.empty(2, 3)) for _ in range(5)]), "other": nn.ParameterList([nn.Parameter(torch.empty(n)) for n in (1, 2, 3)]),
        "named": nn.ParameterDict({"x": nn.Parameter(torch.empty(2)), "y-z": nn.Parameter(torch.empty(3))})}),
    "adaptive-softmax": lambda: nn.AdaptiveLogSoftmaxWithLoss(8, 20, [4, 10]),
    "nested-lists": lambda: nn.ModuleList([nn.ModuleList([nn.Linear(i + 2, j + 3) for j in range(3)]) for i in range(2)]),
}

if __name__ == "__main__":
    made = {}
    for name, network in NETWORKS.items():
        made[name] = {key: {"shape": list(value.shape), "dtype": str(value.dtype)[6:]} for key, value in network().state_dict().items()}
    lines = (f"  {json.dumps(name)}: {json.dumps(keys)}" for name, keys in made.items())
    print("{\n" + ",\n".join(lines) + "\n}")
