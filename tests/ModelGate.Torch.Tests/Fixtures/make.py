"""Makes the fixtures: narrow networks with random weights, an input and PyTorch's output for each, and three TorchScript programs that misbehave.

Run with PyTorch 1.13 (Debian's python3-torch): python3 make.py [OUTPUT-FOLDER]. Weights are in half precision where that is said, to keep the files small; PyTorch computes
with the rounded numbers in binary32.
"""
import json
import math
import pathlib
import struct
import sys

import numpy as np
import torch
from torch import nn

import networks

HERE = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent
DTYPES = {"float32": "F32", "float64": "F64", "int64": "I64", "int32": "I32"}


def safetensors(path, tensors):
    header, offset, parts = {}, 0, []
    for name, tensor in tensors.items():
        array = np.ascontiguousarray(tensor.detach().numpy())
        header[name] = {"dtype": DTYPES[str(array.dtype)], "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
        parts.append(array.tobytes())
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def trained(net):
    """Weights as training leaves them: no scale of one, no bias of zero, magnitudes that are not the length of their direction."""
    torch.manual_seed(4711)
    with torch.no_grad():
        for name, value in net.named_parameters():
            if name.endswith("weight_g"):
                value.mul_(0.5 + torch.rand_like(value))
            elif name.endswith((".gamma", "l_linear.weight")):
                value.copy_(0.5 + torch.rand_like(value))
            elif name.endswith((".bias", ".beta", ".alpha")):
                value.copy_(0.2 * torch.randn_like(value))
    return net.eval()


def halved(net):
    with torch.no_grad():
        for value in list(net.parameters()) + list(net.buffers()):
            value.copy_(value.half().float())
    return net


def fixture(name, net, inputs, save, config=None):
    folder = HERE / name
    folder.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        audio = net(**inputs)
    assert torch.isfinite(audio).all() and 0.01 < audio.abs().max() < 1, (name, audio.abs().max())
    save(folder)
    safetensors(folder / "input.safetensors", inputs)
    safetensors(folder / "output.safetensors", {"audio": audio})
    if config is not None:
        (folder / "config.json").write_text(json.dumps(config))
    print(name, tuple(audio.shape), float(audio.abs().max()), sum(f.stat().st_size for f in folder.iterdir()))


def mel(bands, frames, batch=1):
    torch.manual_seed(1)
    return {"mel": torch.randn(batch, bands, frames) * 2 - 5}


def respelled(state, spelling):
    """The other two spellings of weight norm, as PyTorch's own functions give them."""
    out = {}
    for key, value in state.items():
        if key.endswith("weight_g"):
            stem = key[:-len("_g")]
            v = state[stem + "_v"]
            if spelling == "parametrized":
                parent, leaf = stem.rsplit(".", 1)
                out[f"{parent}.parametrizations.{leaf}.original0"] = value
                out[f"{parent}.parametrizations.{leaf}.original1"] = v
            else:
                out[stem] = torch._weight_norm(v, value, 0)
        elif not key.endswith("weight_v"):
            out[key] = value
    return out


MEL = {"n_fft": 1024, "hop_size": 256, "win_size": 1024, "sampling_rate": 22050, "fmin": 0, "fmax": 8000}


def hifi_gans():
    one = dict(MEL, resblock="1", upsample_rates=[8, 4], upsample_kernel_sizes=[16, 8], upsample_initial_channel=8, resblock_kernel_sizes=[3, 5],
               resblock_dilation_sizes=[[1, 3, 5], [1, 2, 4]], num_mels=6, hop_size=32)
    two = dict(one, resblock="2", upsample_rates=[4, 2], upsample_kernel_sizes=[8, 4], resblock_dilation_sizes=[[1, 2], [2, 6]], hop_size=8)
    for name, config in (("hifi-gan-pairs", one), ("hifi-gan-single", two)):
        torch.manual_seed(0)
        net = halved(trained(networks.HifiGan(config)))
        half = {k: v.half() for k, v in net.state_dict().items()}

        def save(folder):
            torch.save({"generator": half}, folder / "g_00000010")
            if name == "hifi-gan-pairs":
                torch.save({"generator": respelled(net.state_dict(), "parametrized")}, folder / "parametrized.pth")
                torch.save({"generator": respelled(net.state_dict(), "removed")}, folder / "removed.pth")

        fixture(name, net, mel(6, 11, 2), save, config)


def big_vgans():
    one = dict(MEL, resblock="1", upsample_rates=[4, 2], upsample_kernel_sizes=[8, 4], upsample_initial_channel=8, resblock_kernel_sizes=[3, 7],
               resblock_dilation_sizes=[[1, 3, 5], [1, 3, 5]], num_mels=6, activation="snakebeta", snake_logscale=True, hop_size=8)
    two = dict(one, use_bias_at_final=False, use_tanh_at_final=False)
    snake = dict(one, activation="snake", snake_logscale=False, resblock="2", resblock_dilation_sizes=[[1, 3], [1, 5]])
    for name, config in (("bigvgan-v1", one), ("bigvgan-v2", two), ("bigvgan-snake", snake)):
        torch.manual_seed(0)
        net = trained(networks.BigVgan(config))
        if not config.get("use_tanh_at_final", True):
            # Without tanh the output would be cut off at 1 almost everywhere.
            with torch.no_grad():
                net.conv_post.weight_g.mul_(0.2)
        net = halved(net)
        if not config["snake_logscale"]:
            with torch.no_grad():
                for key, value in net.named_parameters():
                    if key.endswith("alpha"):
                        value.copy_((value.abs() + 0.5).half().float())
        fixture(name, net, mel(6, 9, 2), lambda folder: torch.save({"generator": {k: v.half() for k, v in net.state_dict().items()}}, folder / "g_00000010"), config)


def rvcs():
    rates = {"v1_32k": ([10, 4, 2, 2, 2], [16, 16, 4, 4, 4], 32000, 1024), "v1_40k": ([10, 10, 2, 2], [16, 16, 4, 4], 40000, 2048),
             "v2_32k": ([10, 8, 2, 2], [20, 16, 4, 4], 32000, 1024), "v2_48k": ([12, 10, 2, 2], [24, 20, 4, 4], 48000, 2048)}
    for name, f0 in (("v1_40k", True), ("v1_32k", False), ("v2_48k", True), ("v2_32k", False)):
        up, kernels, rate, length = rates[name]
        config = {"data": {"sampling_rate": rate, "filter_length": length, "hop_length": math.prod(up), "win_length": length, "n_mel_channels": 80},
                  "model": {"inter_channels": 4, "hidden_channels": 4, "filter_channels": 8, "n_heads": 2, "n_layers": 1, "kernel_size": 3, "p_dropout": 0, "resblock": "1",
                            "resblock_kernel_sizes": [3, 7], "resblock_dilation_sizes": [[1, 3, 5], [1, 3, 5]], "upsample_rates": up, "upsample_kernel_sizes": kernels,
                            "upsample_initial_channel": 32, "gin_channels": 3, "spk_embed_dim": 2}}
        features = 256 if name.startswith("v1") else 768
        torch.manual_seed(0)
        net = trained(networks.Rvc(config, features, f0, False))
        m = config["model"]
        listed = [length // 2 + 1, 32, m["inter_channels"], m["hidden_channels"], m["filter_channels"], m["n_heads"], m["n_layers"], m["kernel_size"], 0, "1", m["resblock_kernel_sizes"],
                  m["resblock_dilation_sizes"], up, m["upsample_initial_channel"], kernels, 109, m["gin_channels"], rate]
        torch.manual_seed(1)
        frames = 13
        inputs = {"phone": torch.randn(2, frames, features), "sid": torch.tensor([0, 1])}
        if f0:
            inputs["pitchf"] = torch.where(torch.arange(frames) % 7 < 5, 110 + 9.7 * torch.arange(frames), torch.zeros(())).repeat(2, 1) * torch.tensor([[1.0], [1.5]])
            inputs["pitch"] = torch.randint(1, 256, (2, frames))
        with torch.no_grad():
            halved(net)
            while net(**inputs).abs().max() < 0.1:
                net.dec.conv_post.weight.mul_(4)
        export = {"weight": {k: v.half() for k, v in net.state_dict().items()}, "config": listed, "info": "10epoch", "sr": f"{rate // 1000}k", "f0": int(f0), "version": name[:2]}
        fixture(f"rvc-{name}{'' if f0 else '_nof0'}", net, inputs, lambda folder: torch.save(export, folder / "voice.pth"))


class Gain(nn.Module):
    """Two inputs whose order is not that of their names, and two outputs."""

    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.tensor([2.0, 3.0]))

    def forward(self, signal, offset):
        return signal * self.gain + offset, signal - offset


