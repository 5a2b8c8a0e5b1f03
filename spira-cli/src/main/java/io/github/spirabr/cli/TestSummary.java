package io.github.spirabr.cli;

import io.github.spirabr.core.continuous.InputDrift;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.pipeline.ExternalFindings;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.report.run.ExternalMatrix;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** The result of an external validation on the terminal. */
final class TestSummary {

    private final PrintWriter out;

    TestSummary(PrintWriter out) {
        this.out = Terminal.lines(out);
    }

    void print(ExternalFindings found) {
        out.printf(Locale.ROOT, "%s on %s%n", found.model(), found.dataset());
        new RunSummary(out).answers(found.run());
        Optional<InputDrift> drift =
                found.trainedOn().flatMap(statistics -> InputDrift.between(statistics, found.measures()));
        out.println("Input against the training set: " + drift.map(InputDrift::summary).orElse("not known"));
        out.println("Recalibration, for information: intercept " + found.recalibration().calibrationIntercept() + ", slope "
                + found.recalibration().calibrationSlope());
        if (!found.run().rejected().isEmpty()) {
            out.println("Left out: " + Counted.of(found.run().rejected().size(), "unusable recording"));
        }
        if (found.knownSounds() > 0) {
            out.println("New to the model: compared with the sounds of " + Counted.of(found.knownSounds(), "recording")
                    + " of its training and validation");
        }
        found.warnings().forEach(warning -> out.println("WARNING: " + warning));
    }

    void print(ExternalMatrix matrix) {
        out.println("AUROC by recording, of each model on each data set");
        for (ModelVersion model : matrix.models()) {
            for (String dataset : matrix.datasets()) {
                ExternalMatrix.Cell cell = matrix.cell(model, dataset);
                out.printf(Locale.ROOT, "  %-20s %-32s %s%n", model, dataset, cell.findings()
                        .map(one -> RunSummary.text(one.run().metrics().metric(Metric.AUROC)))
                        .orElse("not tested: trained on " + cell.reason()));
            }
        }
    }
}
