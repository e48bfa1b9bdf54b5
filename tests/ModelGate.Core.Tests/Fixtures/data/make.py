"""Cuts the fixtures of this folder out of a prepared data set, and computes what the tests expect of them.

    python3 make.py FOLDER        cuts ten segments out of FOLDER (1_16k_wavs, 2b-f0nsf, 3_feature768)
    python3 make.py               writes expected.json from what was cut

Needs numpy and scipy, and audioop (Python up to 3.12). It knows nothing of ModelGate: log-mel bands by numpy.fft, the regression by numpy.linalg.solve.
"""
import audioop, glob, json, os, struct, sys
import numpy as np
from scipy.io import wavfile

HERE = os.path.dirname(os.path.abspath(__file__))
SECONDS, RATE, COLUMNS, BANDS, KEPT = 2, 16000, 64, 10, 64


def cut(folder):
    for path in sorted(glob.glob(folder + "/1_16k_wavs/*.wav"))[:10]:
        stem = os.path.basename(path)[:-4]
        rate, samples = wavfile.read(path)
        assert rate == RATE and samples.dtype == np.int16
        data = audioop.lin2ulaw(samples[: SECONDS * RATE].tobytes(), 2)
        with open(f"{HERE}/1_16k_wavs/{stem}.wav", "wb") as file:
            form = struct.pack("<HHIIHHH", 7, 1, RATE, RATE, 1, 8, 0)
            fact = struct.pack("<I", len(data))
            body = b"WAVE" + b"fmt " + struct.pack("<I", len(form)) + form + b"fact" + struct.pack("<I", 4) + fact + b"data" + struct.pack("<I", len(data)) + data
            file.write(b"RIFF" + struct.pack("<I", len(body)) + body)
        np.save(f"{HERE}/2b-f0nsf/{stem}.wav.npy", np.load(f"{folder}/2b-f0nsf/{stem}.wav.npy")[: SECONDS * 100])
        features = np.load(f"{folder}/3_feature768/{stem}.npy")
        np.save(f"{HERE}/3_feature/{stem}.npy", features[: SECONDS * 50, :COLUMNS].astype(np.float16))


def log_mel(samples, rate=RATE):
    hop, length = rate // 50, 1024
    mel = lambda f: 1127 * np.log(1 + f / 700)
    edges = 700 * (np.exp(np.linspace(mel(50), mel(7600), BANDS + 2) / 1127) - 1)
    bins = np.arange(length // 2 + 1) * rate / length
    triangles = np.maximum(0, np.minimum((bins - edges[:-2, None]) / np.diff(edges)[:-1, None], (edges[2:, None] - bins) / np.diff(edges)[1:, None]))
    padded = np.concatenate([np.zeros(length // 2), samples, np.zeros(length)])
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)
    frames = np.stack([padded[i * hop + hop // 2 :][:length] for i in range(len(samples) * 50 // rate)])
    return np.log(np.maximum(np.abs(np.fft.rfft(frames * window)) ** 2 @ triangles.T, 1e-8 * length))


def load():
    segments = []
    for path in sorted(glob.glob(HERE + "/1_16k_wavs/*.wav")):
        stem = os.path.basename(path)[:-4]
        data = open(path, "rb").read()
        samples = np.frombuffer(audioop.ulaw2lin(data[data.index(b"data") + 8 :], 2), "<i2") / 32768
        features = np.load(f"{HERE}/3_feature/{stem}.npy").astype(float)
        rows = np.arange(KEPT) * len(features) // KEPT
        segments.append((features[rows] - features[rows].mean(0), log_mel(samples), rows))
    return segments


def fit(segments, partner, late=0):
    count = len(segments)
    scale = 1 / np.concatenate([s[0] for s in segments]).std(0)
    x = [s[0] * scale for s in segments]
    y = []
    for i, (_, own, rows) in enumerate(segments):
        sound = segments[partner(i)][1]
        values = sound[np.clip(rows - late, 0, len(sound) - 1)] if partner(i) == i else sound[rows % len(sound)]
        y.append(values - values.mean(0))
    errors = squares = 0
    for half in (0, 1):
        a = np.concatenate(x[half::2])
        gram = a.T @ a
        weights = np.linalg.solve(gram + np.trace(gram) / len(gram) * np.eye(len(gram)), a.T @ np.concatenate(y[half::2]))
        for i in range(1 - half, count, 2):
            errors += ((y[i] - x[i] @ weights) ** 2).sum()
            squares += (y[i] ** 2).sum()
    return 1 - errors / squares


if __name__ == "__main__":
    if len(sys.argv) > 1:
        cut(sys.argv[1])
    data = load()
    n = len(data)
    expected = {
        "own": fit(data, lambda i: i),
        "next": fit(data, lambda i: (i + 1) % n),
        "late": {str(l): fit(data, lambda i: i, l) for l in (-5, -1, 1, 5)},
        "logMel": {"first": data[0][1][0].tolist(), "fiftieth": data[0][1][49].tolist(), "last": data[0][1][-1].tolist()},
    }
    json.dump(expected, open(HERE + "/expected.json", "w"), indent=1)
    print(json.dumps({k: v for k, v in expected.items() if k != "logMel"}))
