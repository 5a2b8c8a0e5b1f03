package io.github.spirabr.report.run;

import io.github.spirabr.core.evaluation.ClinicalMetrics.NetBenefit;
import io.github.spirabr.core.evaluation.Curve;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation.CalibrationBin;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.report.internal.Tick;
import io.github.spirabr.report.run.Chart.At;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report's charts. */
final class Charts {

    private static final int SQUARE = 320;
    private static final int FLAT = 230;
    private static final int LOW = 170;

    /** With more windows than these, a line alone is drawn. */
    private static final int MOST_WINDOWS = 60;

    private Charts() {}

    static Chart losses(TrainingRun findings) {
        List<EpochSummary> epochs = findings.epochs();
        double largest = epochs.stream().flatMap(one -> Stream.of(one.trainingLoss(), one.validationLoss()))
                .filter(Double::isFinite).mapToDouble(one -> one).max().orElse(1);
        EpochSummary first = epochs.get(0);
        EpochSummary last = epochs.get(epochs.size() - 1);
        EpochSummary best = epochs.get(findings.bestEpoch() - 1);
        String description = String.format(Locale.ROOT,
                "Over %s. Training loss goes from %s to %s, validation loss from %s to %s; the kept model is that of "
                        + "epoch %d, with a validation loss of %s.",
                Figures.count(epochs.size(), "epoch"), Figures.of(first.trainingLoss()), Figures.of(last.trainingLoss()),
                Figures.of(first.validationLoss()), Figures.of(last.validationLoss()),
                findings.bestEpoch(), Figures.of(best.validationLoss()));
        Axis y = Axis.from0("Loss (nats)", largest);
        Chart chart = new Chart("losses", "Losses of training and validation by epoch", description, epochs(epochs), y, FLAT);
        best(chart, findings.bestEpoch(), y.high());
        return curve(curve(chart, "first", epochs, EpochSummary::trainingLoss), "second", epochs, EpochSummary::validationLoss);
    }

    static Chart accuracy(TrainingRun findings) {
        List<EpochSummary> epochs = findings.epochs();
        String description = String.format(Locale.ROOT,
                "Share of correctly classified validation recordings, at the threshold 0.5: %s after the first epoch, %s after "
                        + "the last, %s in the "
                        + "kept model's epoch %d.",
                Figures.of(epochs.get(0).validationAccuracy()), Figures.of(epochs.get(epochs.size() - 1).validationAccuracy()),
                Figures.of(epochs.get(findings.bestEpoch() - 1).validationAccuracy()), findings.bestEpoch());
        Chart chart = new Chart("accuracy", "Validation accuracy by epoch", description, epochs(epochs),
                Axis.share("Validation accuracy"), FLAT);
        best(chart, findings.bestEpoch(), 1);
        return curve(chart, "second", epochs, EpochSummary::validationAccuracy);
    }

    private static Axis epochs(List<EpochSummary> epochs) {
        return epochs.size() == 1 ? Axis.whole("Epoch", 0, 2) : Axis.whole("Epoch", 1, epochs.size());
    }

    private static void best(Chart chart, int epoch, double high) {
        chart.line("mark", List.of(new At(epoch, 0), new At(epoch, high)));
        chart.note(epoch, "kept: epoch " + epoch);
    }

    private static Chart curve(Chart chart, String style, List<EpochSummary> epochs, ToDoubleFunction<EpochSummary> value) {
        List<At> places = epochs.stream()
                .filter(one -> Double.isFinite(value.applyAsDouble(one)))
                .map(one -> new At(one.epoch(), value.applyAsDouble(one)))
                .toList();
        chart.line(style, places);
        return places.size() <= MOST_WINDOWS ? chart.dots(style, 2.2, places) : chart;
    }

    static Chart roc(Answers answers) {
        double threshold = answers.evaluation().threshold();
        double sensitivity = answers.evaluation().value(Metric.SENSITIVITY);
        double falsePositives = 1 - answers.evaluation().value(Metric.SPECIFICITY);
        String description = String.format(Locale.ROOT,
                "Sensitivity over 1 - specificity, by %s. The area under the curve is %s. At the threshold %s the sensitivity "
                        + "is %s and the specificity %s.",
                answers.unit(), estimate(answers, Metric.AUROC), Figures.of(threshold), Figures.of(sensitivity),
                Figures.of(1 - falsePositives));
        Chart chart = new Chart("roc-" + answers.unit(), "Receiver operating characteristic by " + answers.unit(),
                description, Axis.share("1 \u2212 specificity"), Axis.share("Sensitivity"), SQUARE);
        band(chart, answers.roc());
        chart.line("chance", List.of(new At(0, 0), new At(1, 1)));
        chart.line("first", answers.roc().points().stream().map(point -> new At(point.x(), point.y())).toList());
        At here = new At(falsePositives, sensitivity);
        return chart.dots("here", 4.5, List.of(here));
    }

