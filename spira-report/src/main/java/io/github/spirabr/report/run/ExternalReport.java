package io.github.spirabr.report.run;

import io.github.spirabr.core.continuous.InputDrift;
import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.pipeline.ExternalFindings;
import io.github.spirabr.core.probe.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes the page of an external validation. */
final class ExternalReport {

    private static final int MOST_MEASURES = 15;

    private final ExternalFindings findings;
    private final Analysis analysis;
    private final Optional<InputDrift> drift;

    private ExternalReport(ExternalFindings findings, Analysis analysis) {
        this.findings = findings;
        this.analysis = analysis;
        this.drift = drift(findings);
    }

    /** Returns the drift of the input against the model's training set; empty if it is not known. */
    static Optional<InputDrift> drift(ExternalFindings findings) {
        return findings.trainedOn().flatMap(statistics -> InputDrift.between(statistics, findings.measures()));
    }

    /** Returns the page in UTF-8. */
    static byte[] of(ExternalFindings findings, Analysis analysis) {
        ExternalReport report = new ExternalReport(findings, analysis);
        List<Section> sections = new ArrayList<>(List.of(
                new Section("glance", "At a glance", report::glance),
                new Section("figures", "Metrics", new FiguresSection(analysis)::write),
                new Section("clinical", "Clinical use", new ClinicalSection(analysis)::write),
                new Section("groups", "Groups", new GroupsSection(analysis)::write),
                new Section("drift", "Input against the training set", report::drift)));
        if (!findings.run().probes().isEmpty()) {
            sections.add(new Section("probes", "Probes", new ProbesSection(analysis)::write));
        }
        sections.add(new Section("mistakes", "Largest errors", new MistakesSection(analysis)::write));
        sections.add(new Section("data", "Unusable recordings", new DataSection(analysis)::rejected));
        Markup page = new Markup();
        PageHead.page(page, "External validation: " + findings.model() + " on " + findings.dataset(),
                "External validation of a stored model", findings.model() + " on " + findings.dataset(), sections);
        return page.bytes();
    }

    private void glance(Markup page) {
        ConfusionMatrix matrix = findings.run().test().confusionMatrix();
        page.paragraph(String.format(Locale.ROOT, "Tested on %s of %s, none of whom the model was trained or validated on. Of %d "
                        + "recordings of %s it found %d; of %d recordings of %s it classified %d as %s.",
                Figures.count(findings.run().test().scores().size(), "recording"),
                Figures.count(findings.run().test().subjects(), "subject"), matrix.truePositives() + matrix.falseNegatives(),
                analysis.classes().positives(), matrix.truePositives(), matrix.trueNegatives() + matrix.falsePositives(),
                analysis.classes().negatives(), matrix.falsePositives(), analysis.classes().positive()));
        page.open("ul", "class", "alerts", "aria-label", "Warnings and checks");
        findings.warnings().forEach(text -> alert(page, "warn", "Training.", text));
        if (findings.knownSounds() > 0) {
            alert(page, "good", "New to the model.", "No recording sounds like one of the "
                    + Figures.count(findings.knownSounds(), "recording") + " of its training and validation.");
        }
        if (analysis.subjectsUnknown()) {
            alert(page, "warn", "Subjects are not known.", "Each recording counts as a subject of its own; intervals are too "
                    + "narrow if a person has several.");
        }
        if (analysis.imprecise()) {
            alert(page, "warn", "Imprecise.", "A class has fewer than " + MetricEstimate.PRECISE_SUBJECTS
                    + " subjects; the metrics are no more than a hint.");
        }
        drift.filter(one -> one.verdict() != InputDrift.Measure.Verdict.NONE).ifPresent(one ->
                alert(page, "warn", "The input differs from the training set.", one.summary()));
        ProbeResult.Verdict worst = findings.run().probes().stream().map(ProbeResult::verdict)
                .filter(one -> one == ProbeResult.Verdict.FAILED || one == ProbeResult.Verdict.WARNING)
                .findFirst().orElse(ProbeResult.Verdict.PASSED);
        if (worst != ProbeResult.Verdict.PASSED) {
            alert(page, "warn", "Probes.", findings.run().probeSummary().toString());
        }
        page.close().line();
        page.paragraph("Recalibration, for information: intercept " + findings.recalibration().calibrationIntercept() + ", slope "
                + findings.recalibration().calibrationSlope() + ". Preprocessing, temperature and threshold are those stored with"
                + " the model; nothing was fitted on these recordings.");
    }

    private static void alert(Markup page, String level, String title, String text) {
        page.open("li", "class", "alert " + level).with("strong", title).text(" ").with("span", text).close();
    }

    private void drift(Markup page) {
        if (drift.isEmpty()) {
            page.paragraph("The input cannot be compared: there are fewer than five recordings, or the model was stored without "
                    + "statistics of its training set.");
            return;
        }
        page.paragraph(String.format(Locale.ROOT, "Levels, noise, durations and features of %s against the %s of the training set. "
                        + "%s unlike the training set. The index is the population stability index: above 0.1 moderate, above 0.25 "
                        + "major, where it is beyond chance.",
                Figures.count(drift.get().recordings(), "recording"), Figures.count(drift.get().reference(), "recording"),
                drift.get().unlike() == 1 ? "1 is" : drift.get().unlike() + " are"));
        Table table = new Table("Properties of the input, the largest change first"
                + (drift.get().measures().size() > MOST_MEASURES ? "; report.json has all" : ""),
                "Property", "Index", "p", "Change");
        drift.get().measures().stream().limit(MOST_MEASURES).forEach(one -> table.row(one.name(), Figures.of(one.index()),
                Figures.of(one.chance()), Figures.key(one.verdict())));
        table.write(page);
    }
}
