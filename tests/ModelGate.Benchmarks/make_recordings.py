"""Writes recordings as WAV files: make_recordings.py FOLDER COUNT SECONDS

16-bit mono at 48 kHz: the harmonics of a voice at another pitch in each file, under noise from a fixed seed.
"""
import array
import math
import pathlib
import random
import sys
import wave

folder, count, seconds = pathlib.Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
folder.mkdir(parents=True, exist_ok=True)
RATE = 48_000
second = [random.Random(0).gauss(0, 30) for _ in range(RATE)]
for number in range(count):
    pitch = 100 + number % 200
    tone = array.array("h", (
        int(second[i] + 9000 * sum(math.sin(2 * math.pi * pitch * k * i / RATE) / k for k in (1, 2, 3, 4)))
        for i in range(min(RATE, round(RATE * seconds)))))
    left = round(RATE * seconds)
    with wave.open(str(folder / f"recording_{number:05}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        while left > 0:
            file.writeframes(tone[:left].tobytes())
            left -= min(left, len(tone))
