"""Writes panns-golden.csv: log-mel spectrograms of PANNs by librosa, which PannsFeaturesGoldenTest compares.

A line has the name of the front end, the signal, its length, its rate, the number of frames, and then every seventh value
of the matrix [frames x 64]. Needs librosa 0.11, and what make_features_golden.py needs; run it in this folder. The signals are those of make_features_golden.py.
"""
import librosa
import numpy as np
from make_features_golden import signal

FRONT_ENDS = {"panns16kHz": (16000, 512, 160, 8000), "panns32kHz": (32000, 1024, 320, 14000)}


def main():
    with open("panns-golden.csv", "w", encoding="ascii") as out:
        out.write(f"# librosa {librosa.__version__}, by make_panns_golden.py\n")
        for front_end, (rate, n_fft, hop, f_max) in FRONT_ENDS.items():
            for name in ("speech", "noise", "silence", "pause"):
                wave = np.array(signal(name, 4000), dtype=np.float32) / np.float32(32768)
                power = librosa.feature.melspectrogram(
                    y=wave, sr=rate, n_fft=n_fft, hop_length=hop, win_length=n_fft, window="hann", center=True,
                    pad_mode="reflect", power=2.0, n_mels=64, fmin=50, fmax=f_max)
                decibels = 10 * np.log10(np.maximum(1e-10, power.astype(np.float64))).T
                values = decibels.ravel()[::7]
                out.write(f"{front_end},{name},4000,{rate},{decibels.shape[0]}," + ",".join(f"{v:.5f}" for v in values) + "\n")


if __name__ == "__main__":
    main()
