package io.github.spirabr.report.run;

import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbeResult.Verdict;
import java.util.List;

/** The findings of the probes. */
final class ProbesSection {

    private final List<ProbeResult> probes;

    ProbesSection(Analysis analysis) {
        this.probes = analysis.findings().probes();
    }

    void write(Markup page) {
        page.paragraph(ProbeResult.anyOfProbe(probes)
                ? "Probes test whether the model answers by the speech, or by properties that came with it."
                : "No probe was run: it is unknown if the model answers by the speech, or by what came with "
                        + "it, such as the room, the device or the noise.");
        for (ProbeResult probe : probes) {
            page.open("article", "class", "probe " + verdictClass(probe.verdict())).open("h3");
            page.with("span", verdict(probe.verdict()), "class", "badge").text(" " + probe.name()).close();
            page.with("p", probe.question(), "class", "question").with("p", probe.finding()).line();
            if (!probe.measurements().isEmpty()) {
                Table table = new Table("Metrics of the probe " + probe.name(), "Metric", "Value", "95 % interval",
                        "Recordings", "Subjects");
                probe.measurements().forEach(figure -> table.row(figure.name(), Figures.of(figure.value()),
                        Figures.interval(figure.lower(), figure.upper()), Integer.toString(figure.recordings()),
                        Integer.toString(figure.subjects())));
                table.write(page);
            }
            page.close().line();
        }
    }

    private static String verdict(Verdict verdict) {
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
}
