"""Writes loudness-golden.csv: 50 made recordings and their integrated loudness by FFmpeg's ebur128 filter, in LUFS.

Needs FFmpeg 5.1.9, numpy 2.4.6 and scipy 1.17.1. Run it in this folder. The signals are made by the same formulas as in
LoudnessGoldenTest.java and written as WAV of 16 bits. Each line: signal, sample rate, seconds, right shift of the integers,
loudness. FFmpeg's value has three decimals.
"""
import math
import pathlib
import re
import subprocess
import tempfile

import numpy as np
from scipy.io import wavfile


def noise(length, seed):
    state, out = seed, np.zeros(length, dtype=np.int64)
    for i in range(length):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out[i] = ((state >> 12) & 0xFFFF) - 32768
    return out


def signal(name, length, rate):
    if name == "noise":
        return noise(length, 1) >> 2
    if name == "tone":
        return [round(8000 * math.sin(2 * math.pi * 997 * i / rate)) for i in range(length)]
    if name == "low":
        return [round(12000 * math.sin(2 * math.pi * 50 * i / rate)) + (n >> 8) for i, n in enumerate(noise(length, 2))]
    if name == "steps":
        # Every half second another level, so that both gates leave blocks out; none lies within 0.1 LU of a gate, since
        # FFmpeg rounds the loudness of blocks to 0.01 LU.
        shifts = (2, 3, 6, 15, 5, 8)
        return [n >> shifts[2 * i // rate % 6] for i, n in enumerate(noise(length, 3))]
    if name == "syllables":
        # 150 ms of a voice of 130 Hz, then 250 ms of hiss.
        return [(round(2000 * sum(math.sin(2 * math.pi * 130 * h * i / rate) for h in range(1, 11)))
                 if 20 * i // rate % 8 < 3 else 0) + (n >> 9) for i, n in enumerate(noise(length, 4))]
    raise ValueError(name)


def loudness(file):
    text = subprocess.run(
        ["ffmpeg", "-hide_banner", "-nostats", "-i", file, "-af", "ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-",
         "-f", "null", "-"], check=True, capture_output=True, text=True).stdout
    return float(re.findall(r"lavfi\.r128\.I=(\S+)", text)[-1])


with tempfile.TemporaryDirectory() as folder, open("loudness-golden.csv", "w") as out:
    out.write("signal,rate,seconds,shift,lufs\n")
    for n, rate in enumerate((8000, 16000, 22050, 44100, 48000)):
        for m, name in enumerate(("noise", "tone", "low", "steps", "syllables")):
            for shift in (0, 3):
                seconds = 3 + (n + m + shift) % 4
                samples = np.asarray(signal(name, seconds * rate, rate), dtype=np.int64) >> shift
                file = str(pathlib.Path(folder) / "case.wav")
                wavfile.write(file, rate, samples.astype(np.int16))
                out.write(f"{name},{rate},{seconds},{shift},{loudness(file):.3f}\n")
