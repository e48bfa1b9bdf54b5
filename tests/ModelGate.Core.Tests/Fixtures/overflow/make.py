"""Writes the checkpoints of a HiFi-GAN training that overflowed, with few elements and the trainer's own names: PyTorch 1.13."""
import torch

torch.manual_seed(3)


def generator(value=None):
    shapes = {
        "conv_pre.bias": (8,), "conv_pre.weight_g": (8, 1, 1), "conv_pre.weight_v": (8, 8, 7),
        "ups.0.bias": (4,), "ups.0.weight_g": (8, 1, 1), "ups.0.weight_v": (8, 4, 16),
        "resblocks.0.convs.0.bias": (4,), "resblocks.0.convs.0.weight_g": (4, 1, 1), "resblocks.0.convs.0.weight_v": (4, 4, 3),
        "resblocks.0.convs.1.bias": (4,), "resblocks.0.convs.1.weight_g": (4, 1, 1), "resblocks.0.convs.1.weight_v": (4, 4, 3),
        "conv_post.bias": (1,), "conv_post.weight_g": (1, 1, 1), "conv_post.weight_v": (1, 4, 7),
    }
    return {n: torch.randn(*s) * 0.05 if value is None else torch.full(s, value) for n, s in shapes.items()}


torch.save({"generator": generator()}, "g_00000120")
torch.save({"generator": generator(float("nan"))}, "g_00000445")
torch.save({"optim_g": {"state": {0: {"step": torch.tensor(445.0), "exp_avg": torch.full((8,), float("nan"))}}, "param_groups": []}, "steps": 445, "epoch": 88}, "do_00000445")
