package io.github.spirabr.cli;

import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.pipeline.RepeatedFindings;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.report.run.RunReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;

/** The files that a repeated training leaves in a folder: each answer, the metrics of each training, and a page. */
final class RepeatFiles {

    /** One line for each answer of a model to a recording of its test set. */
    static final String ANSWERS = "answers.csv";
    /** One line for each metric of each training. */
    static final String METRICS = "metrics.csv";
    static final String PAGE = "report.html";

    private static final CSVFormat CSV = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private final Path folder;

    /**
     * Checks that the folder can be written, or can be made.
     *
     * @throws WholeFiles.UnwritableException if not
     */
    RepeatFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        WholeFiles.requireWritable(this.folder);
    }

    /** Writes all files; those of an earlier call are replaced. */
    void write(String name, RepeatedFindings findings) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ANSWERS, csv(answers(findings)));
        files.put(METRICS, csv(metrics(findings)));
        files.put(PAGE, new RunReport().html(name, findings));
        WholeFiles.writeInto(folder, files);
    }

    private static List<List<String>> answers(RepeatedFindings findings) {
        SortedSet<String> columns = new TreeSet<>();
        findings.runs().forEach(run -> run.split().test().recordings().forEach(one -> columns.addAll(one.metadata().keySet())));
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(
                List.of("recording", "subject", "class", "fold", "seed", "model", "probability", "threshold"));
        columns.forEach(column -> head.add(head.contains(column) ? "manifest." + column : column));
        rows.add(head);
        for (int i = 0; i < findings.runs().size(); i++) {
            TrainingRun run = findings.runs().get(i);
            Map<String, Recording> byId =
                    run.split().test().recordings().stream().collect(Collectors.toMap(Recording::id, one -> one));
            for (RecordingScore score : run.test().scores()) {
                List<String> row = training(findings, i);
                row.addAll(0, List.of(score.recording(), score.subject(), Integer.toString(score.label().code())));
                row.add(Double.toString(score.probability()));
                row.add(Double.toString(run.test().threshold()));
                columns.forEach(column -> row.add(byId.get(score.recording()).metadata().getOrDefault(column, "")));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<String>> metrics(RepeatedFindings findings) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("fold", "seed", "model", "by", "metric", "value", "lower", "upper", "answers", "subjects"));
        for (int i = 0; i < findings.runs().size(); i++) {
            TrainingRun run = findings.runs().get(i);
            add(rows, training(findings, i), "recording", run.metrics());
            add(rows, training(findings, i), "subject", run.subjectMetrics());
        }
        return rows;
    }

    private static void add(List<List<String>> rows, List<String> training, String by, MetricEstimates estimates) {
        for (MetricEstimate one : estimates) {
            List<String> row = new ArrayList<>(training);
            row.addAll(List.of(by, one.metric().name().toLowerCase(Locale.ROOT), number(one.value()), number(one.lower()),
                    number(one.upper()), Integer.toString(one.answers()), Integer.toString(one.subjects())));
            rows.add(row);
        }
    }

    private static List<String> training(RepeatedFindings findings, int number) {
        TrainingRun run = findings.runs().get(number);
        return new ArrayList<>(List.of(
                Integer.toString(number / findings.seeds().size() + 1), Long.toString(run.seed()), run.model().toString()));
    }

    static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    /** Returns the rows as RFC 4180 writes them, in UTF-8. */
    static byte[] csv(List<List<String>> rows) {
        return rows.stream().map(row -> CSV.format(row.toArray()) + "\n").collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
