package io.github.spirabr.report.run;

import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.pipeline.FeatureEffect;
import io.github.spirabr.core.pipeline.ProtocolEvaluation;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the model card, in the sections of Mitchell et al., "Model Cards for Model Reporting" (2019). It says what the
 * findings hold; what only people know, such as in which hospitals the recordings were made, it asks them to add.
 */
final class ModelCard {

    private static final String ENCODER = "preprocessing.extract.";
    private static final String FORBIDDEN = "\\`*_{}[]<>#|~&!";

    private final Analysis analysis;
    private final TrainingRun findings;
    private final StringBuilder card = new StringBuilder();

    private ModelCard(Analysis analysis) {
        this.analysis = analysis;
        this.findings = analysis.findings();
    }

    static String of(Analysis analysis) {
        ModelCard card = new ModelCard(analysis);
        card.write();
        return card.card.toString();
    }

    /** Text from outside as nothing but text: no mark-up, no HTML, no line of its own. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        Markup.clean(text).replaceAll("\\s+", " ").chars().forEach(c -> {
            if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '>') {
                escaped.append("&gt;");
            } else if (c == '&') {
                escaped.append("&amp;");
            } else {
                escaped.append(FORBIDDEN.indexOf(c) < 0 ? "" : "\\").append((char) c);
            }
        });
        return escaped.toString();
    }

    private void heading(String text) {
        card.append("\n## ").append(text).append("\n\n");
    }

    private void line(String text, Object... arguments) {
        card.append(String.format(Locale.ROOT, text, arguments)).append('\n');
    }

    private void item(String text, Object... arguments) {
        line("- " + text, arguments);
    }

    private void row(String... cells) {
        card.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private void head(String... cells) {
        row(cells);
        card.append("|").append(" --- |".repeat(cells.length)).append('\n');
    }

    private void write() {
        line("# Model card: %s", escaped(findings.modelName()));
        card.append('\n');
        line("%s", RunReport.NOTICE);
        details();
        use();
        factors();
        metrics();
        evaluationData();
        trainingData();
        analyses();
        considerations();
        caveats();
        opening();
    }

    private void details() {
        heading("Model details");
        item("A binary classifier of recorded speech: the probability %s.", analysis.classes().named()
                ? "of the class " + escaped(analysis.classes().positive()) + " against " + escaped(analysis.classes().negative())
                        + " (target: " + escaped(findings.target().name()) + ")"
                : "that the speaker is a patient with " + findings.target().name());
        item("Network: %s on %s; features: %s; windows: %s.", setting("model.type"), "windows of features",
                setting("preprocessing.extract.type") + featureTransforms(), setting("preprocessing.window.type"));
        encoder();
        item("Library: SPIRA for Java %s.", findings.library().isEmpty() ? "(not from a jar)" : escaped(findings.library()));
        item("Seed: %d.", findings.seed());
        item("Fingerprint of the data: `%s`.", findings.dataFingerprint());
        item("Identity of the run: `%s`. A run of the same identity gives the same model, byte for byte.", findings.identity());
        item("Epoch %d of %d was kept, by the lowest loss on the validation set.",
                findings.bestEpoch(), findings.epochs().size());
        item("A recording is classified as %s at a probability of %s or more (%s).",
                escaped(analysis.classes().positive()), Figures.of(findings.decision().threshold()),
                escaped(findings.operatingPoint().toString()));
        if (findings.decision().abstains()) {
            item("A probability from %s to %s is inconclusive.",
                    Figures.of(findings.decision().lower()), Figures.of(findings.decision().upper()));
        }
        item("Authors, licence and contact: to be added by whoever distributes the model.");
    }

    /** Names the pretrained encoder, if the features are its embeddings. */
    private void encoder() {
        if (findings.settings().containsKey(ENCODER + "sha256")) {
            item("Frozen encoder: %s, SHA-256 `%s`; licence: %s; pretrained on: %s. Whether subjects of the test set are among"
                    + " its data is not known to this library.", setting(ENCODER + "file"), setting(ENCODER + "sha256"),
                    setting(ENCODER + "licence"), setting(ENCODER + "pretrainingData"));
        }
    }

