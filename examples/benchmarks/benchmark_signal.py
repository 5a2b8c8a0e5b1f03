"""The signal of BenchmarkSignal, and the median of the times that an action takes."""
import math
import statistics
import time

import numpy

RATE = 16_000
SECONDS = 20
HARMONICS = 20


def signal():
    state = 1
    noise = numpy.empty(SECONDS * RATE)
    for i in range(len(noise)):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        noise[i] = ((state >> 12 & 0xFFFF) / 32768.0 - 1) / 4096
    i = numpy.arange(len(noise))
    voice = sum(0.2 / h * numpy.sin(2 * math.pi * 140 * h * i / RATE) for h in range(1, HARMONICS + 1))
    return noise + numpy.where(i // RATE % 3 != 2, voice, 0)


def median(action, warmup=1.0, measured=3.0):
    end = time.perf_counter() + warmup
    while time.perf_counter() < end:
        action()
    times = []
    end = time.perf_counter() + measured
    while time.perf_counter() < end:
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)
