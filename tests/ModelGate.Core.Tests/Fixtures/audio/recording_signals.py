"""The signals of recordings, as docs/signals.md defines them, computed once more with numpy and scipy alone.

    python3 recording_signals.py FILE...                          prints them
    python3 recording_signals.py --against MEASURED.json FILE...  compares them with what `modelgate measure --format json FILE... > MEASURED.json` printed, and fails where they differ

Tolerances: shares, flatness and crossings 0.001 (crossings by their relative error), levels 0.01 dB, mel 1e-4 relative, loudness 0.1 LU, pitch 1e-3 relative.
"""

import json
import sys
import warnings

import numpy as np
from scipy.io import wavfile
from scipy.signal import lfilter

ACTIVE = 0.001


def read(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rate, samples = wavfile.read(path)
    with open(path, "rb") as file:
        head = file.read(4096)
    at = head.index(b"fmt ")
    bits = int.from_bytes(head[at + 22:at + 24], "little")
    if samples.dtype == np.uint8:
        samples = (samples.astype(float) - 128) / 128
    elif samples.dtype.kind == "i":
        # scipy shifts what does not fill its type to the upper bits.
        samples = samples / 2.0 ** (8 * samples.dtype.itemsize - 1)
    samples = samples.astype(float)
    return rate, bits, samples[:, None] if samples.ndim == 1 else samples


def framed(padded, length, hop, count):
    return np.lib.stride_tricks.sliding_window_view(padded, length)[:count * hop:hop][:count]


def hann(length):
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)


def decibels(value):
    return 20 * np.log10(value) if value > 0 else None


def flatness(powers):
    return np.exp(np.log(powers).mean(1)) / powers.mean(1)


def longest_run(flags):
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def crossings(samples):
    positive = samples >= -1e-10
    return positive[1:] != positive[:-1]