    /** Returns the types of the transforms of features, each with a word before it; empty without any. */
    private String featureTransforms() {
        StringBuilder types = new StringBuilder();
        for (int i = 0; findings.settings().containsKey("preprocessing.transformFeatures." + i + ".type"); i++) {
            types.append(i == 0 ? " with " : ", ").append(setting("preprocessing.transformFeatures." + i + ".type"));
        }
        return types.toString();
    }

    private String setting(String path) {
        return escaped(findings.settings().getOrDefault(path, "not known"));
    }

    private void use() {
        heading("Intended use");
        item("Research on detecting %s from speech: comparing models, data sets and preprocessing.",
                escaped(findings.target().name()));
        item("Intended users: researchers who know how the recordings were made.");
        card.append('\n');
        line("Out of scope:");
        card.append('\n');
        item("Diagnosis, triage, monitoring or any other decision about a person. It is no medical device.");
        item("Speakers, languages, devices and rooms unlike those of the training data.");
        item("Identifying speakers, or inferring anything else about them.");
    }

    private void factors() {
        heading("Factors");
        List<String> columns = findings.groups().stream().map(GroupMetrics::column).distinct().toList();
        if (columns.isEmpty()) {
            line("The manifest has no column to group the test set by, so nothing is known of differences "
                    + "between, say, men and women, ages, hospitals or devices.");
        } else {
            line("Metrics are given by %s. Nothing is known of other differences.",
                    String.join(", ", columns.stream().map(ModelCard::escaped).toList()));
        }
    }

    private void metrics() {
        heading("Metrics");
        line("Recording level and subject level (the mean of a subject's recordings), at the threshold chosen on validation "
                + "data. The 95 %% intervals are by bootstrap over subjects. The formulas are in the library's `docs/evaluation.md`.");
    }

    private void evaluationData() {
        heading("Evaluation data");
        side(Side.TEST);
        side(Side.VALIDATION);
        card.append('\n');
        Alert.ofSplit(analysis).forEach(alert -> line("**%s** %s", escaped(alert.title()), escaped(alert.text())));
    }

    private void side(Side side) {
        List<Recording> recordings = analysis.sides().get(side);
        item("%s: %s of %s (%d of %s, %d of %s).", Figures.key(side),
                Figures.count(recordings.size(), "recording"),
                Figures.count(recordings.stream().map(Recording::subject).distinct().count(), "subject"),
                recordings.stream().filter(one -> one.label() == Label.CONTROL).count(), escaped(analysis.classes().negatives()),
                recordings.stream().filter(one -> one.label() == Label.PATIENT).count(), escaped(analysis.classes().positives()));
    }

    private void trainingData() {
        heading("Training data");
        side(Side.TRAINING);
        if (!findings.ambient().isEmpty()) {
            item("Set apart, in no set: %s of rooms in which nobody speaks.",
                    Figures.count(findings.ambient().size(), "recording"));
        }
        item("Rejected as unusable: %s.", Figures.count(findings.rejected().size(), "recording"));
        item("Place, time, devices and consent of the recordings: to be added by whoever distributes the model.");
    }

    private void analyses() {
        heading("Quantitative analyses");
        if (analysis.imprecise()) {
            line("**Imprecise**: the smaller class of the test set has %s, fewer than %d. The metrics are only a rough "
                    + "guide.\n", Figures.count(analysis.subjectsOfTheSmallerClass(), "subject"),
                    MetricEstimate.PRECISE_SUBJECTS);
        }
        head("Metric", "By recording", "95 % interval", "By subject", "95 % interval");
        for (MetricEstimate recording : Figures.main(findings.metrics())) {
            MetricEstimate subject = findings.subjectMetrics().metric(recording.metric());
            row(Figures.name(recording.metric()), Figures.of(recording.value()),
                    Figures.interval(recording.lower(), recording.upper()), Figures.of(subject.value()),
                    Figures.interval(subject.lower(), subject.upper()));
        }
        groups();
        protocols();
        probes();
        features();
    }

