"""Expected values of MelSettingsTests: mel-deviation, mel-contrast and mel-delta in each trainer's settings, with numpy and scipy alone.

    python3 mel_settings.py voices/u01-original.wav

Slaney's scale and bands as librosa.filters.mel has them (htk=False, norm="slaney"), written anew; settings from the trainers' own configurations.
"""
import sys

import numpy as np
from scipy.io import wavfile

SETTINGS = {  # n_fft, hop, bands, fmax, added to each power
    "hifigan": (1024, 256, 80, 8000, 1e-9),
    "vits": (1024, 256, 80, None, 1e-6),
    "rvc-32k": (1024, 320, 80, None, 1e-6),
    "rvc-40k": (2048, 400, 125, None, 1e-6),
    "rvc-48k": (2048, 480, 128, None, 1e-6),
    "applio-24k": (1024, 240, 80, None, 1e-6),
    "so-vits-svc": (2048, 512, 80, 22050, 1e-6),
}


def bands(rate, n_fft, count, fmax):
    step = np.log(6.4) / 27
    to_mel = lambda f: f * 3 / 200 if f < 1000 else 15 + np.log(f / 1000) / step
    mels = np.linspace(0, to_mel(fmax), count + 2)
    edges = np.where(mels < 15, mels * 200 / 3, 1000 * np.exp(step * (mels - 15)))
    bins = np.arange(n_fft // 2 + 1) * rate / n_fft
    rising = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling)) * (2 / (edges[2:] - edges[:-2]))[:, None]


def measure(path, n_fft, hop, count, fmax, least):
    rate, samples = wavfile.read(path)
    y = np.pad(samples / 32768.0, (n_fft - hop) // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(y, n_fft)[::hop]
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n_fft) / n_fft)
    magnitude = np.sqrt(np.abs(np.fft.rfft(frames * window, axis=1)) ** 2 + least)
    mel = np.log(np.maximum(magnitude @ bands(rate, n_fft, count, min(fmax or rate, rate / 2)).T, 1e-5))
    active = np.sqrt((frames**2).mean(axis=1)) > 0.001
    both = active[1:] & active[:-1]
    return mel[active].std(axis=0).mean(), mel[active].std(axis=1).mean(), np.abs(np.diff(mel, axis=0))[both].mean()


for name, settings in SETTINGS.items():
    print(name, *(f"{value:.9f}" for value in measure(sys.argv[1], *settings)))
