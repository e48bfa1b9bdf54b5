"""Log-mel spectrograms as meldataset.py of HiFi-GAN computes them, by numpy alone: python3 make.py > spectrograms.json.

The bands are those of librosa.filters.mel(htk=False, norm="slaney"), by the formulas of its documentation and of Slaney's Auditory Toolbox; the transform is numpy's, in binary64.
The signal is stated here and in MelSpectrogramTests.cs: two tones and a sweep.
"""
import json

import numpy as np

SETTINGS = [
    {"rate": 22050, "length": 1024, "hop": 256, "window": 1024, "bands": 80, "lowest": 0, "highest": 8000},
    {"rate": 48000, "length": 2048, "hop": 480, "window": 1920, "bands": 128, "lowest": 60, "highest": 24000},
]


def mel(hertz):
    return hertz / (200 / 3) if hertz < 1000 else 15 + np.log(hertz / 1000) / (np.log(6.4) / 27)


def hertz(value):
    return np.where(value < 15, value * 200 / 3, 1000 * np.exp((np.log(6.4) / 27) * (value - 15)))


def filters(s):
    edges = hertz(np.linspace(mel(s["lowest"]), mel(s["highest"]), s["bands"] + 2))
    ramps = edges[:, None] - np.linspace(0, s["rate"] / 2, s["length"] // 2 + 1)[None, :]
    widths = np.diff(edges)
    lower, upper = -ramps[:-2] / widths[:-1, None], ramps[2:] / widths[1:, None]
    return np.maximum(0, np.minimum(lower, upper)) * (2 / (edges[2:] - edges[:-2]))[:, None]


def signal(rate):
    t = np.arange(12000) / rate
    return (0.4 * np.sin(2 * np.pi * 440 * t) + 0.2 * np.sin(2 * np.pi * 3000 * t) + 0.1 * np.sin(2 * np.pi * 8000 * t * t)).astype(np.float32).astype(np.float64)


def spectrogram(s):
    padding = (s["length"] - s["hop"]) // 2
    padded = np.pad(signal(s["rate"]), padding, mode="reflect")
    before = (s["length"] - s["window"]) // 2
    window = np.zeros(s["length"])
    window[before:before + s["window"]] = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(s["window"]) / s["window"])
    frames = (len(padded) - s["length"]) // s["hop"] + 1
    spectrum = np.array([np.fft.rfft(padded[i * s["hop"]:i * s["hop"] + s["length"]] * window) for i in range(frames)]).T
    return np.log(np.maximum(1e-5, filters(s) @ np.sqrt(spectrum.real ** 2 + spectrum.imag ** 2 + 1e-9)))


result = []
for s in SETTINGS:
    found = spectrogram(s)
    # Four frames, the ends among them.
    columns = [0, 7, found.shape[1] // 2, found.shape[1] - 1]
    result.append(s | {"frames": found.shape[1], "columns": {str(c): [round(float(v), 6) for v in found[:, c]] for c in columns}})
print(json.dumps(result))