def slaney(rate, length=1024, bands=80):
    step = np.log(6.4) / 27
    mel = lambda f: f * 3 / 200 if f < 1000 else 15 + np.log(f / 1000) / step
    hertz = lambda m: np.where(m < 15, m * 200 / 3, 1000 * np.exp(step * (m - 15)))
    edges = hertz(np.linspace(0, mel(min(8000, rate / 2)), bands + 2))
    bins = np.arange(length // 2 + 1) * rate / length
    lower = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    upper = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    return np.maximum(0, np.minimum(lower, upper)) * (2 / (edges[2:] - edges[:-2]))[:, None]


def mel(y, rate):
    padded = np.pad(y, 384, mode="reflect")
    frames = framed(padded, 1024, 256, 1 + (len(padded) - 1024) // 256)
    magnitude = np.sqrt(np.abs(np.fft.rfft(frames * hann(1024))) ** 2 + 1e-9)
    return np.log(np.maximum(magnitude @ slaney(rate).T, 1e-5)), np.sqrt((frames**2).mean(1)) > ACTIVE


def loudness(samples, rate):
    weights = [1, 1, 1, 1.41, 1.41]
    if samples.shape[1] > 5:
        return None
    k, gain = np.tan(np.pi * 1681.974450955533 / rate), 10 ** (3.999843853973347 / 20)
    middle, q = gain**0.4996667741545416, 0.7071752369554196
    shelf = np.array([gain + middle * k / q + k * k, 2 * (k * k - gain), gain - middle * k / q + k * k]), np.array([1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k])
    k, q = np.tan(np.pi * 38.13547087602444 / rate), 0.5003270373238773
    high = np.array([1, -2, 1]), np.array([1, 2 * (k * k - 1) / (1 + k / q + k * k), (1 - k / q + k * k) / (1 + k / q + k * k)])
    power = sum(w * lfilter(*high, lfilter(*shelf, x)) ** 2 for w, x in zip(weights, samples.T))
    total = np.concatenate([[0], np.cumsum(power)])
    blocks = []
    while (end := int((len(blocks) + 4) * 0.1 * rate)) <= len(power):
        start = int(len(blocks) * 0.1 * rate)
        blocks.append((total[end] - total[start]) / max(1, end - start))
    lufs = lambda p: -0.691 + 10 * np.log10(np.maximum(p, 1e-300))
    blocks = np.array(blocks)
    loud = blocks[lufs(blocks) > -70]
    if len(loud) == 0:
        return None
    return lufs(loud[lufs(loud) > lufs(loud.mean()) - 10].mean())


def yin(z, rate):
    length = 2 ** int(np.ceil(np.log2(0.04 * rate)))
    hop, low, high = length // 4, int(rate // 800), int(np.ceil(rate / 65))
    frames = framed(np.pad(z, length // 2), length, hop, 1 + len(z) // hop)
    active, periodic, pitches = np.sqrt((frames**2).mean(1)) > ACTIVE, 0, []
    for x in frames[active]:
        a = np.fft.irfft(np.abs(np.fft.rfft(x, 2 * length)) ** 2)[:high + 1]
        d = 2 * (a[0] - a) - np.concatenate([[0], np.cumsum(x**2)[:high]])
        n = np.arange(1, high + 1)
        normal = d[1:] * n / (np.cumsum(d[1:]) + np.finfo(float).tiny)
        v = normal[low - 1:]
        if v.min() >= 0.2:
            continue
        periodic += 1
        trough = np.zeros(len(v), bool)
        trough[1:-1] = (v[1:-1] < v[:-2]) & (v[1:-1] <= v[2:])
        trough[0], trough[-1] = v[0] < v[1], v[-1] < v[-2]
        below = np.flatnonzero(trough & (v < 0.1))
        at = below[0] if len(below) else int(v.argmin())
        shift = 0
        if 0 < at < len(v) - 1:
            a2, b2 = v[at + 1] + v[at - 1] - 2 * v[at], (v[at + 1] - v[at - 1]) / 2
            shift = 0 if abs(b2) >= abs(a2) else -b2 / a2
        pitches.append(rate / (low + at + shift))
    return (periodic / active.sum() if active.any() else None), np.array(pitches)


def lines(power, rate):
    mean = 10 * np.log10(np.maximum(power, 1e-10)).mean(0)

    def at(frequency):
        position = frequency * 2048 / rate
        i = int(np.round(position))
        if i <= 8 or i + 8 >= len(mean):
            return None
        return max(mean[int(np.floor(position))], mean[int(np.ceil(position))]) - np.median(np.r_[mean[i - 8:i - 2], mean[i + 3:i + 9]])

    def spaced(spacing):
        found = [at(f) for f in spacing * np.arange(1, 1 + int(8000 // spacing)) if 100 < f < rate / 2 - 200]
        return [f for f in found if f is not None]

    combs = [np.mean(v) for v in (spaced(rate / hop) for hop in (160, 200, 240, 256, 300, 320, 400, 441, 480, 512)) if len(v) >= 8]
    return {"frame-rate-lines": max(combs) if combs else None, "kilohertz-lines": max(spaced(1000), default=None)}


def signals(path):
    rate, _, samples = read(path)
    bad = int((~np.isfinite(samples)).sum())
    result = {"sample-rate": rate, "duration": len(samples) / rate, "non-finite-samples": bad}
    if bad or len(samples) == 0:
        return result
    y = samples.mean(1)
    z = y - y.mean()
    peak, rms = np.abs(y).max(), np.sqrt((y**2).mean())
    full = np.abs(samples) >= 0.999
    result |= {"peak": peak, "rms": rms, "dc": y.mean(), "clipped-share": full.mean(), "clipped-run": max(longest_run(c) for c in full.T)}
    result |= {"crest-factor": decibels(peak / rms) if rms > 0 else None, "integrated-loudness": loudness(samples, rate)}
    result |= {"zero-crossings": crossings(z).sum() * rate / len(y), "zero-crossings-raw": crossings(y).sum() * rate / len(y)}
    if len(y) < 2048:
        return result

    frames = framed(np.pad(y, 1024), 2048, 512, 1 + len(y) // 512)
    levels = np.sqrt((frames**2).mean(1))
    active = levels > ACTIVE
    power = np.maximum(np.abs(np.fft.rfft(frames * hann(2048))) ** 2, 1e-10)
    result |= {"active-frames": active.mean(), "silent-share": 1 - active.mean(), "longest-silence": longest_run(~active) * 512 / rate, "spectral-flatness-all-frames": flatness(power).mean()}
    result["noise-floor"] = decibels(np.percentile(levels, 10))
    silent = (levels[~active] ** 2).mean() if (~active).any() else 0
    result["silence-level"] = 10 * np.log10(silent) if silent > 0 else None
    if not active.any():
        return result

    result |= {"spectral-flatness": flatness(power[active]).mean(), "speech-band-flatness": flatness(power[active][:, 1:int(8000 * 2048 / rate) + 1]).mean()}
    result |= lines(power[active], rate)
    result |= {"level-deviation": (20 * np.log10(levels[active])).std(), "active-level": 10 * np.log10((levels[active] ** 2).mean())}
    held = framed(np.pad(z, 1024, mode="edge"), 2048, 512, len(frames))
    positive = held >= -1e-10
    result["zero-crossings-active"] = ((positive[:, 1:] != positive[:, :-1]).sum(1) / 2048)[active].mean() * rate
    x = np.abs(np.fft.rfft(frames * hann(2048)))[active]
    f = np.arange(1025) * rate / 2048
    centre = (x * f).sum(1) / x.sum(1)
    result |= {"spectral-centroid": centre.mean(), "spectral-bandwidth": np.sqrt((x * (f - centre[:, None]) ** 2).sum(1) / x.sum(1)).mean()}
    reached = np.cumsum(x, 1)
    for name, share in ("spectral-rolloff", 0.85), ("spectral-rolloff-high", 0.99):
        result[name] = f[(reached >= share * reached[:, -1:]).argmax(1)].mean()
    bands, heard = mel(y, rate)
    both = heard[1:] & heard[:-1]
    if heard.any():
        result |= {"mel-deviation": bands[heard].std(0).mean(), "mel-contrast": bands[heard].std(1).mean()}
        result["mel-delta"] = np.abs(np.diff(bands, axis=0))[both].mean() if both.any() else None
    share, pitches = yin(z, rate)
    result["periodic-share"] = share
    if len(pitches):
        low, high = np.percentile(np.log(pitches), [25, 75])
        result |= {"voice-pitch": np.median(pitches), "pitch-range": high - low}
    return result


def differs(name, ours, theirs):
    if ours is None or theirs is None:
        return ours is not theirs
    difference = abs(ours - theirs)
    if name in ("integrated-loudness",):
        return difference > 0.1
    if name in ("crest-factor", "noise-floor", "silence-level", "active-level", "level-deviation"):
        return difference > 0.01
    if name.startswith("mel-"):
        return difference > 1e-4 * max(abs(ours), 1e-3)
    if name in ("zero-crossings", "zero-crossings-raw", "zero-crossings-active", "voice-pitch") or name.startswith("spectral-c") or name.startswith("spectral-b") or name.startswith("spectral-r"):
        return difference > 1e-3 * abs(ours) + 1e-9
    return difference > 1e-3


def main():
    arguments = sys.argv[1:]
    measured = None
    if arguments[:1] == ["--against"]:
        measured = {}
        for m in json.load(open(arguments[1]))["measurements"]:
            if m["subject"] == "":
                measured.setdefault(m["path"], {})[m["signal"]] = m.get("value")
        arguments = arguments[2:]
    compared = failed = 0
    worst = {}
    for path in arguments:
        try:
            values = signals(path)
        except (ValueError, EOFError) as problem:
            print(f"{path}: scipy does not read it: {problem}")
            continue
        if measured is None:
            print(path, json.dumps({k: None if v is None else float(v) for k, v in values.items()}))
            continue
        if path not in measured:
            print(f"{path}: not measured")
            continue
        for name, value in values.items():
            theirs = measured[path].get(name)
            compared += 1
            if value is not None and theirs is not None:
                worst[name] = max(worst.get(name, 0), abs(value - theirs))
            if differs(name, value, theirs):
                failed += 1
                print(f"{path}: {name}: {value} here, {theirs} measured")
    if measured is not None:
        print(f"{compared} values compared, {failed} differ; largest differences:", ", ".join(f"{k} {v:.1e}" for k, v in sorted(worst.items())))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
