"""Writes small models and what PyTorch says of them: how far weights moved from a start, and the statistics that two models are compared by.

Run with PyTorch 1.13; the files are in its zip format, the numbers in double precision.
"""
import json
import math

import torch

torch.manual_seed(7)


def network():
    """Names as RVC's: blocks, weight norm, a layer that begins at zero."""
    return {
        "enc_p.emb.weight": torch.randn(6, 8) * 0.1,
        "enc_p.emb.bias": torch.randn(6) * 0.1,
        "flow.flows.0.pre.weight": torch.randn(8, 4, 1) * 0.2,
        "flow.flows.0.pre.bias": torch.randn(8) * 0.01,
        "flow.flows.0.post.weight": torch.randn(4, 8, 1) * 0.02,
        "dec.conv_pre.weight": torch.randn(8, 4, 3) * 0.05,
        "dec.ups.0.weight_g": torch.rand(8, 1, 1) + 0.5,
        "dec.ups.0.weight_v": torch.randn(8, 4, 3) * 0.03,
        "dec.conv_post.weight": torch.randn(4, 8, 3) * 0.05,
        "dec.limit": torch.ones(4),
    }


def moved(weights, step, frozen=()):
    return {n: w if n.startswith(tuple(frozen)) or n == "dec.limit" else w + step * w.std() * torch.randn_like(w) for n, w in weights.items()}


def change(model, start, prefix=""):
    names = [n for n in model if n.startswith(prefix) and n != "dec.limit"]
    distance = sum(((model[n].double() - start[n].to(model[n].dtype).double()) ** 2).sum().item() for n in names)
    size = sum((start[n].to(model[n].dtype).double() ** 2).sum().item() for n in names)
    return math.sqrt(distance / size)


def renamed(weights):
    old = "dec.ups.0.weight_"
    return {n.replace(old + "g", "dec.ups.0.parametrizations.weight.original0").replace(old + "v", "dec.ups.0.parametrizations.weight.original1"): w for n, w in weights.items()}


def export(weights, name, info="132epoch", items=18, rate="48k", config_rate=48000):
    config = [513, 32, 4, 4, 8, 2, 6, 3, 0, "1", [3], [[1, 3, 5]], [12], 8, [24], 109, 4, config_rate][:items]
    torch.save({"weight": {n: w.half() for n, w in weights.items()}, "config": config, "info": info, "sr": rate, "f0": 1, "version": "v2"}, name)


start = network()
fine = moved(start, 0.3)
frozen = moved(start, 0.3, ["flow."])
barely = moved(start, 1e-5)
half = {n: w.half() for n, w in fine.items()}

torch.save({"model": start, "iteration": 0}, "start.pth")
torch.save({"model": {"module." + n: w for n, w in renamed(start).items()}}, "start_renamed.pth")
torch.save({"model": fine, "iteration": 12}, "fine.pth")
torch.save({"model": frozen, "iteration": 12}, "frozen.pth")
torch.save({"model": barely, "iteration": 1}, "barely.pth")
torch.save({"layers.%d.kernel" % i: torch.randn(3, 5) for i in range(10)}, "foreign.pth")
export(fine, "export.pth")
export(start, "export_of_start.pth", "1epoch")

# Two voices of one network, from the same start and with other data, and sick ones beside them.
works = moved(start, 0.4)
grown = {n: w * 3 if n.endswith(("weight", "weight_v")) and n.startswith("dec") else w for n, w in fine.items()}
off = {n: w + 0.8 * w.std() if n == "dec.conv_pre.weight" else w for n, w in fine.items()}
dead = {n: torch.zeros_like(w) if n == "flow.flows.0.post.weight" else w for n, w in fine.items()}
wide = {n: torch.cat([w, w]) for n, w in works.items()}
export(works, "works.pth", "500epoch", rate="40k", config_rate=40000)
export(grown, "grown.pth")
export(off, "off.pth")
export(dead, "dead.pth")
export(fine, "short_config.pth", items=17)
export({n: w for n, w in fine.items() if not n.startswith("flow")}, "lacks_flow.pth")
export(wide, "wide.pth", "500epoch")


def statistics(weights):
    rounded = {n: w.half().double() for n, w in weights.items()}
    return {n: {"mean": w.mean().item(), "std": w.std(unbiased=False).item()} for n, w in rounded.items()}


json.dump(
    {
        "change": {
            "fine": {"all": change(fine, start), **{b: change(fine, start, b + ".") for b in ("enc_p", "flow", "dec")}},
            "export": {"all": change(half, start)},
            "frozen": {"all": change(frozen, start), "dec": change(frozen, start, "dec.")},
            "barely": {"all": change(barely, start)},
        },
        "statistics": {"fine": statistics(fine), "works": statistics(works), "grown": statistics(grown), "off": statistics(off)},
    },
    open("expected.json", "w"),
    indent=1,
)