    private void groups() {
        if (findings.groups().isEmpty()) {
            return;
        }
        card.append("\nBy group, of the test set's recordings:\n\n");
        head("Column", "Group", "Recordings", "Subjects", "Sensitivity", "Specificity", "AUROC");
        for (GroupMetrics group : findings.groups()) {
            row(escaped(group.column()), escaped(group.group()), Integer.toString(group.metrics().answers()),
                    Integer.toString(group.metrics().subjects()), estimate(group, Metric.SENSITIVITY),
                    estimate(group, Metric.SPECIFICITY), estimate(group, Metric.AUROC));
        }
    }

    private static String estimate(GroupMetrics group, Metric metric) {
        return group.metrics().find(metric)
                .map(one -> Figures.of(one.value())
                        + (Double.isNaN(one.lower()) ? "" : " (" + Figures.interval(one.lower(), one.upper()) + ")"))
                .orElse(Figures.UNDEFINED);
    }

    private void protocols() {
        for (ProtocolEvaluation protocol : findings.protocols()) {
            line("\nUnder %s: accuracy %s, sensitivity %s, specificity %s. %s", escaped(protocol.protocol()),
                    Figures.of(protocol.test().value(Metric.ACCURACY)), Figures.of(protocol.test().value(Metric.SENSITIVITY)),
                    Figures.of(protocol.test().value(Metric.SPECIFICITY)), escaped(protocol.disclosure()));
        }
    }

    private void probes() {
        boolean probed = ProbeResult.anyOfProbe(findings.probes());
        if (!probed) {
            line("\nNo probe was run: it is unknown whether the model uses the speech or something recorded with it.");
        }
        if (!findings.probes().isEmpty()) {
            card.append(probed ? "\nProbes:\n\n" : "\nWarnings:\n\n");
        }
        for (ProbeResult probe : findings.probes()) {
            item("%s: **%s**. %s", escaped(probe.name()), Figures.key(probe.verdict()), escaped(probe.finding()));
        }
    }

    private void features() {
        List<FeatureEffect> effects = findings.featureEffects();
        if (effects.isEmpty()) {
            return;
        }
        line("\nFeatures, the most important first%s. %s\n", effects.size() > FeaturesSection.SHOWN
                ? ", " + FeaturesSection.SHOWN + " of " + effects.size() : "", FeaturesSection.MEANING);
        head("Feature", "Importance", "Coefficient");
        effects.stream().limit(FeaturesSection.SHOWN).forEach(one -> row(escaped(one.name()),
                FeaturesSection.importance(one, ", "),
                one.coefficient().map(its -> FeaturesSection.coefficient(its, ", ")).orElse(Figures.UNDEFINED)));
    }

    private void considerations() {
        heading("Ethical considerations");
        item("A voice is personal data, and a label is health data. Recordings stay with those who have consent for them; this "
                + "card and the report name recordings and subjects by the manifest's ids alone.");
        item("A missed %s and a false alarm do not cost the same. The threshold decides between them, and was chosen on "
                + "validation data of this data set.", analysis.classes().named() ? "case" : "patient");
    }

    private void caveats() {
        heading("Caveats and recommendations");
        item("The intervals do not hold for subjects unlike those of the test set, such as those of another "
                + "hospital.");
        item("Predictive values depend on the share of %s in the test set, which differs from that of a hospital.",
                escaped(analysis.classes().positives()));
        item("Models learn whatever separates the classes, even the room: read the probes before the metrics.");
        List<Map.Entry<String, String>> lacks = lacks();
        lacks.forEach(lack -> item("%s %s", lack.getKey(), lack.getValue()));
    }

    private List<Map.Entry<String, String>> lacks() {
        return Alert.of(analysis).stream()
                .filter(alert -> alert.level() != Alert.Level.GOOD)
                .map(alert -> Map.entry(escaped(alert.title()), escaped(alert.text())))
                .toList();
    }

    private void opening() {
        heading("How to open it");
        line("From a folder of models, by the command line, or from Java:\n");
        line("```\nspira predict --models models --name %s recording.wav\n```\n", findings.modelName());
        line("```java\nModelRepository models = FileSystemModelRepository.at(Path.of(\"models\"));\n"
                + "try (Predictor predictor = Predictor.open(models, models.latest(\"%s\").orElseThrow())) {\n"
                + "    Prediction prediction = predictor.predict(\"recording\", FileAudioSource.of(Path.of(\"recording.wav\")));\n"
                + "}\n```", findings.modelName());
    }
}
