package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.report.run.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** A report that is to be written beside the model's own, whole or not at all; its name's ending says which. */
final class ReportFile {

    private static final Map<String, String> KINDS =
            Map.of(".html", RunReport.HTML, ".json", RunReport.JSON, ".md", RunReport.MODEL_CARD);

    private final Path file;

    private ReportFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /**
     * Any of the report's files.
     *
     * @throws IllegalArgumentException if the name ends otherwise, or the folder is not there
     */
    static ReportFile at(Path file) {
        ReportFile report = new ReportFile(file);
        if (KINDS.keySet().stream().noneMatch(report::endsWith)) {
            throw new IllegalArgumentException("a report's name ends in .html (for people), .json (for programs) or .md (the "
                    + "model card), but was " + file);
        }
        if (report.file.getParent() == null || !Files.isDirectory(report.file.getParent())) {
            throw new IllegalArgumentException("there is no folder " + report.file.getParent() + " to write the report "
                    + file + " into; make it first, or name another one");
        }
        WholeFiles.requireWritable(report.file.getParent());
        return report;
    }

    /**
     * The page alone.
     *
     * @throws IllegalArgumentException if the name ends otherwise, or the folder is not there
     */
    static ReportFile page(Path file) {
        ReportFile report = at(file);
        if (!report.endsWith(".html")) {
            throw new IllegalArgumentException("the report of a run is a page, whose name ends in .html, but was " + file);
        }
        return report;
    }

    private boolean endsWith(String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private String kind() {
        return KINDS.entrySet().stream().filter(kind -> endsWith(kind.getKey())).findFirst().orElseThrow().getValue();
    }

    /** Writes it; a file of this name is replaced. */
    void write(byte[] content) {
        WholeFiles.write(Map.of(file, content));
    }

    /**
     * Writes the model's own.
     *
     * @throws IllegalArgumentException if it has none
     */
    void writeStored(ModelRepository models, ModelVersion version) {
        ModelArtifact artifact = models.load(version);
        if (!artifact.has(kind())) {
            throw new IllegalArgumentException(version + " has no " + kind() + ": it was saved without a report, which spira run "
                    + "makes; train it again with --again");
        }
        write(artifact.file(kind()));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