    static Chart precisionRecall(Answers answers) {
        double prevalence = (double) answers.of(Label.PATIENT) / answers.evaluation().scores().size();
        String description = String.format(Locale.ROOT,
                "Precision over recall, by %s. The average precision is %s; a random score gives the share of %s, %s.",
                answers.unit(), estimate(answers, Metric.AUPRC), answers.classes().positives(), Figures.of(prevalence));
        Chart chart = new Chart("precision-recall-" + answers.unit(), "Precision and recall by " + answers.unit(),
                description, Axis.share("Recall (sensitivity)"), Axis.share("Precision"), SQUARE);
        band(chart, answers.precisionRecall());
        chart.line("chance", List.of(new At(0, prevalence), new At(1, prevalence)));
        chart.line("first", steps(answers.precisionRecall().points()));
        double precision = answers.evaluation().value(Metric.POSITIVE_PREDICTIVE_VALUE);
        return Double.isNaN(precision) ? chart : chart.dots("here", 4.5,
                List.of(new At(answers.evaluation().value(Metric.SENSITIVITY), precision)));
    }

    private static String estimate(Answers answers, Metric metric) {
        return answers.estimates().find(metric)
                .map(one -> Figures.of(one.value()) + " (95 % interval: " + Figures.interval(one.lower(), one.upper()) + ")")
                .orElse(Figures.UNDEFINED);
    }

    private static void band(Chart chart, Curve curve) {
        List<Curve.Band> known = curve.band().stream().filter(one -> !Double.isNaN(one.lower())).toList();
        if (known.size() > 1) {
            chart.area("band",
                    known.stream().map(one -> new At(one.x(), one.upper())).toList(),
                    known.stream().map(one -> new At(one.x(), one.lower())).toList());
        }
    }

    static Chart decision(Answers answers) {
        List<NetBenefit> curve = answers.clinical().decisionCurve();
        double share = curve.get(0).treatAll() + 0.01;
        double low = -0.05 * share;
        String description = String.format(Locale.ROOT, "Net benefit over the threshold, by %s.%s", answers.unit(),
                curve.stream().filter(one -> Math.rint(one.threshold() * 100) % 10 == 0)
                        .map(one -> String.format(Locale.ROOT, " At %.1f: %s; treating everybody: %s.",
                                one.threshold(), Figures.of(one.model().value()), Figures.of(one.treatAll())))
                        .collect(Collectors.joining()));
        double high = curve.stream().mapToDouble(one -> Math.max(one.model().value(), one.treatAll())).max().orElse(share) * 1.05;
        Chart chart = new Chart("decision-" + answers.unit(), "Decision curve by " + answers.unit(), description,
                Axis.share("Threshold probability"), new Axis("Net benefit", low, high, Tick.between(low, high, 5)), SQUARE);
        List<NetBenefit> known = curve.stream().filter(one -> !Double.isNaN(one.model().lower())).toList();
        if (known.size() > 1) {
            chart.area("band",
                    known.stream().map(one -> new At(one.threshold(), one.model().upper())).toList(),
                    known.stream().map(one -> new At(one.threshold(), one.model().lower())).toList());
        }
        chart.line("mark", List.of(new At(0, 0), new At(1, 0)));
        chart.line("chance", curve.stream().map(one -> new At(one.threshold(), one.treatAll())).toList());
        return chart.line("first", curve.stream().map(one -> new At(one.threshold(), one.model().value())).toList());
    }

    /** The precision of a recall is that of the largest threshold that reaches it. */
    private static List<At> steps(List<Curve.Point> points) {
        List<At> steps = new ArrayList<>();
        double recall = 0;
        for (Curve.Point point : points) {
            if (point.x() > recall) {
                steps.add(new At(recall, point.y()));
                steps.add(new At(point.x(), point.y()));
                recall = point.x();
            }
        }
        return steps;
    }

    static Chart calibration(Answers answers) {
        String patients = answers.classes().positives();
        StringBuilder description = new StringBuilder("Share of " + patients + " over mean probability, by " + answers.unit()
                + "; on the diagonal, probabilities equal shares.");
        for (CalibrationBin bin : answers.calibration()) {
            description.append(String.format(Locale.ROOT, " Probabilities around %s: share of %s %s of %s.",
                    Figures.of(bin.meanProbability()), patients, Figures.of(bin.patients()),
                    Figures.count(bin.answers(), answers.unit())));
        }
        Chart chart = new Chart("calibration-" + answers.unit(), "Calibration by " + answers.unit(),
                description.toString(), Axis.share("Mean probability"), Axis.share("Share of " + patients), SQUARE);
        chart.line("chance", List.of(new At(0, 0), new At(1, 1)));
        for (CalibrationBin bin : answers.calibration()) {
            if (!Double.isNaN(bin.lower())) {
                chart.line("whisker",
                        List.of(new At(bin.meanProbability(), bin.lower()), new At(bin.meanProbability(), bin.upper())));
            }
        }
        List<At> bins = answers.calibration().stream().map(bin -> new At(bin.meanProbability(), bin.patients())).toList();
        chart.line("first thin", bins);
        for (CalibrationBin bin : answers.calibration()) {
            double share = (double) bin.answers() / answers.evaluation().scores().size();
            chart.dots("first", 3 + 5 * Math.sqrt(share), List.of(new At(bin.meanProbability(), bin.patients())));
        }
        return chart;
    }

