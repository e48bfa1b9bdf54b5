"""Made with PyTorch 1.13: three checkpoints of one run, and models that come from them or do not. Free to use."""
import json
import torch

torch.manual_seed(7)


def net():
    return torch.nn.Sequential(torch.nn.Conv1d(2, 2, 3), torch.nn.BatchNorm1d(2), *[torch.nn.Linear(4, 4) for _ in range(12)])


start = net()
run = {}
for step in (100, 200, 300):
    for parameter in start.parameters():
        parameter.data += 0.01 * torch.randn_like(parameter)
    run[step] = {k: v.clone() for k, v in start.state_dict().items()}
    average = {k: v.clone() * (0.99 if v.is_floating_point() else 1) for k, v in run[step].items()}
    torch.save({"model": run[step], "ema": average, "iteration": step // 10, "global_step": step}, f"G_{step}.pth")

floats = [k for k, v in run[100].items() if v.is_floating_point()]
mixed = {k: (0.25 * run[100][k] + 0.75 * run[300][k]).half() if k in floats else v for k, v in run[100].items()}
torch.save({"weight": mixed}, "merge.pth")
torch.save({"weight": {k: v.half() if k in floats else v for k, v in run[200].items()}}, "half.pth")
torch.save({"module." + k: v for k, v in run[300].items()}, "parallel.pth")
torch.save({k: v * 0.99 if k in floats else v for k, v in run[300].items()}, "ema.pth")
other = {k: v + 0.002 * torch.randn_like(v) if k in floats else v for k, v in run[300].items()}
torch.save(other, "other.pth")
torch.save({"encoder.layers.0.weight": torch.randn(5, 9), "encoder.layers.0.bias": torch.randn(5)}, "foreign.pth")


def distance(one, two):
    return torch.cat([(one[k].double() - two[k].double()).abs().flatten() for k in one]).mean().item()


json.dump({str(s): distance(other, run[s]) for s in run}, open("other.distances.json", "w"))
