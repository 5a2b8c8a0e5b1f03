"""Writes metrics-golden.csv: what scikit-learn says of random answers, ties and single classes among them.

Made with scikit-learn 1.2.1 and NumPy 1.24.2. A figure that scikit-learn does not define for a case (it warns or
raises) is left empty.
"""

import csv
import warnings

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.simplefilter("error")


def calibration_error(labels, scores):
    edges = np.linspace(0, 1, 11)
    bins = np.searchsorted(edges[1:-1], scores)
    counts = np.bincount(bins, minlength=10)
    share, mean = calibration_curve(labels, scores, n_bins=10, strategy="uniform")
    return np.sum(np.abs(share - mean) * counts[counts > 0]) / len(scores)


def figures(labels, scores, threshold):
    called = (scores >= threshold).astype(int)
    return {
        "ACCURACY": lambda: metrics.accuracy_score(labels, called),
        "BALANCED_ACCURACY": lambda: metrics.balanced_accuracy_score(labels, called),
        "SENSITIVITY": lambda: metrics.recall_score(labels, called, pos_label=1),
        "SPECIFICITY": lambda: metrics.recall_score(labels, called, pos_label=0),
        "POSITIVE_PREDICTIVE_VALUE": lambda: metrics.precision_score(labels, called, pos_label=1),
        "NEGATIVE_PREDICTIVE_VALUE": lambda: metrics.precision_score(labels, called, pos_label=0),
        "F1": lambda: metrics.f1_score(labels, called),
        "AUROC": lambda: metrics.roc_auc_score(labels, scores),
        "AUPRC": lambda: metrics.average_precision_score(labels, scores),
        "BRIER_SCORE": lambda: metrics.brier_score_loss(labels, scores, pos_label=1),
        "LOG_LOSS": lambda: metrics.log_loss(labels, scores, labels=[0, 1], eps=1e-7),
        "CALIBRATION_ERROR": lambda: calibration_error(labels, scores),
    }


def defined(figure):
    try:
        return repr(float(figure()))
    except (ValueError, UserWarning):
        return ""


def cases(random):
    for n in (1, 2, 3, 5, 8, 20, 100, 400):
        for decimals in (1, 2, 17):
            for share in (0.5, 0.1, 0.0, 1.0):
                labels = (random.random(n) < share).astype(int)
                scores = np.clip(random.normal(0.4 + 0.2 * labels, 0.3), 0, 1).round(decimals)
                yield labels, scores, (0.5 if decimals < 17 else random.random())


random = np.random.default_rng(20261124)
with open("metrics-golden.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    names = list(figures(np.array([0, 1]), np.array([0.1, 0.9]), 0.5))
    writer.writerow(["threshold", "labels", "scores", *names])
    for labels, scores, threshold in cases(random):
        writer.writerow([
            repr(float(threshold)),
            " ".join(map(str, labels)),
            " ".join(repr(float(s)) for s in scores),
            *(defined(f) for f in figures(labels, scores, threshold).values()),
        ])
