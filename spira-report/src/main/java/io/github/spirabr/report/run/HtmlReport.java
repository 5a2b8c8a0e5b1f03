package io.github.spirabr.report.run;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.GroupFigures;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.ProbeResult;
import io.github.spirabr.core.evaluation.ProbeResult.Verdict;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.pipeline.ProtocolEvaluation;
import io.github.spirabr.core.pipeline.RejectedRecording;
import io.github.spirabr.core.pipeline.RunFindings;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.training.EpochSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Writes the page. */
final class HtmlReport {

    static final String NOTICE = "For research; no medical device. Do not diagnose or treat by it.";

    /** What the certificate says, by what people call it. */
    private static final Map<String, String> CERTIFIED = certified();

    private static final int MOST_MISTAKES = 12;
    private static final int MOST_REJECTED = 200;
    private static final int MOST_SUBJECTS = 200;

    private final Analysis analysis;
    private final RunFindings findings;
    private final Map<String, String> occasion;
    private final Markup page = new Markup();

    /**
     * @param occasion what belongs to the run and not to its outcome, such as its time
     */
    private HtmlReport(Analysis analysis, Map<String, String> occasion) {
        this.analysis = analysis;
        this.findings = analysis.findings();
        this.occasion = occasion;
    }

    private static Map<String, String> certified() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("How it was split", "split");
        names.put("Recordings compared", "audit.recordings");
        names.put("Compared by", "audit.method");
        names.put("Subjects on two sides", "audit.subjectsOnTwoSides");
        names.put("Identical audio on two sides", "audit.identicalOnTwoSides");
        names.put("Nearly identical audio on two sides", "audit.nearlyIdenticalOnTwoSides");
        names.put("Parts of a recording on two sides", "audit.windowsOnTwoSides");
        names.put("Too quiet to be found in another form", "audit.tooQuiet");
        names.put("Noises in training", "noises.training");
        names.put("Noises in evaluation", "noises.evaluation");
        names.put("Noises in both", "audit.noisesOnTwoSides");
        return Collections.unmodifiableMap(names);
    }

    static byte[] of(Analysis analysis, Map<String, String> occasion) {
        HtmlReport report = new HtmlReport(analysis, occasion);
        report.write();
        return report.page.bytes();
    }

    private void write() {
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").line();
        page.open("head").line();
        page.empty("meta", "charset", "utf-8").line();
        // No script, no network, whatever is written below.
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content",
                "default-src 'none'; style-src 'unsafe-inline'").line();
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
        page.empty("meta", "name", "color-scheme", "content", "light dark").line();
        page.with("title", "Run report: " + findings.modelName()).line();
        page.with("style", style()).line();
        page.close().line();
        page.open("body").line();
        header();
        page.open("main").line();
        glance();
        figures();
        groups();
        protocols();
        probes();
        mistakes();
        data();
        training();
        run();
        page.close().line();
        footer();
        page.close().close();
    }

    static String style() {
        try (InputStream css = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void header() {
        page.open("header");
        page.with("p", "Report of a training run", "class", "kind");
        page.with("h1", findings.modelName());
        page.with("p", NOTICE, "class", "notice");
        page.open("nav", "aria-label", "Contents").open("ul");
        link("glance", "At a glance");
        link("figures", "Figures");
        link("groups", "Groups");
        if (!findings.protocols().isEmpty()) {
            link("protocols", "Under noise and other protocols");
        }
        link("probes", "Probes");
        link("mistakes", "Mistakes");
        link("data", "Data and split");
        link("training", "Training");
        link("run", "What was run");
        page.close().close().close().line();
    }

    private void link(String section, String text) {
        page.open("li").with("a", text, "href", "#" + section).close();
    }

    private void section(String id, String title) {
        page.open("section", "id", id, "aria-labelledby", id + "-heading").with("h2", title, "id", id + "-heading").line();
    }

    private void end() {
        page.close().line();
    }

    private void paragraph(String text) {
        page.with("p", text).line();
    }

    /** What matters most: the first thing that a reader sees. */
    private void glance() {
        section("glance", "At a glance");
        long subjects = analysis.bySubject().evaluation().subjects();
        ConfusionMatrix matrix = findings.test().confusionMatrix();
        paragraph(String.format(Locale.ROOT,
                "Tested on %s of %s%s. Of %d recordings of patients it found %d, of %d recordings of controls it called %d a "
                        + "patient's.",
                Figures.count(findings.test().scores().size(), "recording"), Figures.count(subjects, "subject"),
                analysis.shared().isEmpty() ? " that the model has not heard" : "",
                matrix.truePositives() + matrix.falseNegatives(), matrix.truePositives(),
                matrix.trueNegatives() + matrix.falsePositives(), matrix.falsePositives()));
        page.open("ul", "class", "alerts", "aria-label", "What to know before reading on");
        for (Alert alert : Alert.of(analysis)) {
            page.open("li", "class", "alert " + Figures.key(alert.level()));
            page.with("strong", alert.title()).text(" ").with("span", alert.text()).close();
        }
        page.close().line();
        page.open("dl", "class", "tiles");
        for (Metric metric : List.of(
                Metric.AUROC, Metric.SENSITIVITY, Metric.SPECIFICITY, Metric.BALANCED_ACCURACY, Metric.BRIER_SCORE)) {
            findings.byRecording().stream().filter(one -> one.metric() == metric).forEach(this::tile);
        }
        page.close().line();
        page.with("p", "By recording; in small print 95 % confidence intervals, by bootstrap over subjects."
                + (analysis.imprecise() ? " All figures are imprecise." : ""), "class", "hint");
        end();
    }

    private void tile(MetricEstimate estimate) {
        page.open("div", "class", "tile").with("dt", Figures.name(estimate.metric()));
        page.open("dd").with("span", Figures.of(estimate.value()), "class", "value");
        page.with("span", Figures.interval(estimate.lower(), estimate.upper()), "class", "interval").close();
        page.close();
    }

    private void figures() {
        section("figures", "Figures");
        paragraph(String.format(Locale.ROOT, "A recording is called a patient's from a probability of %s (%s)%s. Figures by "
                        + "subject take the mean of a subject's recordings as one answer.",
                Figures.of(findings.decision().threshold()), findings.operatingPoint(),
                findings.decision().calibration().equals(TemperatureScaling.NONE) ? "" : String.format(Locale.ROOT,
                        "; probabilities are calibrated by the temperature %.3f, fitted on validation data",
                        findings.decision().calibration().temperature())));
        abstention();
        estimates();
        boolean bySubjectToo = !oneRecordingEach();
        if (!bySubjectToo) {
            paragraph("Every subject has one recording, so that figures by subject are those by recording.");
        }
        page.open("div", "class", "pairs").line();
        matrix(analysis.byRecording());
        if (bySubjectToo) {
            matrix(analysis.bySubject());
        }
        page.close().line();
        page.open("div", "class", "charts paired").line();
        List<Answers> shown = bySubjectToo
                ? List.of(analysis.byRecording(), analysis.bySubject()) : List.of(analysis.byRecording());
        shown.forEach(this::roc);
        shown.forEach(this::precisionRecall);
        shown.forEach(this::calibration);
        shown.forEach(this::histogram);
        page.close().line();
        end();
    }

    private void abstention() {
        DecisionRule decision = findings.decision();
        if (!decision.abstains()) {
            return;
        }
        paragraph(String.format(Locale.ROOT, "From %s to %s a recording is called inconclusive (%s). %.0f %% of the test recordings "
                        + "lie outside of that band; the figures below count all of them, those in the band by the side of the "
                        + "threshold on which they are.",
                Figures.of(decision.lower()), Figures.of(decision.upper()), findings.abstention(), 100 * findings.coverage()));
        if (findings.decided().isEmpty()) {
            paragraph("Every test recording is inconclusive.");
            return;
        }
        Table table = new Table("Figures of the decided recordings alone, by recording", "Figure", "Value", "95 % interval");
        findings.decided().forEach(one -> table.row(
                Figures.name(one.metric()), Figures.of(one.value()), Figures.interval(one.lower(), one.upper())));
        table.row("n", Figures.count(findings.decided().get(0).answers(), "recording"),
                Figures.count(findings.decided().get(0).subjects(), "subject"));
        table.write(page);
    }

    private boolean oneRecordingEach() {
        return analysis.bySubject().evaluation().scores().size() == analysis.byRecording().evaluation().scores().size();
    }

    private void estimates() {
        Table table = new Table("Figures of the test side with 95 % confidence intervals"
                + (analysis.imprecise() ? " (imprecise)" : ""),
                "Figure", "By recording", "95 % interval", "By subject", "95 % interval", "What it says");
        for (int m = 0; m < findings.byRecording().size(); m++) {
            MetricEstimate recording = findings.byRecording().get(m);
            MetricEstimate subject = findings.bySubject().get(m);
            table.row(Figures.name(recording.metric()), Figures.of(recording.value()),
                    Figures.interval(recording.lower(), recording.upper()), Figures.of(subject.value()),
                    Figures.interval(subject.lower(), subject.upper()), Figures.meaning(recording.metric()));
        }
        MetricEstimate recording = findings.byRecording().get(0);
        table.row("n", Figures.count(recording.answers(), "recording"), Figures.count(recording.subjects(), "subject"),
                Figures.count(findings.bySubject().get(0).answers(), "answer"),
                Figures.count(findings.bySubject().get(0).subjects(), "subject"), "what the figures are computed from");
        table.write(page);
        page.with("p", "\u201Cnot defined\u201D: the figure has no denominator, as no answer is of its kind.", "class", "hint");
    }

    private void matrix(Answers answers) {
        ConfusionMatrix matrix = answers.evaluation().confusionMatrix();
        String caption = "Confusion matrix by " + answers.unit() + " (" + Figures.count(matrix.total(), "answer") + ")";
        page.open("div", "class", "scroll", "role", "region", "aria-label", caption, "tabindex", "0");
        page.open("table", "class", "matrix").open("caption").with("span", caption).close();
        page.open("thead").open("tr").with("th", "Truth", "scope", "col");
        page.with("th", "Called patient", "scope", "col").with("th", "Called control", "scope", "col");
        page.close().close().open("tbody");
        matrixRow("Patient", matrix.truePositives(), "right", matrix.falseNegatives(), "missed");
        matrixRow("Control", matrix.falsePositives(), "false alarm", matrix.trueNegatives(), "right");
        page.close().close().close().line();
    }

    private void matrixRow(String truth, int patient, String patientWord, int control, String controlWord) {
        page.open("tr").with("th", truth, "scope", "row");
        cell(patient, patient + control, patientWord);
        cell(control, patient + control, controlWord);
        page.close();
    }

    private void cell(int count, int all, String word) {
        String share = all == 0 ? "" : String.format(Locale.ROOT, ", %.0f\u00a0%%", 100.0 * count / all);
        page.open("td", "class", word.equals("right") ? "right" : "wrong");
        page.with("span", Integer.toString(count), "class", "value").with("span", word + share, "class", "interval");
        page.close();
    }

    private void roc(Answers answers) {
        if (answers.roc().points().isEmpty()) {
            missing("ROC by " + answers.unit(), "There is no curve: the test side lacks a class.");
            return;
        }
        figure(Charts.roc(answers), "ROC by " + answers.unit(), "AUROC " + estimate(answers, Metric.AUROC)
                + ". Shaded: 95 % band. Dashed: chance. Ring: the threshold in use.");
    }

    private void precisionRecall(Answers answers) {
        if (answers.precisionRecall().points().isEmpty()) {
            missing("Precision and recall by " + answers.unit(), "There is no curve: the test side has no patients.");
            return;
        }
        figure(Charts.precisionRecall(answers), "Precision and recall by " + answers.unit(),
                "Average precision " + estimate(answers, Metric.AUPRC)
                        + ". Dashed: the share of patients here, which a random score would get.");
    }

    private void calibration(Answers answers) {
        figure(Charts.calibration(answers), "Calibration by " + answers.unit(),
                "Calibration error " + estimate(answers, Metric.CALIBRATION_ERROR)
                        + ". On the dashed line probabilities mean what they say. Larger dots: more answers.");
    }

    private void histogram(Answers answers) {
        figure(Charts.histogram(answers, findings.decision()), "Probabilities by class, by " + answers.unit(),
                "Patients upwards, controls downwards. The dashed line is the threshold: left of it a recording is called a "
                        + "control's." + (findings.decision().abstains() ? " Grey: inconclusive." : ""));
    }

    private static String estimate(Answers answers, Metric metric) {
        return answers.estimates().stream().filter(one -> one.metric() == metric).findFirst()
                .map(one -> Figures.of(one.value()) + " (" + Figures.interval(one.lower(), one.upper()) + ")")
                .orElse(Figures.UNDEFINED);
    }

    private void figure(Chart chart, String title, String caption) {
        page.open("figure");
        chart.write(page);
        page.open("figcaption").with("strong", title).text(". " + caption).close();
        page.close().line();
    }

    private void missing(String title, String why) {
        page.open("figure", "class", "missing").with("p", why);
        page.open("figcaption").with("strong", title).close().close().line();
    }

    private void groups() {
        section("groups", "Groups");
        if (findings.groups().isEmpty()) {
            paragraph("The manifest has no column by which the test side can be grouped: nothing is known of differences between, "
                    + "say, men and women, ages, hospitals or devices.");
            end();
            return;
        }
        paragraph("By recording, for every group of every column of the manifest. Groups are small: look at the intervals before "
                + "comparing. What one group lacks, such as patients, leaves its figures not defined.");
        Map<String, List<GroupFigures>> columns = findings.groups().stream()
                .collect(Collectors.groupingBy(GroupFigures::column, LinkedHashMap::new, Collectors.toList()));
        columns.forEach((column, groups) -> {
            List<String> head = new ArrayList<>(List.of("Group", "Recordings", "Subjects"));
            GroupFigures.METRICS.forEach(metric -> head.add(Figures.name(metric)));
            Table table = new Table("Test side by " + column, head.toArray(String[]::new));
            for (GroupFigures group : groups) {
                List<String> cells = new ArrayList<>(List.of(group.group(),
                        Integer.toString(group.figures().get(0).answers()),
                        Integer.toString(group.figures().get(0).subjects())));
                group.figures().forEach(figure -> cells.add(Double.isNaN(figure.lower()) ? Figures.of(figure.value())
                        : Figures.of(figure.value()) + "\n" + Figures.interval(figure.lower(), figure.upper())));
                table.row(cells.toArray(String[]::new));
            }
            table.write(page);
        });
        end();
    }

    private void protocols() {
        if (findings.protocols().isEmpty()) {
            return;
        }
        section("protocols", "Under noise and other protocols");
        paragraph("The same test recordings, changed as each protocol says. These figures stand beside the plain ones, never in "
                + "their place.");
        Table table = new Table("Test side as it is, and under each protocol", "Protocol", "Accuracy", "Sensitivity",
                "Specificity", "AUROC", "Called patients", "Recordings");
        protocolRow(table, "none", findings.test());
        for (ProtocolEvaluation protocol : findings.protocols()) {
            protocolRow(table, protocol.protocol(), protocol.test());
        }
        table.write(page);
        page.open("ul", "class", "plain");
        for (ProtocolEvaluation protocol : findings.protocols()) {
            page.open("li").with("strong", protocol.protocol()).text(": ").with("bdi", protocol.disclosure()).close();
        }
        page.close().line();
        end();
    }

    private static void protocolRow(Table table, String name, Evaluation test) {
        ConfusionMatrix matrix = test.confusionMatrix();
        table.row(name, Figures.of(test.value(Metric.ACCURACY)), Figures.of(test.value(Metric.SENSITIVITY)),
                Figures.of(test.value(Metric.SPECIFICITY)), Figures.of(test.value(Metric.AUROC)),
                Integer.toString(matrix.truePositives() + matrix.falsePositives()), Integer.toString(matrix.total()));
    }

    private void probes() {
        section("probes", "Probes");
        if (findings.probes().isEmpty()) {
            paragraph("No probe was run: nothing here says whether the model answers by the speech, or by what came with it, "
                    + "such as the room, the device or the noise.");
        } else {
            paragraph("Looks behind the figures: does the model answer by the speech, or by what came with it?");
        }
        for (ProbeResult probe : findings.probes()) {
            page.open("article", "class", "probe " + verdictClass(probe.verdict())).open("h3");
            page.with("span", verdict(probe.verdict()), "class", "badge").text(" " + probe.name()).close();
            page.with("p", probe.question(), "class", "question").with("p", probe.finding()).line();
            if (!probe.figures().isEmpty()) {
                Table table = new Table("Figures of the probe " + probe.name(), "Figure", "Value", "95 % interval",
                        "Recordings", "Subjects");
                probe.figures().forEach(figure -> table.row(figure.name(), Figures.of(figure.value()),
                        Figures.interval(figure.lower(), figure.upper()), Integer.toString(figure.recordings()),
                        Integer.toString(figure.subjects())));
                table.write(page);
            }
            page.close().line();
        }
        end();
    }

    static String verdict(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "\u2713 Passed";
            case WARNING -> "! Warning";
            case FAILED -> "\u2717 Failed";
            case INCONCLUSIVE -> "? Inconclusive";
        };
    }

    private static String verdictClass(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "good";
            case WARNING -> "warn";
            case FAILED -> "bad";
            case INCONCLUSIVE -> "note";
        };
    }

    private void mistakes() {
        section("mistakes", "What it is most wrong about");
        List<RecordingScore> wrong = analysis.mistakes();
        int all = findings.test().scores().size();
        if (wrong.isEmpty()) {
            paragraph("All of the " + all + " test recordings are on the right side of the threshold.");
            end();
            return;
        }
        paragraph(String.format(Locale.ROOT, "%d of %d test recordings are on the wrong side of the threshold%s. Listen to them: "
                        + "is it the speech, the recording, or the label? The dashed line is the threshold%s.",
                wrong.size(), all, wrong.size() > MOST_MISTAKES
                        ? "; these are the " + MOST_MISTAKES + " most wrong ones, report.json has all answers" : "",
                findings.decision().calibration().equals(TemperatureScaling.NONE) ? "" : ", as it is before calibration"));
        mistaken();
        page.open("div", "class", "charts").line();
        Optional<WindowTimes> times = analysis.windowTimes();
        double threshold = windowThreshold();
        for (int i = 0; i < Math.min(MOST_MISTAKES, wrong.size()); i++) {
            RecordingScore score = wrong.get(i);
            page.open("figure");
            Charts.windows("mistake-" + (i + 1), score, threshold, times).write(page);
            page.open("figcaption").open("strong").with("bdi", score.recording()).close();
            page.text(" is a " + Figures.key(score.label()) + "'s, called a "
                    + (score.label() == Label.PATIENT ? "control" : "patient") + "'s: probability "
                    + Figures.of(score.probability()) + ", ");
            page.text(Figures.count(score.windows().size(), "window") + ", subject ").with("bdi", score.subject()).text(".");
            page.close().close().line();
        }
        page.close().line();
        end();
    }

    /** A model that fails one speaker is another one than one that fails a few recordings of everybody. */
    private void mistaken() {
        if (oneRecordingEach()) {
            return;
        }
        List<Analysis.Mistaken> mistaken = analysis.mistaken();
        Table table = new Table("Who they are of" + (mistaken.size() > MOST_MISTAKES
                ? ", the first " + MOST_MISTAKES + " of " + mistaken.size() + " subjects" : ""),
                "Subject", "Wrong answers", "All answers");
        mistaken.stream().limit(MOST_MISTAKES).forEach(one ->
                table.row(one.subject(), Long.toString(one.wrong()), Long.toString(one.answers())));
        table.write(page);
    }

    /** The threshold of a recording's calibrated probability, on the scale of its windows'. */
    private double windowThreshold() {
        double threshold = findings.decision().threshold();
        double temperature = findings.decision().calibration().temperature();
        if (temperature == 1 || threshold <= 0 || threshold >= 1) {
            return threshold;
        }
        return 1 / (1 + Math.exp(-Math.log(threshold / (1 - threshold)) * temperature));
    }

    private void data() {
        section("data", "Data and split");
        Table table = new Table("Who is on which side", "Side", "Recordings", "Subjects", "Controls", "Patients");
        analysis.sides().forEach((side, recordings) -> table.row(
                Figures.key(side), Integer.toString(recordings.size()),
                Long.toString(recordings.stream().map(Recording::subject).distinct().count()),
                Long.toString(recordings.stream().filter(one -> one.label() == Label.CONTROL).count()),
                Long.toString(recordings.stream().filter(one -> one.label() == Label.PATIENT).count())));
        table.write(page);
        if (!analysis.shared().isEmpty()) {
            page.open("p", "class", "alert bad").with("strong", "Not split by subject.");
            page.text(" These subjects are on more than one side, so that the test may reward knowing the voice: ");
            analysis.shared().forEach((subject, on) -> page.with("bdi", subject).text(" (" + on + ") "));
            page.close();
        } else if (!analysis.subjectsUnknown()) {
            page.open("details").with("summary", "Subjects of each side");
            for (Map.Entry<Side, List<Recording>> side : analysis.sides().entrySet()) {
                page.open("p").with("strong", Figures.key(side.getKey())).text(": ");
                List<String> subjects = side.getValue().stream().map(Recording::subject).distinct().sorted().toList();
                page.with("bdi", String.join(", ", subjects.subList(0, Math.min(MOST_SUBJECTS, subjects.size()))));
                if (subjects.size() > MOST_SUBJECTS) {
                    page.text(" and " + (subjects.size() - MOST_SUBJECTS) + " more, see report.json");
                }
                page.close();
            }
            page.close().line();
        }
        findings.certificate().ifPresent(this::certificate);
        rejected();
        end();
    }

    private void certificate(SplitCertificate certificate) {
        Table audit = new Table("Split certificate", "What", "Value");
        SortedMap<String, String> described = certificate.describe();
        CERTIFIED.forEach((what, name) -> {
            if (described.containsKey(name)) {
                audit.row(what, described.get(name));
            }
        });
        audit.write(page);
        for (String warning : certificate.warnings()) {
            page.open("p", "class", "alert bad").with("strong", "Split.").text(" ").with("span", warning).close().line();
        }
        if (certificate.groups().isEmpty()) {
            return;
        }
        page.open("details").with("summary", "Groups of each side");
        Table groups = new Table("Recordings and subjects of each side, by columns of the manifest",
                "Column", "Value", "Side", "Recordings", "Subjects");
        certificate.groups().forEach(group -> groups.row(group.column(), group.value(), Figures.key(group.side()),
                Integer.toString(group.recordings()), Integer.toString(group.subjects())));
        groups.write(page);
        page.close().line();
    }

    private void rejected() {
        if (findings.rejected().isEmpty()) {
            paragraph("No recording was rejected.");
            return;
        }
        int all = findings.rejected().size();
        Table table = new Table(Figures.count(all, "rejected recording") + " that could not be used"
                + (all > MOST_REJECTED ? ", the first " + MOST_REJECTED + " of them; report.json has all" : ""),
                "Recording", "Subject", "Class", "Why");
        for (RejectedRecording one : findings.rejected().subList(0, Math.min(MOST_REJECTED, all))) {
            table.row(one.recording().id(), one.recording().subject(), Figures.key(one.recording().label()),
                    Figures.key(one.reason()).replace('_', ' '));
        }
        table.write(page);
    }

    private void training() {
        section("training", "Training");
        paragraph(String.format(Locale.ROOT, "%s; the model of epoch %d was kept, by the lowest loss on the validation side.",
                Figures.count(findings.epochs().size(), "epoch"), findings.bestEpoch()));
        page.open("div", "class", "charts").line();
        page.open("figure");
        Charts.losses(findings).write(page);
        page.open("figcaption").with("strong", "Losses").text(". ");
        page.with("span", "training", "class", "key first").text(", ").with("span", "validation", "class", "key second");
        page.text(". Training loss is what is trained by, by window, dropout on; validation loss is by recording.");
        page.close().close().line();
        figure(Charts.accuracy(findings), "Validation accuracy", "Share of validation recordings on the right side of 0.5.");
        page.close().line();
        page.open("details").with("summary", "All epochs");
        Table table = new Table("What each epoch gave", "Epoch", "Training loss", "Validation loss", "Validation accuracy");
        for (EpochSummary epoch : findings.epochs()) {
            table.row(Integer.toString(epoch.epoch()), Figures.of(epoch.trainingLoss()), Figures.of(epoch.validationLoss()),
                    Figures.of(epoch.validationAccuracy()));
        }
        table.write(page);
        page.close().line();
        end();
    }

    private void run() {
        section("run", "What was run");
        Table table = new Table("The run", "What", "Value");
        occasion.forEach(table::row);
        table.row("Model name", findings.modelName());
        table.row("Library", findings.library().isEmpty() ? "not from a jar" : findings.library());
        table.row("Seed", Long.toString(findings.seed()));
        table.row("Fingerprint of the data", findings.dataFingerprint());
        table.row("Identity of the run", findings.identity());
        table.row("Threshold", Figures.of(findings.decision().threshold()) + ", " + findings.operatingPoint());
        table.row("Temperature", Figures.of(findings.decision().calibration().temperature()));
        table.write(page);
        page.with("p", "The fingerprint names the recordings' contents and labels; the identity names all that the run depends "
                + "on. A run of the same identity gives the same model, byte for byte.", "class", "hint");
        page.open("details").with("summary", "All settings");
        Table settings = new Table("Settings of all parts, defaults included", "Setting", "Value");
        findings.settings().forEach(settings::row);
        settings.write(page);
        page.close().line();
        end();
    }

    private void footer() {
        page.open("footer").with("p", NOTICE);
        page.with("p", "Made by SPIRA for Java" + (findings.library().isEmpty() ? "" : " " + findings.library())
                + ". This file needs no network. The same figures are in report.json; a summary is in model-card.md.");
        page.close().line();
    }
}
