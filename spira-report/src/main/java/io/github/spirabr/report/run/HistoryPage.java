package io.github.spirabr.report.run;

import io.github.spirabr.core.continuous.QuarantinedRecording;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.report.run.Chart.At;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rounds of continuous training as one page without script or network: charts of the metrics over time with their
 * intervals and verdicts, and a section for each round with every number behind it. Immutable and thread-safe.
 */
public final class HistoryPage {

    private static final int HEIGHT = 250;
    private static final int SHOWN = 20;
    private static final List<Metric> CHARTED =
            List.of(Metric.AUROC, Metric.BALANCED_ACCURACY, Metric.CALIBRATION_ERROR);

    private final String modelName;
    private final List<Round> rounds;

    private HistoryPage(String modelName, List<Round> rounds) {
        this.modelName = modelName;
        this.rounds = List.copyOf(rounds);
    }

    /**
     * A page.
     *
     * @param modelName model name whose rounds these are
     * @param rounds rounds, in their order; may be empty
     */
    public static HistoryPage of(String modelName, List<Round> rounds) {
        return new HistoryPage(modelName, rounds);
    }

    /** The page in UTF-8. Equal rounds give equal bytes. */
    public byte[] bytes() {
        Markup page = new Markup();
        page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").line();
        PageHead.write(page, "Rounds of " + modelName);
        page.open("body").line();
        page.open("header").with("p", "History of continuous training", "class", "kind").with("h1", modelName)
                .with("p", now(), "class", "notice").close().line();
        page.open("main").line();
        if (!rounds.isEmpty()) {
            charts(page);
            overview(page);
            rounds.forEach(round -> round(page, round));
        }
        page.close().close().close();
        return page.bytes();
    }

