package io.github.spirabr.core.probe;

import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.internal.adapter.LogisticRegression;
import io.github.spirabr.core.recording.Label;
import java.util.List;

/** A logistic regression on covariates, fitted on the training set. Immutable. */
final class CovariateModel {

    private final CovariateColumns columns;
    private final LogisticRegression regression;

    private CovariateModel(CovariateColumns columns, LogisticRegression regression) {
        this.columns = columns;
        this.regression = regression;
    }

    /**
     * Fits a model.
     *
     * @param columns at least one
     * @param training subjects of both classes
     */
    static CovariateModel fit(CovariateColumns columns, List<Covariate> training) {
        boolean[] patients = new boolean[training.size()];
        for (int i = 0; i < patients.length; i++) {
            patients[i] = training.get(i).recording().label() == Label.PATIENT;
        }
        return new CovariateModel(
                columns, LogisticRegression.fit(training.stream().map(columns::row).toList(), patients));
    }

    /** Its answers, at a threshold of one half. */
    Evaluation answers(List<Covariate> rows) {
        return Evaluation.of(
                rows.stream()
                        .map(row -> new RecordingScore(
                                row.recording().id(),
                                row.recording().subject(),
                                row.recording().label(),
                                regression.probability(columns.row(row)),
                                List.of()))
                        .toList(),
                0.5);
    }

    /** Returns the log odds of the patient class. */
    double logit(Covariate row) {
        return regression.logit(columns.row(row));
    }
}
