"""The signals of recordings by numpy and scipy alone, from their definitions in docs/signals.md: signals.py FILE.wav ... prints JSON, one file a line.

Debian: apt-get install python3-scipy. Independent of the project's code and of librosa."""
import json
import sys

import numpy as np
from scipy.io import wavfile
from scipy.signal import lfilter


def read(path):
    rate, x = wavfile.read(path)
    if x.dtype == np.uint8:
        x = (x.astype(float) - 128) / 128
    elif x.dtype.kind == 'i':
        x = x / 2.0 ** (8 * x.dtype.itemsize - 1)
    x = np.asarray(x, float)
    return rate, x if x.ndim == 2 else x[:, None]


def hann(n):
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)


def cut(x, length, hop):
    return np.lib.stride_tricks.sliding_window_view(x, length)[::hop]


def decibels(x):
    return 20 * np.log10(x) if x > 0 else None


def longest_run(mask):
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return int((edges[1::2] - edges[::2]).max()) if len(edges) else 0


def changes(z):
    negative = np.where(np.abs(z) <= 1e-10, 0, z) < 0
    return negative[1:] != negative[:-1]


def slaney(rate, length, bands, top):
    step = np.log(6.4) / 27
    mel = lambda f: f / (200 / 3) if f < 1000 else 15 + np.log(f / 1000) / step
    edges = np.linspace(0, mel(top), bands + 2)
    edges = np.where(edges < 15, edges * 200 / 3, 1000 * np.exp(step * (edges - 15)))
    f = np.arange(length // 2 + 1) * rate / length
    bank = np.zeros((bands, len(f)))
    for i in range(bands):
        low, middle, high = edges[i:i + 3]
        bank[i] = np.maximum(0, np.minimum((f - low) / (middle - low), (high - f) / (high - middle))) * 2 / (high - low)
    return bank


def loudness(rate, x):
    if x.shape[1] > 5:
        return None
    k, v = np.tan(np.pi * 1681.974450955533 / rate), 10 ** (3.999843853973347 / 20)
    m, q = v ** 0.4996667741545416, 0.7071752369554196
    y = lfilter([v + m * k / q + k * k, 2 * (k * k - v), v - m * k / q + k * k], [1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k], x, axis=0)
    k, q = np.tan(np.pi * 38.13547087602444 / rate), 0.5003270373238773
    a = np.array([1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k])
    y = lfilter([1, -2, 1], a / a[0], y, axis=0)
    power = (y * y) @ np.array([1, 1, 1, 1.41, 1.41])[:x.shape[1]]
    blocks, i = [], 0
    while int((i * 0.1 + 0.4) * rate) <= len(power):
        blocks.append(power[int(i * 0.1 * rate):int((i * 0.1 + 0.4) * rate)].mean())
        i += 1
    lufs = lambda p: -0.691 + 10 * np.log10(np.maximum(p, 1e-300))
    blocks = np.array(blocks)
    for gate in (-70, None):
        if len(blocks) == 0:
            return None
        blocks = blocks[lufs(blocks) > (gate if gate is not None else lufs(blocks.mean()) - 10)]
    return float(lufs(blocks.mean())) if len(blocks) else None


def mel(rate, y):
    if len(y) < 1024:
        return {}
    frames = cut(np.pad(y, 384, mode='reflect'), 1024, 256)
    active = np.sqrt((frames ** 2).mean(1)) > 0.001
    if not active.any():
        return {}
    spectrum = np.sqrt(np.abs(np.fft.rfft(frames * hann(1024))) ** 2 + 1e-9)
    values = np.log(np.maximum(spectrum @ slaney(rate, 1024, 80, min(8000, rate / 2)).T, 1e-5))
    both = active[1:] & active[:-1]
    return {'mel-deviation': values[active].std(0).mean(), 'mel-contrast': values[active].std(1).mean(),
            'mel-delta': np.abs(np.diff(values, axis=0))[both].mean() if both.any() else None}


def pitch(rate, z):
    n = 1 << int(np.ceil(np.log2(0.04 * rate)))
    frames = cut(np.pad(z, n // 2), n, n // 4)
    active = np.sqrt((frames ** 2).mean(1)) > 0.001
    if not active.any():
        return {}
    low, high = int(rate // 800), int(np.ceil(rate / 65))
    frames = frames[active]
    spectrum = np.fft.rfft(frames, 2 * n)
    a = np.fft.irfft(np.abs(spectrum) ** 2)[:, :high + 1]
    squares = np.concatenate([np.zeros((len(frames), 1)), np.cumsum(frames[:, :high] ** 2, axis=1)], axis=1)
    d = 2 * (a[:, :1] - a) - squares
    k = np.arange(1, high + 1)
    d = d[:, 1:] * k / (np.cumsum(d[:, 1:], axis=1) + np.finfo(float).tiny)
    d = d[:, low - 1:]
    f0 = []
    for row in d:
        if row.min() >= 0.2:
            continue
        trough = np.zeros(len(row), bool)
        trough[1:-1] = (row[1:-1] < row[:-2]) & (row[1:-1] <= row[2:])
        trough[0] = row[0] < row[1]
        under = np.flatnonzero(trough & (row < 0.1))
        i = under[0] if len(under) else row.argmin()
        shift = 0.0
        if 0 < i < len(row) - 1:
            curve, slope = row[i + 1] + row[i - 1] - 2 * row[i], (row[i + 1] - row[i - 1]) / 2
            shift = 0 if abs(slope) >= abs(curve) else -slope / curve
        f0.append(rate / (low + i + shift))
    result = {'periodic-share': len(f0) / len(frames)}
    if f0:
        log = np.log(f0)
        result |= {'voice-pitch': np.median(f0), 'pitch-range': np.quantile(log, 0.75) - np.quantile(log, 0.25),
                   'pitch-span': (np.quantile(log, 0.95) - np.quantile(log, 0.05)) * 12 / np.log(2)}
    return result


def lines(rate, power):
    mean = 10 * np.log10(np.maximum(power, 1e-10)).mean(0)

    def at(frequency):
        position = frequency * 2048 / rate
        i = int(np.round(position))
        if i <= 8 or i + 8 >= len(mean):
            return None
        return max(mean[int(np.floor(position))], mean[int(np.ceil(position))]) - np.median(np.r_[mean[i - 8:i - 2], mean[i + 3:i + 9]])

    def spaced(spacing):
        multiples = spacing * np.arange(1, 1 + int(8000 // spacing))
        found = [at(f) for f in multiples if f > 100 and f < rate / 2 - 200]
        return [f for f in found if f is not None]

    combs = [np.mean(v) for v in (spaced(rate / hop) for hop in (160, 200, 240, 256, 300, 320, 400, 441, 480, 512)) if len(v) >= 8]
    return {'frame-rate-lines': max(combs) if combs else None, 'kilohertz-lines': max(spaced(1000), default=None)}


def framed(rate, y, z):
    frames = cut(np.pad(y, 1024), 2048, 512)
    level = np.sqrt((frames ** 2).mean(1))
    active = level > 0.001
    power = np.abs(np.fft.rfft(frames * hann(2048))) ** 2
    flatness = lambda p: np.exp(np.log(np.maximum(p, 1e-10)).mean(1)) / np.maximum(p, 1e-10).mean(1)
    low = np.quantile(level, 0.1)
    silent = (level[~active] ** 2).mean() if (~active).any() else 0
    result = {'spectral-flatness-all-frames': flatness(power).mean(), 'active-frames': active.mean(), 'silent-share': 1 - active.mean(),
              'longest-silence': longest_run(~active) * 512 / rate, 'noise-floor': decibels(low), 'silence-level': decibels(np.sqrt(silent))}
    if not active.any():
        return result
    power = power[active]
    magnitude = np.sqrt(power)
    f = np.arange(1025) * rate / 2048
    total = magnitude.sum(1)
    centroid = magnitude @ f / total
    cumulated = np.cumsum(magnitude, axis=1)
    crossed = cut(np.concatenate([[False], changes(np.pad(z, 1024, mode='edge'))]), 2048, 512)[active]
    return result | lines(rate, power) | {
        'spectral-flatness': flatness(power).mean(), 'speech-band-flatness': flatness(power[:, 1:1 + int(min(1024, 8000 * 2048 // rate))]).mean(),
        'active-level': 10 * np.log10((level[active] ** 2).mean()), 'level-deviation': (20 * np.log10(level[active])).std(),
        'spectral-centroid': centroid.mean(), 'spectral-bandwidth': np.sqrt((magnitude * (f - centroid[:, None]) ** 2).sum(1) / total).mean(),
        'spectral-rolloff': f[(cumulated < 0.85 * total[:, None]).sum(1)].mean(), 'spectral-rolloff-high': f[(cumulated < 0.99 * total[:, None]).sum(1)].mean(),
        'zero-crossings-active': crossed[:, 1:].sum(1).mean() / 2048 * rate}


def measure(path):
    rate, x = read(path)
    if not np.isfinite(x).all() or len(x) == 0:
        return {'non-finite-samples': int((~np.isfinite(x)).sum())}
    y = x.mean(1)
    z = y - y.mean()
    peak, rms = np.abs(y).max(), np.sqrt((y ** 2).mean())
    full = np.abs(x) >= 0.999
    equal = (np.diff(y) == 0) & (np.abs(y[1:]) >= 0.99 * peak)
    result = {'non-finite-samples': 0, 'peak': peak, 'rms': rms, 'dc': y.mean(), 'crest-factor': decibels(peak / rms) if rms > 0 else None, 'clipped-share': full.mean(),
              'clipped-run': max(longest_run(c) for c in full.T), 'plateau-run': 1 + longest_run(equal), 'zero-crossings': changes(z).sum() * rate / len(y),
              'zero-crossings-raw': changes(y).sum() * rate / len(y), 'integrated-loudness': loudness(rate, x)}
    if len(y) >= 2048:
        result |= framed(rate, y, z) | mel(rate, y) | pitch(rate, z)
    return result


if __name__ == '__main__':
    for path in sys.argv[1:]:
        try:
            values = measure(path)
        except ValueError as e:
            values = {'error': str(e)}
        print(json.dumps({'path': path, 'values': {k: v if v is None else float(v) for k, v in values.items() if k != 'error'}, **({'error': values['error']} if 'error' in values else {})}))
