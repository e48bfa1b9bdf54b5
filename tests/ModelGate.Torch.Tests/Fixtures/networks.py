"""The networks of the fixtures in PyTorch, written for these tests after the papers and the public definitions: HiFi-GAN, BigVGAN, RVC.

They are written another way than ModelGate's own networks (torch.nn modules, PyTorch's weight norm, padding and slicing as VITS does it), so that equal numbers say something.
"""
import math

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils import weight_norm


def same(channels, out, kernel, dilation=1, normed=True, bias=True):
    conv = nn.Conv1d(channels, out, kernel, dilation=dilation, padding=dilation * (kernel - 1) // 2, bias=bias)
    return weight_norm(conv) if normed else conv


class Pairs(nn.Module):
    def __init__(self, channels, kernel, dilations):
        super().__init__()
        self.convs1 = nn.ModuleList(same(channels, channels, kernel, d) for d in dilations)
        self.convs2 = nn.ModuleList(same(channels, channels, kernel) for _ in dilations)

    def forward(self, x):
        for one, two in zip(self.convs1, self.convs2):
            x = x + two(F.leaky_relu(one(F.leaky_relu(x, 0.1)), 0.1))
        return x


class Single(nn.Module):
    def __init__(self, channels, kernel, dilations):
        super().__init__()
        self.convs = nn.ModuleList(same(channels, channels, kernel, d) for d in dilations)

    def forward(self, x):
        for conv in self.convs:
            x = x + conv(F.leaky_relu(x, 0.1))
        return x


class Stages(nn.Module):
    """What HiFi-GAN's and RVC's generators share; names as in the original code."""

    def stages(self, h):
        width = lambda i: h["upsample_initial_channel"] // 2 ** i
        self.ups = nn.ModuleList(
            weight_norm(nn.ConvTranspose1d(width(i), width(i + 1), k, u, padding=(k - u) // 2))
            for i, (u, k) in enumerate(zip(h["upsample_rates"], h["upsample_kernel_sizes"])))
        block = Pairs if h["resblock"] == "1" else Single
        self.resblocks = nn.ModuleList(
            block(width(i + 1), k, d) for i in range(len(self.ups)) for k, d in zip(h["resblock_kernel_sizes"], h["resblock_dilation_sizes"]))
        self.kernels = len(h["resblock_kernel_sizes"])
        return width(len(self.ups))

    def mean(self, x, i):
        return sum(block(x) for block in self.resblocks[i * self.kernels:(i + 1) * self.kernels]) / self.kernels


class HifiGan(Stages):
    def __init__(self, h):
        super().__init__()
        self.conv_pre = same(h.get("num_mels", 80), h["upsample_initial_channel"], 7)
        self.conv_post = same(self.stages(h), 1, 7)

    def forward(self, mel):
        x = self.conv_pre(mel)
        for i, up in enumerate(self.ups):
            x = self.mean(up(F.leaky_relu(x, 0.1)), i)
        return torch.tanh(self.conv_post(F.leaky_relu(x)))


def kaiser_sinc(cutoff, half_width, taps):
    """A windowed sinc whose sum is one (Kaiser's formulas for attenuation and beta)."""
    attenuation = 2.285 * (taps // 2 - 1) * math.pi * 4 * half_width + 7.95
    beta = 0.1102 * (attenuation - 8.7) if attenuation > 50 else 0.5842 * (attenuation - 21) ** 0.4 + 0.07886 * (attenuation - 21) if attenuation >= 21 else 0.0
    time = torch.arange(taps) - (taps - 1) / 2
    taps = 2 * cutoff * torch.kaiser_window(taps, beta=beta, periodic=False) * torch.sinc(2 * cutoff * time)
    return (taps / taps.sum()).reshape(1, 1, -1)


class Act(nn.Module):
    def __init__(self, channels, has_beta):
        super().__init__()
        self.alpha = nn.Parameter(torch.zeros(channels))
        if has_beta:
            self.beta = nn.Parameter(torch.zeros(channels))


class Filter(nn.Module):
    def __init__(self, wrapped=False):
        super().__init__()
        if wrapped:
            self.lowpass = Filter()
        else:
            self.register_buffer("filter", kaiser_sinc(0.25, 0.3, 12))


class AliasFree(nn.Module):
    def __init__(self, channels, h):
        super().__init__()
        self.act = Act(channels, h["activation"] == "snakebeta")
        self.upsample, self.downsample = Filter(), Filter(wrapped=True)
        self.log = h["snake_logscale"]

    def forward(self, x):
        channels = x.shape[1]
        # Twice the rate: zeros between the samples of the repeated input, low-pass, and the middle of it.
        x = F.pad(x, (5, 5), mode="replicate")
        x = 2 * F.conv_transpose1d(x, self.upsample.filter.repeat(channels, 1, 1), stride=2, groups=channels)[..., 15:-15]
        alpha = self.act.alpha.reshape(1, -1, 1)
        beta = getattr(self.act, "beta", self.act.alpha).reshape(1, -1, 1)
        if self.log:
            alpha, beta = alpha.exp(), beta.exp()
        x = x + torch.sin(x * alpha) ** 2 / (beta + 1e-9)
        return F.conv1d(F.pad(x, (5, 6), mode="replicate"), self.downsample.lowpass.filter.repeat(channels, 1, 1), stride=2, groups=channels)


class AliasFreePairs(Pairs):
    def __init__(self, channels, kernel, dilations, h):
        super().__init__(channels, kernel, dilations)
        self.activations = nn.ModuleList(AliasFree(channels, h) for _ in range(2 * len(dilations)))

    def forward(self, x):
        for i, (one, two) in enumerate(zip(self.convs1, self.convs2)):
            x = x + two(self.activations[2 * i + 1](one(self.activations[2 * i](x))))
        return x


class AliasFreeSingle(Single):
    def __init__(self, channels, kernel, dilations, h):
        super().__init__(channels, kernel, dilations)
        self.activations = nn.ModuleList(AliasFree(channels, h) for _ in dilations)

    def forward(self, x):
        for conv, activation in zip(self.convs, self.activations):
            x = x + conv(activation(x))
        return x


class BigVgan(nn.Module):
    def __init__(self, h):
        super().__init__()
        width = lambda i: h["upsample_initial_channel"] // 2 ** i
        rates, kernels = h["upsample_rates"], h["upsample_kernel_sizes"]
        block = AliasFreePairs if h["resblock"] == "1" else AliasFreeSingle
        self.conv_pre = same(h["num_mels"], width(0), 7)
        self.ups = nn.ModuleList(
            nn.ModuleList([weight_norm(nn.ConvTranspose1d(width(i), width(i + 1), k, u, padding=(k - u) // 2))]) for i, (u, k) in enumerate(zip(rates, kernels)))
        self.resblocks = nn.ModuleList(
            block(width(i + 1), k, d, h) for i in range(len(rates)) for k, d in zip(h["resblock_kernel_sizes"], h["resblock_dilation_sizes"]))
        self.activation_post = AliasFree(width(len(rates)), h)
        self.conv_post = same(width(len(rates)), 1, 7, bias=h.get("use_bias_at_final", True))
        self.kernels, self.tanh = len(h["resblock_kernel_sizes"]), h.get("use_tanh_at_final", True)

    def forward(self, mel):
        x = self.conv_pre(mel)
        for i, up in enumerate(self.ups):
            x = up[0](x)
            x = sum(block(x) for block in self.resblocks[i * self.kernels:(i + 1) * self.kernels]) / self.kernels
        x = self.conv_post(self.activation_post(x))
        return torch.tanh(x) if self.tanh else x.clamp(-1, 1)


class Norm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.gamma, self.beta = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))

    def forward(self, x):
        mean = x.mean(1, keepdim=True)
        variance = ((x - mean) ** 2).mean(1, keepdim=True)
        return (x - mean) / torch.sqrt(variance + 1e-5) * self.gamma[:, None] + self.beta[:, None]


class Attention(nn.Module):
    """Self-attention with relative positions, written as the sums that define it."""

    def __init__(self, channels, heads, window=10):
        super().__init__()
        self.heads, self.window, self.width = heads, window, channels // heads
        self.emb_rel_k = nn.Parameter(torch.randn(1, 2 * window + 1, self.width) * self.width ** -0.5)
        self.emb_rel_v = nn.Parameter(torch.randn(1, 2 * window + 1, self.width) * self.width ** -0.5)
        self.conv_q, self.conv_k, self.conv_v, self.conv_o = (nn.Conv1d(channels, channels, 1) for _ in range(4))

    def forward(self, x):
        b, c, t = x.shape
        q, k, v = (f(x).reshape(b, self.heads, self.width, t).transpose(2, 3) for f in (self.conv_q, self.conv_k, self.conv_v))
        distance = torch.arange(t)[None, :] - torch.arange(t)[:, None]
        near = (distance.abs() <= self.window)[..., None]
        index = distance.clamp(-self.window, self.window) + self.window
        keys = torch.where(near, self.emb_rel_k[0][index], torch.zeros(()))
        values = torch.where(near, self.emb_rel_v[0][index], torch.zeros(()))
        scores = (q @ k.transpose(2, 3) + torch.einsum("bhtd,tsd->bhts", q, keys)) / math.sqrt(self.width)
        weights = torch.softmax(scores, -1)
        out = weights @ v + torch.einsum("bhts,tsd->bhtd", weights, values)
        return self.conv_o(out.transpose(2, 3).reshape(b, c, t))


class FeedForward(nn.Module):
    def __init__(self, channels, inner, kernel):
        super().__init__()
        self.conv_1, self.conv_2 = nn.Conv1d(channels, inner, kernel), nn.Conv1d(inner, channels, kernel)
        self.pad = ((kernel - 1) // 2, kernel // 2)

    def forward(self, x):
        return self.conv_2(F.pad(F.relu(self.conv_1(F.pad(x, self.pad))), self.pad))


class Encoder(nn.Module):
    def __init__(self, m):
        super().__init__()
        n, c = range(m["n_layers"]), m["hidden_channels"]
        self.attn_layers = nn.ModuleList(Attention(c, m["n_heads"]) for _ in n)
        self.norm_layers_1 = nn.ModuleList(Norm(c) for _ in n)
        self.ffn_layers = nn.ModuleList(FeedForward(c, m["filter_channels"], m["kernel_size"]) for _ in n)
        self.norm_layers_2 = nn.ModuleList(Norm(c) for _ in n)

    def forward(self, x):
        for attention, first, feed, second in zip(self.attn_layers, self.norm_layers_1, self.ffn_layers, self.norm_layers_2):
            x = first(x + attention(x))
            x = second(x + feed(x))
        return x


class EncP(nn.Module):
    def __init__(self, m, features, f0):
        super().__init__()
        self.m, c = m, m["hidden_channels"]
        self.emb_phone = nn.Linear(features, c)
        if f0:
            self.emb_pitch = nn.Embedding(256, c)
        self.encoder = Encoder(m)
        self.proj = nn.Conv1d(c, 2 * m["inter_channels"], 1)

    def forward(self, phone, pitch):
        x = self.emb_phone(phone) + (self.emb_pitch(pitch) if pitch is not None else 0)
        x = F.leaky_relu(x * math.sqrt(self.m["hidden_channels"]), 0.1).transpose(1, 2)
        return self.proj(self.encoder(x)).chunk(2, 1)


class Gates(nn.Module):
    def __init__(self, c, layers, gin):
        super().__init__()
        self.c = c
        self.in_layers = nn.ModuleList(same(c, 2 * c, 5) for _ in range(layers))
        self.res_skip_layers = nn.ModuleList(same(c, 2 * c if i < layers - 1 else c, 1) for i in range(layers))
        self.cond_layer = same(gin, 2 * c * layers, 1)

    def forward(self, x, g):
        skipped = 0
        for i, (gate, out, cond) in enumerate(zip(self.in_layers, self.res_skip_layers, self.cond_layer(g).chunk(len(self.in_layers), 1))):
            a, b = (gate(x) + cond).chunk(2, 1)
            y = out(torch.tanh(a) * torch.sigmoid(b))
            if i < len(self.in_layers) - 1:
                x = x + y[:, :self.c]
                y = y[:, self.c:]
            skipped = skipped + y
        return skipped


class Coupling(nn.Module):
    def __init__(self, m):
        super().__init__()
        half, c = m["inter_channels"] // 2, m["hidden_channels"]
        self.pre, self.enc, self.post = nn.Conv1d(half, c, 1), Gates(c, 3, m["gin_channels"]), nn.Conv1d(c, half, 1)

    def backwards(self, x, g):
        kept, moved = x.chunk(2, 1)
        return torch.cat([kept, moved - self.post(self.enc(self.pre(kept), g))], 1)


class FlowBlock(nn.Module):
    def __init__(self, m):
        super().__init__()
        self.flows = nn.ModuleList(Coupling(m) if i % 2 == 0 else nn.Identity() for i in range(8))

    def forward(self, x, g):
        for coupling in reversed(self.flows[::2]):
            x = coupling.backwards(torch.flip(x, [1]), g)
        return x


class Source(nn.Module):
    def __init__(self):
        super().__init__()
        self.l_linear = nn.Linear(1, 1)

    def forward(self, f0, rate, hop):
        each = f0.repeat_interleave(hop, 1)
        phase = torch.cumsum(each.double() / rate, 1)
        sine = (torch.sin(2 * math.pi * phase) * 0.1).float() * (each > 0)
        return torch.tanh(self.l_linear(sine[..., None])).transpose(1, 2)


class Dec(Stages):
    def __init__(self, m, rate, f0):
        super().__init__()
        self.rate, self.hop = rate, math.prod(m["upsample_rates"])
        if f0:
            self.m_source = Source()
        self.conv_pre = same(m["inter_channels"], m["upsample_initial_channel"], 7, normed=False)
        last = self.stages(m)
        if f0:
            strides = [math.prod(m["upsample_rates"][i + 1:]) for i in range(len(self.ups))]
            self.noise_convs = nn.ModuleList(
                nn.Conv1d(1, m["upsample_initial_channel"] // 2 ** (i + 1), 2 * s if s > 1 else 1, stride=s, padding=s // 2) for i, s in enumerate(strides))
        self.conv_post = same(last, 1, 7, normed=False, bias=False)
        self.cond = nn.Conv1d(m["gin_channels"], m["upsample_initial_channel"], 1)

    def forward(self, z, f0, g):
        excitation = self.m_source(f0, self.rate, self.hop) if f0 is not None else None
        x = self.conv_pre(z) + self.cond(g)
        for i, up in enumerate(self.ups):
            x = up(F.leaky_relu(x, 0.1))
            if excitation is not None:
                x = x + self.noise_convs[i](excitation)
            x = self.mean(x, i)
        return torch.tanh(self.conv_post(F.leaky_relu(x)))


class EncQ(nn.Module):
    def __init__(self, m, bins):
        super().__init__()
        c = m["hidden_channels"]
        self.pre, self.enc, self.proj = nn.Conv1d(bins, c, 1), Gates(c, 16, m["gin_channels"]), nn.Conv1d(c, 2 * m["inter_channels"], 1)


class Rvc(nn.Module):
    """infer() with every source of noise at zero."""

    def __init__(self, config, features, f0, training):
        super().__init__()
        m = config["model"]
        self.enc_p, self.dec = EncP(m, features, f0), Dec(m, config["data"]["sampling_rate"], f0)
        if training:
            self.enc_q = EncQ(m, config["data"]["filter_length"] // 2 + 1)
        self.flow, self.emb_g = FlowBlock(m), nn.Embedding(m["spk_embed_dim"], m["gin_channels"])

    def forward(self, phone, sid, pitch=None, pitchf=None):
        g = self.emb_g(sid)[..., None]
        mean, _ = self.enc_p(phone, pitch)
        return self.dec(self.flow(mean, g), pitchf, g)
