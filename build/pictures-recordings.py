"""Writes a folder of 200 recordings, of which eight are noise, with a configuration that judges them."""

import json
import math
import pathlib
import random
import struct
import sys
import wave

RATE, SAMPLES = 16000, 8000

folder = pathlib.Path(sys.argv[1])
(folder / "audio").mkdir(parents=True, exist_ok=True)
random.seed(1)
for i in range(200):
    noise = i % 25 == 7
    samples = []
    for t in range(SAMPLES):
        tone = sum(math.sin(2 * math.pi * (150 + i) * k * t / RATE) / k for k in range(1, 12)) * 0.15
        value = random.gauss(0, 0.2) if noise else tone + random.gauss(0, 0.0005 * (1 + i % 7))
        samples.append(max(-32767, min(32767, int(value * 20000))))
    with wave.open(str(folder / "audio" / f"line_{i:03}_converted.wav"), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(RATE)
        recording.writeframes(struct.pack(f"<{SAMPLES}h", *samples))

(folder / "gate.config.json").write_text(json.dumps({
    "artifacts": {"output": "audio/*_converted.wav"},
    "gates": {"spectral-flatness-must-stay-below": {"limit": 0.1}},
}))
