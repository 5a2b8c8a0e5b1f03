package io.github.spirabr.examples.cli;

import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.pipeline.ProtocolEvaluation;
import io.github.spirabr.core.pipeline.TrainingRun;
import java.io.PrintWriter;
import java.util.Locale;

/** What a person wants to know when a run is over. */
final class RunSummary {

    private final PrintWriter out;

    RunSummary(PrintWriter out) {
        this.out = out;
    }

    void print(TrainingRun run) {
        ConfusionMatrix matrix = run.test().confusionMatrix();
        out.println();
        out.printf(Locale.ROOT, "Held-out test: %d recordings of %d subjects that the model has not heard (%s)%n",
                matrix.total(), run.test().subjects(), String.join(", ", run.split().test().subjects()));
        out.println("                    called patient   called control");
        out.printf(Locale.ROOT, "  is a patient      %14d   %14d%n", matrix.truePositives(), matrix.falseNegatives());
        out.printf(Locale.ROOT, "  is a control      %14d   %14d%n", matrix.falsePositives(), matrix.trueNegatives());
        out.printf(Locale.ROOT, "  accuracy %.3f, sensitivity %.3f, specificity %.3f (by recording, threshold %.2f)%n",
                matrix.accuracy(), matrix.sensitivity(), matrix.specificity(), run.test().threshold());
        for (ProtocolEvaluation under : run.protocols()) {
            ConfusionMatrix changed = under.test().confusionMatrix();
            out.printf(Locale.ROOT, "Under %s: accuracy %.3f, sensitivity %.3f, specificity %.3f%n  %s%n",
                    under.protocol(), changed.accuracy(), changed.sensitivity(), changed.specificity(),
                    under.disclosure());
        }
        out.printf(Locale.ROOT, "Best epoch: %d of %d%n", run.bestEpoch(), run.epochs().size());
        out.printf("Saved: %s in %s%n", run.model(), run.location());
        out.flush();
    }
}