    /** Patients upwards and controls downwards, so that neither hides the other and no colour is needed to tell them apart. */
    static Chart histogram(Answers answers, DecisionRule decision) {
        int patients = answers.histogram().stream().mapToInt(Answers.ScoreBin::patients).max().orElse(0);
        int controls = answers.histogram().stream().mapToInt(Answers.ScoreBin::controls).max().orElse(0);
        double threshold = answers.evaluation().threshold();
        StringBuilder description = new StringBuilder(String.format(Locale.ROOT,
                "Number of %s (upwards) and %s (downwards) by probability, by %s; the threshold is %s.",
                answers.classes().positives(), answers.classes().negatives(), answers.unit(), Figures.of(threshold)));
        for (Answers.ScoreBin bin : answers.histogram()) {
            if (bin.patients() + bin.controls() > 0) {
                description.append(String.format(Locale.ROOT, " From %.2f to %.2f: %d and %d.",
                        bin.from(), bin.to(), bin.patients(), bin.controls()));
            }
        }
        Classes classes = answers.classes();
        Axis counts = Axis.whole(classes.column(Label.CONTROL) + " \u2193   " + classes.column(Label.PATIENT) + " \u2191",
                -Math.max(1, controls) * 1.05, Math.max(1, patients) * 1.05);
        Axis y = new Axis(counts.title(), counts.low(), counts.high(), counts.ticks().stream()
                .map(tick -> new Tick(tick.position(), tick.label().replace("\u2212", "")))
                .toList());
        Chart chart = new Chart("histogram-" + answers.unit(), "Probabilities by class, by " + answers.unit(),
                description.toString(),
                Axis.share("Probability of " + (classes.named() ? classes.positives() : "being a patient")), y, SQUARE);
        if (decision.abstains()) {
            chart.box("undecided", new At(decision.lower(), y.low()), new At(decision.upper(), y.high()));
        }
        for (Answers.ScoreBin bin : answers.histogram()) {
            double gap = 0.004;
            if (bin.patients() > 0) {
                chart.box("patient", new At(bin.from() + gap, 0), new At(bin.to() - gap, bin.patients()));
            }
            if (bin.controls() > 0) {
                chart.box("control", new At(bin.from() + gap, 0), new At(bin.to() - gap, -bin.controls()));
            }
        }
        chart.line("axis", List.of(new At(0, 0), new At(1, 0)));
        chart.line("mark", List.of(new At(threshold, y.low()), new At(threshold, y.high())));
        return chart.note(threshold, "threshold " + Figures.of(threshold));
    }

    /** A recording's windows, each at its time. */
    static Chart windows(String id, RecordingScore score, double threshold, Optional<WindowTimes> times) {
        int count = score.windows().size();
        double step = times.map(WindowTimes::step).orElse(1.0);
        double length = times.map(WindowTimes::length).orElse(1.0);
        double from = times.isPresent() ? 0 : 0.5;
        double end = from + (count - 1) * step + length;
        double least = score.windows().stream().mapToDouble(one -> one).min().orElse(Double.NaN);
        double most = score.windows().stream().mapToDouble(one -> one).max().orElse(Double.NaN);
        String description = String.format(Locale.ROOT, "%s, from %s to %s; the recording's probability is %s.",
                Figures.count(count, "window"), Figures.of(least), Figures.of(most), Figures.of(score.probability()));
        Axis x = times.isPresent() ? new Axis("Seconds", 0, end,
                Tick.between(0, end, 8)) : Axis.whole("Window", from, end);
        Chart chart = new Chart(id, "Probability of each window over time, recording " + score.recording(),
                description, x, new Axis("Probability", 0, 1, Tick.between(0, 1, 3)), LOW);
        chart.line("mark", List.of(new At(x.low(), threshold), new At(x.high(), threshold)));
        String style = score.label() == Label.PATIENT ? "patient" : "control";
        List<At> middles = new ArrayList<>();
        for (int w = 0; w < count; w++) {
            double start = from + w * step;
            double probability = score.windows().get(w);
            middles.add(new At(start + length / 2, probability));
            if (count <= MOST_WINDOWS) {
                chart.line(style + " span", List.of(new At(start, probability), new At(start + length, probability)));
            }
        }
        chart.line(style, middles);
        return count <= MOST_WINDOWS ? chart.dots(style, 3, middles) : chart;
    }
}
