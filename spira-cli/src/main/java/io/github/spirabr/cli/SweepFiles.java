package io.github.spirabr.cli;

import io.github.spirabr.core.sweep.SweepFindings;
import io.github.spirabr.core.sweep.SweptPoint;
import io.github.spirabr.report.run.RunReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The files that a sweep leaves in a folder: its points, the winner's experiment, and a page. */
final class SweepFiles {

    /** One line for each point, the best first. */
    static final String POINTS = "points.csv";
    /** The experiment of the winner. */
    static final String WINNER = "winner.yaml";
    static final String PAGE = "report.html";

    private final Path folder;

    /**
     * Checks that the folder can be written, or can be made.
     *
     * @throws WholeFiles.UnwritableException if not
     */
    SweepFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        WholeFiles.requireWritable(this.folder);
    }

    /** Returns the folder, from which relative paths of the winner's experiment start. */
    Path folder() {
        return folder;
    }

    /** Writes all files; those of an earlier call are replaced. */
    void write(String name, SweepFindings findings, String winner) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(POINTS, RepeatFiles.csv(points(findings)));
        files.put(WINNER, winner.getBytes(StandardCharsets.UTF_8));
        files.put(PAGE, new RunReport().html(name, findings));
        WholeFiles.writeInto(folder, files);
    }

    private static List<List<String>> points(SweepFindings findings) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("point"));
        head.addAll(findings.best().settings().keySet());
        head.addAll(List.of("round", "epochs", "trainings", findings.metric().name().toLowerCase(Locale.ROOT),
                "deviation", "faults"));
        rows.add(head);
        for (SweptPoint point : findings.ranking()) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(point.number())));
            point.settings().keySet().forEach(setting -> row.add(point.text(setting)));
            row.addAll(List.of(Integer.toString(point.round()), Integer.toString(point.epochs()),
                    Integer.toString(point.values().size()), RepeatFiles.number(point.mean()),
                    RepeatFiles.number(point.standardDeviation()), String.join("; ", point.faults())));
            rows.add(row);
        }
        return rows;
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
