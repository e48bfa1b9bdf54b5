"""Writes tiny run folders in the layouts of trainers, without PyTorch: python3 make.py. README.md says where the layouts come from."""
import io, pickle, random, struct, sys, types, zipfile
from collections import OrderedDict
from pathlib import Path

torch = types.ModuleType("torch")
utils = types.ModuleType("torch._utils")


class FloatStorage: ...


class HalfStorage: ...


def _rebuild_tensor_v2(): ...


FloatStorage.__module__ = HalfStorage.__module__ = "torch"
_rebuild_tensor_v2.__module__ = "torch._utils"
torch.FloatStorage, torch.HalfStorage, torch._utils, utils._rebuild_tensor_v2 = FloatStorage, HalfStorage, utils, _rebuild_tensor_v2
sys.modules["torch"], sys.modules["torch._utils"] = torch, utils


class Storage:
    def __init__(self, kind, key, values): self.kind, self.key, self.values = kind, key, values


class Tensor:
    def __init__(self, values, half=False, shape=None): self.values, self.is_half, self.shape, self.key = list(values), half, shape or (len(values),), None

    def half(self): return Tensor(self.values, True, self.shape)

    def __reduce__(self):
        storage = Storage(HalfStorage if self.is_half else FloatStorage, self.key, self.values)
        return _rebuild_tensor_v2, (storage, 0, self.shape, (1,) * len(self.shape), False, OrderedDict())


class Pickler(pickle.Pickler):
    def __init__(self, out):
        super().__init__(out, 2)
        self.storages = []

    def persistent_id(self, value):
        if not isinstance(value, Storage): return None
        self.storages.append(value)
        return "storage", value.kind, str(len(self.storages) - 1), "cpu", len(value.values)


def save(path, value):
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    pickler = Pickler(out)
    pickler.dump(value)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        def put(name, data): archive.writestr(zipfile.ZipInfo(f"archive/{name}", (1980, 1, 1, 0, 0, 0)), data)
        put("data.pkl", out.getvalue())
        for index, storage in enumerate(pickler.storages):
            put(f"data/{index}", struct.pack(f"<{len(storage.values)}{'e' if storage.kind is HalfStorage else 'f'}", *storage.values))
        put("version", "3\n")


def weights(seed, *names):
    numbers = random.Random(seed)
    return OrderedDict((n, Tensor([numbers.gauss(0, 1) for _ in range(24)])) for n in names)


def adam(step): return {"state": {0: {"step": Tensor([float(step)], shape=(1,)), "exp_avg": Tensor([0.5, 0.25])}}, "param_groups": [{"lr": 1e-4, "params": [0]}]}


def exported(state): return OrderedDict((n, t.half()) for n, t in state.items() if "enc_q" not in n)


def save_vits(folder, names, saves, **more):
    for step, epoch in saves:
        save(f"{folder}/G_{step}.pth", {"model": weights(step, *names), "iteration": epoch, "optimizer": adam(step), "learning_rate": 1e-4, **more})


CONFIG = [1025, 32, 192, 192, 768, 2, 6, 3, 0, "1", [3, 7, 11], [[1, 3, 5]] * 3, [12, 10, 2, 2], 512, [24, 20, 4, 4], 109, 256, 48000]
RVC = "enc_p.emb_phone.weight", "enc_p.emb_pitch.weight", "dec.conv_pre.weight", "enc_q.pre.weight", "flow.flows.0.pre.weight", "emb_g.weight"
save_vits("rvc", RVC, [(18, 1), (36, 2), (180, 10)])
save("rvc/voice.pth", {"weight": exported(weights(180, *RVC)), "config": CONFIG, "info": "10epoch", "sr": "48k", "f0": 1, "version": "v2"})

save_vits("applio", RVC, [(18, 1), (180, 10)], scaler={})
save("applio/voice_10e_180s.pth", {"weight": exported(weights(180, *RVC)), "config": CONFIG, "epoch": 10, "step": 180, "sr": 48000, "f0": True, "version": "v2", "model_hash": "0"})

save_vits("so-vits-svc", ("emb_g.weight", "emb_uv.weight", "pre.weight", "enc_p.proj.weight", "dec.conv_pre.weight", "enc_q.pre.weight"), [(0, 0), (800, 3), (9600, 31), (10400, 34)])
save_vits("vits", ("enc_p.emb.weight", "enc_p.proj.weight", "dec.conv_pre.weight", "enc_q.pre.weight", "dp.pre.weight"), [(0, 1), (1000, 4), (11000, 42)])

GPT = "enc_p.ssl_proj.weight", "enc_p.text_embedding.weight", "quantizer.vq.layers.0._codebook.embed", "dec.conv_pre.weight", "enc_q.pre.weight"
save_vits("gpt-sovits/logs_s2_v2", GPT, [(90, 5), (144, 8)])
save("gpt-sovits/voice_e8_s144.pth", {"weight": exported(weights(144, *GPT)), "config": {"model": {"hidden_channels": 192}}, "info": "8epoch_144iteration"})

for step in 0, 2000, 10000:
    save(f"ddsp-svc/model_{step}.pt", {"global_step": step, "model": weights(step, "unit2ctrl.conv.weight", "decoder.weight"), "optimizer": adam(step)})
Path("ddsp-svc/config.yaml").write_text("data:\n  sampling_rate: 44100\nmodel:\n  type: 'CombSubFast'\n  n_unit: 256\n")

HIFI = "conv_pre.weight_g", "conv_pre.weight_v", "ups.0.weight_g", "ups.0.weight_v", "conv_post.bias"
for folder, names in ("hifi-gan", HIFI), ("bigvgan", (*HIFI, "activation_post.act.alpha")):
    for step, epoch in (5000, 20), (90000, 360):
        save(f"{folder}/g_{step:08}", {"generator": weights(step, *names)})
        save(f"{folder}/do_{step:08}", {"mpd": weights(step, "discriminators.0.convs.0.weight"), "optim_g": adam(step), "optim_d": adam(step), "steps": step, "epoch": epoch})

for step in 20, 100:
    save(f"parallel-wavegan/checkpoint-{step}steps.pkl", {
        "optimizer": {"generator": adam(step)}, "steps": step, "epochs": step // 10,
        "model": {"generator": weights(step, "first_conv.weight"), "discriminator": weights(-step, "conv_layers.0.weight")}})


def fairseq(name, updates, epoch, best):
    save(f"fairseq/{name}", {
        "args": None, "cfg": {"common": {"fp16_no_flatten_grads": False}}, "model": weights(updates, "encoder.embed_tokens.weight", "decoder.output_projection.weight"),
        "optimizer_history": [{"num_updates": updates}], "extra_state": {"train_iterator": {"epoch": epoch}, "val_loss": 4.0, "best": best}, "last_optimizer_state": adam(updates)})


for name, updates, epoch in ("checkpoint1.pt", 100, 1), ("checkpoint2.pt", 200, 2), ("checkpoint10.pt", 1000, 10), ("checkpoint_best.pt", 200, 2), ("checkpoint_last.pt", 1000, 10):
    fairseq(name, updates, epoch, 3.5)