class Loop(nn.Module):
    def forward(self, x):
        while bool(x.sum() == x.sum()):
            x = torch.sin(x)
        return x


class Says(nn.Module):
    """Prints what an answer looks like."""

    def forward(self, x):
        print('{"step":0,"ok":true,"outputs":[]}')
        return x * 2


class Hoard(nn.Module):
    def forward(self, x):
        kept = [x]
        while len(kept) > 0:
            # Not a constant, which libtorch would compute once.
            kept.append(x.expand(4194304, x.size(0))[:, 0] + float(len(kept)))
        return kept[-1]


class Crash(nn.Module):
    """The remainder of a division by zero, which TorchScript leaves to the processor: the process ends with SIGFPE."""

    def forward(self, x):
        return x * (7 % (int(x[0]) - 1))


def scripts():
    folder = HERE / "torchscript"
    folder.mkdir(parents=True, exist_ok=True)
    gain = Gain()
    torch.jit.script(gain).save(str(folder / "gain.pt"))
    inputs = {"offset": torch.tensor([0.5, -1.0]), "signal": torch.tensor([[1.0, 2.0], [3.0, -4.0]])}
    safetensors(folder / "input.safetensors", inputs)
    first, second = gain(**inputs)
    safetensors(folder / "output.safetensors", {"output_0": first, "output_1": second})
    safetensors(folder / "one.safetensors", {"x": torch.ones(4)})
    for name, module in (("loop", Loop()), ("hoard", Hoard()), ("crash", Crash()), ("says", Says())):
        torch.jit.script(module).save(str(folder / f"{name}.pt"))


