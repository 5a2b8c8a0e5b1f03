"""Writes feature-transforms-golden.csv: transforms of features by the libraries that define them; FeatureTransformsGoldenTest compares.

A line has the transform, its settings, the frames and features before it, and all values after it, frame by frame. Needs
torchaudio, librosa, numpy and scipy (their versions stand in the file); run it in this folder. The input is made of integers by
the same formula as in the test; of pcen it is the square of that.
"""
import librosa
import numpy as np
import scipy
import scipy.stats
import torch
import torchaudio.functional as F
import torchaudio


def features(frames, count):
    state, out = 1, []
    for _ in range(frames * count):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(((state >> 12) & 0xFFFF) / 8192 - 4)
    return np.array(out).reshape(frames, count)


def deltas(x, frames=5, order=2):
    out, level = [x], torch.from_numpy(x.T.copy())
    for _ in range(order):
        level = F.compute_deltas(level, win_length=frames)
        out.append(level.numpy().T)
    return np.concatenate(out, 1)


def sliding(x, frames, variance):
    return F.sliding_window_cmn(torch.from_numpy(x), cmn_window=frames, center=True, norm_vars=variance).numpy()


def pcen(x, scale=2.0 ** 31, time=40, **settings):
    return librosa.pcen((x.T ** 2) * scale, sr=100, hop_length=1, time_constant=time / 100, **settings).T


def functionals(x, names):
    t = np.arange(len(x))
    named = {"mean": lambda: x.mean(0), "deviation": lambda: x.std(0), "minimum": lambda: x.min(0), "maximum": lambda: x.max(0),
             "range": lambda: np.ptp(x, 0), "skewness": lambda: scipy.stats.skew(x), "slope": lambda: np.polyfit(t, x, 1)[0],
             "kurtosis": lambda: scipy.stats.kurtosis(x, fisher=False)}
    return np.concatenate([named[n]() if n in named else np.percentile(x, int(n[1:]), axis=0) for n in names])[None]


ALL = ["mean", "deviation", "minimum", "maximum", "range", "skewness", "kurtosis", "slope", "p0", "p5", "p33", "p50", "p95", "p100"]
CASES = [
    ("deltas", "", 12, 2, lambda x: deltas(x)),
    ("deltas", "frames=9 order=1", 7, 2, lambda x: deltas(x, 9, 1)),
    ("deltas", "frames=3 order=2", 1, 2, lambda x: deltas(x, 3, 2)),
    ("mean-variance", "over=sliding frames=6", 15, 2, lambda x: sliding(x, 6, True)),
    ("mean-variance", "over=sliding frames=7 variance=false", 15, 2, lambda x: sliding(x, 7, False)),
    ("mean-variance", "over=sliding variance=false", 9, 1, lambda x: sliding(x, 600, False)),
    ("mean-variance", "over=window", 10, 2, lambda x: (x - x.mean(0)) / x.std(0)),
    ("pcen", "", 20, 2, lambda x: pcen(x)),
    ("pcen", "scale=1 gain=0.8 bias=10 power=0.25 timeConstant=6", 20, 2,
     lambda x: pcen(x, 1.0, 6, gain=0.8, bias=10, power=0.25)),
    ("functionals", "functionals=" + "|".join(ALL), 11, 2, lambda x: functionals(x, ALL)),
    ("functionals", "", 30, 1, lambda x: functionals(x, ["mean", "deviation", "p5", "p50", "p95", "slope"])),
]


def main():
    with open("feature-transforms-golden.csv", "w", encoding="ascii") as out:
        out.write(f"# torchaudio {torchaudio.__version__}, librosa {librosa.__version__}, numpy {np.__version__}, scipy "
                  f"{scipy.__version__}, by make_feature_transforms_golden.py\n# transform,settings,frames,features,values\n")
        for name, settings, frames, count, function in CASES:
            values = ",".join("%.8g" % value for value in function(features(frames, count)).ravel())
            out.write(f"{name},{settings},{frames},{count},{values}\n")


if __name__ == "__main__":
    main()
