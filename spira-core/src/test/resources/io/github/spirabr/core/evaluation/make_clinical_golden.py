"""Writes clinical-golden.csv: clinical metrics of random answers, ties, several answers of one subject, and single classes;
and holm-golden.csv: p-values, and those that Holm's method adjusts.

Made with scikit-learn 1.9.1, SciPy 1.17.1, statsmodels 0.15.0 and NumPy, on Python 3. Predictive values and net benefit are
written out after their formulas (Bayes; Vickers and Elkin 2006), likelihood ratios are scikit-learn's class_likelihood_ratios.
A metric that is not defined for a case is left empty.
"""

import csv
import warnings

import numpy as np
import statsmodels.api as sm
from scipy import stats
from scipy.special import logit
from sklearn import metrics
from statsmodels.stats.multitest import multipletests

warnings.simplefilter("ignore")
PREVALENCE = 0.05
THRESHOLD = 0.3


def sensitivity_at(labels, scores, specificity):
    x, y, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
    rate = {0.9: 0.1, 0.95: 0.05}[specificity]
    i = np.searchsorted(x, rate, side="right")
    return y[-1] if i == len(x) else y[i - 1] + (y[i] - y[i - 1]) * (rate - x[i - 1]) / (x[i] - x[i - 1])


def specificity_at(labels, scores, sensitivity):
    x, y, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
    i = np.searchsorted(y, sensitivity, side="left")
    return 1 - x[i - 1] - (x[i] - x[i - 1]) * (sensitivity - y[i - 1]) / (y[i] - y[i - 1])


def line(labels, scores, subjects):
    """Intercept and slope of calibration, with ends of their intervals by Student's t and statsmodels' cluster variance."""
    x = logit(np.clip(scores, 1e-7, 1 - 1e-7))
    groups = len(set(subjects))
    t = stats.t.ppf(0.975, groups - 1)
    few = min(len({s for s, l in zip(subjects, labels) if l == c}) for c in (0, 1)) < 10
    how = dict(cov_type="cluster", cov_kwds={"groups": subjects}, tol=1e-14, maxiter=200)
    out = {}
    if 0 < labels.mean() < 1:
        fit = sm.GLM(labels, np.ones((len(x), 1)), family=sm.families.Binomial(), offset=x).fit(**how)
        out["intercept"] = fit.params[0]
        if not few:
            out["intercept.lower"], out["intercept.upper"] = fit.params[0] + np.array([-t, t]) * fit.bse[0]
        p, c = x[labels == 1], x[labels == 0]
        if not (c.max() <= p.min() or p.max() <= c.min()):
            fit = sm.GLM(labels, sm.add_constant(x, has_constant="add"), family=sm.families.Binomial()).fit(**how)
            out["slope"] = fit.params[1]
            if not few:
                out["slope.lower"], out["slope.upper"] = fit.params[1] + np.array([-t, t]) * fit.bse[1]
    return out


def figures(labels, scores, threshold, subjects):
    called = (scores >= threshold).astype(int)
    tn, fp, fn, tp = metrics.confusion_matrix(labels, called, labels=[0, 1]).ravel()
    both = 0 < labels.mean() < 1
    out = {}
    if both and 0 < called.mean() < 1:
        out["MATTHEWS_CORRELATION"] = metrics.matthews_corrcoef(labels, called)
    if both:
        out["COHENS_KAPPA"] = metrics.cohen_kappa_score(labels, called)
        out["SENSITIVITY_AT_90_SPECIFICITY"] = sensitivity_at(labels, scores, 0.9)
        out["SENSITIVITY_AT_95_SPECIFICITY"] = sensitivity_at(labels, scores, 0.95)
        out["SPECIFICITY_AT_90_SENSITIVITY"] = specificity_at(labels, scores, 0.9)
        out["SPECIFICITY_AT_95_SENSITIVITY"] = specificity_at(labels, scores, 0.95)
        out["PARTIAL_AUROC"] = metrics.roc_auc_score(labels, scores, max_fpr=0.1)
        out["BRIER_SKILL"] = metrics.d2_brier_score(labels, scores)
        ratios = metrics.class_likelihood_ratios(labels, called)
        if fp:
            out["POSITIVE_LIKELIHOOD_RATIO"] = ratios[0]
        if tn:
            out["NEGATIVE_LIKELIHOOD_RATIO"] = ratios[1]
        sensitivity, specificity = tp / (tp + fn), tn / (tn + fp)
        if tp or fp:
            out["ppv"] = sensitivity * PREVALENCE / (sensitivity * PREVALENCE + (1 - specificity) * (1 - PREVALENCE))
        if tn or fn:
            out["npv"] = specificity * (1 - PREVALENCE) / (specificity * (1 - PREVALENCE) + (1 - sensitivity) * PREVALENCE)
        treated = scores >= THRESHOLD
        odds = THRESHOLD / (1 - THRESHOLD)
        out["benefit"] = np.mean(treated & (labels == 1)) - odds * np.mean(treated & (labels == 0))
        out["all"] = labels.mean() - odds * (1 - labels.mean())
    if tp:
        out["screen"] = 1 / (PREVALENCE * tp / (tp + fn))
    return out | line(labels, scores, subjects)


NAMES = ["MATTHEWS_CORRELATION", "COHENS_KAPPA", "SENSITIVITY_AT_90_SPECIFICITY", "SENSITIVITY_AT_95_SPECIFICITY",
         "SPECIFICITY_AT_90_SENSITIVITY", "SPECIFICITY_AT_95_SENSITIVITY", "PARTIAL_AUROC", "BRIER_SKILL",
         "POSITIVE_LIKELIHOOD_RATIO", "NEGATIVE_LIKELIHOOD_RATIO", "ppv", "npv", "screen", "benefit", "all",
         "intercept", "intercept.lower", "intercept.upper", "slope", "slope.lower", "slope.upper"]


def cases(random):
    for n in (1, 2, 5, 20, 60, 200):
        for decimals in (1, 2, 17):
            for share in (0.5, 0.2, 0.0):
                for each in (1, 3):
                    subjects = np.arange(n) // each
                    labels = (random.random(n) < share).astype(int)[subjects]
                    scores = np.clip(random.normal(0.4 + 0.2 * labels, 0.25), 0.001, 0.999).round(decimals)
                    yield labels, scores, (0.5 if decimals < 17 else random.random()), subjects


random = np.random.default_rng(20261130)
with open("clinical-golden.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["threshold", "labels", "scores", "subjects", *NAMES])
    for labels, scores, threshold, subjects in cases(random):
        row = figures(labels, scores, threshold, subjects)
        writer.writerow([
            repr(float(threshold)),
            " ".join(map(str, labels)),
            " ".join(repr(float(s)) for s in scores),
            " ".join(map(str, subjects)),
            *(repr(float(row[n])) if n in row and np.isfinite(row[n]) else "" for n in NAMES),
        ])
with open("holm-golden.csv", "w", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["p", "holm"])
    for n in (1, 2, 3, 5, 20, 20):
        values = random.random(n).round(2) if n % 2 else random.random(n) ** 3
        writer.writerow([" ".join(repr(float(p)) for p in ps) for ps in (values, multipletests(values, method="holm")[1])])
