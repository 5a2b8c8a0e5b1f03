package io.github.spirabr.report.run;

import io.github.spirabr.core.pipeline.TrainingRun;
import java.util.Map;

/** The identity of the run, and all settings that it depends on. */
final class RunSection {

    private final TrainingRun findings;
    private final Classes classes;
    private final Map<String, String> occasion;

    /**
     * Creates an instance.
     *
     * @param occasion facts of the run that do not belong to its outcome, such as its time
     */
    RunSection(Analysis analysis, Map<String, String> occasion) {
        this.findings = analysis.findings();
        this.classes = analysis.classes();
        this.occasion = occasion;
    }

    void write(Markup page) {
        Table table = new Table("The run", "What", "Value");
        occasion.forEach(table::row);
        table.row("Model name", findings.modelName());
        if (classes.named()) {
            table.row("Target", findings.target().name() + ": " + classes.positive() + " against " + classes.negative());
        }
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
    }
}
