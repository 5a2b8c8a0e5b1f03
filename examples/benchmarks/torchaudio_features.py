"""Times the MFCCs of torchaudio on the signal of BenchmarkSignal, with one thread.

Prints a line for each case: its name and the median of its times, in milliseconds.
Made for torch 1.13.1 and torchaudio 0.13.1 (Debian 12: python3-torch, python3-torchaudio).
"""
import math
import statistics
import time

import numpy
import torch
import torchaudio

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
    return torch.from_numpy((noise + numpy.where(i // RATE % 3 != 2, voice, 0)).astype(numpy.float32))


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


def main():
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    samples = signal()
    mfcc = torchaudio.transforms.MFCC(
        sample_rate=RATE,
        n_mfcc=40,
        melkwargs={"n_fft": 1200, "win_length": 400, "hop_length": 160, "n_mels": 40},
    )
    windows = [samples[None, start * RATE:(start + 4) * RATE] for start in range(16)]
    # One channel each, since torchaudio takes the loudest point over all channels.
    batch = torch.stack(windows)
    one_by_one = median(lambda: [mfcc(window) for window in windows])
    at_once = median(lambda: mfcc(batch))
    # What it does better is what it is compared by.
    print(f"windows {min(one_by_one, at_once):.3f}")
    print(f"whole {median(lambda: mfcc(samples[None])):.3f}")


if __name__ == "__main__":
    main()
