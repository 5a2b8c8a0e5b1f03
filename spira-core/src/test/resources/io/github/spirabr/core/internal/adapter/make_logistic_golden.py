"""Golden probabilities of an L2-penalised logistic regression at C = 1: python3 make_logistic_golden.py > logistic-golden.csv

A line is a row: label, three columns, and the probability that scikit-learn's model, fitted on all rows, gives it.
"""
import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression

random = np.random.RandomState(5)
rows = random.normal(size=(40, 3))
label = (rows[:, 0] + 0.5 * rows[:, 1] + random.normal(size=40) > 0.3).astype(int)
model = LogisticRegression(C=1.0, solver="newton-cg", tol=1e-10, max_iter=1000).fit(rows, label)
print("# scikit-learn " + sklearn.__version__)
for y, row, p in zip(label, rows, model.predict_proba(rows)[:, 1]):
    print(",".join([str(y)] + ["%.17g" % v for v in row] + ["%.17g" % p]))
