"""Writes curves-golden.csv: scikit-learn's curves of random answers, ties among them.

Made with scikit-learn 1.2.1 and NumPy 1.24.2. For each set of answers there are three lines: every point of the receiver
operating characteristic, every point of the precision-recall curve from the largest threshold down (without the end at
recall 0 that scikit-learn adds), and mean probability and share of patients of the bins that have answers.
"""

import csv

import numpy as np
from sklearn.calibration import calibration_curve
from sklearn.metrics import precision_recall_curve, roc_curve


def numbers(values):
    return " ".join(repr(float(value)) for value in values)


random = np.random.default_rng(20261125)
with open("curves-golden.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["curve", "labels", "scores", "x", "y"])
    for n in (2, 5, 12, 40, 90):
        for decimals in (1, 2, 17):
            labels = (random.random(n) < 0.5).astype(int)
            labels[:2] = [0, 1]
            scores = np.clip(random.normal(0.4 + 0.2 * labels, 0.3), 0, 1).round(decimals)
            answers = [" ".join(map(str, labels)), numbers(scores)]
            x, y, _ = roc_curve(labels, scores, drop_intermediate=False)
            writer.writerow(["roc", *answers, numbers(x), numbers(y)])
            precision, recall, _ = precision_recall_curve(labels, scores)
            writer.writerow(["precision-recall", *answers, numbers(recall[-2::-1]), numbers(precision[-2::-1])])
            share, mean = calibration_curve(labels, scores, n_bins=10, strategy="uniform")
            writer.writerow(["calibration", *answers, numbers(mean), numbers(share)])
