"""Writes plateau-run of expected.json: the longest run of equal samples whose absolute value is within 1 % of the
channel's peak, the most of all channels; of a silent channel, its length. numpy and scipy alone; run it in this folder."""
import json

import numpy as np
from scipy.io import wavfile


def plateau(channel):
    peak = np.abs(channel).max()
    if peak == 0:
        return len(channel)
    edges = np.flatnonzero(np.diff(channel)) + 1
    starts = np.concatenate([[0], edges])
    lengths = np.diff(np.concatenate([starts, [len(channel)]]))
    return int(lengths[np.abs(channel[starts]) >= 0.99 * peak].max())


with open("expected.json") as file:
    expected = json.load(file)
for name, values in expected.items():
    if values.get("plateau-run") is not None:
        samples = wavfile.read(name)[1]
        samples = samples - 128.0 if samples.dtype == np.uint8 else samples.astype(np.float64)
        found = max(plateau(channel) for channel in samples.reshape(len(samples), -1).T)
        if found != values["plateau-run"]:
            print(name, values["plateau-run"], "->", found)
        values["plateau-run"] = found
with open("expected.json", "w") as file:
    file.write("{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(values)}" for name, values in expected.items()) + "\n}\n")
