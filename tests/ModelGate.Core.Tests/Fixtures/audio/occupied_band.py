"""Spectral flatness over the occupied band, as docs/signals.md defines it, with numpy and scipy alone.

    python3 occupied_band.py FILE...              prints the value and the band of each channel
    python3 occupied_band.py --calibrate FOLDER   reads FOLDER/manifest.json (file, label, kind) and counts errors at 0.1
"""

import json
import pathlib
import sys
import warnings

import numpy as np
from scipy.io import wavfile

LENGTH, HOP, LEAST = 2048, 512, 1e-10
LOWER = np.array([0, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 320, 384, 448, 512, 640, 768])
UPPER = np.array([*range(16, 512, 16), *range(512, 1024, 32), 1025])
NOISE = ("white-noise", "half-noise", "noise-in-pauses", "hiss-0", "hiss-10", "hiss-20", "hiss-30")


def read(path):
    rate, samples = wavfile.read(path)
    if samples.dtype == np.uint8:
        samples = (samples.astype(float) - 128) / 128
    elif samples.dtype.kind == "i":
        samples = samples / 2.0 ** (8 * samples.dtype.itemsize - 1)
    samples = samples.astype(float)
    return rate, samples[:, None] if samples.ndim == 1 else samples


def active_powers(samples):
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(LENGTH) / LENGTH)
    padded = np.concatenate([np.zeros(LENGTH // 2), samples, np.zeros(LENGTH)])
    frames = padded[np.arange(1 + len(samples) // HOP)[:, None] * HOP + np.arange(LENGTH)]
    powers = np.maximum(np.abs(np.fft.rfft(frames * window)) ** 2, LEAST)
    return powers[np.sqrt((frames**2).mean(1)) > 0.001]


def band(logarithms, rate):
    occupied = np.nonzero(logarithms >= logarithms.max() - 4 * np.log(10))[0]
    first, end = occupied[0], occupied[-1] + 1
    width = min(1000 * LENGTH / rate, 1025)
    lower, upper = LOWER[LOWER >= first], UPPER[UPPER <= end]
    if len(lower) and len(upper) and upper[-1] - lower[0] >= width:
        return lower[0], upper[-1]
    low = LOWER[LOWER <= first][-1]
    upper = UPPER[(UPPER >= end) & (UPPER >= low + width)]
    return (low, upper[0]) if len(upper) else (LOWER[(LOWER <= first) & (LOWER <= 1025 - width)][-1], 1025)


def flatness(samples, rate):
    """Value, whole-band value, low edge and high edge in Hz; None without an active frame."""
    powers = active_powers(samples)
    if not len(powers) or not np.isfinite(samples).all():
        return None
    logarithms = np.log(powers)
    low, high = band(logarithms.mean(0), rate)
    over = lambda a, b: float((np.exp(logarithms[:, a:b].mean(1)) / powers[:, a:b].mean(1)).mean())
    return over(low, high), over(0, 1025), low * rate / LENGTH, rate / 2 if high == 1025 else high * rate / LENGTH


def main(arguments):
    warnings.simplefilter("ignore")
    if arguments[0] != "--calibrate":
        for path in arguments:
            rate, samples = read(path)
            for channel in range(samples.shape[1]):
                print(path, channel + 1, *flatness(samples[:, channel], rate) or ["none"])
        return
    folder = pathlib.Path(arguments[1])
    found = []
    for entry in json.loads((folder / "manifest.json").read_text()):
        rate, samples = read(folder / entry["file"])
        values = [v for v in (flatness(samples[:, c], rate) for c in range(samples.shape[1])) if v]
        if values and (entry["label"] == "good" or entry["kind"] in NOISE):
            found.append((max(values), entry["label"], entry["kind"], entry["file"]))
    for index, name in ((0, "occupied band"), (1, "whole band")):
        good = sorted(v[index] for v, label, *_ in found if label == "good")
        bad = sorted(v[index] for v, label, *_ in found if label == "bad")
        print(f"{name}: good {good[0]:.4f}..{good[-1]:.4f}, {sum(v >= 0.1 for v in good)} of {len(good)} false alarms;"
              f" noise {bad[0]:.4f}..{bad[-1]:.4f}, {sum(v < 0.1 for v in bad)} of {len(bad)} missed")


main(sys.argv[1:])
