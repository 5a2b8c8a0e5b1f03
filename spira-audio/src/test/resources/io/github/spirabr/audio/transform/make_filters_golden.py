"""Writes filters-golden.csv: every tenth sample of made noise after Butterworth filters of scipy.

Needs numpy 2.4.6 and scipy 1.17.1. Run it in this folder. The noise is made by the same formula as in
ButterworthFilterTest.java. Each line: type, sample rate, lower and upper cutoff (0 if there is none), order, samples.
"""
import numpy as np
from scipy import signal

state, noise = 1, []
for _ in range(300):
    state = (state * 1103515245 + 12345) & 0x7FFFFFFF
    noise.append((((state >> 12) & 0xFFFF) - 32768) / 65536)

CASES = [
    ("high-pass", 16000, 80, 0, 2), ("high-pass", 16000, 300, 0, 4), ("high-pass", 8000, 20, 0, 8),
    ("high-pass", 48000, 3999.5, 0, 6),
    ("low-pass", 16000, 0, 3400, 4), ("low-pass", 44100, 0, 500, 2), ("low-pass", 8000, 0, 3999, 4),
    ("low-pass", 22050, 0, 8000, 16),
    ("band-limit", 16000, 300, 3400, 4), ("band-limit", 8000, 50, 1000, 2), ("band-limit", 48000, 100, 10000, 10),
]
with open("filters-golden.csv", "w") as out:
    out.write("type,rate,low,high,order,samples\n")
    for kind, rate, low, high, order in CASES:
        samples = np.array(noise)
        if low:
            samples = signal.sosfilt(signal.butter(order, low, "highpass", fs=rate, output="sos"), samples)
        if high:
            samples = signal.sosfilt(signal.butter(order, high, "lowpass", fs=rate, output="sos"), samples)
        values = " ".join(f"{value:.9e}" for value in samples[::10])
        out.write(f"{kind},{rate},{low},{high},{order},{values}\n")
