"""Golden logistic regressions: python3 make_logistic_golden.py > logistic_golden.csv

A line is a window: case, recording, label, probability by scikit-learn, and the features. A line whose recording is
"coefficients" or "errors" has the weights of the standardised features, or their standard errors, in place of features.
Recordings of the training set have the same weight, which their windows share; so has the standardisation.
"""
import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

random = np.random.RandomState(7)
print("# scikit-learn " + sklearn.__version__ + ", numpy " + np.__version__)
for case, recordings, features, l2, balanced in [
        ("tall", 40, 3, 1.0, False), ("balanced", 40, 3, 0.1, True), ("wide", 12, 40, 2.0, False)]:
    ids, label, rows, share = [], [], [], []
    for r in range(recordings):
        y = int(r % 3 == 0)
        windows = 1 + r % 3
        for w in range(windows):
            ids.append("r%02d" % r)
            label.append(y)
            share.append(1 / windows)
            row = random.normal(size=features)
            row[0] += y
            rows.append(row * np.logspace(-1, 2, features) + 3)
    rows, label, share = np.float32(rows), np.array(label), np.array(share)
    x = np.float64(rows)
    mean = np.average(x, axis=0, weights=share)
    deviation = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=share))
    z = (x - mean) / deviation
    weight = share.copy()
    if balanced:
        patients = sum(r % 3 == 0 for r in range(recordings))
        weight *= np.where(label == 1, recordings / (2 * patients), recordings / (2 * (recordings - patients)))
    model = LogisticRegression(C=1 / l2, solver="newton-cg", tol=1e-12, max_iter=10000).fit(z, label, sample_weight=weight)
    p = model.predict_proba(z)[:, 1]
    one = np.hstack([z, np.ones((len(z), 1))])
    hessian = one.T @ (one * (weight * p * (1 - p))[:, None]) + np.diag([l2] * features + [0])
    errors = np.sqrt(np.diag(np.linalg.inv(hessian)))[:-1]
    line = lambda recording, y, p, values: print(",".join([case, recording, str(y), "%.9g" % p] + ["%.9g" % v for v in values]))
    line("coefficients", 0, 0, model.coef_[0])
    line("errors", 0, 0, errors)
    for i, y, q, row in zip(ids, label, p, rows):
        line(i, y, q, row)
