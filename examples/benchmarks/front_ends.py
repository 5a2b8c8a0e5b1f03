"""Times front ends of pretrained models on the signal of BenchmarkSignal, with one thread.

Prints a line for each case: its name and the median of its times, in milliseconds. fbank is torchaudio's Kaldi compliance, logmel
the faster one of librosa and torchaudio's transforms, both with the settings of PANNs at 16 kHz.
Needs torch, torchaudio and librosa.
"""
import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import librosa
import torch
import torchaudio
import torchaudio.compliance.kaldi as kaldi
from benchmark_signal import RATE, median, signal


def main():
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    array = signal().astype("float32")
    samples = torch.from_numpy(array)
    settings = {"n_fft": 512, "hop_length": 160, "n_mels": 64}
    mel = torchaudio.transforms.MelSpectrogram(
        RATE, f_min=50.0, f_max=8000.0, norm="slaney", mel_scale="slaney", **settings)

    def by_librosa():
        power = librosa.feature.melspectrogram(y=array, sr=RATE, fmin=50, fmax=8000, pad_mode="reflect", **settings)
        return librosa.power_to_db(power, amin=1e-10, top_db=None)

    def by_torchaudio():
        return 10 * torch.log10(torch.clamp(mel(samples), min=1e-10))

    print(f"fbank {median(lambda: kaldi.fbank(samples[None], num_mel_bins=80, dither=0.0)):.3f}")
    print(f"logmel {min(median(by_librosa), median(by_torchaudio)):.3f}")


if __name__ == "__main__":
    main()
