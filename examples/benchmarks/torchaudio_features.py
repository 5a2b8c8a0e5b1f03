"""Times the MFCCs of torchaudio on the signal of BenchmarkSignal, with one thread.

Prints a line for each case: its name and the median of its times, in milliseconds.
Made for torch 1.13.1 and torchaudio 0.13.1 (Debian 12: python3-torch, python3-torchaudio).
"""
import torch
import torchaudio
from benchmark_signal import RATE, median, signal


def main():
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    samples = torch.from_numpy(signal().astype("float32"))
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
