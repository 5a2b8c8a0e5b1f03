"""Writes praat-golden.csv: made vowels with known contours, jitter, shimmer and noise, and what Praat measures of them.

Needs praat-parselmouth 0.4.7 (Praat 6.1.38) and numpy 2.4.6. Run it in this folder. The signals are made by the same formulas as
in PraatGoldenTest.java: pulses whose distance follows the contour, each changed by a share of up to +-jitter, their height by up
to +-shimmer, through three resonators, with white noise; single precision. Each line: sample rate, F0 at the start in hertz,
slope in semitones per second, jitter, shimmer, noise relative to the pulses; then voiced frames, mean and standard deviation of
F0 in hertz, jitter (local) and shimmer (local) in %, and the mean of 10 log10(r / (1 - r)) over the strengths r of the pitch.
"""
import math

import numpy as np
import parselmouth
from parselmouth.praat import call

SECONDS = 1.5
FORMANTS = ((650, 80), (1080, 90), (2650, 120))


class Random:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 12 & 0xFFFF) / 32768.0 - 1


def signal(rate, f0, slope, jitter, shimmer, noise):
    random = Random(1)
    source = np.zeros(int(SECONDS * rate))
    time = 0.01
    while time * rate < len(source) - 1:
        place = int(time * rate)
        part = time * rate - place
        height = 1 + shimmer * random.next()
        source[place] += height * (1 - part)
        source[place + 1] += height * part
        time += (1 + jitter * random.next()) / (f0 * 2 ** (slope * time / 12))
    for frequency, width in FORMANTS:
        radius = math.exp(-math.pi * width / rate)
        first = 2 * radius * math.cos(2 * math.pi * frequency / rate)
        second = -radius * radius
        last, before = 0.0, 0.0
        for i in range(len(source)):
            value = source[i] + first * last + second * before
            before, last = last, value
            source[i] = value
    source *= 0.5 / np.abs(source).max()
    for i in range(len(source)):
        source[i] += noise * random.next()
    return source.astype(np.float32)


with open("praat-golden.csv", "w") as out:
    out.write("rate,f0,slope,jitter,shimmer,noise,voiced,mean,deviation,jitterLocal,shimmerLocal,hnr\n")
    cases = [(rate, f0, slope, jitter, shimmer, noise)
             for rate, f0 in ((8000, 110), (16000, 130), (16000, 210), (44100, 140))
             for slope, jitter, shimmer, noise in (
                 (0, 0, 0, 0.001), (6, 0, 0, 0.01), (-4, 0.01, 0.02, 0.003), (2, 0.03, 0.1, 0.003), (0, 0.005, 0.2, 0.01),
                 (-3, 0.02, 0.05, 0.03))]
    for case in cases:
        sound = parselmouth.Sound(signal(*case).astype(float), case[0])
        pitch = sound.to_pitch_ac(pitch_floor=75, pitch_ceiling=600)
        hertz, strength = pitch.selected_array["frequency"], pitch.selected_array["strength"]
        voiced = hertz > 0
        ratio = strength[voiced]
        pulses = call([sound, pitch], "To PointProcess (cc)")
        values = (hertz[voiced].mean(), hertz[voiced].std(ddof=1),
                  100 * call(pulses, "Get jitter (local)", 0, 0, 1e-4, 0.02, 1.3),
                  100 * call([sound, pulses], "Get shimmer (local)", 0, 0, 1e-4, 0.02, 1.3, 1.6),
                  (10 * np.log10(ratio / (1 - ratio))).mean())
        out.write(",".join(map(str, case)) + f",{voiced.sum()}," + ",".join(f"{value:.6f}" for value in values) + "\n")