    private String now() {
        Optional<Round> last = rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.get(rounds.size() - 1));
        Optional<Round> promoted = rounds.stream().filter(one -> one.outcome().promoted()).reduce((one, next) -> next);
        String champion = promoted.map(one -> "The rounds' champion is version " + one.challenger().orElseThrow()
                + ", promoted in round " + one.number() + ".").orElse("No round has promoted a champion.");
        return last.map(one -> Figures.count(rounds.size(), "round") + ". " + champion)
                .orElse("No round has been run.");
    }

    private void charts(Markup page) {
        page.open("section", "aria-labelledby", "charts-heading")
                .with("h2", "Held-out metrics over time", "id", "charts-heading").line();
        page.open("div", "class", "charts").line();
        for (Metric metric : CHARTED) {
            if (judged().stream().anyMatch(round -> figure(round.challengerMetrics(), metric).isPresent())) {
                page.open("figure");
                chart(metric).write(page);
                page.with("figcaption", Figures.name(metric) + ": the line is the model in use after each round, each dot a"
                        + " challenger on that round's held-out recordings, with its 95 % interval where there is one. A number"
                        + " above the chart is the version that became champion; a ring is a challenger that did not.")
                        .close().line();
            }
        }
        page.open("figure");
        data().write(page);
        page.with("figcaption", "Recordings that may be used, by round (line); in quarantine (dashed).").close().line();
        page.close().close().line();
    }

    private List<Round> judged() {
        return rounds.stream().filter(round -> round.outcome().judged()).toList();
    }

    private static Optional<MetricEstimate> figure(MetricEstimates metrics, Metric metric) {
        return metrics.find(metric).filter(one -> Double.isFinite(one.value()));
    }

    private Axis byRound() {
        int first = rounds.get(0).number();
        int last = rounds.get(rounds.size() - 1).number();
        return Axis.whole("Round", first - 0.5, last + 0.5);
    }

    private Chart chart(Metric metric) {
        List<At> inUse = new ArrayList<>();
        List<At> promoted = new ArrayList<>();
        List<At> others = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (Round round : judged()) {
            Optional<MetricEstimate> challenger = figure(round.challengerMetrics(), metric);
            Optional<MetricEstimate> champion =
                    round.outcome().promoted() ? challenger : figure(round.championMetrics(), metric);
            champion.ifPresent(one -> inUse.add(new At(round.number(), one.value())));
            challenger.ifPresent(one -> {
                (round.outcome().promoted() ? promoted : others).add(new At(round.number(), one.value()));
                told.add("round " + round.number() + " " + Figures.of(one.value()) + " " + round.outcome());
            });
        }
        Chart chart = new Chart("history-" + metric.name().toLowerCase(Locale.ROOT), Figures.name(metric) + " by round",
                "The challengers': " + String.join(", ", told) + ".", byRound(), Axis.share(Figures.name(metric)), HEIGHT);
        judged().forEach(round -> figure(round.challengerMetrics(), metric)
                .filter(one -> Double.isFinite(one.lower()) && Double.isFinite(one.upper()))
                .ifPresent(one -> chart.line("whisker", List.of(
                        new At(round.number(), one.lower()), new At(round.number(), one.upper())))));
        chart.line("first", inUse).dots("first", 3.4, promoted).dots("here", 4, others);
        judged().stream().filter(round -> round.outcome().promoted())
                .forEach(round -> chart.note(round.number(), "v" + round.challenger().orElseThrow()));
        return chart;
    }

    private Chart data() {
        List<Round> known = rounds.stream().filter(round -> !round.data().version().isEmpty()).toList();
        List<At> usable = known.stream().map(round -> new At(round.number(), round.data().recordings())).toList();
        List<At> kept = known.stream().map(round -> new At(round.number(), round.quarantined().size())).toList();
        double largest = known.stream().mapToInt(round -> round.data().recordings()).max().orElse(1);
        return new Chart("history-data", "Recordings by round", known.stream()
                .map(round -> "round " + round.number() + ": " + round.data().recordings() + " used, "
                        + round.quarantined().size() + " in quarantine").collect(Collectors.joining("; ")),
                byRound(), Axis.from0("Recordings", largest), HEIGHT)
                .line("first", usable).dots("first", 2.2, usable).line("second", kept).dots("second", 2.2, kept);
    }

    private void overview(Markup page) {
        Table table = new Table("All rounds", "Round", "Outcome", "Recordings", "New", "In quarantine", "Drift", "AUROC", "Champion");
        for (Round round : rounds) {
            table.row(Integer.toString(round.number()), round.outcome() + (round.times() > 1 ? " (" + round.times() + " times)" : ""),
                    round.data().version().isEmpty() ? "\u2013" : Integer.toString(round.data().recordings()),
                    Integer.toString(round.data().newRecordings()), Integer.toString(round.quarantined().size()),
                    round.drift().map(drift -> drift.verdict().toString()).orElse("\u2013"),
                    figure(round.challengerMetrics(), Metric.AUROC).map(HistoryPage::estimate).orElse("\u2013"),
                    champion(round));
        }
        page.open("section", "aria-labelledby", "overview-heading").with("h2", "All rounds", "id", "overview-heading").line();
        table.write(page);
        page.close().line();
    }

    private static String champion(Round round) {
        Optional<Integer> after = round.outcome().promoted() ? round.challenger() : round.champion();
        return after.map(number -> "version " + number).orElse("none");
    }

    private static String estimate(MetricEstimate one) {
        String interval = Double.isFinite(one.lower()) && Double.isFinite(one.upper())
                ? "\n" + Figures.of(one.lower()) + " to " + Figures.of(one.upper()) : "";
        return Figures.of(one.value()) + interval;
    }

    private void round(Markup page, Round round) {
        String id = "round-" + round.number();
        String style = switch (round.outcome()) {
            case PROMOTED, FIRST_CHAMPION -> "good";
            case REJECTED, OUTSIDE_PLAN, CHANGE_NOT_ALLOWED, FAILED, ALL_QUARANTINED -> "bad";
            case TOO_FEW_SUBJECTS, NO_THRESHOLDS, CHAMPION_MOVED -> "warn";
            case NOTHING_NEW, WAITING, NOT_ENOUGH_DATA -> "note";
        };
        page.open("section", "id", id, "class", "probe " + style, "aria-labelledby", id + "-heading");
        page.open("h3", "id", id + "-heading").with("span", round.outcome().toString(), "class", "badge")
                .text(" Round " + round.number()).close().line();
        page.with("p", round.explanation());
        page.with("p", round.started() + (round.times() > 1 ? ", " + round.times() + " times until " + round.finished() : "")
                + ", by " + round.holder() + round.trigger().map(why -> "; trained because of " + why).orElse("")
                + data(round.data()), "class", "hint").line();
        quarantined(page, round.quarantined());
        round.drift().ifPresent(drift -> page.with("p", "Drift of the " + Figures.count(drift.recordings(), "recording")
                + " that arrived: " + drift.summary() + "; " + drift.unlike() + " of them unlike the training set."));
        figures(page, round);
        round.verdict().ifPresent(verdict -> checks(page, verdict.checks()));
        page.close().line();
    }

    private static String data(Round.Data data) {
        String version = data.version().isEmpty() ? "" : "; data version " + data.version().substring(0, 12);
        return data.testSubjects() == 0 ? version
                : version + ", held out: " + Figures.count(data.testSubjects(), "subject");
    }

    private static void quarantined(Markup page, List<QuarantinedRecording> quarantined) {
        if (quarantined.isEmpty()) {
            return;
        }
        Map<QuarantinedRecording.Reason, Long> counts = quarantined.stream().collect(
                Collectors.groupingBy(QuarantinedRecording::reason, TreeMap::new, Collectors.counting()));
        page.open("details").with("summary", "In quarantine: " + Figures.count(quarantined.size(), "recording") + " ("
                + counts.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).collect(Collectors.joining(", "))
                + ")");
        Table table = new Table("In quarantine", "Recording", "Subject", "Label", "Reason", "What was found");
        quarantined.stream().limit(SHOWN).forEach(one ->
                table.row(one.id(), one.subject(), one.label().toString(), one.reason().toString(), one.detail()));
        table.write(page);
        if (quarantined.size() > SHOWN) {
            page.with("p", "and " + (quarantined.size() - SHOWN) + " more", "class", "hint");
        }
        page.close().line();
    }

    private static void figures(Markup page, Round round) {
        if (round.challengerMetrics().isEmpty()) {
            return;
        }
        Table table = new Table("On " + Figures.count(round.challengerMetrics().answers(), "held-out recording"),
                "Metric", "Challenger " + round.challenger().map(number -> "version " + number).orElse(""),
                "Champion " + round.champion().map(number -> "version " + number).orElse("none"));
        for (MetricEstimate one : Figures.main(round.challengerMetrics())) {
            table.row(Figures.name(one.metric()), estimate(one),
                    figure(round.championMetrics(), one.metric()).map(HistoryPage::estimate).orElse("\u2013"));
        }
        page.open("details").with("summary", "Metrics");
        table.write(page);
        page.close().line();
    }

    private static void checks(Markup page, List<PromotionGate.Check> checks) {
        Table table = new Table("The gate", "Check", "Result", "What was found");
        checks.forEach(check -> table.row(check.name(), check.result().toString(), check.finding()));
        page.open("details").with("summary", "The gate: " + Figures.count(checks.size(), "check"));
        table.write(page);
        page.close().line();
    }
}