def graphs():
    folder = HERE / "onnx"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    net = nn.Sequential(nn.Conv1d(3, 4, 3, padding=1), nn.LeakyReLU(0.1), nn.Conv1d(4, 1, 1), nn.Tanh()).eval()
    x = torch.randn(2, 3, 7)
    torch.onnx.export(net, (x,), str(folder / "net.onnx"), input_names=["mel"], output_names=["audio"], dynamic_axes={"mel": {0: "batch", 2: "frames"}, "audio": {0: "batch", 2: "samples"}})
    safetensors(folder / "input.safetensors", {"mel": x})
    safetensors(folder / "output.safetensors", {"audio": net(x)})


def modules():
    """The weights of the module in ModelGate.Torch.Tests, a linear layer and a buffer."""
    folder = HERE / "module"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    layer = nn.Linear(3, 2)
    state = {"layer.weight": layer.weight.detach(), "layer.bias": layer.bias.detach(), "scale": torch.tensor([0.5, 2.0])}
    torch.save(state, folder / "weights.pth")
    x = torch.randn(4, 3)
    safetensors(folder / "input.safetensors", {"input": x})
    safetensors(folder / "output.safetensors", {"output": layer(x) * state["scale"]})


if __name__ == "__main__":
    hifi_gans()
    big_vgans()
    rvcs()
    scripts()
    graphs()
    modules()
