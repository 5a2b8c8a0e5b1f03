"""Writes features-golden.csv (the cases) and features-golden.f32 (their values, little-endian floats).

Needs Debian's python3-torch 1.13 and python3-torchaudio 0.13. Run it in this folder. The signals are
made of integers, by the same formulas as in GoldenSignals.java, so that both have identical samples.
For each case, in the order of the CSV: MFCC [frames x coefficients], mel spectrogram [frames x bands]
and every SPECTROGRAM_STEP-th frame of the spectrogram [frames x bins].
"""
import numpy as np
import torch
import torchaudio

SPECTROGRAM_STEP = 16


def noise(length, amplitude, seed):
    state, out = seed, []
    for _ in range(length):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(((((state >> 12) & 0xFFFF) - 32768) * amplitude) >> 15)
    return out


def speech(length):
    """Pulses of a varying pitch and breath noise through three resonators, syllable by syllable."""
    breath = noise(length, 300, 7)
    out, y = [0] * length, [[0, 0], [0, 0], [0, 0]]
    coefficients = [(15900, -7800), (13000, -7700), (3000, -7500)]
    next_pulse = 0
    for i in range(length):
        voiced = (i // 2400) % 3 != 2
        x = breath[i] >> 3
        if i == next_pulse:
            next_pulse += 110 + (i // 500) % 40
            x += 4000 if voiced else 0
        total = 0
        for r in range(3):
            a1, a2 = coefficients[r]
            v = x + ((a1 * y[r][0] + a2 * y[r][1]) >> 13)
            y[r][1], y[r][0] = y[r][0], v
            total += v >> r
        out[i] = max(-32768, min(32767, total >> 1))
    return out


def signal(name, length):
    if name == "speech":
        return speech(length)
    if name == "noise":
        return noise(length, 8000, 1)
    if name == "silence":
        return [0] * length
    if name == "impulse":
        return [32767 if i == length // 2 else 0 for i in range(length)]
    if name == "clipped":
        return [max(-32768, min(32767, 40 * v)) for v in speech(length)]
    if name == "pause":
        return [v if i < length // 2 else 0 for i, v in enumerate(speech(length))]
    raise ValueError(name)


# signal, length, rate, fftSize, windowLength, hopLength, melBands, coefficients, logMels, fMin, fMax (0: half the rate)
CASES = [
    ("speech", 16000, 16000, 1200, 400, 160, 40, 40, 0, 0, 0),
    ("speech", 8000, 16000, 1200, 400, 160, 40, 40, 1, 0, 0),
    ("noise", 8000, 16000, 1200, 400, 160, 40, 40, 0, 0, 0),
    ("silence", 3200, 16000, 1200, 400, 160, 40, 40, 0, 0, 0),
    ("impulse", 4800, 16000, 1200, 400, 160, 40, 40, 0, 0, 0),
    ("clipped", 8000, 16000, 1200, 400, 160, 40, 40, 0, 0, 0),
    ("pause", 8000, 16000, 1200, 400, 160, 40, 40, 0, 0, 0),
    ("speech", 601, 16000, 1200, 400, 160, 40, 40, 0, 0, 0),
    ("noise", 601, 16000, 1200, 400, 160, 40, 40, 0, 0, 0),
    ("speech", 6000, 22050, 512, 512, 128, 26, 13, 0, 50, 7000),
    ("speech", 5000, 16000, 375, 300, 100, 20, 13, 0, 0, 0),
    ("speech", 6000, 11025, 1022, 401, 200, 24, 20, 0, 0, 0),
    ("noise", 5000, 8000, 256, 200, 80, 23, 13, 1, 100, 0),
]


def main():
    torch.set_num_threads(1)
    lines, values = [], []
    for case in CASES:
        name, length, rate, n_fft, win, hop, mels, coefficients, log_mels, f_min, f_max = case
        wave = torch.from_numpy(np.array(signal(name, length), dtype=np.float32) / np.float32(32768))
        mel = dict(n_fft=n_fft, win_length=win, hop_length=hop, n_mels=mels, f_min=float(f_min),
                   f_max=float(f_max) if f_max else None)
        mfcc = torchaudio.transforms.MFCC(rate, coefficients, log_mels=bool(log_mels), melkwargs=mel)(wave)
        melspec = torchaudio.transforms.MelSpectrogram(rate, **mel)(wave)
        spec = torchaudio.transforms.Spectrogram(n_fft, win, hop)(wave)
        for matrix in (mfcc.T, melspec.T, spec.T[::SPECTROGRAM_STEP]):
            values.append(matrix.contiguous().numpy().astype("<f4").ravel())
        lines.append(",".join(map(str, case + (mfcc.shape[1],))))
    with open("features-golden.csv", "w", encoding="ascii") as out:
        out.write("# torch %s, torchaudio %s, by make_features_golden.py\n" % (torch.__version__, torchaudio.__version__))
        out.write("# signal,length,rate,fftSize,windowLength,hopLength,melBands,coefficients,logMels,fMin,fMax,frames\n")
        out.write("\n".join(lines) + "\n")
    np.concatenate(values).tofile("features-golden.f32")


if __name__ == "__main__":
    main()
